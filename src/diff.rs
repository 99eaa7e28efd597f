//! What changes between two dynamic configurations, element by element.
//!
//! It compares trees: where they came from, and how a difference is shown, is decided elsewhere.

mod rollout;

use std::collections::{BTreeMap, BTreeSet};

pub use rollout::{Rollout, rollout};
use serde_json::{Map, Value};

/// One element that is not the same on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where it stands: `http.routers`, `tls.stores`.
    pub section: String,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub kind: ChangeKind,
}

/// What became of an element.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// Only the second side has it.
    Added(Value),
    /// Only the first side has it.
    Removed(Value),
    /// Both have it, and differ.
    Changed {
        /// The fields that differ, in the order of their paths; servers aside.
        fields: Vec<FieldChange>,
        /// The servers that came and went.
        servers: Servers,
    },
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Its path in the element: `loadBalancer.sticky.cookie.name`.
    pub path: String,
    /// What the first side has; nothing where it is absent.
    pub before: Option<Value>,
    /// What the second side has.
    pub after: Option<Value>,
}

/// Servers that came and went. Their order is no difference: it decides no route.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Servers {
    /// Those that only the second side has.
    pub added: Vec<Value>,
    /// Those that only the first side has.
    pub removed: Vec<Value>,
}

impl Servers {
    /// Whether both sides have the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// The path of a service's servers.
const SERVERS: &str = "loadBalancer.servers";

/// Every element in which two configurations differ, in the order of sections and names.
pub fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let (mut before, mut after) = (elements(before), elements(after));
    let places: BTreeSet<_> = before.keys().chain(after.keys()).cloned().collect();
    let changed = places.into_iter().filter_map(|place| {
        let kind = match (before.remove(&place), after.remove(&place)) {
            (Some(before), Some(after)) => changed(before, after)?,
            (Some(before), None) => ChangeKind::Removed(before.clone()),
            (None, Some(after)) => ChangeKind::Added(after.clone()),
            (None, None) => return None,
        };
        let (section, name) = place;
        Some(Change { section, name, kind })
    });
    changed.collect()
}

/// The elements of a configuration by section and name.
fn elements(tree: &Map<String, Value>) -> BTreeMap<(String, String), &Value> {
    let mut found = BTreeMap::new();
    for (protocol, sections) in tree {
        for (section, named) in sections.as_object().into_iter().flatten() {
            match named.as_object() {
                Some(named) => {
                    let path = format!("{protocol}.{section}");
                    found.extend(named.iter().map(|(name, element)| ((path.clone(), name.clone()), element)));
                }
                // A list such as the certificates of a file.
                None => drop(found.insert((protocol.clone(), section.clone()), named)),
            }
        }
    }
    found
}

/// How an element changes, if it does.
fn changed(before: &Value, after: &Value) -> Option<ChangeKind> {
    if before == after {
        return None;
    }
    let mut found = Found::default();
    found.between("", Some(before), Some(after));
    let Found { fields, servers } = found;
    (!fields.is_empty() || !servers.is_empty()).then_some(ChangeKind::Changed { fields, servers })
}

#[derive(Default)]
struct Found {
    fields: Vec<FieldChange>,
    servers: Servers,
}

impl Found {
    /// Goes down where both sides are structures, and tells a difference where it can go no further.
    fn between(&mut self, path: &str, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        if path == SERVERS {
            self.servers = moved(before, after);
            return;
        }
        if let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) {
            for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                self.between(&inner, before.get(name), after.get(name));
            }
            return;
        }
        self.fields.push(FieldChange { path: path.to_owned(), before: before.cloned(), after: after.cloned() });
    }
}

/// The servers of two lists that the other doesn't have; of several equal ones each counts.
fn moved(before: Option<&Value>, after: Option<&Value>) -> Servers {
    let list = |side: Option<&Value>| side.and_then(Value::as_array).cloned().unwrap_or_default();
    let (before, after) = (list(before), list(after));
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for server in &before {
        *left.entry(server.to_string()).or_default() += 1;
    }
    let mut take = |server: &Value| match left.get_mut(&server.to_string()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let added = after.into_iter().filter(|server| !take(server)).collect();
    let removed = before.into_iter().filter(|server| take(server)).collect();
    Servers { added, removed }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{ChangeKind, FieldChange, changes};

    fn tree(value: &Value) -> Map<String, Value> {
        value.as_object().expect("a configuration is an object").clone()
    }

    fn with_servers(urls: &[&str]) -> Map<String, Value> {
        let servers: Vec<_> = urls.iter().map(|url| json!({ "url": url })).collect();
        tree(&json!({ "http": { "services": { "s": { "loadBalancer": { "servers": servers } } } } }))
    }

    #[test]
    fn elements_come_go_and_change() {
        let before = tree(&json!({ "http": { "routers": { "a": { "rule": "x" }, "b": { "rule": "y", "tls": {} } } } }));
        let after = tree(&json!({ "http": { "routers": { "b": { "rule": "z" }, "c": {} } } }));
        let found = changes(&before, &after);
        assert_eq!(found.iter().map(|change| change.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(found[0].kind, ChangeKind::Removed(json!({ "rule": "x" })));
        assert_eq!(found[2].kind, ChangeKind::Added(json!({})));
        let ChangeKind::Changed { fields, servers } = &found[1].kind else { panic!("{found:?}") };
        assert!(servers.is_empty());
        assert_eq!(
            *fields,
            [
                FieldChange { path: "rule".into(), before: Some(json!("y")), after: Some(json!("z")) },
                FieldChange { path: "tls".into(), before: Some(json!({})), after: None },
            ]
        );
    }

    #[test]
    fn servers_move_and_their_order_is_nothing() {
        assert!(changes(&with_servers(&["a", "b"]), &with_servers(&["b", "a"])).is_empty());
        let found = changes(&with_servers(&["a", "a", "b"]), &with_servers(&["a", "c"]));
        let [change] = found.as_slice() else { panic!("{found:?}") };
        let ChangeKind::Changed { fields, servers } = &change.kind else { panic!("{found:?}") };
        assert!(fields.is_empty());
        assert_eq!(
            (&servers.added, &servers.removed),
            (&vec![json!({"url": "c"})], &vec![json!({"url": "a"}), json!({"url": "b"})])
        );
    }

    #[test]
    fn a_list_beside_the_sections_is_one_element() {
        let before = tree(&json!({ "tls": { "certificates": [] } }));
        let found = changes(&before, &tree(&json!({ "tls": { "certificates": [{ "certFile": "x" }] } })));
        assert_eq!((found[0].section.as_str(), found[0].name.as_str()), ("tls", "certificates"));
    }
}
