//! Where in a file an option stands, by its path in the decoder's words: `providers.ecs.region`.

use std::ops::Range;

use super::document::{Item, Raw};
use crate::decode::same_name;

/// The place of the last name that a path leads to, or of the last one on the way that there is.
///
/// Of names that differ in case alone the last in byte order is meant, as when values are set.
pub(in crate::settings) fn place_of(item: &Item, path: &str) -> Option<Range<usize>> {
    let mut last = None;
    for entry in super::tree::sorted(item.value.entries()) {
        if let Some(rest) = after_name(path, &entry.name) {
            last = Some(place_below(&entry.item, rest).unwrap_or_else(|| entry.span.clone()));
        }
    }
    last
}

/// The place of the name that a path leads to in full, where it has a value.
pub(in crate::settings) fn exact_place_of(item: &Item, path: &str) -> Option<Range<usize>> {
    let entries = super::tree::sorted(item.value.entries());
    entries.into_iter().rev().find_map(|entry| match after_name(path, &entry.name)? {
        "" if matches!(entry.item.value, Raw::Null) => None,
        "" => Some(entry.span.clone()),
        rest => exact_place_of(&entry.item, rest),
    })
}

fn place_below(item: &Item, rest: &str) -> Option<Range<usize>> {
    if let Some((index, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let item = item.value.items().get(index.parse::<usize>().ok()?)?;
        return place_of(item, rest.trim_start_matches('.')).or_else(|| Some(item.span.clone()));
    }
    match &item.value {
        Raw::Map(_) if !rest.is_empty() => place_of(item, rest),
        _ => None,
    }
}

/// What follows a name at the beginning of a path, without the dot.
fn after_name<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    let length = path.char_indices().nth(name.chars().count()).map_or(path.len(), |(at, _)| at);
    let (start, rest) = path.split_at(length);
    if !same_name(start, name) {
        return None;
    }
    match rest.as_bytes().first() {
        None | Some(b'[') => Some(rest),
        Some(b'.') => Some(&rest[1..]),
        Some(_) => None,
    }
}
