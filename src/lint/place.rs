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
}

impl SourceFile {
    /// A file with its text.
    pub(super) fn new(name: &str, text: Arc<str>) -> Self {
        Self { name: name.to_owned(), lines: Lines::of(&text), text }
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
