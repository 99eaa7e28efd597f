//! Why a file is no snapshot, and where in it: of a file that may be one line of a hundred megabytes the part around
//! the place is kept.

use super::snapshot::VERSION;
use crate::model::Text;

/// Why a file is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not JSON, or cut off, or a field of the wrong type.
    #[error("{message}")]
    Json {
        /// What the parser says, without the place.
        message: String,
        /// Byte offset in the (uncompressed) text.
        offset: usize,
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// The line itself, or the part around the place.
        text: String,
        /// The character of the line at which `text` begins, from 1.
        first_column: usize,
        /// The place within `text`.
        at: usize,
        /// Whether the text ends too early.
        cut_off: bool,
    },
    /// JSON, but of another kind.
    #[error("it has none of a snapshot's sections (clusters, tasks, taskDefinitions, …){}", looks_like(*found))]
    OtherKind {
        /// What it looks like.
        found: Option<&'static str>,
    },
    /// Two records say that they are the same thing, and say different things of it.
    #[error("line {line}: a second record of `{section}` has the name {key}, and says something else than the first")]
    Duplicate {
        /// The section.
        section: &'static str,
        /// The ARN or id.
        key: Text,
        /// The line on which the second begins, from 1.
        line: usize,
    },
    /// Made by a newer ecsroute.
    #[error("it is a snapshot of version {0}; this program reads version {VERSION}")]
    Newer(u64),
    /// Not a gzip file although it begins like one.
    #[error("it can't be uncompressed: {0}")]
    Compression(#[source] std::io::Error),
    /// More than memory holds.
    #[error("it is too large for the memory there is ({bytes} bytes and more)")]
    TooLarge {
        /// How much had been read.
        bytes: usize,
    },
    /// More records than memory holds, however small they are.
    #[error("it has too many records for the memory there is: {records}")]
    TooMany {
        /// How many.
        records: usize,
    },
}

fn looks_like(found: Option<&'static str>) -> String {
    found.map(|found| format!("; it looks like {found}")).unwrap_or_default()
}

/// The byte offset of a line and column (both from 1, the column in bytes) in a text.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// How much of a long line is shown around a place, in bytes to either side.
const CONTEXT: usize = 120;

pub(super) fn json_error(bytes: &[u8], error: &serde_json::Error) -> SnapshotError {
    let (line, column) = (error.line(), error.column());
    let start = start_of_line(bytes, line.saturating_sub(1));
    let offset = (start + column.saturating_sub(1)).min(bytes.len());
    let end = bytes[offset..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| offset + at);
    let from = offset.saturating_sub(CONTEXT).max(start);
    let to = (offset + CONTEXT).min(end);
    let before = String::from_utf8_lossy(&bytes[from..offset]).into_owned();
    let at = before.len();
    // Of a character of several bytes all but the first begin with the bits 10.
    let first_column = bytes[start..from].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
    let text = before + &String::from_utf8_lossy(&bytes[offset..to]);
    let whole = error.to_string();
    let message = shortened(whole.split(" at line ").next().unwrap_or(&whole));
    SnapshotError::Json { message, offset, line, column, text, first_column, at, cut_off: error.is_eof() }
}

/// A message that quotes what was found, which may be as long as the file: its beginning and its end.
fn shortened(message: &str) -> String {
    match (message.char_indices().nth(CONTEXT), message.char_indices().nth_back(CONTEXT)) {
        (Some((start, _)), Some((end, _))) if start < end => format!("{}…{}", &message[..start], &message[end..]),
        _ => message.to_owned(),
    }
}

/// Where the line after `breaks` line breaks begins.
fn start_of_line(bytes: &[u8], breaks: usize) -> usize {
    if breaks == 0 {
        return 0;
    }
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(breaks - 1).map_or(bytes.len(), |(at, _)| at + 1)
}
