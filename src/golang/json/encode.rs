//! Values as JSON.

use std::fmt::Write as _;

use super::super::format::{LONGEST, TooLarge, float, text};
use super::super::unicode::decode;
use super::super::value::{DEEPEST, Element, Value};

/// Whether `<`, `>` and `&` are written out, so that the text can stand in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// They are.
    Html,
    /// They aren't.
    Nothing,
}

/// A value as JSON on one line.
///
/// # Errors
/// In Go's words, for what has no form in JSON.
pub fn encode(value: &Value, escape: Escape) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    write(value, escape, DEEPEST, &mut out)?;
    Ok(out)
}

fn write(value: &Value, escape: Escape, depth: usize, out: &mut Vec<u8>) -> Result<(), String> {
    if depth == 0 || out.len() > LONGEST {
        return Err(TooLarge.to_string());
    }
    match value {
        Value::Invalid | Value::Interface(None) => out.extend_from_slice(b"null"),
        Value::Interface(Some(inner)) => return write(inner, escape, depth, out),
        Value::Bool(_) | Value::Int(_) | Value::Int64(_) | Value::Uint8(_) | Value::Uint32(_) | Value::Uint64(_) => {
            out.extend(text(value).map_err(|error| error.to_string())?);
        }
        Value::Named(_, number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::Float(number) => out.extend_from_slice(number_text(*number)?.as_bytes()),
        Value::Complex(..) => return Err("json: unsupported type: complex128".to_owned()),
        Value::String(bytes) => out.extend_from_slice(quote(bytes, escape).as_bytes()),
        Value::Slice(slice) if slice.is_nil() => out.extend_from_slice(b"null"),
        Value::Slice(slice) if slice.element == Element::Byte => {
            let bytes: Vec<u8> = slice.items().iter().filter_map(as_byte).collect();
            let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
            out.extend_from_slice(format!("\"{encoded}\"").as_bytes());
        }
        Value::Slice(slice) => {
            out.push(b'[');
            for (index, item) in slice.items().iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, escape, depth - 1, out)?;
            }
            out.push(b']');
        }
        Value::Map(map) if map.is_nil() => out.extend_from_slice(b"null"),
        Value::Map(map) => {
            let entries = map.sorted();
            return write_entries(entries.iter().map(|(key, value)| (key.as_ref(), value)), escape, depth, out);
        }
        Value::Struct(structure) => {
            let fields = structure.fields.iter().map(|(name, value)| (name.as_bytes(), value));
            return write_entries(fields, escape, depth, out);
        }
        Value::Object(object) => match object.json() {
            Some(json) => out.extend_from_slice(json.as_bytes()),
            None => out.extend_from_slice(b"{}"),
        },
    }
    Ok(())
}

fn as_byte(value: &Value) -> Option<u8> {
    value.unsigned().and_then(|number| u8::try_from(number).ok())
}

fn write_entries<'v>(
    entries: impl Iterator<Item = (&'v [u8], &'v Value)>,
    escape: Escape,
    depth: usize,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    out.push(b'{');
    for (index, (key, value)) in entries.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(quote(key, escape).as_bytes());
        out.push(b':');
        write(value, escape, depth - 1, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn number_text(number: f64) -> Result<String, String> {
    if !number.is_finite() {
        return Err(format!("json: unsupported value: {}", float::format(number, b'g', None)));
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = float::format(number, b'e', None);
        // An exponent of one digit is written as one.
        return Ok(text.replace("e-0", "e-"));
    }
    Ok(float::format(number, b'f', None))
}

/// A string as JSON.
pub fn quote(text: &[u8], escape: Escape) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut at = 0;
    while at < text.len() {
        let (character, length) = decode(&text[at..]);
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            '<' | '>' | '&' if escape == Escape::Html => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(character));
            }
            char::REPLACEMENT_CHARACTER if length == 1 => quoted.push_str("\\ufffd"),
            plain => quoted.push(plain),
        }
        at += length;
    }
    quoted.push('"');
    quoted
}

/// JSON on one line as several, two spaces deeper for each level.
pub fn indent(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    let mut bytes = json.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if in_string {
            out.push(byte);
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' if bytes.peek() != Some(&(byte + 2)) => {
                depth += 1;
                out.push(byte);
                break_line(&mut out, depth);
                continue;
            }
            b'{' | b'[' => {
                out.push(byte);
                out.extend(bytes.next());
                continue;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut out, depth);
            }
            b',' => {
                out.push(byte);
                break_line(&mut out, depth);
                continue;
            }
            b':' => {
                out.extend_from_slice(b": ");
                continue;
            }
            _ => {}
        }
        out.push(byte);
    }
    out
}

fn break_line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    out.resize(out.len() + 2 * depth, b' ');
}
