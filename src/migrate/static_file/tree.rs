//! Trees of options, by their paths.

use serde_json::{Map, Value};

use crate::v1::toml::{Table, Toml};

/// A tree of options, as it is written to a file.
pub type Tree = Map<String, Value>;

/// Sets an option; what stands in its way is replaced.
pub(super) fn put(tree: &mut Tree, path: &[&str], value: Value) {
    let Some((last, sections)) = path.split_last() else { return };
    let mut at = tree;
    for section in sections {
        let inner = at.entry(*section).or_insert_with(|| Value::Object(Tree::new()));
        if !inner.is_object() {
            *inner = Value::Object(Tree::new());
        }
        let Value::Object(inner) = inner else { return };
        at = inner;
    }
    at.insert((*last).to_owned(), value);
}

/// A section that is there by being named; what is in it stays.
pub(super) fn open(tree: &mut Tree, path: &[&str]) {
    if !has(tree, path) {
        put(tree, path, Value::Object(Tree::new()));
    }
}

/// Adds an item to a list.
pub(super) fn push(tree: &mut Tree, path: &[&str], item: Value) {
    match get_mut(tree, path) {
        Some(Value::Array(items)) => items.push(item),
        _ => put(tree, path, Value::Array(vec![item])),
    }
}

/// Whether an option or a section is there.
pub(super) fn has(tree: &Tree, path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    match tree.get(*first) {
        Some(_) if rest.is_empty() => true,
        Some(Value::Object(inner)) => has(inner, rest),
        _ => false,
    }
}

fn get_mut<'t>(tree: &'t mut Tree, path: &[&str]) -> Option<&'t mut Value> {
    let (first, rest) = path.split_first()?;
    let value = tree.get_mut(*first)?;
    match value {
        _ if rest.is_empty() => Some(value),
        Value::Object(inner) => get_mut(inner, rest),
        _ => None,
    }
}

/// A value of TOML as it stands.
pub(super) fn json(value: &Toml) -> Value {
    match value {
        Toml::Text(text) | Toml::Date(text) => Value::from(text.as_str()),
        Toml::Int(number) => Value::from(*number),
        Toml::Float(number) => Value::from(*number),
        Toml::Bool(value) => Value::from(*value),
        Toml::Array(items) => items.iter().map(json).collect(),
        Toml::Tables(tables) => tables.iter().map(of_table).collect(),
        Toml::Table(table) => of_table(table),
    }
}

fn of_table(table: &Table) -> Value {
    Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
}

/// The tables of a list, however it is written.
pub(super) fn tables(value: &Toml) -> Vec<&Table> {
    match value {
        Toml::Tables(tables) => tables.iter().collect(),
        Toml::Table(table) => vec![table],
        Toml::Array(items) => items.iter().flat_map(self::tables).collect(),
        _ => Vec::new(),
    }
}

/// An option of a table by its name, in any case.
pub(super) fn find<'t>(table: &'t Table, name: &str) -> Option<&'t Toml> {
    table.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Whether an option is on.
pub(super) fn is_on(table: &Table, name: &str) -> bool {
    find(table, name) == Some(&Toml::Bool(true))
}

/// A text of a table that isn't empty.
pub(super) fn text<'t>(table: &'t Table, name: &str) -> Option<&'t str> {
    find(table, name).and_then(Toml::as_text).filter(|text| !text.is_empty())
}
