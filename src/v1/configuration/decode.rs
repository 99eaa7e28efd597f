//! TOML to a configuration, with the leniency of Traefik 1.7's decoder: names in any case, unknown ones ignored.

use std::collections::BTreeMap;

use super::schema::{Field, Fields, ROOT, Shape};
use super::{Configuration, Node, Struct};
use crate::golang::duration::Duration;
use crate::golang::strconv::parse_int;
use crate::v1::toml::{Table, Toml};

/// A value of the wrong kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` takes {wanted}, not {found}")]
pub struct DecodeError {
    /// Where it stands.
    pub path: String,
    /// What the field takes.
    pub wanted: &'static str,
    /// What it was given.
    pub found: String,
}

/// Decodes a document.
///
/// # Errors
/// When a value is of the wrong kind. Something other than a table where names are mapped is ignored, not refused.
pub fn decode(document: &Table) -> Result<Configuration, DecodeError> {
    structure(ROOT, document, &mut Vec::new()).map(Configuration)
}

fn structure(fields: &'static Fields, table: &Table, path: &mut Vec<String>) -> Result<Struct, DecodeError> {
    let mut decoded = Struct::new(fields);
    for (key, value) in table {
        if let Some(at) = position(fields, key) {
            path.push(key.clone());
            decoded.values[at] = node(&fields[at], value, path)?;
            path.pop();
        }
    }
    Ok(decoded)
}

/// The field that a key means: the one of that name, else the first that differs in case alone.
fn position(fields: &Fields, key: &str) -> Option<usize> {
    let exact = fields.iter().position(|field| field.name == key);
    exact.or_else(|| fields.iter().position(|field| field.name.eq_ignore_ascii_case(key)))
}

fn node(field: &Field, value: &Toml, path: &mut Vec<String>) -> Result<Node, DecodeError> {
    match (field.shape, value) {
        (Shape::Text, Toml::Text(text)) => Ok(Node::Text(text.clone())),
        (Shape::Bool, Toml::Bool(value)) => Ok(Node::Bool(*value)),
        (Shape::Int, Toml::Int(number)) => Ok(Node::Int(*number)),
        (Shape::Duration, value) => duration(value, path),
        (Shape::Texts, Toml::Array(items)) => texts(items, path),
        (Shape::TextMap, Toml::Table(table)) => text_map(table, path),
        (Shape::Struct(fields), Toml::Table(table)) => {
            structure(fields, table, path).map(|inner| Node::Struct(Some(Box::new(inner))))
        }
        (Shape::StructMap(fields), Toml::Table(table)) => struct_map(fields, table, path),
        (Shape::TextMap | Shape::StructMap(_), _) => Ok(Node::zero(field.shape)),
        (shape, value) => Err(wrong(path, wanted(shape), value)),
    }
}

fn texts(items: &[Toml], path: &[String]) -> Result<Node, DecodeError> {
    let texts = items.iter().map(|item| text(item, path)).collect::<Result<_, _>>()?;
    Ok(Node::Texts(Some(texts)))
}

fn text_map(table: &Table, path: &mut Vec<String>) -> Result<Node, DecodeError> {
    let mut entries = BTreeMap::new();
    for (key, value) in table {
        path.push(key.clone());
        entries.insert(key.clone(), text(value, path)?);
        path.pop();
    }
    Ok(Node::TextMap(entries))
}

fn struct_map(fields: &'static Fields, table: &Table, path: &mut Vec<String>) -> Result<Node, DecodeError> {
    let mut sections = BTreeMap::new();
    for (key, value) in table {
        path.push(key.clone());
        let Toml::Table(inner) = value else { return Err(wrong(path, "a table", value)) };
        sections.insert(key.clone(), structure(fields, inner, path)?);
        path.pop();
    }
    Ok(Node::StructMap(sections))
}

fn text(value: &Toml, path: &[String]) -> Result<String, DecodeError> {
    match value {
        Toml::Text(text) => Ok(text.clone()),
        other => Err(wrong(path, "a text", other)),
    }
}

fn duration(value: &Toml, path: &[String]) -> Result<Node, DecodeError> {
    let text = match value {
        Toml::Text(text) => text.clone(),
        Toml::Int(number) => number.to_string(),
        Toml::Bool(value) => value.to_string(),
        Toml::Float(number) => format!("{number:.6}"),
        Toml::Date(date) => date.clone(),
        other => return Err(wrong(path, "a duration", other)),
    };
    let nanoseconds =
        period(&text).map_err(|found| DecodeError { path: path.join("."), wanted: "a duration", found })?;
    Ok(Node::Duration(nanoseconds))
}

/// Reads a length of time as v1 does: an integer is seconds, all else Go's; in nanoseconds.
///
/// # Errors
/// In Go's words.
pub(crate) fn period(text: &str) -> Result<i64, String> {
    match parse_int(text, 64) {
        Ok(seconds) => Ok(seconds.wrapping_mul(1_000_000_000)),
        Err(_) => text.parse::<Duration>().map(|duration| duration.0).map_err(|error| error.to_string()),
    }
}

fn wanted(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "a text",
        Shape::Bool => "a boolean",
        Shape::Int => "an integer",
        Shape::Duration => "a duration",
        Shape::Texts => "an array of texts",
        Shape::TextMap | Shape::Struct(_) | Shape::StructMap(_) => "a table",
    }
}

fn wrong(path: &[String], wanted: &'static str, found: &Toml) -> DecodeError {
    DecodeError { path: path.join("."), wanted, found: found.kind().to_owned() }
}
