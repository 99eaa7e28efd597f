//! Strings: four ways to write one.

use super::TomlError;
use super::scan::{Scan, is_break};

/// Whether a character begins a string.
pub(super) fn begins(character: Option<char>) -> bool {
    matches!(character, Some('"' | '\''))
}

/// Reads a string.
pub(super) fn read(scan: &mut Scan<'_>) -> Result<String, TomlError> {
    if scan.take("\"\"\"") {
        multiline(scan)
    } else if scan.take("'''") {
        multiline_raw(scan)
    } else if scan.take("\"") {
        basic(scan)
    } else {
        scan.take("'");
        raw(scan)
    }
}

fn basic(scan: &mut Scan<'_>) -> Result<String, TomlError> {
    let mut value = String::new();
    loop {
        match scan.peek() {
            None => return Err(scan.error("the text has no closing quote")),
            Some(character) if is_break(character) => return Err(scan.error("a text can't hold a line break")),
            Some('"') => {
                scan.next();
                return Ok(value);
            }
            Some('\\') => {
                scan.next();
                value.push(escape(scan)?);
            }
            Some(character) => {
                scan.next();
                value.push(character);
            }
        }
    }
}

fn raw(scan: &mut Scan<'_>) -> Result<String, TomlError> {
    let value = scan.take_while(|character| character != '\'' && !is_break(character)).to_owned();
    if scan.take("'") { Ok(value) } else { Err(scan.unexpected("a raw text ends with `'` on its line")) }
}

/// A line break right at the start doesn't count; a backslash before one takes away all that is blank after it.
fn multiline(scan: &mut Scan<'_>) -> Result<String, TomlError> {
    let mut value = String::new();
    scan.take("\n");
    loop {
        if scan.take("\"\"\"") {
            return Ok(value);
        }
        if scan.take("\\\n") {
            scan.take_while(char::is_whitespace);
        } else if scan.take("\\") {
            value.push(escape(scan)?);
        } else {
            value.push(scan.next().ok_or_else(|| scan.error("the text has no closing quotes"))?);
        }
    }
}

fn multiline_raw(scan: &mut Scan<'_>) -> Result<String, TomlError> {
    scan.take("\n");
    let from = scan.at();
    loop {
        let value = scan.since(from);
        if scan.take("'''") {
            return Ok(value.to_owned());
        }
        if scan.next().is_none() {
            return Err(scan.error("the text has no closing quotes"));
        }
    }
}

/// The character that stands after a backslash.
fn escape(scan: &mut Scan<'_>) -> Result<char, TomlError> {
    let simple = match scan.peek() {
        Some('b') => '\u{8}',
        Some('t') => '\t',
        Some('n') => '\n',
        Some('f') => '\u{c}',
        Some('r') => '\r',
        Some('"') => '"',
        Some('\\') => '\\',
        Some('u') => return numbered(scan, 4),
        Some('U') => return numbered(scan, 8),
        _ => return Err(scan.unexpected(r#"a backslash comes before b, t, n, f, r, ", \, u or U"#)),
    };
    scan.next();
    Ok(simple)
}

fn numbered(scan: &mut Scan<'_>, digits: usize) -> Result<char, TomlError> {
    scan.next();
    let mut number = 0_u32;
    for _ in 0..digits {
        let Some(digit) = scan.peek().and_then(|character| character.to_digit(16)) else {
            return Err(scan.unexpected("a Unicode escape has hexadecimal digits"));
        };
        scan.next();
        number = number << 4 | digit;
    }
    char::from_u32(number).ok_or_else(|| scan.error("the escape is no Unicode character"))
}
