//! From what a file holds to the tree that the decoder takes.
//!
//! Names come in byte order. A list of simple values is one text, its items between bars behind the number of their
//! Go kind; items that are maps stand below as `[0]`, `[1]` …

use std::ops::Range;

use super::document::{Entry, GoKind, Item, Raw, SyntaxError};
use crate::decode::{NodeId, Tree};
use crate::model::Text;

/// What stands between the items of a list.
pub(in crate::settings) const BAR: char = '\u{2551}';

/// The tree of the entries whose names are among `roots`; nothing where there is none of them.
///
/// # Errors
/// At the first value that has no place in a configuration: a date, a list in a list, a list with nothing as an item.
pub(in crate::settings) fn tree<'a>(
    item: &'a Item,
    root: &'a str,
    is_root: impl Fn(&str) -> bool,
) -> Result<Option<Tree<'a>>, SyntaxError> {
    let mut tree = Tree::new(root);
    let at = tree.root();
    for entry in sorted(item.value.entries()) {
        if is_root(&entry.name) {
            plant(&mut tree, at, entry)?;
        }
    }
    Ok((!tree.is_leaf(at)).then_some(tree))
}

/// The entries by name, those with the same name in the order of the file.
pub(super) fn sorted(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
}

fn plant<'a>(tree: &mut Tree<'a>, parent: NodeId, entry: &'a Entry) -> Result<(), SyntaxError> {
    match &entry.item.value {
        Raw::Null => {}
        Raw::Scalar(_, text) => {
            let at = tree.append(parent, &*entry.name);
            tree.set(at, text.clone());
        }
        Raw::Date => return Err(unsupported_field(entry)),
        Raw::List(items) => {
            let at = tree.append(parent, &*entry.name);
            for (index, item) in items.iter().enumerate() {
                if let Raw::Map(entries) = &item.value {
                    let at = tree.append(at, format!("[{index}]"));
                    plant_all(tree, at, entries)?;
                }
            }
            tree.set(at, joined(items)?);
        }
        Raw::Map(entries) => {
            let at = tree.append(parent, &*entry.name);
            plant_all(tree, at, entries)?;
        }
    }
    Ok(())
}

fn plant_all<'a>(tree: &mut Tree<'a>, at: NodeId, entries: &'a [Entry]) -> Result<(), SyntaxError> {
    sorted(entries).into_iter().try_for_each(|entry| plant(tree, at, entry))
}

/// The simple items of a list as one text; "" where there are none.
fn joined(items: &[Item]) -> Result<Text, SyntaxError> {
    let simple = simple_items(items)?;
    let Some((first, _)) = simple.first() else { return Ok(Text::default()) };
    let kind = if simple.iter().all(|(kind, _)| kind == first) { *first } else { GoKind::Text };
    let mut text = format!("{BAR}{}", kind as u8);
    for (_, item) in simple {
        text.push(BAR);
        text.push_str(item);
    }
    Ok(text.into())
}

/// The simple items of a list; those that are maps are left out.
///
/// # Errors
/// At an item that is neither.
pub(super) fn simple_items(items: &[Item]) -> Result<Vec<(GoKind, &str)>, SyntaxError> {
    let mut simple = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Raw::Scalar(kind, text) => simple.push((*kind, &**text)),
            Raw::Map(_) => {}
            Raw::Null => return Err(unsupported_item("invalid", &item.span)),
            Raw::Date => return Err(unsupported_item("struct", &item.span)),
            Raw::List(_) => return Err(unsupported_item("slice", &item.span)),
        }
    }
    Ok(simple)
}

pub(super) fn unsupported_field(entry: &Entry) -> SyntaxError {
    SyntaxError::new(format!("field {} uses unsupported type: struct", entry.name), entry.item.span.clone())
}

fn unsupported_item(kind: &str, span: &Range<usize>) -> SyntaxError {
    SyntaxError::new(format!("unsupported simple value type: {kind}"), span.clone())
}
