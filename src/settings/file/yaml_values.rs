//! From the nodes of a YAML document to values, as Go's `yaml.v3` makes them: aliases and merge keys are followed, the
//! same key twice is refused, and so is a document that its aliases would multiply beyond measure.

use std::collections::HashSet;
use std::ops::Range;

use super::document::{Entry, GoKind, Item, Raw, SyntaxError};
use super::yaml::{DEEPEST, Kind, Node, NodeId};
use super::yaml_scalar::{Scalar, resolve};
use crate::model::Text;

/// Makes values of nodes.
pub(super) struct Values<'a> {
    nodes: &'a [Node],
    /// How many nodes were visited, and how many of them below an alias.
    visited: u32,
    by_alias: u32,
    /// Aliases that are being followed.
    open: Vec<NodeId>,
}

impl<'a> Values<'a> {
    pub fn of(nodes: &'a [Node]) -> Self {
        Self { nodes, visited: 0, by_alias: 0, open: Vec::new() }
    }

    /// The value that a node comes to, at this depth.
    pub fn item(&mut self, id: NodeId, depth: usize) -> Result<Item, SyntaxError> {
        let nodes = self.nodes;
        let node = &nodes[id];
        let span = node.span.clone();
        self.visit(&span)?;
        if depth > DEEPEST {
            return Err(SyntaxError::new("values are nested too deep", span));
        }
        let value = match &node.kind {
            Kind::Alias(target) => {
                self.open.push(*target);
                let item = self.item(*target, depth + 1)?;
                self.open.pop();
                return Ok(item);
            }
            Kind::Scalar { .. } => scalar(node)?,
            Kind::Sequence(items) => {
                Raw::List(items.iter().map(|item| self.item(*item, depth + 1)).collect::<Result<_, _>>()?)
            }
            Kind::Mapping(_) => {
                let mut gathered = Gathered::default();
                self.mapping(id, depth, &mut gathered)?;
                Raw::Map(gathered.entries)
            }
        };
        Ok(Item { value, span })
    }

    /// Counts a visit; aliases may make up most of a small document and little of a large one.
    fn visit(&mut self, span: &Range<usize>) -> Result<(), SyntaxError> {
        const FEW: f64 = 400_000.0;
        const MANY: f64 = 4_000_000.0;
        self.visited += 1;
        self.by_alias += u32::from(!self.open.is_empty());
        let visited = f64::from(self.visited);
        let allowed = 0.99 - 0.89 * ((visited - FEW) / (MANY - FEW)).clamp(0.0, 1.0);
        if self.by_alias > 100 && self.visited > 1000 && f64::from(self.by_alias) / visited > allowed {
            return Err(SyntaxError::new("document contains excessive aliasing", span.clone()));
        }
        Ok(())
    }

    /// Adds the entries of a mapping to those that are there already, which stay; merged ones come last.
    fn mapping(&mut self, id: NodeId, depth: usize, gathered: &mut Gathered) -> Result<(), SyntaxError> {
        let nodes = self.nodes;
        let Kind::Mapping(pairs) = &nodes[id].kind else { return Ok(()) };
        self.check_unique(pairs)?;
        let mut merged = None;
        for pair in pairs.chunks_exact(2) {
            if self.is_merge(pair[0]) {
                merged = Some(pair[1]);
                continue;
            }
            let Some(key) = self.key(pair[0], depth + 1)? else { continue };
            let item = self.item(pair[1], depth + 1)?;
            gathered.add(key, nodes[pair[0]].span.clone(), item);
        }
        merged.map_or(Ok(()), |merged| self.merge(merged, depth + 1, gathered))
    }

    /// The same key twice is an error, whatever its type; keys that are aliases of one anchor are the same.
    fn check_unique(&self, pairs: &[NodeId]) -> Result<(), SyntaxError> {
        let mut seen = HashSet::new();
        for pair in pairs.chunks_exact(2) {
            let node = &self.nodes[pair[0]];
            let identity = match &node.kind {
                Kind::Scalar { text, .. } => (0, text.as_str(), 0),
                Kind::Sequence(_) => (1, "", 0),
                Kind::Mapping(_) => (2, "", 0),
                Kind::Alias(target) => (3, "", *target),
            };
            if !seen.insert(identity) {
                let message = format!("mapping key {:?} already defined", identity.1);
                return Err(SyntaxError::new(message, node.span.clone()));
            }
        }
        Ok(())
    }

    fn is_merge(&self, key: NodeId) -> bool {
        matches!(&self.nodes[key].kind,
            Kind::Scalar { text, tag, quoted } if text == "<<"
                && (!quoted && matches!(tag.as_str(), "" | "!") || tag == "!!merge"))
    }

    fn merge(&mut self, id: NodeId, depth: usize, gathered: &mut Gathered) -> Result<(), SyntaxError> {
        let nodes = self.nodes;
        let node = &nodes[id];
        let wanted = || SyntaxError::new("map merge requires map or sequence of maps as the value", node.span.clone());
        let sources = match &node.kind {
            Kind::Sequence(items) => items.clone(),
            _ => vec![id],
        };
        for source in sources {
            let (source, by_alias) = match &nodes[source].kind {
                Kind::Alias(target) => (*target, true),
                _ => (source, false),
            };
            if !matches!(nodes[source].kind, Kind::Mapping(_)) || depth > DEEPEST {
                return Err(wanted());
            }
            self.visit(&node.span)?;
            if by_alias {
                self.open.push(source);
            }
            self.mapping(source, depth + 1, gathered)?;
            if by_alias {
                self.open.pop();
            }
        }
        Ok(())
    }

    /// A scalar as it is written, through aliases.
    fn written(&self, id: NodeId) -> Text {
        match &self.nodes[id].kind {
            Kind::Scalar { text, .. } => text.as_str().into(),
            Kind::Alias(target) => self.written(*target),
            Kind::Sequence(_) | Kind::Mapping(_) => Text::default(),
        }
    }

    /// The key that a node is; none for null, which vanishes with its value.
    fn key(&mut self, id: NodeId, depth: usize) -> Result<Option<Key>, SyntaxError> {
        let nodes = self.nodes;
        let node = &nodes[id];
        Ok(match self.item(id, depth)?.value {
            Raw::Null => None,
            // The outermost map has texts for keys, so a number is the text that it was written as.
            Raw::Scalar(kind, text) if depth == 1 => Some(Key { name: self.written(id), value: (kind, text) }),
            Raw::Date if depth == 1 => Some(Key { name: self.written(id), value: (GoKind::Text, self.written(id)) }),
            Raw::Scalar(GoKind::Text, text) => Some(Key { name: text.clone(), value: (GoKind::Text, text) }),
            Raw::Scalar(kind, text) => Some(Key { name: kind.name().into(), value: (kind, text) }),
            Raw::Date => Some(Key { name: "<time.Time Value>".into(), value: (GoKind::Text, self.written(id)) }),
            Raw::List(_) | Raw::Map(_) => return Err(SyntaxError::new("invalid map key", node.span.clone())),
        })
    }
}

/// A key as Go has it, and the name that Traefik makes of it.
struct Key {
    name: Text,
    value: (GoKind, Text),
}

/// The entries of a mapping and of what is merged into it.
#[derive(Default)]
struct Gathered {
    entries: Vec<Entry>,
    known: HashSet<(u8, Text)>,
}

impl Gathered {
    /// Adds an entry, unless its key is there.
    fn add(&mut self, key: Key, span: Range<usize>, item: Item) {
        if self.known.insert((key.value.0 as u8, key.value.1)) {
            self.entries.push(Entry { name: key.name, span, item });
        }
    }
}

/// A scalar as a value; the merge key is a text where it merges nothing.
fn scalar(node: &Node) -> Result<Raw, SyntaxError> {
    Ok(match resolved(node)? {
        Scalar::Null => Raw::Null,
        Scalar::Value(kind, text) => Raw::Scalar(kind, text),
        Scalar::Date => Raw::Date,
        Scalar::Merge => Raw::Scalar(GoKind::Text, "<<".into()),
    })
}

/// What a scalar is: text where it has quotes and no tag.
fn resolved(node: &Node) -> Result<Scalar, SyntaxError> {
    let Kind::Scalar { text, tag, quoted } = &node.kind else { return Ok(Scalar::Null) };
    let tag = if *quoted && matches!(tag.as_str(), "" | "!") { "!!str" } else { tag };
    resolve(tag, text).map_err(|message| SyntaxError::new(message, node.span.clone()))
}
