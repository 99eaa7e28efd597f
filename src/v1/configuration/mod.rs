//! Traefik 1.7's dynamic configuration: backends and frontends, as decoded from a rendered template.
//!
//! A tree that one table of fields ([`schema`]) describes: decoding, JSON and the typed views all walk that table.

mod decode;
mod json;
pub mod schema;
mod view;

use std::collections::BTreeMap;

pub(crate) use decode::period;
pub use decode::{DecodeError, decode};
use schema::{Fields, Shape};
pub use view::{Backend, Frontend};

/// One value of a configuration.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A text.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Nanoseconds.
    Duration(i64),
    /// Texts; absent and empty are different.
    Texts(Option<Vec<String>>),
    /// Texts by name.
    TextMap(BTreeMap<String, String>),
    /// A structure, where there is one.
    Struct(Option<Box<Struct>>),
    /// Structures by name.
    StructMap(BTreeMap<String, Struct>),
}

/// A structure: a value for each of its fields.
#[derive(Debug, Clone)]
pub struct Struct {
    fields: &'static Fields,
    values: Vec<Node>,
}

impl PartialEq for Struct {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.fields, other.fields) && self.values == other.values
    }
}

/// A whole configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration(Struct);

impl Node {
    fn zero(shape: Shape) -> Self {
        match shape {
            Shape::Text => Self::Text(String::new()),
            Shape::Bool => Self::Bool(false),
            Shape::Int => Self::Int(0),
            Shape::Duration => Self::Duration(0),
            Shape::Texts => Self::Texts(None),
            Shape::TextMap => Self::TextMap(BTreeMap::new()),
            Shape::Struct(_) => Self::Struct(None),
            Shape::StructMap(_) => Self::StructMap(BTreeMap::new()),
        }
    }
}

impl Struct {
    fn new(fields: &'static Fields) -> Self {
        Self { fields, values: fields.iter().map(|field| Node::zero(field.shape)).collect() }
    }

    /// The value of a field, by its name.
    fn get(&self, name: &str) -> Option<&Node> {
        self.fields.iter().position(|field| field.name == name).map(|at| &self.values[at])
    }

    /// The text of a field; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Node::Text(text)) => text,
            _ => "",
        }
    }

    /// The truth value of a field.
    pub fn bool(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Node::Bool(true)))
    }

    /// The integer (or nanoseconds) of a field.
    pub fn int(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Node::Int(number) | Node::Duration(number)) => *number,
            _ => 0,
        }
    }

    /// The texts of a field.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Node::Texts(Some(texts))) => texts,
            _ => &[],
        }
    }

    /// The texts by name of a field.
    pub fn text_map(&self, name: &str) -> impl Iterator<Item = (&String, &String)> {
        let entries = match self.get(name) {
            Some(Node::TextMap(entries)) => Some(entries),
            _ => None,
        };
        entries.into_iter().flatten()
    }

    /// The structure of a field, where there is one.
    pub fn section(&self, name: &str) -> Option<&Struct> {
        match self.get(name) {
            Some(Node::Struct(section)) => section.as_deref(),
            _ => None,
        }
    }

    /// The structures by name of a field.
    pub fn sections(&self, name: &str) -> impl Iterator<Item = (&String, &Struct)> {
        let sections = match self.get(name) {
            Some(Node::StructMap(sections)) => Some(sections),
            _ => None,
        };
        sections.into_iter().flatten()
    }
}
