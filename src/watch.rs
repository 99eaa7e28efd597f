//! Watching a fleet: when to look, what to publish, what to keep, and what to say of it.
//!
//! A state machine without a clock, a disk or AWS: it is told the time, what a pass came to and what became of a file,
//! and says what is to be done next. [`follow`] does that to a [`World`]. A file gets what Traefik would have
//! published and nothing less: where a pass fails, or has lost tasks, the last good one stays.

mod follow;

use std::time::Duration;

use serde_json::{Map, Value};

pub use follow::{Round, World, follow};

use crate::diff::{Change, changes};

/// The longest pause between two passes that throttling leads to, unless the interval itself is longer.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// The least that passes between two tries at anything that just failed or ended.
const LEAST_PAUSE: Duration = Duration::from_secs(1);

/// How often to look, and how often to publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From the beginning of one pass to the beginning of the next: `refreshSeconds`.
    pub interval: Duration,
    /// The least time between two publications, the newest of what comes meanwhile being kept:
    /// `providersThrottleDuration`.
    pub throttle: Duration,
}

/// What becomes of a pass that lost tasks, which Traefik would publish without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wiped {
    /// It is not published: the last good one stays.
    Keeps,
    /// It is published, as Traefik does.
    Publishes,
}

/// What a file is to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The configuration, to compare.
    pub tree: Map<String, Value>,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

/// What a pass came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// Every call was answered.
    Whole(Rendered),
    /// Traefik would publish it, without the tasks that it could not describe.
    Wiped(Rendered, Trouble),
    /// There is nothing to publish.
    Nothing(Trouble),
}

/// Why a pass is not complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What Traefik would do: `wiped`, `stale` or `refused`.
    pub outcome: &'static str,
    /// What failed, a sentence each.
    pub reasons: Vec<String>,
    /// Whether AWS said that there were too many calls.
    pub throttled: bool,
}

/// Something that happened and that is worth a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The file holds a new configuration, or an old one again that it had lost.
    Published {
        /// Whether nothing was known of what it held before.
        first: bool,
        /// What differs from what was published before; nothing where only the file had changed.
        changes: Vec<Change>,
    },
    /// A pass is not complete and the file stays; said once for as long as the same fails.
    Kept(Trouble),
    /// A pass is not complete and is published all the same, as Traefik does; said once as well.
    Lost(Trouble),
    /// After passes that were not complete there is a complete one.
    Recovered,
    /// AWS throttles, so the next pass waits this long.
    Slowed(Duration),
    /// The file could not be written; said once for as long as it fails in the same way.
    Unwritten(String),
}

/// The state of a watch.
#[derive(Debug)]
pub struct Watch {
    pace: Pace,
    wiped: Wiped,
    /// What was published last; none where nothing is known of it.
    published: Option<Map<String, Value>>,
    /// What waits to be written.
    waiting: Option<Rendered>,
    /// From when on something may be published.
    open: Duration,
    /// When the next pass begins.
    next: Duration,
    /// How many passes in a row were throttled.
    throttled: u32,
    trouble: Option<Trouble>,
    unwritten: Option<String>,
}

impl Watch {
    /// A watch that begins now. `published` is what the file holds, where that can be read.
    pub fn new(pace: Pace, wiped: Wiped, published: Option<Map<String, Value>>) -> Self {
        Self {
            pace,
            wiped,
            published,
            waiting: None,
            open: Duration::ZERO,
            next: Duration::ZERO,
            throttled: 0,
            trouble: None,
            unwritten: None,
        }
    }

    /// Whether it is time for a pass.
    pub fn is_due(&self, now: Duration) -> bool {
        now >= self.next
    }

    /// When there is something to do next: a pass, or a publication that waits.
    pub fn wakes(&self) -> Duration {
        if self.waiting.is_some() { self.next.min(self.open) } else { self.next }
    }

    /// Takes what a pass came to that began and ended at these times, made at this pace.
    pub fn came(&mut self, began: Duration, ended: Duration, pace: Pace, came: Came) -> Vec<Event> {
        self.pace = pace;
        let (rendered, trouble) = match came {
            Came::Whole(rendered) => (Some(rendered), None),
            Came::Wiped(rendered, trouble) if self.wiped == Wiped::Publishes => (Some(rendered), Some(trouble)),
            Came::Wiped(_, trouble) | Came::Nothing(trouble) => (None, Some(trouble)),
        };
        let said = if rendered.is_some() { Event::Lost } else { Event::Kept };
        // What waits of an older pass still counts where this one has nothing: no update is lost.
        self.waiting = rendered.or(self.waiting.take());
        let mut events = Vec::new();
        let throttled = trouble.as_ref().is_some_and(|trouble| trouble.throttled);
        self.throttled = if throttled { self.throttled.saturating_add(1) } else { 0 };
        let recovered = self.trouble.is_some() && trouble.is_none();
        if self.trouble != trouble {
            events.extend(trouble.clone().map(said));
            self.trouble = trouble;
        }
        if recovered {
            events.push(Event::Recovered);
        }
        let pause = self.pause();
        self.next = (began + pause).max(ended + LEAST_PAUSE.min(pace.interval));
        if throttled {
            events.push(Event::Slowed(pause));
        }
        events
    }

    /// From the beginning of a pass to that of the next: the interval, doubled for each throttled pass in a row.
    fn pause(&self) -> Duration {
        let longest = LONGEST_PAUSE.max(self.pace.interval);
        let factor = 2_u32.checked_pow(self.throttled).unwrap_or(u32::MAX);
        self.pace.interval.saturating_mul(factor).min(longest)
    }

    /// What is to be written now.
    pub fn publishes(&mut self, now: Duration) -> Option<Rendered> {
        if now < self.open { None } else { self.waiting.take() }
    }

    /// What is to be written before the end, whether or not its time has come.
    pub fn last(&mut self) -> Option<Rendered> {
        self.waiting.take()
    }

    /// Takes what became of the file: whether it had to be written, or why it could not be.
    pub fn wrote(&mut self, now: Duration, rendered: Rendered, result: Result<bool, String>) -> Option<Event> {
        match result {
            Ok(written) => {
                self.unwritten = None;
                if written {
                    self.open = now + self.pace.throttle;
                }
                let first = self.published.is_none();
                let before = self.published.take().unwrap_or_default();
                let changes = changes(&before, &rendered.tree);
                self.published = Some(rendered.tree);
                (written || !changes.is_empty()).then_some(Event::Published { first, changes })
            }
            Err(why) => {
                self.open = now + self.pace.throttle.max(LEAST_PAUSE);
                self.waiting = Some(rendered);
                let again = self.unwritten.as_ref() == Some(&why);
                self.unwritten = Some(why.clone());
                (!again).then_some(Event::Unwritten(why))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::{Came, Event, Pace, Rendered, Trouble, Watch, Wiped};

    const PACE: Pace = Pace { interval: Duration::from_secs(15), throttle: Duration::from_secs(2) };

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn rendered(rule: &str) -> Rendered {
        let tree = json!({ "http": { "routers": { "r": { "rule": rule } } } });
        Rendered { tree: tree.as_object().expect("it is one").clone(), bytes: rule.as_bytes().to_vec() }
    }

    fn trouble(throttled: bool) -> Trouble {
        Trouble { outcome: "stale", reasons: vec!["no".to_owned()], throttled }
    }

    fn watch(pace: Pace, wiped: Wiped) -> Watch {
        Watch::new(pace, wiped, None)
    }

    /// Takes a whole pass that took no time, and publishes it where it may be.
    fn whole(watch: &mut Watch, now: u64, rule: &str) -> Option<Event> {
        let events = watch.came(at(now), at(now), PACE, Came::Whole(rendered(rule)));
        assert_eq!(events, []);
        let rendered = watch.publishes(at(now))?;
        watch.wrote(at(now), rendered, Ok(true))
    }

    #[test]
    fn a_change_is_told_against_what_was_published() {
        let mut watch = watch(PACE, Wiped::Keeps);
        assert!(watch.is_due(at(0)));
        let Some(Event::Published { first: true, changes }) = whole(&mut watch, 0, "a") else { panic!("{watch:?}") };
        assert_eq!(changes.len(), 1);
        assert_eq!(watch.wakes(), at(15));
        let Some(Event::Published { first: false, changes }) = whole(&mut watch, 15, "b") else { panic!("{watch:?}") };
        assert_eq!(changes[0].name, "r");
        watch.came(at(30), at(30), PACE, Came::Whole(rendered("b")));
        let same = watch.publishes(at(30)).expect("the file is looked at");
        assert_eq!(watch.wrote(at(30), same, Ok(false)), None, "nothing changed and nothing is said");
    }

    #[test]
    fn the_newest_of_what_comes_too_soon_waits() {
        let pace = Pace { interval: at(1), throttle: at(5) };
        let mut watch = watch(pace, Wiped::Keeps);
        watch.came(at(0), at(0), pace, Came::Whole(rendered("a")));
        let first = watch.publishes(at(0)).expect("the first goes at once");
        watch.wrote(at(0), first, Ok(true));
        for (now, rule) in [(1, "b"), (2, "c")] {
            watch.came(at(now), at(now), pace, Came::Whole(rendered(rule)));
            assert_eq!(watch.publishes(at(now)), None);
        }
        // A pass that fails meanwhile doesn't lose what waits.
        for now in [3, 4] {
            watch.came(at(now), at(now), pace, Came::Nothing(trouble(false)));
        }
        assert_eq!(watch.wakes(), at(5));
        assert_eq!(watch.publishes(at(5)), Some(rendered("c")));
    }

    #[test]
    fn a_wiped_pass_is_published_where_traefiks_way_is_wanted() {
        let pass = |wiped| {
            let mut watch = watch(PACE, wiped);
            let events = watch.came(at(0), at(0), PACE, Came::Wiped(rendered("less"), trouble(false)));
            (events, watch.publishes(at(0)))
        };
        assert_eq!(pass(Wiped::Keeps), (vec![Event::Kept(trouble(false))], None));
        assert_eq!(pass(Wiped::Publishes), (vec![Event::Lost(trouble(false))], Some(rendered("less"))));
    }

    #[test]
    fn a_trouble_is_told_when_it_begins_and_when_it_ends() {
        let mut watch = watch(PACE, Wiped::Keeps);
        let mut pass = |now, came| watch.came(at(now), at(now), PACE, came);
        assert_eq!(pass(0, Came::Nothing(trouble(false))), [Event::Kept(trouble(false))]);
        assert_eq!(pass(15, Came::Nothing(trouble(false))), []);
        let other = Trouble { outcome: "wiped", ..trouble(false) };
        assert_eq!(pass(30, Came::Wiped(rendered("x"), other.clone())), [Event::Kept(other)]);
        assert_eq!(pass(45, Came::Whole(rendered("x"))), [Event::Recovered]);
        assert_eq!(pass(60, Came::Whole(rendered("x"))), []);
    }

    #[test]
    fn throttling_doubles_the_pause_up_to_a_limit() {
        let mut watch = watch(PACE, Wiped::Keeps);
        let mut began = Duration::ZERO;
        let mut pauses = Vec::new();
        for _ in 0..40 {
            let events = watch.came(began, began, PACE, Came::Nothing(trouble(true)));
            let slowed = Event::Slowed(watch.wakes().saturating_sub(began));
            assert!(events.contains(&slowed), "{events:?}");
            pauses.push((watch.wakes().saturating_sub(began)).as_secs());
            began = watch.wakes();
        }
        assert_eq!(pauses[..6], [30, 60, 120, 240, 300, 300]);
        watch.came(began, began, PACE, Came::Whole(rendered("x")));
        assert_eq!(watch.next.saturating_sub(began), at(15), "and one good pass ends it");
    }

    #[test]
    fn a_long_pass_is_followed_by_a_pause() {
        let mut watch = watch(PACE, Wiped::Keeps);
        watch.came(at(0), at(100), PACE, Came::Whole(rendered("x")));
        assert_eq!(watch.next, at(101));
    }

    #[test]
    fn a_file_that_cant_be_written_is_tried_again() {
        let mut watch = watch(PACE, Wiped::Keeps);
        watch.came(at(0), at(0), PACE, Came::Whole(rendered("x")));
        let first = watch.publishes(at(0)).expect("it is to be written");
        let full = || Err("no room".to_owned());
        assert_eq!(watch.wrote(at(0), first, full()), Some(Event::Unwritten("no room".to_owned())));
        assert_eq!((watch.wakes(), watch.publishes(at(1))), (at(2), None));
        let again = watch.publishes(at(2)).expect("it waits still");
        assert_eq!(watch.wrote(at(2), again, full()), None, "it is told once");
        let last = watch.last().expect("it is not lost at the end either");
        assert!(matches!(watch.wrote(at(3), last, Ok(true)), Some(Event::Published { first: true, .. })));
    }
}
