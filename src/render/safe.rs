//! Text from AWS and from files is hostile: it can't move the cursor, forge a workflow command, become a formula in
//! a spreadsheet, or break out of a Markdown cell.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with what a terminal would obey instead of print written out: control characters as `\u{1b}`, and
/// characters that change the direction of text or take no room. A line break is kept out too.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => safe.push_str("\\n"),
            '\r' => safe.push_str("\\r"),
            '\t' => safe.push_str("\\t"),
            _ if is_obeyed(character) => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
            }
            _ => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

/// Whether a terminal would do something else than print this character.
fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A CSV field that no spreadsheet takes for a formula, quoted where it must be (RFC 4180).
pub fn csv_field(text: &str) -> String {
    let safe = printable(text);
    let formula = safe.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if formula { Cow::Owned(format!("'{safe}")) } else { safe };
    if guarded.contains([',', '"', ';']) || guarded.starts_with(' ') || guarded.ends_with(' ') {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded.into_owned()
    }
}

/// A cell of a Markdown table: no markup, no cell border.
pub fn markdown_cell(text: &str) -> String {
    let safe = printable(text);
    let mut cell = String::with_capacity(safe.len() + 8);
    for character in safe.chars() {
        if matches!(character, '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '!' | '~') {
            cell.push('\\');
            cell.push(character);
        } else {
            match character {
                '<' => cell.push_str("&lt;"),
                '>' => cell.push_str("&gt;"),
                '&' => cell.push_str("&amp;"),
                other => cell.push(other),
            }
        }
    }
    cell
}

/// The message of a GitHub workflow command: it can't end the command.
pub fn github_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a GitHub workflow command: it can't end the property either.
pub fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{csv_field, markdown_cell, printable};

    #[test]
    fn escape_sequences_are_written_out() {
        assert_eq!(printable("a\u{1b}[2Jb\u{202e}c"), "a\\u{1b}[2Jb\\u{202e}c");
        assert_eq!(printable("plain é"), "plain é");
    }

    #[test]
    fn formulas_become_text() {
        assert_eq!(csv_field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_field("a,b"), "\"a,b\"");
    }

    #[test]
    fn cells_hold_no_markup() {
        assert_eq!(markdown_cell("a|b`c`<x>"), "a\\|b\\`c\\`&lt;x&gt;");
    }
}
