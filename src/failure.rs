//! What failed, where, and what to do: the one form in which an error reaches a user.
//!
//! Errors are typed where they arise; a command turns them into a [`Failure`] and adds hints there, where it is known
//! what the user was doing. Nothing else prints an error.

use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::render::printable;

/// An error on its way to the user.
#[derive(Debug)]
pub struct Failure {
    kind: FailureKind,
    message: String,
    place: Option<Box<Place>>,
    causes: Vec<String>,
    hints: Vec<String>,
}

/// Whose fault it is, which decides the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Arguments, a file, an expression: exit 2.
    Input,
    /// AWS, the network, the disk: exit 3.
    System,
}

/// Where in a text it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// A file's name, or what the text is: `--constraints`.
    pub origin: String,
    /// The line at which `text` begins, from 1.
    pub first_line: usize,
    /// The character of that line at which `text` begins, from 1.
    pub first_column: usize,
    /// The whole text, or the lines of it that matter.
    pub text: String,
    /// What to underline, in bytes; moved to character boundaries when shown.
    pub span: Range<usize>,
    /// A word under the line.
    pub label: String,
}

/// The longest line that is shown whole; of a longer one the part around the place.
const LONGEST_LINE: usize = 400;

impl Failure {
    /// The input is wrong.
    pub fn input(message: impl Into<String>) -> Self {
        Self::of(FailureKind::Input, message.into())
    }

    /// AWS or the system failed.
    pub fn system(message: impl Into<String>) -> Self {
        Self::of(FailureKind::System, message.into())
    }

    fn of(kind: FailureKind, message: String) -> Self {
        Self { kind, message, place: None, causes: Vec::new(), hints: Vec::new() }
    }

    /// Adds the error that this one came from, and those that it came from itself.
    #[must_use]
    pub fn because(mut self, cause: &(dyn Error + 'static)) -> Self {
        let mut next = Some(cause);
        while let Some(error) = next {
            let text = error.to_string();
            if self.causes.last() != Some(&text) {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds where in a text it is wrong.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// Whose fault it is.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }

    /// The first line, without what surrounds it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The word under the place, where there is one.
    pub fn label(&self) -> Option<&str> {
        self.place.as_deref().map(|place| place.label.as_str()).filter(|label| !label.is_empty())
    }

    /// The hints, in the order that they were added.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The error as it is printed, with a line break at its end.
    pub fn text(&self, colored: bool) -> String {
        let causes = self.causes.iter().map(|cause| Aside::Note(format!("because {cause}")));
        let hints = self.hints.iter().map(|hint| Aside::Help(hint.clone()));
        let asides: Vec<Aside> = causes.chain(hints).collect();
        marked(Weight::Error, &self.message, self.place.as_deref(), &asides, colored)
    }
}

/// How heavy a message with a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Wrong.
    Error,
    /// Worth a look.
    Warning,
    /// Good to know.
    Note,
}

/// What stands under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// More of what is the case.
    Note(String),
    /// What to do.
    Help(String),
}

/// A message with the text it is about underlined, and what there is to add; a line break at its end.
pub fn marked(weight: Weight, message: &str, place: Option<&Place>, asides: &[Aside], colored: bool) -> String {
    marked_at(weight, message, place.map(|place| (place, None)), asides, colored)
}

/// The same; beside the place may stand its column, where its text begins within a line.
pub fn marked_at(
    weight: Weight,
    message: &str,
    place: Option<(&Place, Option<usize>)>,
    asides: &[Aside],
    colored: bool,
) -> String {
    let message = printable(message);
    let level = match weight {
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
        Weight::Note => Level::NOTE,
    };
    let mut group = match place {
        None => Group::with_title(level.primary_title(message.as_ref())),
        Some(_) => level.primary_title(message.as_ref()).elements(Vec::<annotate_snippets::Message<'_>>::new()),
    };
    let shown = place.map(|(place, column)| {
        let shown = place.shown();
        Shown { column: column.unwrap_or(shown.column), ..shown }
    });
    if let Some(place) = &shown {
        group = group.element(
            Snippet::source(place.text.as_str())
                .path(place.origin.as_str())
                .line_start(place.line)
                .annotation(AnnotationKind::Primary.span(place.span.clone()).label(place.label.as_str())),
        );
    }
    let texts: Vec<(Level<'_>, String)> = asides
        .iter()
        .map(|aside| match aside {
            Aside::Note(text) => (Level::NOTE, printable(text).into_owned()),
            Aside::Help(text) => (Level::HELP, printable(text).into_owned()),
        })
        .collect();
    for (level, text) in &texts {
        group = group.element(level.clone().message(text.as_str()));
    }
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]).clone();
    if let Some(place) = shown.as_ref().filter(|place| place.column != place.visible_column) {
        // A long line is shown from its middle on, but whoever follows the place counts from its beginning.
        let at = |column: usize| format!("{}:{}:{column}", place.origin, place.line);
        text = text.replacen(&at(place.visible_column), &at(place.column), 1);
    }
    let _ = writeln!(text);
    text
}

/// A place as it is shown: the lines around it, safe to print.
struct Shown {
    origin: String,
    text: String,
    line: usize,
    span: Range<usize>,
    /// In the line, in characters, from 1.
    column: usize,
    /// In what is shown of it.
    visible_column: usize,
    label: String,
}

impl Place {
    fn shown(&self) -> Shown {
        let start = floor_boundary(&self.text, self.span.start);
        let end = floor_boundary(&self.text, self.span.end).max(start);
        // Of several lines the first is enough to find them.
        let end = self.text[start..end].find('\n').map_or(end, |at| start + at);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let from = floor_boundary(&self.text, line_start.max(start.saturating_sub(LONGEST_LINE / 2)));
        let to = floor_boundary(&self.text, line_end.min(end.max(from) + LONGEST_LINE / 2)).max(start);
        let end = end.min(to);
        let before = printable(&self.text[from..start]).into_owned();
        let marked = printable(&self.text[start..end]).into_owned();
        let after = printable(&self.text[end..to]).into_owned();
        let span = before.len()..before.len() + marked.len();
        let first_column = if line_start == 0 { self.first_column } else { 1 };
        Shown {
            origin: printable(&self.origin).into_owned(),
            line: self.text[..line_start].bytes().filter(|byte| *byte == b'\n').count() + self.first_line,
            column: self.text[line_start..start].chars().count() + first_column,
            visible_column: before.chars().count() + 1,
            text: before + &marked + &after,
            span,
            label: printable(&self.label).into_owned(),
        }
    }
}

/// The nearest character boundary at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}
