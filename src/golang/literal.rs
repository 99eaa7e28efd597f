//! Go's string, raw string and rune literals: what they stand for, and what is wrong with those that are refused.
//!
//! A Go string is a sequence of bytes, so `"\xff"` is a valid literal of one byte that is no UTF-8; values are bytes
//! here for that reason. Interpolation and concatenation are no literals and are refused.

use std::fmt;
use std::fmt::Write as _;

/// The three ways of writing a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quote {
    /// `"…"`: escapes are read, a line break is refused.
    Double,
    /// `` `…` ``: nothing is read, carriage returns are dropped.
    Raw,
    /// `'…'`: one character or one escape.
    Single,
}

/// Why a literal is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The closing quote is missing.
    NotTerminated(Quote),
    /// A backslash before a character that makes no escape.
    UnknownEscape,
    /// A character inside an escape that is no digit of its base.
    DigitExpected(char),
    /// The escape's number is no Unicode code point (or, in octal, above 255).
    NoCodePoint,
    /// A rune literal of no character or of several.
    NotOneCharacter,
    /// The text is no literal at all.
    NoLiteral,
    /// Text goes on after the closing quote.
    Trailing,
}

impl fmt::Display for Problem {
    /// In Go's words, as its scanner logs them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTerminated(Quote::Double) => f.write_str("string literal not terminated"),
            Self::NotTerminated(Quote::Raw) => f.write_str("raw string literal not terminated"),
            Self::NotTerminated(Quote::Single) => f.write_str("rune literal not terminated"),
            Self::UnknownEscape => f.write_str("unknown escape sequence"),
            Self::DigitExpected(found) => {
                write!(f, "illegal character {} in escape sequence", Codepoint(*found))
            }
            Self::NoCodePoint => f.write_str("escape sequence is invalid Unicode code point"),
            Self::NotOneCharacter => f.write_str("illegal rune literal"),
            Self::NoLiteral => f.write_str("not a literal"),
            Self::Trailing => f.write_str("text after the literal"),
        }
    }
}

/// A character as Go's messages name it: `U+0022 '"'`, or the number alone where it can't be printed.
pub(crate) struct Codepoint(pub(crate) char);

impl fmt::Display for Codepoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.0))?;
        let printable = self.0 == ' ' || !(self.0.is_control() || self.0.is_whitespace() || self.0 == '\u{feff}');
        if printable && !matches!(self.0, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{ad}') {
            write!(f, " '{}'", self.0)?;
        }
        Ok(())
    }
}

/// Why and where a literal is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct InvalidLiteral {
    /// The byte of the text that it is about.
    pub at: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// A literal at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// How it is written.
    pub quote: Quote,
    /// What it stands for; need not be UTF-8.
    pub value: Vec<u8>,
    /// Its length in the text, quotes included, in bytes.
    pub length: usize,
}

/// Reads the literal that a text begins with; what follows its closing quote isn't looked at.
///
/// # Errors
/// Where Go's scanner refuses it. Of several problems the first is told.
pub fn scan(text: &str) -> Result<Literal, InvalidLiteral> {
    match text.as_bytes().first() {
        Some(b'"') => scan_escaped(text, Quote::Double),
        Some(b'\'') => scan_escaped(text, Quote::Single),
        Some(b'`') => scan_raw(text),
        _ => Err(InvalidLiteral { at: 0, problem: Problem::NoLiteral }),
    }
}

/// What a whole text stands for as a Go literal, as `strconv.Unquote` reads it: a rune gives its UTF-8.
///
/// # Errors
/// Where the text is no literal, or more than one.
pub fn unquote(text: &str) -> Result<Vec<u8>, InvalidLiteral> {
    let literal = scan(text)?;
    if literal.length < text.len() {
        return Err(InvalidLiteral { at: literal.length, problem: Problem::Trailing });
    }
    Ok(literal.value)
}

/// The number that a rune literal stands for, such as 10 for `'\n'` and 255 for `'\xff'`.
///
/// # Errors
/// Where the text is no rune literal.
pub fn unquote_rune(text: &str) -> Result<u32, InvalidLiteral> {
    if !text.starts_with('\'') {
        return Err(InvalidLiteral { at: 0, problem: Problem::NoLiteral });
    }
    unquote(text)?;
    let inner = &text[1..text.len() - 1];
    match unit(inner, 0, Quote::Single)? {
        (Unit::Byte(byte), _) => Ok(u32::from(byte)),
        (Unit::Character(character), _) => Ok(u32::from(character)),
    }
}

fn scan_raw(text: &str) -> Result<Literal, InvalidLiteral> {
    let Some(end) = text[1..].find('`') else {
        return Err(InvalidLiteral { at: 0, problem: Problem::NotTerminated(Quote::Raw) });
    };
    let value = text[1..=end].bytes().filter(|byte| *byte != b'\r').collect();
    Ok(Literal { quote: Quote::Raw, value, length: end + 2 })
}

fn scan_escaped(text: &str, quote: Quote) -> Result<Literal, InvalidLiteral> {
    let close = if quote == Quote::Double { '"' } else { '\'' };
    let mut value = Vec::new();
    let mut units = 0;
    let mut at = 1;
    loop {
        match text[at..].chars().next() {
            None | Some('\n') => return Err(InvalidLiteral { at: 0, problem: Problem::NotTerminated(quote) }),
            Some(found) if found == close => break,
            Some(_) => {}
        }
        let (unit, length) = unit(text, at, quote)?;
        unit.append_to(&mut value);
        units += 1;
        at += length;
    }
    if quote == Quote::Single && units != 1 {
        return Err(InvalidLiteral { at: 0, problem: Problem::NotOneCharacter });
    }
    Ok(Literal { quote, value, length: at + 1 })
}

/// One character or escape of a literal.
enum Unit {
    /// A byte, from `\x` or an octal escape.
    Byte(u8),
    /// Anything else.
    Character(char),
}

impl Unit {
    fn append_to(&self, value: &mut Vec<u8>) {
        match self {
            Self::Byte(byte) => value.push(*byte),
            Self::Character(character) => value.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Reads the character or escape at byte `at`, and how many bytes it takes.
fn unit(text: &str, at: usize, quote: Quote) -> Result<(Unit, usize), InvalidLiteral> {
    let mut characters = text[at..].chars();
    match characters.next() {
        Some('\\') => {}
        Some(plain) => return Ok((Unit::Character(plain), plain.len_utf8())),
        None => return Err(InvalidLiteral { at: 0, problem: Problem::NotTerminated(quote) }),
    }
    let simple = |character| Ok((Unit::Character(character), 2));
    match characters.next() {
        None => Err(InvalidLiteral { at: 0, problem: Problem::NotTerminated(quote) }),
        Some('a') => simple('\u{7}'),
        Some('b') => simple('\u{8}'),
        Some('f') => simple('\u{c}'),
        Some('n') => simple('\n'),
        Some('r') => simple('\r'),
        Some('t') => simple('\t'),
        Some('v') => simple('\u{b}'),
        Some('\\') => simple('\\'),
        Some('"') if quote == Quote::Double => simple('"'),
        Some('\'') if quote == Quote::Single => simple('\''),
        Some('x') => numbered(text, at, &Escape { prefix: 2, digits: 2, base: 16, byte: true }, quote),
        Some('u') => numbered(text, at, &Escape { prefix: 2, digits: 4, base: 16, byte: false }, quote),
        Some('U') => numbered(text, at, &Escape { prefix: 2, digits: 8, base: 16, byte: false }, quote),
        Some('0'..='7') => numbered(text, at, &Escape { prefix: 1, digits: 3, base: 8, byte: true }, quote),
        Some(_) => Err(InvalidLiteral { at: at + 1, problem: Problem::UnknownEscape }),
    }
}

/// The form of an escape that holds a number.
struct Escape {
    /// Bytes before the digits, backslash included.
    prefix: usize,
    digits: usize,
    base: u32,
    /// Whether the number is a byte rather than a code point.
    byte: bool,
}

fn numbered(text: &str, at: usize, escape: &Escape, quote: Quote) -> Result<(Unit, usize), InvalidLiteral> {
    let digits = at + escape.prefix;
    let mut number = 0_u32;
    let mut characters = text[digits..].char_indices();
    for _ in 0..escape.digits {
        let Some((offset, found)) = characters.next() else {
            return Err(InvalidLiteral { at: 0, problem: Problem::NotTerminated(quote) });
        };
        let Some(digit) = found.to_digit(escape.base) else {
            return Err(InvalidLiteral { at: digits + offset, problem: Problem::DigitExpected(found) });
        };
        number = number.saturating_mul(escape.base).saturating_add(digit);
    }
    let invalid = InvalidLiteral { at: at + 1, problem: Problem::NoCodePoint };
    let unit = if escape.byte {
        Unit::Byte(u8::try_from(number).map_err(|_| invalid)?)
    } else {
        Unit::Character(char::from_u32(number).ok_or(invalid)?)
    };
    Ok((unit, escape.prefix + escape.digits))
}

/// Writes bytes as a Go literal that reads back as them: raw where that is possible, else with escapes.
pub fn quote(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if text.chars().all(is_raw_safe) => format!("`{text}`"),
        _ => quote_escaped(value),
    }
}

fn is_raw_safe(character: char) -> bool {
    !matches!(character, '`' | '\u{feff}' | '\u{2028}' | '\u{2029}') && !character.is_control()
}

fn quote_escaped(value: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for chunk in value.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => quoted.extend(['\\', character]),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                '\u{feff}' | '\u{2028}' | '\u{2029}' => {
                    let _ = write!(quoted, "\\u{:04x}", u32::from(character));
                }
                control if control.is_control() => {
                    let _ = write!(quoted, "\\u{:04x}", u32::from(control));
                }
                plain => quoted.push(plain),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(quoted, "\\x{byte:02x}");
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Problem, Quote, quote, unquote, unquote_rune};

    #[test]
    fn reads_the_three_forms() {
        assert_eq!(unquote("`a\\n\r\nb`").unwrap(), b"a\\n\nb");
        assert_eq!(unquote(r#""\a\x41\101\u00e9\U0001F600\xff""#).unwrap(), b"\x07AA\xc3\xa9\xf0\x9f\x98\x80\xff");
        assert_eq!(unquote("'é'").unwrap(), "é".as_bytes());
        assert_eq!(unquote_rune(r"'\xff'"), Ok(255));
        assert_eq!(unquote_rune(r"'\''"), Ok(39));
    }

    #[test]
    fn tells_what_is_wrong_and_where() {
        let problem = |text: &str| unquote(text).map_err(|error| (error.at, error.problem)).unwrap_err();
        assert_eq!(problem("\"a"), (0, Problem::NotTerminated(Quote::Double)));
        assert_eq!(problem("`a"), (0, Problem::NotTerminated(Quote::Raw)));
        assert_eq!(problem(r#""\'""#), (2, Problem::UnknownEscape));
        assert_eq!(problem(r#""\x4""#), (4, Problem::DigitExpected('"')));
        assert_eq!(problem(r#""\400""#), (2, Problem::NoCodePoint));
        assert_eq!(problem(r#""\ud800""#), (2, Problem::NoCodePoint));
        assert_eq!(problem("''"), (0, Problem::NotOneCharacter));
        assert_eq!(problem("'ab'"), (0, Problem::NotOneCharacter));
        assert_eq!(problem("a"), (0, Problem::NoLiteral));
        assert_eq!(problem("``x"), (2, Problem::Trailing));
    }

    #[test]
    fn what_is_quoted_reads_back() {
        for value in [&b"plain"[..], b"", b"tick`", b"line\nbreak", b"\xff\x00", "é\u{feff}".as_bytes(), b"\r\"\\"] {
            assert_eq!(unquote(&quote(value)).unwrap(), value);
        }
    }
}
