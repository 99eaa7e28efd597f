//! Which value a plain YAML scalar is, by the rules of Go's `yaml.v3`: YAML 1.2 with some of 1.1 left in it.
//!
//! Booleans are those of 1.2; integers have every base of both, with underscores anywhere; sexagesimal numbers are
//! text; what looks like a date is one.

use super::document::{GoKind, float_text};
use crate::model::Text;

/// What a scalar is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `null` and the like.
    Null,
    /// A simple value with its text.
    Value(GoKind, Text),
    /// A date or a time.
    Date,
    /// The merge key `<<`.
    Merge,
}

impl Scalar {
    fn text(text: &str) -> Self {
        Self::Value(GoKind::Text, text.into())
    }

    /// The short tag of what it is.
    fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Value(GoKind::Bool, _) => "!!bool",
            Self::Value(GoKind::Int | GoKind::Int64 | GoKind::Uint64, _) => "!!int",
            Self::Value(GoKind::Float64, _) => "!!float",
            Self::Value(GoKind::Text, _) => "!!str",
            Self::Date => "!!timestamp",
            Self::Merge => "!!merge",
        }
    }
}

/// What a scalar without quotes is, given its tag in short form, "" for none.
///
/// # Errors
/// When it is not what its tag says, in the package's words.
pub(super) fn resolve(tag: &str, text: &str) -> Result<Scalar, String> {
    match tag {
        "" | "!" => return Ok(plain(text)),
        "!!bool" | "!!int" | "!!float" | "!!null" | "!!timestamp" => {}
        "!!binary" => return binary(text),
        _ => return Ok(Scalar::text(text)),
    }
    let found = plain(text);
    if tag == "!!float" && found.tag() == "!!int" {
        return Ok(as_float(text));
    }
    if tag == found.tag() { Ok(found) } else { Err(format!("cannot decode {} `{text}` as a {tag}", found.tag())) }
}

fn binary(text: &str) -> Result<Scalar, String> {
    use base64::Engine as _;
    let packed: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(packed)
        .map_err(|_| "!!binary value contains invalid base64 data".to_owned())?;
    Ok(Scalar::text(&String::from_utf8_lossy(&bytes)))
}

fn as_float(text: &str) -> Scalar {
    // Rust and Go round integers to floats alike when they read them as text.
    let value = integer(&text.replace('_', "")).and_then(|(_, value)| value.to_string().parse().ok()).unwrap_or(0.0);
    Scalar::Value(GoKind::Float64, float_text(value))
}

fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Value(GoKind::Bool, "true".into()),
        "false" | "False" | "FALSE" => return Scalar::Value(GoKind::Bool, "false".into()),
        ".nan" | ".NaN" | ".NAN" => return Scalar::Value(GoKind::Float64, "NaN".into()),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Scalar::Value(GoKind::Float64, "+Inf".into());
        }
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Value(GoKind::Float64, "-Inf".into()),
        "<<" => return Scalar::Merge,
        _ => {}
    }
    let found = match text.as_bytes()[0] {
        b'.' if separates_digits(text) => float(&text.replace('_', "")),
        b'+' | b'-' | b'0'..=b'9' => number(text),
        _ => None,
    };
    found.unwrap_or_else(|| Scalar::text(text))
}

fn number(text: &str) -> Option<Scalar> {
    if is_date(text) {
        return Some(Scalar::Date);
    }
    let digits = text.replace('_', "");
    if let Some((kind, value)) = integer(&digits) {
        return Some(Scalar::Value(kind, value.to_string().into()));
    }
    float(&digits)
}

/// An integer in any of Go's bases; a leading zero means octal.
fn integer(text: &str) -> Option<(GoKind, i128)> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let signed = digits.len() < text.len();
    let (base, digits) = match digits.as_bytes() {
        // A sign behind the prefix is taken too, where the base is one that YAML has beyond Go's.
        [b'0', b'b', b'-' | b'+', ..] if !signed => return within(i128::from_str_radix(&digits[2..], 2).ok()?, true),
        [b'0', b'o', b'-' | b'+', ..] if !signed => return within(i128::from_str_radix(&digits[2..], 8).ok()?, true),
        [b'0', b'x' | b'X', ..] => (16, &digits[2..]),
        [b'0', b'b' | b'B', ..] => (2, &digits[2..]),
        [b'0', b'o' | b'O', ..] => (8, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    within(sign * i128::from_str_radix(digits, base).ok()?, signed)
}

/// An integer with the kind that holds it.
fn within(value: i128, signed: bool) -> Option<(GoKind, i128)> {
    if i64::try_from(value).is_ok() {
        Some((GoKind::Int, value))
    } else if !signed && u64::try_from(value).is_ok() {
        Some((GoKind::Uint64, value))
    } else {
        None
    }
}

/// A decimal number with a point, an exponent or too many digits for an integer.
fn float(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", decimals)) => all_digits(decimals),
        Some((whole, "")) => all_digits(whole),
        Some((whole, decimals)) => all_digits(whole) && all_digits(decimals),
        None => all_digits(mantissa),
    };
    let exponent_fits =
        exponent.is_none_or(|exponent| all_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    if !mantissa_fits || !exponent_fits {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then(|| Scalar::Value(GoKind::Float64, float_text(value)))
}

/// Whether every underscore stands between two digits.
fn separates_digits(text: &str) -> bool {
    text.split('_').skip(1).all(|after| after.starts_with(|c: char| c.is_ascii_digit()))
        && text.rsplit('_').skip(1).all(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text is a date, or a date with a time, in one of the four layouts that the package tries.
fn is_date(text: &str) -> bool {
    let mut rest = Digits(text);
    let Some(year) = rest.number(4, 4).filter(|_| rest.skip('-')) else { return false };
    let Some(month) = rest.number(1, 2).filter(|_| rest.skip('-')) else { return false };
    let Some(day) = rest.number(1, 2) else { return false };
    if !(1..=12).contains(&month) || day == 0 || day > days_of(year, month) {
        return false;
    }
    if rest.0.is_empty() {
        return true;
    }
    let zoned = !rest.skip(' ');
    if zoned && !rest.skip('T') && !rest.skip('t') {
        return false;
    }
    is_time(&mut rest) && (if zoned { is_zone(&mut rest) } else { true }) && rest.0.is_empty()
}

fn is_time(rest: &mut Digits<'_>) -> bool {
    let hour = rest.number(1, 2).filter(|hour| *hour < 24 && rest.skip(':'));
    let minute = hour.and_then(|_| rest.number(1, 2)).filter(|minute| *minute < 60 && rest.skip(':'));
    let second = minute.and_then(|_| rest.number(1, 2)).filter(|second| *second < 60);
    if second.is_none() {
        return false;
    }
    let bytes = rest.0.as_bytes();
    if matches!(bytes, [b'.' | b',', b'0'..=b'9', ..]) {
        let digits = bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest.0 = &rest.0[1 + digits..];
    }
    true
}

fn is_zone(rest: &mut Digits<'_>) -> bool {
    if rest.skip('Z') {
        return true;
    }
    (rest.skip('+') || rest.skip('-'))
        && rest.number(2, 2).is_some_and(|hours| hours <= 24)
        && rest.skip(':')
        && rest.number(2, 2).is_some_and(|minutes| minutes < 60)
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A text that is read number by number.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    /// A number of so many digits; of more, the most that may be are taken.
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if digits < least {
            return None;
        }
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        number.parse().ok()
    }

    fn skip(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{Scalar, resolve};

    fn shown(text: &str) -> String {
        match resolve("", text).expect("an untagged scalar is always something") {
            Scalar::Value(kind, text) => format!("{}:{text}", kind as u8),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn integers_have_every_base() {
        let cases = [
            ("010", "2:8"),
            ("09", "14:9"),
            ("0x1F", "2:31"),
            ("0b11", "2:3"),
            ("0o17", "2:15"),
            ("1__0_", "2:10"),
            ("+5", "2:5"),
            ("-0", "2:0"),
            ("9223372036854775808", "11:9223372036854775808"),
            ("-9223372036854775809", "14:-9223372036854775808"),
            ("0x", "24:0x"),
            ("1:30", "24:1:30"),
        ];
        for (text, want) in cases {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn dates_are_told_from_texts() {
        for date in ["2024-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-1-2 3:4:5"] {
            assert_eq!(shown(date), "Date", "{date}");
        }
        for text in ["2024-02-30", "2024-13-01", "2001-12-14 21:59:43.10 -5", "20240-01-01"] {
            assert!(shown(text).starts_with("24:"), "{text}");
        }
    }

    #[test]
    fn a_tag_must_fit() {
        assert!(resolve("!!int", "abc").is_err());
        assert!(resolve("!!bool", "yes").is_err());
        assert_eq!(resolve("!foo", "x"), Ok(Scalar::text("x")));
        assert_eq!(resolve("!!str", "12"), Ok(Scalar::text("12")));
    }
}
