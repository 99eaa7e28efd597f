//! `strconv.Quote` and its kin: text between quotes, with what doesn't print written out.

use std::fmt::Write as _;

use super::unicode::{decode, is_print};

/// Which characters stand for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// Those that print.
    Printing,
    /// Those of ASCII that print.
    Ascii,
}

/// `strconv.Quote`.
pub fn quote(text: &[u8]) -> String {
    quoted(text, '"', Plain::Printing)
}

/// Text between quotes of a kind.
pub fn quoted(text: &[u8], mark: char, plain: Plain) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(mark);
    let mut at = 0;
    while at < text.len() {
        let (character, length) = decode(&text[at..]);
        if character == char::REPLACEMENT_CHARACTER && length == 1 {
            let _ = write!(quoted, "\\x{:02x}", text[at]);
        } else {
            escape(&mut quoted, character, mark, plain);
        }
        at += length;
    }
    quoted.push(mark);
    quoted
}

/// `strconv.QuoteRune`.
pub fn quote_rune(character: char, plain: Plain) -> String {
    let mut quoted = String::from("'");
    escape(&mut quoted, character, '\'', plain);
    quoted.push('\'');
    quoted
}

fn escape(quoted: &mut String, character: char, mark: char, plain: Plain) {
    if character == mark || character == '\\' {
        quoted.extend(['\\', character]);
        return;
    }
    if is_print(character) && (plain == Plain::Printing || character.is_ascii()) {
        quoted.push(character);
        return;
    }
    match character {
        '\u{7}' => quoted.push_str("\\a"),
        '\u{8}' => quoted.push_str("\\b"),
        '\u{c}' => quoted.push_str("\\f"),
        '\n' => quoted.push_str("\\n"),
        '\r' => quoted.push_str("\\r"),
        '\t' => quoted.push_str("\\t"),
        '\u{b}' => quoted.push_str("\\v"),
        '\0'..=' ' | '\u{7f}' => {
            let _ = write!(quoted, "\\x{:02x}", u32::from(character));
        }
        '\u{80}'..='\u{ffff}' => {
            let _ = write!(quoted, "\\u{:04x}", u32::from(character));
        }
        _ => {
            let _ = write!(quoted, "\\U{:08x}", u32::from(character));
        }
    }
}

/// `strconv.CanBackquote`: whether the text can stand between back quotes on one line.
pub fn can_backquote(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| {
        text.chars()
            .all(|character| character == '\t' || !matches!(character, '\u{feff}' | '`' | '\u{7f}' | '\0'..='\u{1f}'))
    })
}

#[cfg(test)]
mod tests {
    use super::{Plain, can_backquote, quote, quote_rune, quoted};

    #[test]
    fn what_does_not_print_is_written_out() {
        assert_eq!(quote("a\"\\\n\u{e9}\u{200b}\u{7f}".as_bytes()), "\"a\\\"\\\\\\n\u{e9}\\u200b\\x7f\"");
        assert_eq!(quote(b"\xff\xe6"), "\"\\xff\\xe6\"");
        assert_eq!(quoted("\u{e9}\u{1f600}".as_bytes(), '"', Plain::Ascii), "\"\\u00e9\\U0001f600\"");
        assert_eq!(quote_rune('\'', Plain::Printing), "'\\''");
    }

    #[test]
    fn back_quotes_hold_what_prints_on_a_line() {
        assert!(can_backquote(b"a\tb\"") && !can_backquote(b"a\nb") && !can_backquote(b"`"));
    }
}
