//! A YAML file as Go's `yaml.v3` reads it: events become nodes, nodes become values.
//!
//! The parser is strict YAML 1.2; where the Go package, a descendant of libyaml, takes less or more, this module says
//! so (see [`yaml_refusals`](super::yaml_refusals) too): line breaks of YAML 1.1, duplicate keys, merge keys, and how
//! far aliases may multiply a document.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::document::{Entry, GoKind, Item, Raw, SyntaxError};
use super::yaml_refusals::{Shelter, check_escapes, check_flow_plain, check_key, check_tabs, check_text};
use super::yaml_scalar::{Scalar, resolve};
use crate::model::Text;

/// How deep values may be nested. The Go package goes deeper, no configuration does.
const DEEPEST: usize = 500;

/// The first document of a YAML text; `Null` where there is none.
pub(super) fn read(text: &str) -> Result<Item, SyntaxError> {
    check_text(text)?;
    let text = with_plain_breaks(text);
    let reader = parse(text.into_owned())?;
    let Some(root) = reader.root else { return Ok(Item { value: Raw::Null, span: 0..0 }) };
    Values { nodes: &reader.nodes, visited: 0, by_alias: 0, open: Vec::new() }.item(root, 0)
}

/// Parses the first document, and takes what a stricter parser would not: comments right behind a value, and anything
/// behind an outermost pair of braces.
fn parse(mut text: String) -> Result<Reader, SyntaxError> {
    const MOST_COMMENTS: usize = 100;
    for _ in 0..MOST_COMMENTS {
        let mut reader = Reader::default();
        let Err(problem) = reader.document(&text) else { return Ok(reader) };
        match problem {
            Problem::Comment(at) => text.insert(at, ' '),
            Problem::Behind(at) if text.trim_start().starts_with('{') => text.truncate(at),
            Problem::Behind(at) => return Err(SyntaxError::new("misplaced bracket or brace", at..at)),
            Problem::Syntax(error) => return Err(error),
        }
    }
    Err(SyntaxError::new("comments must be separated from other tokens by whitespace", 0..0))
}

/// Why a document can't be parsed as it stands.
enum Problem {
    /// A comment right behind a value.
    Comment(usize),
    /// A bracket or a brace that closes nothing.
    Behind(usize),
    Syntax(SyntaxError),
}

impl From<SyntaxError> for Problem {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// The line breaks that YAML 1.2 no longer has, and the Go package still takes, as ordinary ones.
fn with_plain_breaks(text: &str) -> Cow<'_, str> {
    const OLD: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
    if text.contains(OLD) { Cow::Owned(text.replace(OLD, "\n")) } else { Cow::Borrowed(text) }
}

type NodeId = usize;

/// One node of the document, before aliases and merges are followed.
struct Node {
    kind: Kind,
    span: Range<usize>,
}

enum Kind {
    /// Its text, its tag in short form ("" for none), and whether it has quotes or is a block.
    Scalar {
        text: String,
        tag: String,
        quoted: bool,
    },
    Sequence(Vec<NodeId>),
    /// Keys and values in turn.
    Mapping(Vec<NodeId>),
    Alias(NodeId),
}

/// Makes nodes of events.
#[derive(Default)]
struct Reader {
    nodes: Vec<Node>,
    root: Option<NodeId>,
    open: Vec<NodeId>,
    anchors: HashMap<usize, NodeId>,
    /// Where tabs are ordinary white space.
    sheltered: Vec<(Range<usize>, Shelter)>,
    /// How many brackets and braces are open.
    flows: usize,
}

impl Reader {
    fn document(&mut self, text: &str) -> Result<(), Problem> {
        let mut options = granit_parser::options! {
            bom_inside_document_as_content: true,
            block_scalar_eof_without_line_feed: true,
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        options.set_emit_comments(false);
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                match error.kind() {
                    ErrorKind::CommentNotSeparated => Problem::Comment(at),
                    ErrorKind::MisplacedFlowCollectionEnd => Problem::Behind(at),
                    _ => SyntaxError::new(error.info(), at..at).into(),
                }
            })?;
            let range = range(&span, text);
            match event {
                Event::DocumentEnd => break,
                Event::DocumentStart(_, Some(version)) if (version.major, version.minor) != (1, 1) => {
                    return Err(SyntaxError::new("found incompatible YAML document", range).into());
                }
                event => self.take(event, &range, text)?,
            }
            if self.root.is_some() && self.open.is_empty() && text.trim_start().starts_with('{') {
                break;
            }
        }
        Ok(check_tabs(text, &self.sheltered)?)
    }

    fn take(&mut self, event: Event<'_>, range: &Range<usize>, text: &str) -> Result<(), SyntaxError> {
        let (kind, anchor) = match event {
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor) else {
                    return Err(SyntaxError::new("unknown anchor referenced", range.clone()));
                };
                if self.open.contains(target) {
                    return Err(SyntaxError::new("the value of an anchor contains itself", range.clone()));
                }
                (Kind::Alias(*target), 0)
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.check_scalar(&value, style, range, text)?;
                let quoted = style != ScalarStyle::Plain;
                let kind = Kind::Scalar { text: value.into_owned(), tag: short_tag(tag.as_deref()), quoted };
                (kind, anchor)
            }
            Event::SequenceStart(style, anchor, _) => {
                self.flows += usize::from(style == StructureStyle::Flow);
                (Kind::Sequence(Vec::new()), anchor)
            }
            Event::MappingStart(style, anchor, _) => {
                self.flows += usize::from(style == StructureStyle::Flow);
                (Kind::Mapping(Vec::new()), anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(range, text);
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.add(Node { kind, span: range.clone() }, anchor);
        Ok(())
    }

    fn check_scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        range: &Range<usize>,
        text: &str,
    ) -> Result<(), SyntaxError> {
        if style == ScalarStyle::DoubleQuoted {
            check_escapes(text, range)?;
        }
        if style != ScalarStyle::Plain {
            self.sheltered.push((range.clone(), Shelter::Anywhere));
            return Ok(());
        }
        if self.flows > 0 {
            check_flow_plain(value, range)?;
        }
        if range.is_empty() && self.key_is_next() {
            check_key(text, range)?;
        }
        let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = text[line..].len() - text[line..].trim_start_matches(' ').len();
        let blank = text[range.end..].len() - text[range.end..].trim_start().len();
        self.sheltered.push((range.start..range.end + blank, Shelter::From(indent + 1)));
        Ok(())
    }

    /// Whether the next node is a key of the mapping that is open.
    fn key_is_next(&self) -> bool {
        let open = self.open.last().map(|open| &self.nodes[*open].kind);
        matches!(open, Some(Kind::Mapping(pairs)) if pairs.len().is_multiple_of(2))
    }

    fn close(&mut self, range: &Range<usize>, text: &str) {
        let Some(closed) = self.open.pop() else { return };
        let span = &mut self.nodes[closed].span;
        span.end = range.end;
        if text[span.start..].starts_with(['[', '{']) {
            self.flows = self.flows.saturating_sub(1);
            self.sheltered.push((span.clone(), Shelter::Anywhere));
        }
    }

    fn add(&mut self, node: Node, anchor: usize) {
        let id = self.nodes.len();
        let opens = matches!(node.kind, Kind::Sequence(_) | Kind::Mapping(_));
        self.nodes.push(node);
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        match self.open.last().map(|open| &mut self.nodes[*open].kind) {
            Some(Kind::Sequence(inner) | Kind::Mapping(inner)) => inner.push(id),
            _ => self.root = self.root.or(Some(id)),
        }
        if opens {
            self.open.push(id);
        }
    }
}

fn range(span: &Span, text: &str) -> Range<usize> {
    span.byte_range().unwrap_or(text.len()..text.len())
}

fn short_tag(tag: Option<&Tag>) -> String {
    let Some(tag) = tag else { return String::new() };
    let whole = format!("{}{}", tag.handle(), tag.suffix());
    whole.strip_prefix("tag:yaml.org,2002:").map_or(whole.clone(), |short| format!("!!{short}"))
}

/// Makes values of nodes.
struct Values<'a> {
    nodes: &'a [Node],
    /// How many nodes were visited, and how many of them below an alias.
    visited: u32,
    by_alias: u32,
    /// Aliases that are being followed.
    open: Vec<NodeId>,
}

impl Values<'_> {
    fn item(&mut self, id: NodeId, depth: usize) -> Result<Item, SyntaxError> {
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
