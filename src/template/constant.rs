//! Numeric constants: each is whatever number types its text can stand for.

use super::ast::Number;
use super::token::TokenKind;
use crate::golang::literal::{self, unquote_rune};
use crate::golang::number::{parse_float, parse_signed, parse_unsigned};
use crate::golang::quote::quote;

/// Reads a number, a complex number or a character.
///
/// # Errors
/// In Go's words, where it is none.
pub(super) fn read(text: &str, kind: TokenKind) -> Result<Number, String> {
    let mut number = match kind {
        TokenKind::Character => character(text)?,
        TokenKind::Complex => complex(text)?,
        _ => plain(text)?,
    };
    text.clone_into(&mut number.written);
    Ok(number)
}

#[expect(clippy::cast_precision_loss, reason = "a code point fits")]
fn character(text: &str) -> Result<Number, String> {
    match unquote_rune(text) {
        Ok(rune) => Ok(Number {
            signed: Some(i64::from(rune)),
            unsigned: Some(u64::from(rune)),
            float: Some(i64::from(rune) as f64),
            ..Number::default()
        }),
        Err(literal::InvalidLiteral { problem: literal::Problem::NotOneCharacter, .. }) if text != "''" => {
            Err(format!("malformed character constant: {text}"))
        }
        Err(_) => Err("invalid syntax".to_owned()),
    }
}

fn complex(text: &str) -> Result<Number, String> {
    let split = text[1..].char_indices().filter(|(at, sign)| {
        // A sign behind an exponent's letter is the exponent's.
        matches!(sign, '+' | '-') && !text[..=*at].ends_with(['e', 'E', 'p', 'P'])
    });
    let wrong = || "syntax error scanning complex number".to_owned();
    let at = split.map(|(at, _)| at + 1).next_back().ok_or_else(wrong)?;
    let imaginary = text[at..].strip_suffix('i').ok_or_else(wrong)?;
    let (real, imaginary) = (parse_float(&text[..at]), parse_float(imaginary));
    match (real, imaginary) {
        (Ok(real), Ok(imaginary)) => Ok(simplified(real, imaginary)),
        _ => Err(wrong()),
    }
}

/// A complex constant, which is also a real one when nothing imaginary is left.
fn simplified(real: f64, imaginary: f64) -> Number {
    let mut number = Number { complex: Some((real, imaginary)), ..Number::default() };
    if imaginary == 0.0 {
        number.float = Some(real);
        number.signed = whole(real);
        number.unsigned = whole_unsigned(real);
    }
    number
}

/// The integer that a number is.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::float_cmp, reason = "that is the test")]
fn whole(number: f64) -> Option<i64> {
    let cut = number as i64;
    (cut as f64 == number && number < 9_223_372_036_854_775_808.0).then_some(cut)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "that is the test"
)]
fn whole_unsigned(number: f64) -> Option<u64> {
    let cut = number as u64;
    (cut as f64 == number && number < 18_446_744_073_709_551_616.0).then_some(cut)
}

#[expect(clippy::cast_precision_loss, reason = "Go rounds too")]
fn plain(text: &str) -> Result<Number, String> {
    if let Some(imaginary) = text.strip_suffix('i')
        && let Ok(imaginary) = parse_float(imaginary)
    {
        return Ok(simplified(0.0, imaginary));
    }
    let mut number = Number { unsigned: parse_unsigned(text, 0).ok(), ..Number::default() };
    number.signed = parse_signed(text, 0).ok();
    if number.signed == Some(0) {
        number.unsigned = Some(0);
    }
    number.float = match (number.signed, number.unsigned) {
        (Some(signed), _) => Some(signed as f64),
        (None, Some(unsigned)) => Some(unsigned as f64),
        (None, None) => None,
    };
    if number.float.is_none() {
        let float = parse_float(text).map_err(|_| format!("illegal number syntax: {}", quote(text.as_bytes())))?;
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quote(text.as_bytes())));
        }
        number = Number { float: Some(float), signed: whole(float), unsigned: whole_unsigned(float), ..number };
    }
    Ok(number)
}
