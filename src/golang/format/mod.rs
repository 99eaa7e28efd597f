//! Go's package `fmt`: values as text, in the default form or as a verb wants them.
//!
//! What is wrong with a verb or its argument becomes part of the text, as in Go: `%!d(string=a)`.

pub mod float;
mod scalar;
mod verbs;

use std::fmt::Write as _;

use super::quote::{Plain, quoted};
use super::unicode::rune_count;
use super::value::{DEEPEST, Kind, Map, Object, Slice, Struct, Value};

pub use verbs::print_formatted;

/// Where every pointer points: Go writes where in memory that is, which is nowhere in particular here.
const ADDRESS: u64 = 0xc0_0001_0000;

/// Bytes that values may print as, at most: a list that holds another twice, which holds another twice, prints as
/// text without end.
pub const LONGEST: usize = 16 << 20;

/// Values nest deeper than [`DEEPEST`], hold themselves, or hold one another so often that they never end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("values nest deeper than {DEEPEST} levels, or print as more than {} MiB", LONGEST >> 20)]
pub struct TooLarge;

/// `fmt.Sprint`: values in their default form, a space between two where neither is a string.
///
/// # Errors
/// Where a value nests too deep.
pub fn print(values: &[Value]) -> Result<Vec<u8>, TooLarge> {
    let mut printer = Printer::default();
    let mut after_string = true;
    for value in values {
        let is_string = value.plain().kind() == Kind::String;
        if !is_string && !after_string {
            printer.out.push(b' ');
        }
        printer.argument(value.plain(), 'v')?;
        after_string = is_string;
    }
    // The first value never follows anything.
    Ok(printer.out)
}

/// `fmt.Sprintln`: values in their default form, spaces between all, a line break at the end.
///
/// # Errors
/// Where a value nests too deep.
pub fn print_line(values: &[Value]) -> Result<Vec<u8>, TooLarge> {
    let mut printer = Printer::default();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            printer.out.push(b' ');
        }
        printer.argument(value.plain(), 'v')?;
    }
    printer.out.push(b'\n');
    Ok(printer.out)
}

/// One value in its default form, `%v`.
///
/// # Errors
/// Where it nests too deep.
pub fn text(value: &Value) -> Result<Vec<u8>, TooLarge> {
    if let Value::String(bytes) = value.plain() {
        return Ok(bytes.to_vec());
    }
    let mut printer = Printer::default();
    printer.argument(value.plain(), 'v')?;
    Ok(printer.out)
}

/// What stands between `%` and the verb.
#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    width: Option<usize>,
    precision: Option<usize>,
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    /// `%+v`.
    plus_v: bool,
    /// `%#v`.
    sharp_v: bool,
}

/// Text as it grows.
#[derive(Debug, Default)]
struct Printer {
    out: Vec<u8>,
    flags: Flags,
    /// Inside the text of a wrong verb no methods are called.
    erring: bool,
}

impl Printer {
    /// Writes an argument as a verb wants it.
    fn argument(&mut self, value: &Value, verb: char) -> Result<(), TooLarge> {
        if matches!(value, Value::Invalid) {
            return match verb {
                'T' | 'v' => {
                    self.pad(b"<nil>");
                    Ok(())
                }
                _ => self.bad_verb(value, verb),
            };
        }
        if verb == 'T' {
            let name = value.type_name();
            self.string(name.as_bytes(), 's');
            return Ok(());
        }
        if verb == 'p' {
            return self.pointer(value);
        }
        self.value(value, verb, 0)
    }

    /// What `%p` makes of a value.
    fn pointer(&mut self, value: &Value) -> Result<(), TooLarge> {
        if !matches!(value.kind(), Kind::Slice | Kind::Map | Kind::Pointer) {
            return self.bad_verb(value, 'p');
        }
        let text = if self.flags.sharp { format!("{ADDRESS:x}") } else { format!("{ADDRESS:#x}") };
        self.pad(text.as_bytes());
        Ok(())
    }

    /// Writes a value that stands `depth` levels inside the argument.
    fn value(&mut self, value: &Value, verb: char, depth: usize) -> Result<(), TooLarge> {
        if depth > DEEPEST || self.out.len() > LONGEST {
            return Err(TooLarge);
        }
        if self.by_method(value, verb) {
            return Ok(());
        }
        match value {
            Value::Invalid | Value::Interface(None) => self.nil(),
            Value::Interface(Some(inner)) => return self.value(inner, verb, depth),
            Value::Bool(bool) => return self.boolean(*bool, verb),
            Value::Int(number) | Value::Int64(number) | Value::Named(_, number) => {
                return self.signed(*number, value, verb);
            }
            Value::Uint8(_) | Value::Uint32(_) | Value::Uint64(_) => {
                return self.integer(value.unsigned().unwrap_or(0), false, value, verb);
            }
            Value::Float(number) => return self.float(*number, value, verb),
            Value::Complex(real, imaginary) => return self.complex(*real, *imaginary, value, verb),
            Value::String(bytes) if matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') => self.string(bytes, verb),
            Value::String(_) => return self.bad_verb(value, verb),
            Value::Slice(slice) => return self.slice(slice, value, verb, depth),
            Value::Map(map) => return self.map(map, value, verb, depth),
            Value::Struct(structure) => return self.structure(structure, verb, depth),
            Value::Object(object) => return self.object(object.as_ref(), value, verb, depth),
        }
        Ok(())
    }

    /// Writes the fields of an object; a pointer inside another value as where it points.
    fn object(&mut self, object: &dyn Object, value: &Value, verb: char, depth: usize) -> Result<(), TooLarge> {
        let is_pointer = object.kind() == Kind::Pointer;
        match object.parts() {
            _ if object.is_nil() || (is_pointer && depth > 0) => self.address(object.is_nil(), value, verb),
            Some(parts) => {
                if is_pointer {
                    self.write("&");
                }
                self.parts(&parts, verb, depth)
            }
            None => self.bad_verb(value, verb),
        }
    }

    /// A pointer as a number, or as what verbs that are not for numbers make of it.
    fn address(&mut self, is_nil: bool, value: &Value, verb: char) -> Result<(), TooLarge> {
        let address = if is_nil { 0 } else { ADDRESS };
        match verb {
            'v' if is_nil => self.pad(b"<nil>"),
            'v' => self.pad(format!("{address:#x}").as_bytes()),
            'b' | 'd' | 'o' | 'x' | 'X' => return self.integer(address, false, value, verb),
            _ => return self.bad_verb(value, verb),
        }
        Ok(())
    }

    /// Nil where no verb matters.
    fn nil(&mut self) {
        let text: &[u8] = if self.flags.sharp_v { b"interface {}(nil)" } else { b"<nil>" };
        self.out.extend_from_slice(text);
    }

    /// Writes what the method `String` gives, where there is one and the verb is for text.
    fn by_method(&mut self, value: &Value, verb: char) -> bool {
        if self.erring {
            return false;
        }
        if self.flags.sharp_v {
            let Value::Object(object) = value else { return false };
            self.string(object.go_text().as_bytes(), 's');
            return true;
        }
        let text = match value {
            Value::Named(named, number) => (named.text)(*number),
            Value::Object(object) => object.text(),
            _ => return false,
        };
        let is_for_text = matches!(verb, 'v' | 's' | 'x' | 'X' | 'q');
        if is_for_text {
            self.string(text.as_bytes(), verb);
        }
        is_for_text
    }

    /// `%!d(string=a)`.
    fn bad_verb(&mut self, value: &Value, verb: char) -> Result<(), TooLarge> {
        self.erring = true;
        self.write(&format!("%!{verb}("));
        let result = match value {
            Value::Invalid | Value::Interface(None) => {
                self.write("<nil>");
                Ok(())
            }
            _ => {
                self.write(&format!("{}=", value.type_name()));
                match value {
                    Value::Object(object) if object.parts().is_none() => {
                        self.write(&object.text());
                        Ok(())
                    }
                    _ => self.value(value, 'v', 0),
                }
            }
        };
        self.out.push(b')');
        self.erring = false;
        result
    }

    fn slice(&mut self, slice: &Slice, value: &Value, verb: char, depth: usize) -> Result<(), TooLarge> {
        let bytes: Option<Vec<u8>> = slice.items().iter().map(|item| item.unsigned().map(byte)).collect();
        if slice.element == super::value::Element::Byte
            && let (Some(bytes), 's' | 'q' | 'x' | 'X') = (bytes, verb)
        {
            self.string(&bytes, verb);
            return Ok(());
        }
        let (open, separator, close) = if self.flags.sharp_v { ("{", ", ", "}") } else { ("[", " ", "]") };
        if self.flags.sharp_v {
            self.write(&value.type_name());
            if slice.is_nil() {
                self.write("(nil)");
                return Ok(());
            }
        }
        self.write(open);
        for (index, item) in slice.items().iter().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.value(item, verb, depth + 1)?;
        }
        self.write(close);
        Ok(())
    }

    fn map(&mut self, map: &Map, value: &Value, verb: char, depth: usize) -> Result<(), TooLarge> {
        let (open, separator, close) = if self.flags.sharp_v { ("{", ", ", "}") } else { ("map[", " ", "]") };
        if self.flags.sharp_v {
            self.write(&value.type_name());
            if map.is_nil() {
                self.write("(nil)");
                return Ok(());
            }
        }
        self.write(open);
        for (index, (key, item)) in map.sorted().into_iter().enumerate() {
            if index > 0 {
                self.write(separator);
            }
            self.value(&Value::String(key), verb, depth + 1)?;
            self.out.push(b':');
            self.value(&item, verb, depth + 1)?;
        }
        self.write(close);
        Ok(())
    }

    fn structure(&mut self, structure: &Struct, verb: char, depth: usize) -> Result<(), TooLarge> {
        if self.flags.sharp_v {
            self.write(structure.type_name);
        }
        self.parts(&structure.fields, verb, depth)
    }

    /// Writes the fields of a structure.
    fn parts(&mut self, fields: &[(&'static str, Value)], verb: char, depth: usize) -> Result<(), TooLarge> {
        self.write("{");
        for (index, (name, field)) in fields.iter().enumerate() {
            if index > 0 {
                self.write(if self.flags.sharp_v { ", " } else { " " });
            }
            if self.flags.plus_v || self.flags.sharp_v {
                self.write(&format!("{name}:"));
            }
            self.value(field, verb, depth + 1)?;
        }
        self.write("}");
        Ok(())
    }

    /// Text as `v`, `s`, `q`, `x` or `X` wants it.
    fn string(&mut self, text: &[u8], verb: char) {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(text),
            'x' => self.hexadecimal(text, false),
            'X' => self.hexadecimal(text, true),
            'q' => self.quoted(text),
            _ => {
                let text = self.truncated(text);
                self.pad(text);
            }
        }
    }

    /// The first characters, as many as the precision says.
    fn truncated<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let Some(precision) = self.flags.precision else { return text };
        super::unicode::runes(text).nth(precision).map_or(text, |(end, _)| &text[..end])
    }

    fn quoted(&mut self, text: &[u8]) {
        let text = self.truncated(text);
        if self.flags.sharp && super::quote::can_backquote(text) {
            let raw = [b"`", text, b"`"].concat();
            self.pad(&raw);
            return;
        }
        let plain = if self.flags.plus { Plain::Ascii } else { Plain::Printing };
        self.pad(quoted(text, '"', plain).as_bytes());
    }

    fn hexadecimal(&mut self, text: &[u8], upper: bool) {
        let length = self.flags.precision.map_or(text.len(), |most| most.min(text.len()));
        let prefix = match (self.flags.sharp, upper) {
            (false, _) => "",
            (true, false) => "0x",
            (true, true) => "0X",
        };
        let mut digits = String::from(if length > 0 { prefix } else { "" });
        for (index, byte) in text[..length].iter().enumerate() {
            if self.flags.space && index > 0 {
                digits.push(' ');
                digits.push_str(prefix);
            }
            let _ = if upper { write!(digits, "{byte:02X}") } else { write!(digits, "{byte:02x}") };
        }
        self.pad(digits.as_bytes());
    }

    /// Writes text in the width that is wanted, counted in characters.
    fn pad(&mut self, text: &[u8]) {
        let missing = self.flags.width.map_or(0, |width| width.saturating_sub(rune_count(text)));
        if missing == 0 {
            self.out.extend_from_slice(text);
        } else if self.flags.minus {
            self.out.extend_from_slice(text);
            self.padding(missing);
        } else {
            self.padding(missing);
            self.out.extend_from_slice(text);
        }
    }

    /// Zeros go to the left only.
    fn padding(&mut self, count: usize) {
        let filler = if self.flags.zero && !self.flags.minus { b'0' } else { b' ' };
        self.out.resize(self.out.len() + count, filler);
    }

    fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

fn byte(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
