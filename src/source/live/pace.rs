//! Keeps each action under a rate, so that Traefik and deploys keep their share of AWS's budget.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::model::Action;

/// Calls a second for each action, unless set otherwise.
///
/// ECS refills an account's reading budget by twenty calls a second in each region, for everybody: Traefik's replicas,
/// deploys, dashboards. Half of that leaves them theirs, whatever the size of the fleet.
pub const DEFAULT_RATE: u32 = 10;

/// How many seconds' worth of calls may come at once: a small fleet is read without waiting, and AWS's buckets hold
/// far more.
const BURST_SECONDS: u32 = 3;

/// When each action may be called next.
#[derive(Debug)]
pub(super) struct Pace {
    /// The time between two calls; `None` for no limit.
    interval: Option<Duration>,
    /// For each action, when its budget is back at the full, if nothing is called until then.
    full_at: Mutex<BTreeMap<Action, Instant>>,
}

impl Pace {
    /// At most this many calls a second for each action; 0 for no limit.
    pub(super) fn new(rate: u32) -> Self {
        let interval = (rate > 0).then(|| Duration::from_secs(1) / rate);
        Self { interval, full_at: Mutex::default() }
    }

    /// Waits until a call may be made.
    pub(super) async fn turn(&self, action: Action) {
        let Some(interval) = self.interval else { return };
        let at = self.reserve(action, interval, Instant::now());
        tokio::time::sleep_until(at).await;
    }

    /// Takes the next free turn, and gives its time.
    fn reserve(&self, action: Action, interval: Duration, now: Instant) -> Instant {
        let burst = Duration::from_secs(u64::from(BURST_SECONDS));
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full = full_at.get(&action).copied().unwrap_or(now).max(now) + interval;
        full_at.insert(action, full);
        full.checked_sub(burst).unwrap_or(now).max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_free_and_what_follows_keeps_the_rate() {
        let pace = Pace::new(10);
        let start = Instant::now();
        let waits: Vec<Duration> =
            (0..50).map(|_| pace.reserve(Action::ListTasks, Duration::from_millis(100), start) - start).collect();
        assert!(waits[..30].iter().all(Duration::is_zero), "{waits:?}");
        assert_eq!(waits[49], Duration::from_secs(2));
        let other = pace.reserve(Action::DescribeTasks, Duration::from_millis(100), start);
        assert_eq!(other, start, "each action has its own");
    }

    #[test]
    fn a_pause_gives_the_burst_back() {
        let pace = Pace::new(10);
        let start = Instant::now();
        for _ in 0..40 {
            pace.reserve(Action::ListTasks, Duration::from_millis(100), start);
        }
        let later = start + Duration::from_secs(10);
        assert_eq!(pace.reserve(Action::ListTasks, Duration::from_millis(100), later), later);
    }
}
