//! The world of a watch: AWS or a snapshot, the disk, the clock and the signals.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::super::super::fleet::{Fleet, Origin, live_settings, read_fleet};
use super::super::super::output::replace;
use super::super::super::pass::Pass;
use super::super::super::remarks::warn_of_fleet;
use super::super::{rendered, tree};
use super::aws::{Aws, Signals};
use super::pace;
use super::settings::Held;
use super::voice::Voice;
use crate::cli::RenderArgs;
use crate::console::Surroundings;
use crate::failure::{Failure, FailureKind};
use crate::model::{CallErrorKind, Text};
use crate::view::discovered::ending;
use crate::view::watched::Happened;
use crate::watch::{Came, Event, Pace, Rendered, Round, Trouble, World};

/// The world of a watch.
pub(super) struct Shell<'a, 'c> {
    arguments: &'a RenderArgs,
    name: String,
    target: PathBuf,
    surroundings: Surroundings,
    pub(super) voice: Voice<'a, 'c>,
    signals: Signals,
    began: Instant,
    aws: Aws,
    held: Held,
    pub(super) pace: Pace,
    /// What was rendered last, and the time that a template could see then.
    last: Option<(Vec<u8>, Option<Text>)>,
    /// Why it is useless to go on.
    pub(super) failure: Option<Failure>,
}

impl<'a, 'c> Shell<'a, 'c> {
    /// Reads the settings and connects.
    ///
    /// # Errors
    /// When what was asked for is wrong. That AWS can't be reached, or gives no credentials yet, is no error.
    pub(super) fn start(
        arguments: &'a RenderArgs,
        output: &Path,
        surroundings: &Surroundings,
        mut voice: Voice<'a, 'c>,
    ) -> Result<Self, Failure> {
        let mut signals = Signals::listen()?;
        let mut aws = Aws::new();
        let fleet = &arguments.fleet;
        let settings = if is_recorded(arguments) {
            voice.aside(|console| read_fleet(fleet, surroundings, console))?.settings
        } else {
            let settings = voice.aside(|console| live_settings(fleet, surroundings, console))?;
            // Of what heals by itself the first pass tells: a machine may start this before its network and its role.
            match signals.unless_ended(aws.connect(&fleet.source, &settings)) {
                Some(Err(failure)) if failure.kind() == FailureKind::Input => return Err(failure),
                _ => settings,
            }
        };
        Ok(Self {
            pace: pace(&settings)?,
            arguments,
            name: output.display().to_string(),
            target: surroundings.directory.join(output),
            surroundings: surroundings.clone(),
            voice,
            signals,
            began: Instant::now(),
            aws,
            held: Held::new(settings),
            last: None,
            failure: None,
        })
    }

    /// Reads the fleet; `None` where the end is asked for meanwhile.
    fn fleet(&mut self) -> Option<Result<Fleet, Failure>> {
        let (fleet, surroundings) = (&self.arguments.fleet, &self.surroundings);
        if is_recorded(self.arguments) {
            return Some(self.voice.aside(|console| read_fleet(fleet, surroundings, console)));
        }
        let happened = self.voice.aside(|console| self.held.renew(fleet, surroundings, console));
        if let Some(happened) = happened {
            if matches!(happened, Happened::Settings { .. }) {
                self.aws.disconnect();
            }
            self.voice.tell(happened);
        }
        let settings = self.held.settings.clone();
        let read = self.signals.unless_ended(self.aws.read(&fleet.source, &settings));
        for attempt in self.aws.attempts() {
            self.voice.console.call(&attempt.to_string());
        }
        let time = surroundings.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Some(read?.map(|inventory| {
            self.aws.doubt(&inventory);
            self.voice.aside(|console| warn_of_fleet(&settings, &inventory, console));
            Fleet { settings, inventory, origin: Origin::Live, identity: None, time: Some(time.into()) }
        }))
    }

    /// What a fleet comes to.
    fn play(&mut self, fleet: Fleet) -> Result<Came, Failure> {
        let mut pass = Pass::play(fleet, &self.surroundings);
        let trouble = trouble(&pass);
        if !pass.run.ending.is_published() {
            return Ok(Came::Nothing(trouble));
        }
        let now = pass.facts.time.clone();
        // A template may show the time of its fleet, and that alone is no change.
        if let Some((_, seen)) = &self.last {
            pass.facts.time.clone_from(seen);
        }
        let mut bytes = self.render(&pass)?;
        if self.last.as_ref().is_some_and(|(last, _)| *last != bytes) && pass.facts.time != now {
            pass.facts.time = now;
            bytes = self.render(&pass)?;
        }
        self.last = Some((bytes.clone(), pass.facts.time.clone()));
        let rendered = Rendered { tree: tree(&pass, self.arguments.format), bytes };
        Ok(if pass.is_complete() { Came::Whole(rendered) } else { Came::Wiped(rendered, trouble) })
    }

    fn render(&mut self, pass: &Pass) -> Result<Vec<u8>, Failure> {
        let (arguments, surroundings) = (self.arguments, &self.surroundings);
        self.voice.aside(|console| rendered(arguments, pass, surroundings, console))
    }
}

impl World for Shell<'_, '_> {
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn pass(&mut self) -> Option<Round> {
        self.voice.begin();
        self.surroundings.now = jiff::Timestamp::now();
        let came = match self.fleet()? {
            Ok(fleet) => {
                self.held.settings = fleet.settings.clone();
                self.play(fleet)
            }
            Err(failure) => Err(failure),
        };
        let came = match came {
            // What was wrong from the beginning won't get better by itself.
            Err(failure) if self.last.is_none() && failure.kind() == FailureKind::Input => {
                self.failure = Some(failure);
                return None;
            }
            Err(failure) => {
                for hint in failure.hints() {
                    self.voice.aside(|console| console.note(hint));
                }
                let reasons = vec![failure.message().to_owned()];
                Came::Nothing(Trouble { outcome: "stale", reasons, throttled: false })
            }
            Ok(came) => came,
        };
        // A snapshot may be replaced by one whose settings have no pace: the one before holds on then.
        self.pace = pace(&self.held.settings).unwrap_or(self.pace);
        Some(Round { pace: self.pace, came })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<bool, String> {
        replace(&self.target, bytes).map_err(|error| error.to_string())
    }

    fn say(&mut self, event: &Event) {
        for happened in Happened::of(event, &self.name) {
            let is_first_of_all = matches!(event, Event::Published { first: true, .. });
            if is_first_of_all && matches!(happened, Happened::Change(_)) && !self.voice.is_for_programs() {
                // Everything is new to people then, and the line that follows counts it.
                continue;
            }
            self.voice.tell(happened);
        }
    }

    fn rest(&mut self, until: Duration) -> bool {
        self.signals.rest(until.saturating_sub(self.began.elapsed()))
    }
}

/// Whether the records come from a file or the program itself.
fn is_recorded(arguments: &RenderArgs) -> bool {
    let source = &arguments.fleet.source;
    source.demo || source.snapshot.is_some()
}

/// What is wrong with a pass.
fn trouble(pass: &Pass) -> Trouble {
    let errors = &pass.run.inventory.errors;
    let mut reasons: Vec<String> = errors.iter().map(ToString::to_string).collect();
    if reasons.is_empty() {
        reasons.push(format!("Traefik {}", ending(&pass.run.ending)));
    }
    let throttled = errors.iter().any(|error| error.kind == CallErrorKind::Throttled);
    Trouble { outcome: pass.run.ending.id(), reasons, throttled }
}
