//! A list in one text: a separator, the number of Go's kind of the items, and the items, all with separators between.
//!
//! Traefik's file loader writes lists so for its own decoder. The decoder also takes for one what a label or variable
//! of a plugin says when it begins with a comma (observed on v2.11.53, v3.0.4 and v3.7.9).

use std::fmt;

use super::value::Value;
use crate::golang::quote::quote;
use crate::golang::strconv::{InvalidText, Reason, parse_bool, parse_float, parse_float32, parse_int, parse_uint};
use crate::model::Text;

/// Why a text that begins with a separator is no list; prints in Traefik's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidList {
    /// What should be the number of a kind is none.
    Kind {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: Reason,
    },
    /// No list has items of this kind.
    Unsupported(i64),
    /// An item is not of its kind.
    Item {
        /// The kind as the message names it.
        kind: &'static str,
        /// What is wrong.
        error: InvalidText,
    },
}

impl fmt::Display for InvalidList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { text, reason } => write!(f, "strconv.Atoi: parsing {}: {reason}", quote(text.as_bytes())),
            // Go's kinds are unsigned: a negative number prints as what its bits are then.
            Self::Unsupported(kind) => write!(f, "unsupported kind: {}", kind.cast_unsigned()),
            Self::Item { kind, error } => write!(f, "parse {kind}: {}, {error}", error.text),
        }
    }
}

/// Reads a list in one text; nothing where the text doesn't begin with the separator, and so is only a text.
///
/// # Errors
/// The first thing that Traefik's decoder refuses. The kind of a list without items is not looked at.
pub fn typed_list(text: &str, separator: char) -> Option<Result<Value, InvalidList>> {
    let mut parts = text.strip_prefix(separator)?.split(separator);
    let kind = parts.next().unwrap_or_default();
    let kind = match parse_int(kind, 64) {
        Ok(kind) => kind,
        Err(error) => return Some(Err(InvalidList::Kind { text: error.text, reason: error.reason })),
    };
    Some(parts.map(|part| item(kind, part)).collect::<Result<_, _>>().map(Value::list))
}

fn item(kind: i64, text: &str) -> Result<Value, InvalidList> {
    let of = |kind| move |error| InvalidList::Item { kind, error };
    match kind {
        1 => parse_bool(text).map(Value::Bool).map_err(of("bool")),
        2 => parse_int(text, 64).map(Value::Int).map_err(of("int")),
        3 => parse_int(text, 8).map(Value::Int).map_err(of("int8")),
        4 => parse_int(text, 16).map(Value::Int).map_err(of("int16")),
        5 => parse_int(text, 32).map(Value::Int).map_err(of("int32")),
        6 => parse_int(text, 64).map(Value::Int).map_err(of("int64")),
        7 | 11 => unsigned(text, 64),
        8 => unsigned(text, 8),
        9 => unsigned(text, 16),
        10 => unsigned(text, 32),
        13 => parse_float32(text).map(|float| Value::Float(f64::from(float))).map_err(of("float32")),
        14 => parse_float(text).map(Value::Float).map_err(of("float64")),
        24 => Ok(Value::Text(Text::from(text))),
        _ => Err(InvalidList::Unsupported(kind)),
    }
}

/// Numbers beyond a signed integer's range become the greatest of these, as elsewhere in the value tree.
fn unsigned(text: &str, bits: u8) -> Result<Value, InvalidList> {
    let value = parse_uint(text, bits).map_err(|error| InvalidList::Item { kind: "uint", error })?;
    Ok(Value::Int(i64::try_from(value).unwrap_or(i64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::{Value, typed_list};

    #[test]
    fn the_second_part_says_what_the_others_are() {
        for (text, expected) in [
            ("a,b", "none"),
            (",1,true,F", "[Bool(true), Bool(false)]"),
            (",2,1,+2", "[Int(1), Int(2)]"),
            (",13,0.1", "[Float(0.10000000149011612)]"),
            (",14,0x1p2,1_0", "[Float(4.0), Float(10.0)]"),
            (",024,a, b", "[Text(\"a\"), Text(\" b\")]"),
            (",12", "[]"),
            (",", "strconv.Atoi: parsing \"\": invalid syntax"),
            (", 24,x", "strconv.Atoi: parsing \" 24\": invalid syntax"),
            (",12,1", "unsupported kind: 12"),
            (",-1,x", "unsupported kind: 18446744073709551615"),
            (",3,300", "parse int8: 300, strconv.ParseInt: parsing \"300\": value out of range"),
            (",8,256", "parse uint: 256, strconv.ParseUint: parsing \"256\": value out of range"),
            (",13,1e39", "parse float32: 1e39, strconv.ParseFloat: parsing \"1e39\": value out of range"),
            (",1,x", "parse bool: x, strconv.ParseBool: parsing \"x\": invalid syntax"),
        ] {
            let found = match typed_list(text, ',') {
                None => "none".to_owned(),
                Some(Ok(Value::List(items))) => format!("{items:?}"),
                Some(Ok(other)) => format!("{other:?}"),
                Some(Err(error)) => error.to_string(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
