//! What a command may do to the world it was started in: print a result, say something aside, read its surroundings.
//!
//! `main` makes one from the process; tests make one from buffers.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::failure::Failure;
use crate::render::{Mark, Styles, printable};

/// What the process was started with. The core never asks the system itself.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The environment, as far as it is UTF-8.
    pub environment: BTreeMap<String, String>,
    /// The working directory.
    pub directory: PathBuf,
    /// The current time.
    pub now: jiff::Timestamp,
    /// Columns of the terminal on stdout; `None` where it is not a terminal.
    pub width: Option<usize>,
    /// Traefik's own flags that stood among ours.
    pub traefik_flags: Vec<String>,
}

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors.
    Quiet,
    /// And notes.
    Normal,
    /// And where things came from.
    Verbose,
    /// And every call.
    Calls,
}

/// Where the result and the notes go.
pub struct Console<'a> {
    /// The result; colours are already right for it.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// Styles of stdout.
    pub styles: Styles,
    /// Styles of stderr.
    pub note_styles: Styles,
    /// How much is said on stderr.
    pub verbosity: Verbosity,
    /// Whether stderr is a terminal, on which progress can be shown.
    pub progress: bool,
}

impl Console<'_> {
    /// Says something aside, unless quiet.
    pub fn note(&mut self, text: &str) {
        self.say(Verbosity::Normal, Mark::Aside, "note", text);
    }

    /// Says something aside that should be looked at, unless quiet.
    pub fn warn(&mut self, text: &str) {
        self.say(Verbosity::Normal, Mark::Look, "warning", text);
    }

    /// Says where something came from, when asked for more.
    pub fn detail(&mut self, text: &str) {
        self.say(Verbosity::Verbose, Mark::Aside, "·", text);
    }

    /// Prints lines aside as they are, such as a table, unless quiet.
    pub fn aside(&mut self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            for line in text.lines() {
                let _ = writeln!(self.err, "{}", printable(line));
            }
        }
    }

    /// Says what happened while something goes on, with a sign of its own in front, unless quiet.
    pub fn event(&mut self, time: &str, mark: Mark, sign: &str, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            let (time, sign) = (self.note_styles.paint(Mark::Aside, time), self.note_styles.paint(mark, sign));
            let _ = writeln!(self.err, "{time} {sign} {}", printable(text));
        }
    }

    /// Tells of one call, when asked for every one.
    pub fn call(&mut self, text: &str) {
        self.say(Verbosity::Calls, Mark::Aside, "·", text);
    }

    /// Prints an error, always.
    pub fn fail(&mut self, failure: &Failure) {
        let _ = self.err.write_all(failure.text(self.note_styles.colored()).as_bytes());
    }

    fn say(&mut self, least: Verbosity, mark: Mark, word: &str, text: &str) {
        if self.verbosity < least {
            return;
        }
        let word = self.note_styles.paint(mark, word);
        let separator = if least >= Verbosity::Verbose { " " } else { ": " };
        // A stderr that is gone is no reason to fail: the result still counts.
        let _ = writeln!(self.err, "{word}{separator}{}", printable(text));
    }

    /// Prints the result.
    ///
    /// # Errors
    /// When stdout can't be written. A reader that went away is no error: it has what it wanted.
    pub fn print(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self.out.write_all(bytes).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::system("stdout could not be written").because(&error)),
            Ok(()) => Ok(()),
        }
    }
}
