//! Where something stands in what people wrote, down to a character inside a string inside a string.

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Json, Lines, Span, place_in};

/// A text file that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFile {
    /// Its path, as it is shown.
    pub name: String,
    /// Its whole text.
    pub text: Arc<str>,
    lines: Lines,
    is_guarded: bool,
}

impl SourceFile {
    /// A file with its text.
    pub(super) fn new(name: &str, text: Arc<str>) -> Self {
        Self { name: name.to_owned(), lines: Lines::of(&text), is_guarded: false, text }
    }

    /// The same, of which no more is shown than a finding is about, if so.
    pub(super) fn guarded(self, is_guarded: bool) -> Self {
        Self { is_guarded, ..self }
    }

    /// Whether Terraform marks containers in it as sensitive: then no more is shown of them than a finding is about.
    pub fn is_guarded(&self) -> bool {
        self.is_guarded
    }

    /// What stands in a line, counted from 1, without the blanks around it.
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.lines.starts().get(line.checked_sub(1)?)?;
        let text = self.text[start..].split('\n').next().unwrap_or_default();
        let blank = text.len() - text.trim_start().len();
        Some(start + blank..start + text.trim_end().len().max(blank))
    }

    /// The line and the column of a byte, both from 1, the column in characters.
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        self.lines.place(&self.text, at)
    }
}

/// A place in a file. Finding the very bytes takes a walk over the text, so that is left until somebody asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Which file.
    pub file: usize,
    /// The string in the file that holds the document, where the file itself is not the document.
    outer: Option<Arc<Json>>,
    /// The string whose value `range` points into; absent where it points into the document.
    string: Option<Arc<Json>>,
    range: Range<usize>,
}

impl Site {
    /// A place in a document.
    pub fn of(file: usize, outer: Option<Arc<Json>>, span: Span) -> Self {
        Self { file, outer, string: None, range: span }
    }

    /// The place in bytes of the file's text.
    pub fn span(&self, files: &[SourceFile]) -> Span {
        let whole = &*files[self.file].text;
        let document = self.outer.as_deref().map_or(Some(whole), Json::text).unwrap_or_default();
        let span = within(document, self.string.as_deref(), &self.range);
        within(whole, self.outer.as_deref(), &span)
    }
}

impl Site {
    /// A text as it is to be written in this place: in the quotes that stand there, escaped as they need it, and once
    /// more where the document is in a string itself.
    pub fn spelled(&self, text: &str, files: &[SourceFile]) -> String {
        let whole = &*files[self.file].text;
        let document = self.outer.as_deref().map_or(Some(whole), Json::text).unwrap_or_default();
        let written = match &self.string {
            Some(string) => escaped(text, quote_at(document, string.span.start)),
            None => match quote_at(document, self.range.start) {
                Some(quote) => format!("{quote}{}{quote}", escaped(text, Some(quote))),
                None if is_plain(text) => text.to_owned(),
                None => format!("'{}'", escaped(text, Some('\''))),
            },
        };
        match &self.outer {
            Some(outer) => escaped(&written, quote_at(whole, outer.span.start)),
            None => written,
        }
    }

    /// From the end of this place to the end of another in the same document.
    pub fn up_to(&self, other: &Self) -> Option<Self> {
        let same = |one: &Option<Arc<Json>>, other: &Option<Arc<Json>>| match (one, other) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one.span == other.span,
            _ => false,
        };
        let is_one = self.file == other.file && self.string.is_none() && other.string.is_none();
        let is_behind = self.range.end <= other.range.end;
        (is_one && is_behind && same(&self.outer, &other.outer))
            .then(|| Self { range: self.range.end..other.range.end, ..self.clone() })
    }
}

/// The quote that a string begins with; none where it is plain, or a block.
fn quote_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next().filter(|c| ['"', '\''].contains(c))
}

fn escaped(text: &str, quote: Option<char>) -> String {
    match quote {
        Some('"') => text.replace('\\', "\\\\").replace('"', "\\\""),
        Some(_) => text.replace('\'', "''"),
        None => text.to_owned(),
    }
}

/// Whether YAML reads a text without quotes as itself.
fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphanumeric());
    begins
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(['{', '}', '[', ']', ',', '\n'])
        && !text.ends_with([':', ' '])
}

fn within(text: &str, string: Option<&Json>, range: &Range<usize>) -> Span {
    let Some(string) = string else { return range.clone() };
    let start = place_in(text, string, range.start);
    start..place_in(text, string, range.end).max(start)
}

/// A text that somebody wrote, and where.
///
/// What only turns out when the template is deployed or the plan applied stands between two U+0000.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    text: String,
    place: Option<(usize, Option<Arc<Json>>, Arc<Json>)>,
}

impl Word {
    /// A text in a file.
    pub(super) fn written(text: String, file: usize, outer: Option<Arc<Json>>, node: Arc<Json>) -> Self {
        Self { text, place: Some((file, outer, node)) }
    }

    /// A text that AWS gave.
    pub fn recorded(text: &str) -> Self {
        Self { text: text.to_owned(), place: None }
    }

    /// The text, if all of it is known.
    pub fn known(&self) -> Option<&str> {
        (!self.text.contains('\0')).then_some(self.text.as_str())
    }

    /// The text for people; what is not known yet is in braces.
    pub fn shown(&self) -> String {
        let mut inside = false;
        let parts = self.text.split('\0').map(|part| {
            let shown = if inside { format!("{{{part}}}") } else { part.to_owned() };
            inside = !inside;
            shown
        });
        parts.collect()
    }

    /// Where it stands; nothing for what AWS gave.
    pub fn site(&self) -> Option<Site> {
        let (file, outer, node) = self.place.clone()?;
        Some(Site { file, outer, string: None, range: node.span.clone() })
    }

    /// Where a part of it stands.
    pub fn part(&self, range: Range<usize>) -> Option<Site> {
        let (file, outer, node) = self.place.clone()?;
        if node.text() == Some(self.text.as_str()) {
            return Some(Site { file, outer, string: Some(node), range });
        }
        Some(Site { file, outer, string: None, range: node.span.clone() })
    }
}
