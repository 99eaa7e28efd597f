//! Escapes that stand for one character: `\n`, `\x41`, `\x{10FFFF}`, `\101`, `\.`.

use super::error::{Problem, RegexpError};

/// A code point. Go takes surrogates too, which no text holds.
pub(super) type Code = u32;

/// Reads the escape that a text begins with, and what is left after it.
pub(super) fn escape(text: &str) -> Result<(Code, &str), RegexpError> {
    let after = &text[1..];
    let Some(kind) = after.chars().next() else {
        return Err(RegexpError::new(Problem::TrailingBackslash, ""));
    };
    let rest = &after[kind.len_utf8()..];
    let code = match kind {
        'a' => 7,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        'x' => return hexadecimal(text, rest),
        '0'..='7' => return octal(text, after, kind),
        _ if kind.is_ascii() && !kind.is_ascii_alphanumeric() => u32::from(kind),
        _ => return Err(refused(text, rest)),
    };
    Ok((code, rest))
}

fn refused(text: &str, rest: &str) -> RegexpError {
    RegexpError::new(Problem::Escape, &text[..text.len() - rest.len()])
}

/// `\0`, `\012`, `\12`; a single digit but zero would be a reference to a group, which Go doesn't have.
fn octal<'p>(text: &'p str, digits: &'p str, first: char) -> Result<(Code, &'p str), RegexpError> {
    let length = digits.bytes().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
    let (number, rest) = digits.split_at(length);
    if first != '0' && length == 1 {
        return Err(refused(text, rest));
    }
    Ok((number.bytes().fold(0, |code, digit| code * 8 + Code::from(digit - b'0')), rest))
}

/// `\x41`, `\x{41}`. What is refused is told up to the character at which it is.
fn hexadecimal<'p>(text: &'p str, after: &'p str) -> Result<(Code, &'p str), RegexpError> {
    if let Some(inner) = after.strip_prefix('{') {
        return braced(text, inner);
    }
    let length = after.chars().take(2).map(char::len_utf8).sum();
    let (digits, rest) = after.split_at(length);
    let plain = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = plain.then(|| Code::from_str_radix(digits, 16).ok()).flatten();
    code.map(|code| (code, rest)).ok_or_else(|| refused(text, rest))
}

fn braced<'p>(text: &'p str, inner: &'p str) -> Result<(Code, &'p str), RegexpError> {
    let mut code = 0;
    for (at, next) in inner.char_indices() {
        let rest = &inner[at + next.len_utf8()..];
        if next == '}' && at > 0 {
            return Ok((code, rest));
        }
        code = match next.to_digit(16) {
            Some(digit) if code * 16 + digit <= u32::from(char::MAX) => code * 16 + digit,
            _ => return Err(refused(text, rest)),
        };
    }
    Err(refused(text, ""))
}
