//! `strconv.FormatFloat`: floating-point numbers in each of Go's forms.

use std::fmt::Write as _;

/// Decimals after which every number is exact, so that only zeros follow.
const EXACT: usize = 1100;

/// A number with a form and a precision; without precision as few digits as identify it.
pub fn format(number: f64, form: u8, precision: Option<usize>) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    match form {
        b'e' | b'E' => with_exponent(&digits(number, precision.map(|digits| digits + 1)), precision, form),
        b'f' => match precision {
            Some(precision) if precision > EXACT => {
                format!("{number:.EXACT$}{}", "0".repeat(precision - EXACT))
            }
            Some(precision) => format!("{number:.precision$}"),
            None => format!("{number}"),
        },
        b'b' => binary(number),
        b'x' | b'X' => hexadecimal(number, precision, form),
        _ => shorter(number, form, precision),
    }
}

/// A number's decimal digits without trailing zeros, and where the point stands: `0.digits × 10^point`.
struct Digits {
    negative: bool,
    written: Vec<u8>,
    point: i32,
}

/// The digits of a number: as many as wanted, or as few as identify it.
fn digits(number: f64, wanted: Option<usize>) -> Digits {
    let text = match wanted {
        Some(wanted) => format!("{number:.*e}", wanted.clamp(1, EXACT) - 1),
        None => format!("{number:e}"),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let kept = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    digits.truncate(kept);
    let point = if digits.is_empty() { 0 } else { exponent.parse::<i32>().unwrap_or(0) + 1 };
    Digits { negative: number.is_sign_negative(), written: digits, point }
}

fn with_exponent(number: &Digits, precision: Option<usize>, form: u8) -> String {
    let mut text = String::new();
    if number.negative {
        text.push('-');
    }
    let digit = |at: usize| char::from(number.written.get(at).copied().unwrap_or(b'0'));
    text.push(digit(0));
    let decimals = precision.unwrap_or_else(|| number.written.len().saturating_sub(1));
    if decimals > 0 {
        text.push('.');
        text.extend((1..=decimals).map(digit));
    }
    let exponent = if number.written.is_empty() { 0 } else { number.point - 1 };
    text.push(char::from(form));
    let _ = write!(text, "{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.unsigned_abs());
    text
}

/// `%g`: without an exponent where that is short.
fn shorter(number: f64, form: u8, precision: Option<usize>) -> String {
    let wanted = precision.map(|digits| digits.max(1));
    let found = digits(number, wanted);
    let count = found.written.len();
    let threshold = match wanted {
        None => 6,
        Some(wanted) if wanted > count && i32::try_from(count).is_ok_and(|count| count >= found.point) => count,
        Some(wanted) => wanted,
    };
    let threshold = i32::try_from(threshold).unwrap_or(i32::MAX);
    let exponent = found.point - 1;
    if !found.written.is_empty() && (exponent < -4 || exponent >= threshold) {
        return with_exponent(&found, Some(count.saturating_sub(1)), form - (b'g' - b'e'));
    }
    plain(&found)
}

/// All digits, with as many zeros around them as needed.
fn plain(number: &Digits) -> String {
    let mut text = String::new();
    if number.negative {
        text.push('-');
    }
    let digit = |at: i32| {
        let index = usize::try_from(at).ok();
        char::from(index.and_then(|at| number.written.get(at)).copied().unwrap_or(b'0'))
    };
    if number.point > 0 {
        text.extend((0..number.point).map(digit));
    } else {
        text.push('0');
    }
    let count = i32::try_from(number.written.len()).unwrap_or(i32::MAX);
    if count > number.point {
        text.push('.');
        text.extend((number.point..count).map(digit));
    }
    text
}

/// Sign, mantissa and exponent of the number's bits: `mantissa × 2^exponent`.
fn parts(number: f64) -> (bool, u64, i32) {
    let bits = number.to_bits();
    let exponent = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let mantissa = bits & ((1 << 52) - 1);
    if exponent == 0 {
        (number.is_sign_negative(), mantissa, -1074)
    } else {
        (number.is_sign_negative(), mantissa | 1 << 52, exponent - 1075)
    }
}

/// `%b`: an integer times a power of two.
fn binary(number: f64) -> String {
    let (negative, mantissa, exponent) = parts(number);
    format!("{}{mantissa}p{exponent:+}", if negative { "-" } else { "" })
}

/// `%x`: hexadecimal digits and a binary exponent.
fn hexadecimal(number: f64, precision: Option<usize>, form: u8) -> String {
    let (negative, mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    } else {
        exponent += 52;
        while mantissa & 1 << 52 == 0 {
            mantissa <<= 1;
            exponent -= 1;
        }
    }
    if let Some(precision) = precision.filter(|digits| *digits < 13) {
        let shift = 52 - precision * 4;
        let (rest, half) = (mantissa & ((1 << shift) - 1), 1_u64 << (shift - 1));
        mantissa >>= shift;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= shift;
        if mantissa & 1 << 53 != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let mut decimals = format!("{:013x}", mantissa & ((1 << 52) - 1));
    match precision {
        Some(precision) if precision <= 13 => decimals.truncate(precision),
        Some(precision) => decimals.push_str(&"0".repeat(precision - 13)),
        None => decimals.truncate(decimals.trim_end_matches('0').len()),
    }
    let (sign, point) = (if negative { "-" } else { "" }, if decimals.is_empty() { "" } else { "." });
    let lead = mantissa >> 52;
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    let text = format!("{sign}0x{lead}{point}{decimals}p{exponent_sign}{:02}", exponent.unsigned_abs());
    if form == b'X' { text.to_uppercase() } else { text }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn numbers_take_every_form() {
        let cases: [(f64, u8, Option<usize>, &str); 18] = [
            (1e6, b'g', None, "1e+06"),
            (123_456_789.0, b'g', None, "1.23456789e+08"),
            (100_000.0, b'g', None, "100000"),
            (0.0001, b'g', None, "0.0001"),
            (0.00001, b'g', None, "1e-05"),
            (-0.0, b'g', None, "-0"),
            (1e21, b'f', None, "1000000000000000000000"),
            (12345.678, b'e', Some(3), "1.235e+04"),
            (0.0, b'e', Some(2), "0.00e+00"),
            (2.5, b'f', Some(0), "2"),
            (100.0, b'g', Some(3), "100"),
            (1234.0, b'G', Some(2), "1.2E+03"),
            (1.5, b'x', None, "0x1.8p+00"),
            (1.0, b'x', Some(3), "0x1.000p+00"),
            (1.5, b'b', None, "6755399441055744p-52"),
            (f64::NEG_INFINITY, b'g', None, "-Inf"),
            (0.0, b'x', None, "0x0p+00"),
            (1.99, b'x', Some(0), "0x1p+01"),
        ];
        for (number, form, precision, text) in cases {
            assert_eq!(format(number, form, precision), text, "{number} as {}", char::from(form));
        }
    }

    #[test]
    fn a_million_decimals_are_zeros_beyond_those_of_the_number() {
        let tiny = f64::from_bits(1);
        for form in [b'f', b'e', b'g', b'x'] {
            let (long, exact) = (format(tiny, form, Some(1_000_000)), format(tiny, form, Some(1074)));
            let digits =
                |text: &str| text.split(['e', 'p']).next().unwrap_or_default().trim_end_matches('0').to_owned();
            assert_eq!(digits(&long), digits(&exact), "{}", char::from(form));
        }
        assert_eq!(format(2.0, b'f', Some(1_000_000)).len(), 1_000_002);
    }
}
