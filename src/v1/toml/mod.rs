//! TOML as Traefik 1.7 reads it: the language of 2013, by a parser with edges of its own.
//!
//! A rendered template is only as good as the labels in it, so what this parser refuses, and what it lets pass,
//! decides whether a fleet is published. It differs from today's TOML: keys have no dots, arrays are of one type,
//! control characters are fine in strings, integers are decimal, and a key of an inline table may come twice.

mod parse;
mod scan;
mod text;

use std::collections::BTreeMap;
use std::ops::Range;

pub use parse::{parse, placed};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Toml {
    /// A text.
    Text(String),
    /// An integer.
    Int(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A date or a time, as written.
    Date(String),
    /// An array.
    Array(Vec<Toml>),
    /// An array of tables.
    Tables(Vec<Table>),
    /// A table.
    Table(Table),
}

/// Keys and values.
pub type Table = BTreeMap<String, Toml>;

/// Where keys stand with their values, in bytes, by their paths joined with dots: tables by their headers, and what
/// stands in them; not what is within an inline table.
pub type Places = BTreeMap<String, Range<usize>>;

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TomlError {
    /// What is wrong.
    pub problem: String,
    /// The line, from 1.
    pub line: usize,
    /// The byte.
    pub at: usize,
}

impl Toml {
    /// The text, where this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What sort of value it is, in words for an error.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a float",
            Self::Bool(_) => "a boolean",
            Self::Date(_) => "a date",
            Self::Array(_) => "an array",
            Self::Tables(_) => "an array of tables",
            Self::Table(_) => "a table",
        }
    }
}
