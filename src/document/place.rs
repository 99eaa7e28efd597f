//! From a place in a value to the place in the text that it was written in.

use super::json::{Json, Value};

/// The line and the column, both from 1, the column in characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Where the lines of a text begin: for texts of which many places are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each [`STRIDE`] of bytes: a line may be all there is of a large file.
    characters: Vec<usize>,
}

/// Bytes between two places before which characters are counted.
const STRIDE: usize = 4096;

/// How many characters begin among these bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let counts = text.as_bytes().chunks(STRIDE).scan(0, |count, chunk| {
            let before = *count;
            *count += beginnings(chunk);
            Some(before)
        });
        Self { starts: std::iter::once(0).chain(breaks).collect(), characters: counts.collect() }
    }

    /// The byte at which each line begins.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// What [`line_and_column`] says of a place in `text`, which is the text that the lines are of.
    pub fn place(&self, text: &str, at: usize) -> (usize, usize) {
        let at = if text.is_char_boundary(at) { at } else { text.len() };
        let line = self.starts.partition_point(|start| *start <= at);
        (line, self.before(text, at) - self.before(text, self.starts[line - 1]) + 1)
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, at: usize) -> usize {
        let Some(stride) = (at / STRIDE).checked_sub(usize::from(at > 0 && at.is_multiple_of(STRIDE))) else {
            return 0;
        };
        let counted = self.characters.get(stride).copied().unwrap_or_default();
        counted + beginnings(&text.as_bytes()[stride * STRIDE..at])
    }
}

/// Where byte `offset` of a string's value is written in `text`, the text of the whole document.
///
/// Escapes, and the indentation of block scalars, make the two differ. Where a folded scalar leaves no way to tell, it
/// is the start of the string.
pub fn place_in(text: &str, string: &Json, offset: usize) -> usize {
    let Value::Text(value) = &string.value else { return string.span.start };
    let Some(written) = text.get(string.span.clone()) else { return string.span.start };
    let start = string.span.start;
    match written.as_bytes().first() {
        Some(b'"') => start + escaped(written, offset),
        Some(b'\'') => start + single(written, offset),
        Some(b'|' | b'>') => start + block(written, value, offset),
        _ if written == value => start + offset.min(written.len()),
        _ => start + block(written, value, offset),
    }
}

/// Behind a double quote: an escape stands for one character.
fn escaped(written: &str, offset: usize) -> usize {
    let mut value = 0;
    let mut at = 1;
    while value < offset && at < written.len() {
        let (length, bytes) = unit(&written[at..]);
        value += bytes;
        at += length;
    }
    at.min(written.len())
}

/// The length of the first character or escape of a double-quoted text, and of what it stands for.
fn unit(rest: &str) -> (usize, usize) {
    let Some(escape) = rest.strip_prefix('\\') else {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        return (length, length);
    };
    let digits = match escape.as_bytes().first() {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        _ => return (1 + escape.chars().next().map_or(0, char::len_utf8), 1),
    };
    let code = escape.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    if (0xd800..0xdc00).contains(&code) {
        // Two escapes make one character beyond the first plane.
        return (2 * (digits + 2), 4);
    }
    (digits + 2, char::from_u32(code).map_or(3, char::len_utf8))
}

/// Behind a single quote: two of them stand for one.
fn single(written: &str, offset: usize) -> usize {
    let mut value = 0;
    let mut at = 1;
    while value < offset && at < written.len() {
        let length =
            if written[at..].starts_with("''") { 2 } else { written[at..].chars().next().map_or(1, char::len_utf8) };
        value += if length == 2 && written[at..].starts_with('\'') { 1 } else { length };
        at += length;
    }
    at.min(written.len())
}

/// In a block: the line of the value is looked for among the lines that are written, in order.
fn block(written: &str, value: &str, offset: usize) -> usize {
    let before = value.get(..offset).unwrap_or(value);
    let wanted = before.matches('\n').count();
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let mut lines = written.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    for (index, line) in value.split('\n').enumerate() {
        let Some((start, found)) =
            lines.find(|(_, written)| !line.trim().is_empty() && written.trim() == line.trim() || line.is_empty())
        else {
            return 0;
        };
        if index == wanted {
            let indent = found.find(line).unwrap_or(0);
            return (start + indent + column).min(written.len());
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{Lines, line_and_column, place_in};
    use crate::document::{Json, yaml};

    #[test]
    fn a_place_in_a_value_is_found_in_the_text() {
        let text = r#"{"a": "x\n\u00e9\ud83d\ude00Host"}"#;
        let tree = Json::read(text).expect("it is JSON");
        let string = tree.get("a").expect("it is there");
        let offset = string.text().expect("a string").find("Host").expect("it is there");
        assert_eq!(&text[place_in(text, string, offset)..][..4], "Host");
    }

    #[test]
    fn blocks_and_quotes_of_yaml_are_followed() {
        let text = "a: |\n    one\n    two Host\nb: 'it''s Host'\nc: plain Host\n";
        let tree = yaml::read(text).expect("it is YAML");
        for key in ["a", "b", "c"] {
            let string = tree.get(key).expect("it is there");
            let offset = string.text().expect("a string").find("Host").expect("it is there");
            assert_eq!(&text[place_in(text, string, offset)..][..4], "Host", "{key}");
        }
    }

    #[test]
    fn lines_that_are_kept_say_the_same() {
        let long = "é€x".repeat(1400) + "\n" + &"é".repeat(2048);
        for text in ["a\néx\n\nlast", "", &long] {
            let lines = Lines::of(text);
            for at in 0..=text.len() + 1 {
                assert_eq!(lines.place(text, at), line_and_column(text, at), "{at}");
            }
        }
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("a\néx", 4), (2, 2));
        assert_eq!(line_and_column("", 0), (1, 1));
    }
}
