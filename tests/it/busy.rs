//! How long a test computed. What else a machine does at the same time is nothing that it could help, so a limit on
//! what one thread does is a limit on its processor's time.

use std::fs;
use std::time::{Duration, Instant};

/// A watch that runs while its thread does.
pub struct Busy {
    began: Instant,
    computed: Option<Duration>,
}

impl Busy {
    /// Starts it.
    pub fn begin() -> Self {
        Self { began: Instant::now(), computed: computed() }
    }

    /// What the thread computed since then; the time that passed where the system doesn't say.
    pub fn elapsed(&self) -> Duration {
        match (self.computed, computed()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.began.elapsed(),
        }
    }
}

/// The processor's time of this thread, as Linux counts it: the first number, in nanoseconds.
fn computed() -> Option<Duration> {
    let counted = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counted.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn computing_counts() {
    let (busy, wall) = (Busy::begin(), Instant::now());
    let mut sum = 0_u64;
    while busy.elapsed() < Duration::from_millis(50) {
        assert!(wall.elapsed() < Duration::from_mins(2), "{:?} after {sum}", busy.elapsed());
        sum = (0..100_000).fold(sum, |sum, number| std::hint::black_box(sum ^ number));
    }
}
