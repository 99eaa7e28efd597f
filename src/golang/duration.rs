//! Go's durations: `time.ParseDuration` and how a `time.Duration` prints.
//!
//! Texts are read as Go reads them, down to which overflow is refused, and refused in Go's words, since Traefik logs
//! these words. A duration is a number of nanoseconds.

use std::fmt::{self, Write};
use std::str::FromStr;

/// How much time passes between two moments, in nanoseconds. Prints as Go prints it: `1m30s`, `250ms`, `0s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(pub i64);

/// Go's units, with their nanoseconds. A microsecond may be written with either of Unicode's two letters.
const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("\u{b5}s", 1_000),
    ("\u{3bc}s", 1_000),
    ("ms", 1_000_000),
    ("s", SECOND),
    ("m", 60 * SECOND),
    ("h", 3_600 * SECOND),
];

const SECOND: u64 = 1_000_000_000;

/// The absolute value of the smallest duration: what no sum may pass.
const LIMIT: u64 = 1 << 63;

/// Why a text is no duration; prints in Go's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDuration {
    /// No number where one is needed, or one that is too large.
    #[error("time: invalid duration {}", Quoted(.0))]
    Invalid(String),
    /// A number without a unit.
    #[error("time: missing unit in duration {}", Quoted(.0))]
    MissingUnit(String),
    /// A unit that Go doesn't have.
    #[error("time: unknown unit {} in duration {}", Quoted(unit), Quoted(text))]
    UnknownUnit {
        /// What stands in the unit's place.
        unit: String,
        /// The whole text.
        text: String,
    },
}

/// A text between quotes as the `time` package writes it: bytes that aren't printable ASCII as `\x…`.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for byte in self.0.bytes() {
            match byte {
                b'"' | b'\\' => write!(f, "\\{}", char::from(byte))?,
                b' '..=0x7f => f.write_char(char::from(byte))?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        f.write_char('"')
    }
}

impl FromStr for Duration {
    type Err = InvalidDuration;

    /// Reads what Go's `time.ParseDuration` reads: numbers, each with a unit, after at most one sign; or a bare `0`.
    fn from_str(text: &str) -> Result<Self, InvalidDuration> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let invalid = || InvalidDuration::Invalid(text.to_owned());
        if unsigned == "0" {
            return Ok(Self(0));
        }
        if unsigned.is_empty() {
            return Err(invalid());
        }
        let mut rest = unsigned;
        let mut total = 0_u64;
        while !rest.is_empty() {
            let (part, after) = part(rest, text)?;
            total = total.checked_add(part).filter(|sum| *sum <= LIMIT).ok_or_else(invalid)?;
            rest = after;
        }
        if text.starts_with('-') {
            return Ok(Self(0_i64.wrapping_sub_unsigned(total)));
        }
        i64::try_from(total).map(Self).map_err(|_| invalid())
    }
}

/// The nanoseconds of the first number and its unit, and what follows them.
fn part<'a>(text: &'a str, whole: &str) -> Result<(u64, &'a str), InvalidDuration> {
    let invalid = || InvalidDuration::Invalid(whole.to_owned());
    let (digits, after) = digits(text);
    let (decimals, after) = match after.strip_prefix('.') {
        Some(after) => self::digits(after),
        None => ("", after),
    };
    if digits.is_empty() && decimals.is_empty() {
        return Err(invalid());
    }
    let count = integer(digits).ok_or_else(invalid)?;
    let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
    let (unit, after) = after.split_at(end);
    if unit.is_empty() {
        return Err(InvalidDuration::MissingUnit(whole.to_owned()));
    }
    let Some((_, size)) = UNITS.into_iter().find(|(name, _)| *name == unit) else {
        return Err(InvalidDuration::UnknownUnit { unit: unit.to_owned(), text: whole.to_owned() });
    };
    let full = count.checked_mul(size).filter(|product| *product <= LIMIT).ok_or_else(invalid)?;
    let sum = full + fraction(decimals, size);
    if sum > LIMIT { Err(invalid()) } else { Ok((sum, after)) }
}

/// The digits that a text begins with, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The number of a row of digits, 0 where there are none; nothing where it passes the limit.
fn integer(digits: &str) -> Option<u64> {
    digits.bytes().try_fold(0_u64, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')).filter(|next| *next <= LIMIT)
    })
}

/// The nanoseconds of the digits behind the point. Digits beyond what an integer holds are dropped; the rest is a
/// floating-point product that is cut, as in Go.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Go computes it so, and the last digit depends on it"
)]
fn fraction(digits: &str, unit: u64) -> u64 {
    let (mut value, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes() {
        let Some(next) = value.checked_mul(10).and_then(|shifted| shifted.checked_add(u64::from(digit - b'0'))) else {
            break;
        };
        if value > (LIMIT - 1) / 10 || next > LIMIT {
            break;
        }
        value = next;
        scale *= 10.0;
    }
    if value == 0 { 0 } else { (value as f64 * (unit as f64 / scale)) as u64 }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0.unsigned_abs();
        if self.0 < 0 {
            f.write_char('-')?;
        }
        match total {
            0 => f.write_str("0s"),
            1..1_000 => write!(f, "{total}ns"),
            1_000..1_000_000 => write!(f, "{}\u{b5}s", Decimal { value: total, unit: 1_000 }),
            1_000_000..SECOND => write!(f, "{}ms", Decimal { value: total, unit: 1_000_000 }),
            _ => clock(f, total),
        }
    }
}

/// `1h0m2.5s`: no larger unit than needed, every smaller one.
fn clock(f: &mut fmt::Formatter<'_>, total: u64) -> fmt::Result {
    let minutes = total / (60 * SECOND);
    if minutes >= 60 {
        write!(f, "{}h", minutes / 60)?;
    }
    if minutes > 0 {
        write!(f, "{}m", minutes % 60)?;
    }
    write!(f, "{}s", Decimal { value: total % (60 * SECOND), unit: SECOND })
}

/// A number of units with as many digits behind the point as it needs.
struct Decimal {
    value: u64,
    unit: u64,
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.value / self.unit, self.value % self.unit);
        write!(f, "{whole}")?;
        if rest == 0 {
            return Ok(());
        }
        let width = self.unit.ilog10() as usize;
        write!(f, ".{}", format!("{rest:0width$}").trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn texts_are_read_as_go_reads_them() {
        let good = [
            ("0", 0),
            ("-0", 0),
            ("+5s", 5_000_000_000),
            ("1h2m3.5s", 3_723_500_000_000),
            (".5s", 500_000_000),
            ("1.s", 1_000_000_000),
            ("1us", 1_000),
            ("1\u{b5}s", 1_000),
            ("1\u{3bc}s", 1_000),
            ("1s1s", 2_000_000_000),
            ("0.100000000000000000000h", 360_000_000_000),
            ("0.9223372036854775807h", 3_320_413_933_267),
            ("-9223372036854775808ns", i64::MIN),
            ("2562047h47m16.854775807s", i64::MAX),
        ];
        for (text, nanoseconds) in good {
            assert_eq!(text.parse::<Duration>(), Ok(Duration(nanoseconds)), "{text}");
        }
    }

    #[test]
    fn texts_are_refused_in_go_s_words() {
        let bad = [
            ("", "time: invalid duration \"\""),
            ("-", "time: invalid duration \"-\""),
            ("s", "time: invalid duration \"s\""),
            (".s", "time: invalid duration \".s\""),
            ("+-5s", "time: invalid duration \"+-5s\""),
            ("5", "time: missing unit in duration \"5\""),
            ("5.", "time: missing unit in duration \"5.\""),
            ("1d", "time: unknown unit \"d\" in duration \"1d\""),
            ("1 s\"\u{e9}", "time: unknown unit \" s\\\"\\xc3\\xa9\" in duration \"1 s\\\"\\xc3\\xa9\""),
            ("9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\""),
            ("9223372036854775809ns", "time: invalid duration \"9223372036854775809ns\""),
            ("2562048h", "time: invalid duration \"2562048h\""),
            ("99999999999999999999s", "time: invalid duration \"99999999999999999999s\""),
        ];
        for (text, message) in bad {
            let error = text.parse::<Duration>().expect_err(text);
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn durations_print_as_go_prints_them() {
        let printed = [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1\u{b5}s"),
            (2_200_000, "2.2ms"),
            (3_300_000_000, "3.3s"),
            (245_000_000_000, "4m5s"),
            (3_600_000_000_000, "1h0m0s"),
            (18_367_001_000_000, "5h6m7.001s"),
            (480_000_000_001, "8m0.000000001s"),
            (-1_500_000_000, "-1.5s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ];
        for (nanoseconds, text) in printed {
            assert_eq!(Duration(nanoseconds).to_string(), text);
        }
    }
}
