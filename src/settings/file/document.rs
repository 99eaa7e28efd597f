//! What a file holds, whatever its form: the values that Go's YAML and TOML packages would give, each with its place.

use std::ops::Range;

use crate::model::Text;

/// One value with its place.
#[derive(Debug, Clone)]
pub(in crate::settings) struct Item {
    /// The value.
    pub value: Raw,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

/// A value as Go has it.
#[derive(Debug, Clone)]
pub(in crate::settings) enum Raw {
    /// Nothing; it vanishes with its name.
    Null,
    /// A simple value, as the text that it becomes.
    Scalar(GoKind, Text),
    /// A date or time, which Traefik refuses.
    Date,
    /// A list.
    List(Vec<Item>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
}

/// A name of a map with its value.
#[derive(Debug, Clone)]
pub(in crate::settings) struct Entry {
    /// The name as Traefik gets it.
    pub name: Text,
    /// Where the name stands, in bytes.
    pub span: Range<usize>,
    /// The value.
    pub item: Item,
}

/// The kind of a simple value; its number is the one that Go's `reflect` gives it, which Traefik writes before the
/// items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::settings) enum GoKind {
    /// `bool`.
    Bool = 1,
    /// `int`, YAML's integers.
    Int = 2,
    /// `int64`, TOML's integers.
    Int64 = 6,
    /// `uint64`, integers beyond those.
    Uint64 = 11,
    /// `float64`.
    Float64 = 14,
    /// `string`.
    Text = 24,
}

impl GoKind {
    /// How `reflect` names a value that is no text where a text is wanted: `<int Value>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "<bool Value>",
            Self::Int => "<int Value>",
            Self::Int64 => "<int64 Value>",
            Self::Uint64 => "<uint64 Value>",
            Self::Float64 => "<float64 Value>",
            Self::Text => "<string Value>",
        }
    }
}

/// A float as Traefik writes it: six decimals unless these are zeros.
pub(super) fn float_text(value: f64) -> Text {
    if value.is_nan() {
        return "NaN".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "+Inf" } else { "-Inf" }.into();
    }
    let text = format!("{value:.6}");
    text.strip_suffix(".000000").unwrap_or(&text).into()
}

/// Why a text is not of its form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    pub span: Range<usize>,
}

impl SyntaxError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }
}

impl Raw {
    /// The entries, none where this is no map.
    pub fn entries(&self) -> &[Entry] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items, none where this is no list.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::float_text;

    #[test]
    fn floats_have_six_decimals_or_none() {
        assert_eq!(&*float_text(1.1), "1.100000");
        assert_eq!(&*float_text(30.0), "30");
        assert_eq!(&*float_text(0.123_456_7), "0.123457");
        assert_eq!(&*float_text(-0.000_000_1), "-0");
        assert_eq!(&*float_text(f64::NEG_INFINITY), "-Inf");
        assert_eq!(&*float_text(123_456_789_012_345_678_901_234_567_890.0), "123456789012345677877719597056");
    }
}
