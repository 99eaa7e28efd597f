//! Colours and marks, by meaning: what is good, bad, worth a look, or aside.

use owo_colors::{OwoColorize, Style};

/// How text looks; without colour every style is plain.
#[derive(Debug, Clone, Copy)]
pub struct Styles {
    colored: bool,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Good,
    /// Broken.
    Bad,
    /// Worth a look.
    Look,
    /// Neither good nor bad.
    Aside,
}

impl Styles {
    /// With or without colour.
    pub fn new(colored: bool) -> Self {
        Self { colored }
    }

    /// Whether there is colour.
    pub fn colored(self) -> bool {
        self.colored
    }

    /// `text` in the colour of `mark`.
    pub fn paint(self, mark: Mark, text: &str) -> String {
        self.apply(
            text,
            match mark {
                Mark::Good => Style::new().green(),
                Mark::Bad => Style::new().red().bold(),
                Mark::Look => Style::new().yellow(),
                Mark::Aside => Style::new().dimmed(),
            },
        )
    }

    /// A heading.
    pub fn heading(self, text: &str) -> String {
        self.apply(text, Style::new().bold())
    }

    /// The mark alone: one column wide.
    pub fn mark(self, mark: Mark) -> String {
        self.paint(
            mark,
            match mark {
                Mark::Good => "✓",
                Mark::Bad => "✗",
                Mark::Look => "!",
                Mark::Aside => "·",
            },
        )
    }

    fn apply(self, text: &str, style: Style) -> String {
        if self.colored { text.style(style).to_string() } else { text.to_owned() }
    }
}
