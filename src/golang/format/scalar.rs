//! Truth values and numbers under each verb.

use std::fmt::Write as _;

use super::super::quote::{Plain, quote_rune};
use super::super::unicode::is_print;
use super::super::value::Value;
use super::{Printer, TooLarge, float};

impl Printer {
    pub(super) fn boolean(&mut self, bool: bool, verb: char) -> Result<(), TooLarge> {
        if matches!(verb, 't' | 'v') {
            self.pad(if bool { b"true" } else { b"false" });
            return Ok(());
        }
        self.bad_verb(&Value::Bool(bool), verb)
    }

    pub(super) fn signed(&mut self, number: i64, value: &Value, verb: char) -> Result<(), TooLarge> {
        self.integer(number.cast_unsigned(), true, value, verb)
    }

    /// An integer; a negative one comes as its bits.
    pub(super) fn integer(&mut self, number: u64, is_signed: bool, value: &Value, verb: char) -> Result<(), TooLarge> {
        let negative = is_signed && number.cast_signed() < 0;
        let magnitude = if negative { number.wrapping_neg() } else { number };
        match verb {
            'v' if self.flags.sharp_v && !is_signed => {
                let sharp = std::mem::replace(&mut self.flags.sharp, true);
                self.digits(magnitude, negative, 16, 'v');
                self.flags.sharp = sharp;
            }
            'v' | 'd' => self.digits(magnitude, negative, 10, verb),
            'b' => self.digits(magnitude, negative, 2, verb),
            'o' | 'O' => self.digits(magnitude, negative, 8, verb),
            'x' | 'X' => self.digits(magnitude, negative, 16, verb),
            'c' => {
                let character = character(number);
                self.pad(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            'q' => {
                let plain = if self.flags.plus { Plain::Ascii } else { Plain::Printing };
                self.pad(quote_rune(character(number), plain).as_bytes());
            }
            'U' => self.code_point(number),
            _ => return self.bad_verb(value, verb),
        }
        Ok(())
    }

    fn digits(&mut self, magnitude: u64, negative: bool, base: u32, verb: char) {
        let zero = std::mem::replace(&mut self.flags.zero, false);
        let signed = negative || self.flags.plus || self.flags.space;
        let least = match (self.flags.precision, self.flags.width) {
            (Some(precision), _) => precision,
            (None, Some(width)) if zero && !self.flags.minus => width.saturating_sub(usize::from(signed)),
            (None, _) => 0,
        };
        if self.flags.precision == Some(0) && magnitude == 0 {
            self.padding(self.flags.width.unwrap_or(0));
        } else {
            let text = self.integer_text(magnitude, negative, base, verb, least);
            self.pad(text.as_bytes());
        }
        self.flags.zero = zero;
    }

    fn integer_text(&self, magnitude: u64, negative: bool, base: u32, verb: char, least: usize) -> String {
        let digits = match (base, verb) {
            (2, _) => format!("{magnitude:0least$b}"),
            (8, _) => format!("{magnitude:0least$o}"),
            (16, 'X') => format!("{magnitude:0least$X}"),
            (16, _) => format!("{magnitude:0least$x}"),
            _ => format!("{magnitude:0least$}"),
        };
        let prefix = match (base, verb) {
            (_, 'O') if self.flags.sharp && !digits.starts_with('0') => "0o0",
            (_, 'O') => "0o",
            (2, _) if self.flags.sharp => "0b",
            (8, _) if self.flags.sharp && !digits.starts_with('0') => "0",
            (16, 'X') if self.flags.sharp => "0X",
            (16, _) if self.flags.sharp => "0x",
            _ => "",
        };
        let sign = match (negative, self.flags.plus, self.flags.space) {
            (true, ..) => "-",
            (false, true, _) => "+",
            (false, false, true) => " ",
            _ => "",
        };
        format!("{sign}{prefix}{digits}")
    }

    /// `U+00E9`, and with `#` the character after it.
    fn code_point(&mut self, number: u64) {
        let least = self.flags.precision.map_or(4, |precision| precision.max(4));
        let mut text = format!("U+{number:0least$X}");
        let found = u32::try_from(number).ok().and_then(char::from_u32);
        if let Some(character) = found.filter(|character| self.flags.sharp && is_print(*character)) {
            let _ = write!(text, " '{character}'");
        }
        let zero = std::mem::replace(&mut self.flags.zero, false);
        self.pad(text.as_bytes());
        self.flags.zero = zero;
    }

    pub(super) fn float(&mut self, number: f64, value: &Value, verb: char) -> Result<(), TooLarge> {
        match verb {
            'v' => self.decimal(number, b'g', None),
            'b' | 'g' | 'G' | 'x' | 'X' => self.decimal(number, ascii(verb), None),
            'f' | 'e' | 'E' => self.decimal(number, ascii(verb), Some(6)),
            'F' => self.decimal(number, b'f', Some(6)),
            _ => return self.bad_verb(value, verb),
        }
        Ok(())
    }

    pub(super) fn complex(&mut self, real: f64, imaginary: f64, value: &Value, verb: char) -> Result<(), TooLarge> {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(value, verb);
        }
        self.out.push(b'(');
        self.float(real, value, verb)?;
        let plus = std::mem::replace(&mut self.flags.plus, true);
        self.float(imaginary, value, verb)?;
        self.flags.plus = plus;
        self.write("i)");
        Ok(())
    }

    fn decimal(&mut self, number: f64, form: u8, precision: Option<usize>) {
        let precision = self.flags.precision.or(precision);
        let mut text = float::format(number, form, precision);
        if !text.starts_with(['+', '-']) {
            text.insert(0, '+');
        }
        if self.flags.space && text.starts_with('+') && !self.flags.plus {
            text.replace_range(..1, " ");
        }
        if !number.is_finite() {
            let hidden = number.is_nan() && !self.flags.space && !self.flags.plus;
            let zero = std::mem::replace(&mut self.flags.zero, false);
            self.pad(&text.as_bytes()[usize::from(hidden)..]);
            self.flags.zero = zero;
            return;
        }
        if self.flags.sharp && form != b'b' {
            text = with_point(&text, form, precision);
        }
        self.signed_text(&text);
    }

    /// A number with its sign before the zeros, and without a plus that isn't wanted.
    fn signed_text(&mut self, text: &str) {
        if !self.flags.plus && text.starts_with('+') {
            self.pad(&text.as_bytes()[1..]);
            return;
        }
        match self.flags.width {
            Some(width) if self.flags.zero && !self.flags.minus && width > text.len() => {
                self.write(&text[..1]);
                self.padding(width - text.len());
                self.write(&text[1..]);
            }
            _ => self.pad(text.as_bytes()),
        }
    }
}

/// `%#g`: always a point, and all the digits that the precision asks for.
fn with_point(text: &str, form: u8, precision: Option<usize>) -> String {
    let is_exponent = |c: char| matches!(c, 'p' | 'P') || (matches!(c, 'e' | 'E') && !matches!(form, b'x' | b'X'));
    let end = text.find(is_exponent).unwrap_or(text.len());
    let (number, exponent) = text.split_at(end);
    let mut missing = match form {
        b'g' | b'G' | b'x' => precision.unwrap_or(6),
        _ => 0,
    };
    let digits = number[1..].bytes().filter(|byte| *byte != b'.');
    missing = missing.saturating_sub(digits.skip_while(|digit| *digit == b'0').count());
    let mut full = number.to_owned();
    if !number.contains('.') {
        if number.len() == 2 && number.ends_with('0') {
            missing = missing.saturating_sub(1);
        }
        full.push('.');
    }
    full.push_str(&"0".repeat(missing));
    full.push_str(exponent);
    full
}

fn character(number: u64) -> char {
    u32::try_from(number).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A verb that is known to be ASCII.
fn ascii(verb: char) -> u8 {
    u8::try_from(verb).unwrap_or(b'g')
}
