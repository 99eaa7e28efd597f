//! `strconv.ParseInt`, `ParseUint` and `ParseFloat`: numbers as Go reads them from text.

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidNumber {
    /// It isn't written like one.
    Syntax,
    /// It doesn't fit; given is the nearest that does, as Go gives it.
    Range(i64),
}

/// Reads an unsigned integer; base 0 takes `0x`, `0o`, `0b`, a leading `0` for octal, and underscores.
///
/// # Errors
/// Where Go refuses it.
pub fn parse_unsigned(text: &str, base: u32) -> Result<u64, InvalidNumber> {
    let (digits, radix, underscores) = if base == 0 { radix_of(text) } else { (text, base, false) };
    if digits.is_empty() || (underscores && digits.contains('_') && !are_placed_well(text)) {
        return Err(InvalidNumber::Syntax);
    }
    let mut number = Some(0_u64);
    let mut any = false;
    for character in digits.chars() {
        if underscores && character == '_' {
            continue;
        }
        let digit = character.to_digit(radix).ok_or(InvalidNumber::Syntax)?;
        any = true;
        number = number
            .and_then(|number| number.checked_mul(u64::from(radix)))
            .and_then(|number| number.checked_add(u64::from(digit)));
    }
    if !any {
        return Err(InvalidNumber::Syntax);
    }
    number.ok_or(InvalidNumber::Range(i64::MAX))
}

/// Reads a signed integer of 64 bits.
///
/// # Errors
/// Where Go refuses it.
pub fn parse_signed(text: &str, base: u32) -> Result<i64, InvalidNumber> {
    let (negative, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let nearest = if negative { i64::MIN } else { i64::MAX };
    let magnitude = match parse_unsigned(unsigned, base) {
        Ok(magnitude) => magnitude,
        Err(InvalidNumber::Range(_)) => return Err(InvalidNumber::Range(nearest)),
        Err(syntax) => return Err(syntax),
    };
    let signed = if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() };
    signed.ok_or(InvalidNumber::Range(nearest))
}

/// Digits, radix, and whether underscores may stand among them.
fn radix_of(text: &str) -> (&str, u32, bool) {
    let lower = text.get(..2).map(str::to_ascii_lowercase);
    match lower.as_deref() {
        Some("0x") if text.len() > 2 => (&text[2..], 16, true),
        Some("0b") if text.len() > 2 => (&text[2..], 2, true),
        Some("0o") if text.len() > 2 => (&text[2..], 8, true),
        _ if text.starts_with('0') && text.len() > 1 => (&text[1..], 8, true),
        _ => (text, 10, true),
    }
}

/// Whether underscores stand between digits, or between a prefix and a digit.
fn are_placed_well(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let has_prefix = matches!(text.get(..2).map(str::to_ascii_lowercase).as_deref(), Some("0x" | "0b" | "0o"));
    let digits = if has_prefix { &text[2..] } else { text };
    let is_digit = |c: char| if has_prefix { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    let mut before = if has_prefix { Some('0') } else { None };
    for character in digits.chars() {
        if character == '_' && !before.is_some_and(is_digit) {
            return false;
        }
        if !is_digit(character) && before == Some('_') {
            return false;
        }
        before = Some(character);
    }
    before != Some('_')
}

/// Reads a floating-point number: decimal, hexadecimal, infinity, or not a number.
///
/// # Errors
/// Where Go refuses it: syntax, or a magnitude that is too large.
pub fn parse_float(text: &str) -> Result<f64, InvalidNumber> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let lower = unsigned.to_ascii_lowercase();
    match lower.as_str() {
        "inf" | "infinity" => return Ok(sign * f64::INFINITY),
        "nan" if unsigned.len() == text.len() => return Ok(f64::NAN),
        _ => {}
    }
    if unsigned.contains('_') && !are_placed_well(unsigned) {
        return Err(InvalidNumber::Syntax);
    }
    let lower = lower.replace('_', "");
    let number = match lower.strip_prefix("0x") {
        Some(digits) => hexadecimal(digits)?,
        None => decimal(&lower)?,
    };
    if number.is_infinite() { Err(InvalidNumber::Range(0)) } else { Ok(sign * number) }
}

fn decimal(text: &str) -> Result<f64, InvalidNumber> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-'));
    if !plain || !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Err(InvalidNumber::Syntax);
    }
    text.parse().map_err(|_| InvalidNumber::Syntax)
}

/// Hexadecimal digits with a binary exponent, which must be there.
fn hexadecimal(text: &str) -> Result<f64, InvalidNumber> {
    let (mantissa, exponent) = text.split_once('p').ok_or(InvalidNumber::Syntax)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if whole.len() + fraction.len() == 0
        || !digits_only(whole)
        || !digits_only(fraction)
        || exponent_digits.is_empty()
        || !exponent_digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(InvalidNumber::Syntax);
    }
    let exponent: i64 = exponent.parse().unwrap_or(if exponent.starts_with('-') { -100_000 } else { 100_000 });
    Ok(assemble(whole, fraction, exponent))
}

/// The nearest number to hexadecimal digits times a power of two, ties to even.
fn assemble(whole: &str, fraction: &str, exponent: i64) -> f64 {
    let mut mantissa = 0_u64;
    let mut scale = exponent;
    let mut lost = false;
    for (digits, is_fraction) in [(whole, false), (fraction, true)] {
        for digit in digits.chars().filter_map(|digit| digit.to_digit(16)) {
            if mantissa < 1 << 59 {
                mantissa = mantissa << 4 | u64::from(digit);
                scale -= if is_fraction { 4 } else { 0 };
            } else {
                lost |= digit != 0;
                scale += if is_fraction { 0 } else { 4 };
            }
        }
    }
    if mantissa == 0 {
        return 0.0;
    }
    round(mantissa, lost, scale.clamp(-100_000, 100_000))
}

fn round(mut mantissa: u64, lost: bool, mut scale: i64) -> f64 {
    // Digits that were dropped only matter for a tie, where any of them breaks it.
    let bits = i64::from(64 - mantissa.leading_zeros());
    let surplus = (bits - 53).max(-1074 - scale);
    if surplus > 0 {
        if surplus > 63 {
            return 0.0;
        }
        let half = 1_u64 << (surplus - 1);
        let rest = mantissa & (half * 2 - 1);
        mantissa >>= surplus;
        if rest > half || (rest == half && (lost || mantissa & 1 == 1)) {
            mantissa += 1;
        }
        scale += surplus;
    }
    #[expect(clippy::cast_precision_loss, reason = "it was rounded to what fits")]
    let mut number = mantissa as f64;
    while scale != 0 && number != 0.0 && number.is_finite() {
        let step = scale.clamp(-512, 512);
        number *= 2_f64.powi(i32::try_from(step).unwrap_or(0));
        scale -= step;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::{InvalidNumber, parse_float, parse_signed, parse_unsigned};

    #[test]
    fn integers_take_prefixes_and_underscores() {
        assert_eq!(parse_unsigned("0x1F", 0), Ok(31));
        assert_eq!(parse_unsigned("017", 0), Ok(15));
        assert_eq!(parse_unsigned("0_7", 0), Ok(7));
        assert_eq!(parse_unsigned("1_000", 0), Ok(1000));
        assert_eq!(parse_signed("-9223372036854775808", 0), Ok(i64::MIN));
        assert_eq!(parse_signed("9223372036854775808", 10), Err(InvalidNumber::Range(i64::MAX)));
        for wrong in ["", "0x", "08", "1__0", "_1", "1_", "+", "0b2"] {
            assert_eq!(parse_signed(wrong, 0), Err(InvalidNumber::Syntax), "{wrong}");
        }
        assert_eq!(parse_signed("1_0", 10), Err(InvalidNumber::Syntax));
    }

    #[test]
    fn floats_are_decimal_or_hexadecimal() {
        assert_eq!(parse_float("0x1p4"), Ok(16.0));
        assert_eq!(parse_float("0x.8p1"), Ok(1.0));
        assert_eq!(parse_float(".5"), Ok(0.5));
        assert_eq!(parse_float("-1e3"), Ok(-1000.0));
        assert_eq!(parse_float("1_0.5e1_0"), Ok(10.5e10));
        for wrong in ["1_.5", "1._5", "_1", "1_", "1__0", "+nan", "0x1"] {
            assert_eq!(parse_float(wrong), Err(InvalidNumber::Syntax), "{wrong}");
        }
        assert_eq!(parse_float("1e400"), Err(InvalidNumber::Range(0)));
        assert_eq!(parse_float("0x1p-1074"), Ok(5e-324));
        assert!(parse_float("nan").is_ok_and(f64::is_nan));
        assert_eq!(parse_float("+infinity"), Ok(f64::INFINITY));
    }
}
