//! The front for labels: keys split at dots, in byte order, into one tree.

use std::collections::BTreeMap;

use super::error::{DecodeError, Problem};
use super::fold::same;
use super::node::Tree;
use crate::model::Text;

/// Whether a key begins with one of the texts, whatever its case. A prefix is a text, not a row of names:
/// `traefik.httpx` begins with `traefik.http`.
pub fn starts_with_any(key: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| key.get(..prefix.len()).is_some_and(|start| same(start, prefix)))
}

/// The tree of the labels that begin with one of the prefixes; nothing where none does.
///
/// # Errors
/// The first key, in byte order, that can't be split: another root, an empty name, a bracket out of place.
pub fn label_tree<'a>(
    labels: &'a BTreeMap<Text, Text>,
    root: &'a str,
    prefixes: &[&str],
) -> Result<Option<Tree<'a>>, DecodeError> {
    let mut tree = None;
    for (key, value) in labels {
        if starts_with_any(key, prefixes) {
            plant(tree.get_or_insert_with(|| Tree::new(root)), key, value, root)?;
        }
    }
    Ok(tree)
}

/// Puts one label into the tree. Where a part of its key is wrong the tree is of no use any more.
fn plant<'a>(tree: &mut Tree<'a>, key: &'a str, value: &Text, root: &str) -> Result<(), DecodeError> {
    let mut parts = parts(key);
    let found = parts.next().unwrap_or_default();
    if found != root {
        return Err(DecodeError::new(key, Problem::Root { found: found.to_owned() }));
    }
    let mut at = tree.root();
    for part in parts {
        check(key, part)?;
        let (name, index) = split_index(part);
        at = tree.child(at, name);
        if let Some(index) = index {
            at = tree.child(at, index);
        }
    }
    tree.set(at, value.clone());
    Ok(())
}

/// What stands between the dots of a key. Keys are short, so that a byte is looked at faster than searched for.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(key);
    std::iter::from_fn(move || {
        let text = rest?;
        let dot = text.bytes().position(|byte| byte == b'.');
        rest = dot.map(|dot| &text[dot + 1..]);
        Some(dot.map_or(text, |dot| &text[..dot]))
    })
}

fn check(key: &str, part: &str) -> Result<(), DecodeError> {
    let wrong = |problem| Err(DecodeError::new(key, problem));
    match (part.as_bytes().first(), part.as_bytes().last()) {
        (None, _) => wrong(Problem::EmptyElement { key: key.to_owned() }),
        (Some(b'['), _) => wrong(Problem::LeadingBracket { part: part.to_owned() }),
        (_, Some(b']')) if !part.contains('[') => wrong(Problem::UnbalancedBracket),
        _ => Ok(()),
    }
}

/// `domains[0]` is `[0]` below `domains`.
fn split_index(part: &str) -> (&str, Option<&str>) {
    if !part.ends_with(']') {
        return (part, None);
    }
    match part.find('[') {
        Some(bracket) => (&part[..bracket], Some(&part[bracket..])),
        None => (part, None),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{label_tree, starts_with_any};
    use crate::model::Text;

    fn error(keys: &[&str]) -> Option<String> {
        let labels: BTreeMap<Text, Text> = keys.iter().map(|key| (Text::from(*key), Text::default())).collect();
        label_tree(&labels, "traefik", &["traefik."]).err().map(|error| error.to_string())
    }

    #[test]
    fn a_prefix_is_a_text_in_any_case() {
        assert!(starts_with_any("TRAEFIK.HTTPX", &["traefik.http"]));
        assert!(!starts_with_any("traefik.htt", &["traefik.http"]));
        assert!(starts_with_any("trae\u{fb01}", &["trae"]));
        assert!(!starts_with_any("trae\u{fb01}", &["traefi"]));
    }

    #[test]
    fn the_first_wrong_key_is_told_and_of_it_the_first_part() {
        assert_eq!(error(&["traefik.a[0].b", "other"]), None);
        assert_eq!(error(&["TRAEFIK.a", "traefik..b"]).as_deref(), Some("invalid label root TRAEFIK"));
        assert_eq!(error(&["traefik.a..b]"]).as_deref(), Some("invalid element: traefik.a..b]"));
        assert_eq!(
            error(&["traefik.[0]"]).as_deref(),
            Some("invalid leading character '[' in field name (bracket is a slice delimiter): [0]")
        );
        assert_eq!(error(&["traefik.a]"]).as_deref(), Some("runtime error: slice bounds out of range [:-1]"));
    }
}
