//! Go's `strconv` as decoders call it: texts read as numbers of a size and truth values.
//!
//! A text is refused in Go's words, since these words end up in Traefik's log. Which of two problems is told follows
//! Go too: a number that is too large is told before a character behind it that is no digit.

use std::fmt;

use super::number::{self, InvalidNumber};
use super::quote::quote;

/// What was being read; prints as the name of Go's function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A truth value.
    Bool,
    /// A signed integer.
    Int,
    /// An unsigned integer.
    Uint,
    /// A floating-point number.
    Float,
}

/// Why a text is no number or truth value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It isn't written as one.
    Syntax,
    /// It is one, but too large or too small.
    Range,
}

/// A text that is no number or truth value; prints in Go's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("strconv.Parse{kind:?}: parsing {}: {reason}", quote(text.as_bytes()))]
pub struct InvalidText {
    /// What it was read as.
    pub kind: Kind,
    /// The whole text.
    pub text: String,
    /// What is wrong.
    pub reason: Reason,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "invalid syntax",
            Self::Range => "value out of range",
        })
    }
}

fn invalid(kind: Kind, text: &str, reason: Reason) -> InvalidText {
    InvalidText { kind, text: text.to_owned(), reason }
}

/// Reads a truth value as `strconv.ParseBool` does: `1`, `t`, `T`, `true`, `True`, `TRUE` and their opposites.
///
/// # Errors
/// For every other text, `yes`, `on` and `tRUE` among them.
pub fn parse_bool(text: &str) -> Result<bool, InvalidText> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err(invalid(Kind::Bool, text, Reason::Syntax)),
    }
}

/// Reads a decimal integer as `strconv.ParseInt` does in base 10, for a type of so many bits (at most 64).
///
/// # Errors
/// When it isn't one, or doesn't fit.
pub fn parse_int(text: &str, bits: u8) -> Result<i64, InvalidText> {
    let refused = |reason| invalid(Kind::Int, text, reason);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let size = magnitude(digits, bits).map_err(refused)?;
    let limit = 1_u64 << (bits - 1);
    match text.starts_with('-') {
        true if size <= limit => Ok(0_i64.wrapping_sub_unsigned(size)),
        false if size < limit => i64::try_from(size).map_err(|_| refused(Reason::Range)),
        _ => Err(refused(Reason::Range)),
    }
}

/// Reads a decimal integer without a sign as `strconv.ParseUint` does in base 10, for a type of so many bits (at most
/// 64).
///
/// # Errors
/// When it isn't one, or doesn't fit.
pub fn parse_uint(text: &str, bits: u8) -> Result<u64, InvalidText> {
    magnitude(text, bits).map_err(|reason| invalid(Kind::Uint, text, reason))
}

/// The number of a row of digits; the first problem from the left is the one that is told.
fn magnitude(digits: &str, bits: u8) -> Result<u64, Reason> {
    if digits.is_empty() {
        return Err(Reason::Syntax);
    }
    let most = u64::MAX >> (64 - bits);
    digits.bytes().try_fold(0_u64, |sum, byte| {
        if !byte.is_ascii_digit() {
            return Err(Reason::Syntax);
        }
        let next = sum.checked_mul(10).and_then(|shifted| shifted.checked_add(u64::from(byte - b'0')));
        next.filter(|next| *next <= most).ok_or(Reason::Range)
    })
}

/// Reads a floating-point number as `strconv.ParseFloat` does for 64 bits.
///
/// # Errors
/// When it isn't one, or too large.
pub fn parse_float(text: &str) -> Result<f64, InvalidText> {
    number::parse_float(text).map_err(|error| {
        let reason = match error {
            InvalidNumber::Syntax => Reason::Syntax,
            InvalidNumber::Range(_) => Reason::Range,
        };
        invalid(Kind::Float, text, reason)
    })
}

/// The same for 32 bits.
///
/// # Errors
/// When it isn't one, or too large for 32 bits.
pub fn parse_float32(text: &str) -> Result<f32, InvalidText> {
    let wide = parse_float(text)?;
    // A decimal is read anew: rounded twice, it could end up beside the nearest number.
    #[expect(clippy::cast_possible_truncation, reason = "what doesn't fit becomes infinite, and is refused")]
    let narrow = text.parse().unwrap_or(wide as f32);
    if narrow.is_infinite() && wide.is_finite() { Err(invalid(Kind::Float, text, Reason::Range)) } else { Ok(narrow) }
}

#[cfg(test)]
mod tests {
    use super::{parse_bool, parse_float, parse_int, parse_uint};

    #[test]
    fn integers_end_where_their_type_ends() {
        assert_eq!(parse_int("-9223372036854775808", 64), Ok(i64::MIN));
        assert_eq!(parse_int("+7", 64), Ok(7));
        assert_eq!(parse_int("-2147483648", 32), Ok(i64::from(i32::MIN)));
        assert_eq!(parse_uint("4294967295", 32), Ok(u64::from(u32::MAX)));
        let refused = [
            ("", 64, "strconv.ParseInt: parsing \"\": invalid syntax"),
            ("-", 64, "strconv.ParseInt: parsing \"-\": invalid syntax"),
            ("1_0", 64, "strconv.ParseInt: parsing \"1_0\": invalid syntax"),
            ("2147483648", 32, "strconv.ParseInt: parsing \"2147483648\": value out of range"),
            ("99999999999999999999x", 64, "strconv.ParseInt: parsing \"99999999999999999999x\": value out of range"),
        ];
        for (text, bits, message) in refused {
            assert_eq!(parse_int(text, bits).expect_err(text).to_string(), message);
        }
        assert_eq!(
            parse_uint("-1", 64).expect_err("it has a sign").to_string(),
            "strconv.ParseUint: parsing \"-1\": invalid syntax"
        );
    }

    #[test]
    fn truth_values_have_twelve_spellings() {
        assert_eq!(parse_bool("T"), Ok(true));
        assert_eq!(parse_bool("False"), Ok(false));
        let error = parse_bool("tRUE\n").expect_err("the case is mixed");
        assert_eq!(error.to_string(), "strconv.ParseBool: parsing \"tRUE\\n\": invalid syntax");
    }

    #[test]
    fn a_float_that_is_too_large_is_out_of_range() {
        assert_eq!(parse_float("2.5"), Ok(2.5));
        assert_eq!(parse_float("-Inf"), Ok(f64::NEG_INFINITY));
        assert_eq!(parse_float("0x1p-2"), Ok(0.25));
        assert_eq!(
            parse_float("1e999").expect_err("it is large").to_string(),
            "strconv.ParseFloat: parsing \"1e999\": value out of range"
        );
    }
}
