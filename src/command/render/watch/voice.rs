//! What a watch says, and where: events to programs or to people, and what a pass says aside only when it is new.

use std::collections::BTreeSet;

use crate::console::Console;
use crate::view::watched::Happened;

/// Who is listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listener {
    /// Programs, on stdout.
    Programs,
    /// People, on stderr.
    People,
}

/// The console, with what was said on it.
pub(super) struct Voice<'a, 'c> {
    pub(super) console: &'a mut Console<'c>,
    listener: Listener,
    /// What the last pass said aside.
    before: BTreeSet<String>,
    /// What this one said aside.
    said: BTreeSet<String>,
}

impl<'a, 'c> Voice<'a, 'c> {
    pub(super) fn new(console: &'a mut Console<'c>, listener: Listener) -> Self {
        Self { console, listener, before: BTreeSet::new(), said: BTreeSet::new() }
    }

    /// Says one thing that happened.
    pub(super) fn tell(&mut self, happened: Happened) {
        let time = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        if self.is_for_programs() {
            if let Err(failure) = self.console.print(&happened.json(time)) {
                self.console.fail(&failure);
            }
        } else if let Some((mark, sign, text)) = happened.told() {
            self.console.event(&time, mark, sign, &text);
        }
    }

    /// Another pass begins: what the last one said aside needs not be said again.
    pub(super) fn begin(&mut self) {
        self.before = std::mem::take(&mut self.said);
    }

    /// Lets a step of a pass speak, and passes on what the last pass did not say.
    pub(super) fn aside<T>(&mut self, step: impl FnOnce(&mut Console<'_>) -> T) -> T {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = step(&mut Console { out: &mut out, err: &mut err, progress: false, ..*self.console });
        for line in String::from_utf8_lossy(&err).lines() {
            if !self.before.contains(line) && !self.said.contains(line) {
                // A stderr that is gone is no reason to end.
                let _ = writeln!(self.console.err, "{line}");
            }
            self.said.insert(line.to_owned());
        }
        outcome
    }

    /// Whether programs listen, and not people.
    pub(super) fn is_for_programs(&self) -> bool {
        self.listener == Listener::Programs
    }
}
