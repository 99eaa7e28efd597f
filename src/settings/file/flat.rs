//! A file as flat names and values: how the search for removed options sees it.

use std::collections::BTreeMap;

use super::document::{Entry, Item, Raw, SyntaxError};
use super::tree::{BAR, simple_items, sorted, unsupported_field};
use crate::decode::typed_list;
use crate::model::Text;

/// Why a file can't be made flat.
#[derive(Debug)]
pub(in crate::settings) enum Unreadable {
    /// A value has no place in a configuration, or is not what it says.
    Value(String),
    /// An empty name inside: Traefik crashes.
    Crash,
}

impl From<SyntaxError> for Unreadable {
    fn from(error: SyntaxError) -> Self {
        Self::Value(error.message)
    }
}

/// Every value by its path, dots of names included.
pub(in crate::settings) fn labels(item: &Item, root: &str) -> Result<BTreeMap<Text, Text>, Unreadable> {
    let mut labels = BTreeMap::new();
    for entry in present(item.value.entries()) {
        add(entry, &format!("{root}.{}", entry.name), &mut labels)?;
    }
    Ok(labels)
}

/// The entries that are there, by name.
fn present(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    sorted(entries).into_iter().filter(|entry| !matches!(entry.item.value, Raw::Null))
}

fn add(entry: &Entry, path: &str, labels: &mut BTreeMap<Text, Text>) -> Result<(), Unreadable> {
    match &entry.item.value {
        Raw::Null => {}
        Raw::Date => return Err(unsupported_field(entry).into()),
        Raw::Scalar(_, text) => {
            if let Some(problem) = typed_list(text, BAR).and_then(Result::err) {
                return Err(Unreadable::Value(problem.to_string()));
            }
            labels.insert(path.into(), text.clone());
        }
        Raw::List(items) => {
            if items.is_empty() {
                labels.insert(path.into(), Text::default());
            }
            simple_items(items)?;
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                match &item.value {
                    Raw::Scalar(_, text) => {
                        labels.insert(path.into(), text.clone());
                    }
                    Raw::Map(entries) => add_all(entries, &path, labels)?,
                    Raw::Null | Raw::Date | Raw::List(_) => {}
                }
            }
        }
        Raw::Map(entries) => add_all(entries, path, labels)?,
    }
    Ok(())
}

/// A map whose first name looks like an index is taken for a list.
fn add_all(entries: &[Entry], path: &str, labels: &mut BTreeMap<Text, Text>) -> Result<(), Unreadable> {
    let entries: Vec<&Entry> = present(entries).collect();
    let Some(first) = entries.first() else {
        labels.insert(path.into(), Text::default());
        return Ok(());
    };
    if first.name.is_empty() {
        return Err(Unreadable::Crash);
    }
    let list = first.name.starts_with('[') && first.name.ends_with(']');
    for (index, entry) in entries.iter().enumerate() {
        let path = if list { format!("{path}[{index}]") } else { format!("{path}.{}", entry.name) };
        add(entry, &path, labels)?;
    }
    Ok(())
}
