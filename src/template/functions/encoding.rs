//! JSON, base64 and base32. A text that can't be decoded gives the error's text, as sprig has it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::arguments::{any, bytes};
use crate::golang::json::{Escape, decode, encode, indent};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const TEXT: &[Param] = &[Param::String];
const ANY: &[Param] = &[Param::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "b64enc",
        TEXT,
        |a, _| Ok(Value::text(STANDARD.encode(bytes(a, 0)))),
        &[("{{ b64enc \"hello\" }}", "aGVsbG8=")],
    ),
    Function::new(
        "b64dec",
        TEXT,
        |a, _| Ok(Value::bytes(decode_base64(bytes(a, 0)).unwrap_or_else(String::into_bytes))),
        &[("{{ b64dec \"aGVsbG8=\" }}", "hello")],
    ),
    Function::new(
        "b32enc",
        TEXT,
        |a, _| Ok(Value::text(encode_base32(bytes(a, 0)))),
        &[("{{ b32enc \"hello\" }}", "NBSWY3DP")],
    ),
    Function::new(
        "b32dec",
        TEXT,
        |a, _| Ok(Value::bytes(decode_base32(bytes(a, 0)).unwrap_or_else(String::into_bytes))),
        &[("{{ b32dec \"NBSWY3DP\" }}", "hello")],
    ),
    Function::new(
        "toJson",
        ANY,
        |a, _| Ok(Value::bytes(encode(any(a, 0), Escape::Html).unwrap_or_default())),
        &[("{{ toJson (dict \"a\" 1) }}", "{\"a\":1}")],
    ),
    Function::new(
        "mustToJson",
        ANY,
        |a, _| encode(any(a, 0), Escape::Html).map(Value::bytes),
        &[("{{ mustToJson \"<\" }}", "\"\\u003c\"")],
    ),
    Function::new(
        "toRawJson",
        ANY,
        |a, _| encode(any(a, 0), Escape::Nothing).map(Value::bytes),
        &[("{{ toRawJson \"<\" }}", "\"<\"")],
    ),
    Function::new(
        "mustToRawJson",
        ANY,
        |a, _| encode(any(a, 0), Escape::Nothing).map(Value::bytes),
        &[("{{ mustToRawJson \"<\" }}", "\"<\"")],
    ),
    Function::new(
        "toPrettyJson",
        ANY,
        |a, _| Ok(Value::bytes(indent(&encode(any(a, 0), Escape::Html).unwrap_or_default()))),
        &[("{{ toPrettyJson (list 1) }}", "[\n  1\n]")],
    ),
    Function::new(
        "mustToPrettyJson",
        ANY,
        |a, _| encode(any(a, 0), Escape::Html).map(|json| Value::bytes(indent(&json))),
        &[("{{ mustToPrettyJson (list 1) }}", "[\n  1\n]")],
    ),
    Function::new(
        "fromJson",
        TEXT,
        |a, r| Ok(from_json(a, r)?.map_or(Value::Interface(None), |(value, _)| value)),
        &[("{{ (fromJson \"{\\\"a\\\":1}\").a }}", "1")],
    ),
    Function::new("mustFromJson", TEXT, must_from_json, &[("{{ mustFromJson \"[1]\" }}", "[1]")]),
];

/// The value of a JSON text, with the first number that didn't fit.
type FromJson = Result<(Value, Option<String>), String>;

fn from_json(arguments: &[Value], run: &mut Run<'_>) -> Result<FromJson, String> {
    let text = bytes(arguments, 0);
    run.budget.reserve(text.len().saturating_mul(16))?;
    Ok(decode(text).map(|decoded| (decoded.value.into_interface(), decoded.error)))
}

fn must_from_json(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let (value, error) = from_json(arguments, run)??;
    error.map_or(Ok(value), Err)
}

/// `base64.StdEncoding`: line breaks are skipped, padding must be there, its surplus bits don't matter.
///
/// # Errors
/// In Go's words.
pub(super) fn decode_base64(text: &[u8]) -> Result<Vec<u8>, String> {
    let wrong = |at: usize| format!("illegal base64 data at input byte {at}");
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut given = text.iter().copied().enumerate().filter(|(_, byte)| !matches!(byte, b'\r' | b'\n'));
    loop {
        let mut group = [0_u8; 4];
        for index in 0..4 {
            match given.next() {
                None if index == 0 => return Ok(out),
                None => return Err(wrong(text.len() - index)),
                Some((_, byte)) if sextet(byte).is_some() => group[index] = sextet(byte).unwrap_or(0),
                Some((at, b'=')) if index >= 2 => {
                    if index == 2 {
                        match given.next() {
                            Some((_, b'=')) => {}
                            Some((at, _)) => return Err(wrong(at)),
                            None => return Err(wrong(text.len())),
                        }
                    }
                    let _ = at;
                    if let Some((at, _)) = given.next() {
                        return Err(wrong(at));
                    }
                    let bytes = joined(group);
                    out.extend_from_slice(&bytes[..index - 1]);
                    return Ok(out);
                }
                Some((at, _)) => return Err(wrong(at)),
            }
        }
        out.extend_from_slice(&joined(group));
    }
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn joined(group: [u8; 4]) -> [u8; 3] {
    [group[0] << 2 | group[1] >> 4, group[1] << 4 | group[2] >> 2, group[2] << 6 | group[3]]
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn encode_base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let bits = chunk.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) << (8 * (5 - chunk.len()));
        let digits = (chunk.len() * 8).div_ceil(5);
        for index in 0..8 {
            let digit = usize::try_from(bits >> (35 - 5 * index) & 31).unwrap_or(0);
            out.push(if index < digits { char::from(BASE32[digit]) } else { '=' });
        }
    }
    out
}

/// `base32.StdEncoding`: line breaks are skipped, padding must be there.
fn decode_base32(text: &[u8]) -> Result<Vec<u8>, String> {
    let text: Vec<u8> = text.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let wrong = |at: usize| format!("illegal base32 data at input byte {at}");
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    let mut at = 0;
    while at < text.len() {
        let mut bits = 0_u64;
        let mut digits = 0;
        while digits < 8 {
            let Some(byte) = text.get(at).copied() else { return Err(wrong(at - digits)) };
            if byte == b'=' && digits >= 2 && text.len() - at + digits < 16 {
                let padding = 8 - digits;
                if text.len() - at < padding {
                    return Err(wrong(text.len()));
                }
                if let Some(other) = text[at..at + padding].iter().position(|byte| *byte != b'=') {
                    return Err(wrong(at + other - 1));
                }
                if matches!(digits, 3 | 6) {
                    return Err(wrong(at - 1));
                }
                if text.len() > at + padding {
                    return Err(wrong(at + padding));
                }
                out.extend_from_slice(&unpacked(bits << (5 * padding))[..digits * 5 / 8]);
                return Ok(out);
            }
            let Some(digit) = BASE32.iter().position(|known| *known == byte) else { return Err(wrong(at)) };
            bits = bits << 5 | digit as u64;
            digits += 1;
            at += 1;
        }
        out.extend_from_slice(&unpacked(bits));
    }
    Ok(out)
}

fn unpacked(bits: u64) -> [u8; 5] {
    let bytes = bits.to_be_bytes();
    [bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]
}
