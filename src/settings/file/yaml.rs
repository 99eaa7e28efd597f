//! A YAML file as Go's `yaml.v3` reads it: events become nodes, and nodes become values in
//! [`yaml_values`](super::yaml_values).
//!
//! The parser is strict YAML 1.2; where the Go package, a descendant of libyaml, takes more, the text is mended before
//! it is parsed again: line breaks of YAML 1.1, comments right behind a value, plain texts that end in a colon. Where it
//! takes less, see [`yaml_refusals`](super::yaml_refusals).

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span, StructureStyle, Tag};

use super::document::{Item, Raw, SyntaxError};
use super::yaml_refusals::{
    Shelter, check_escapes, check_flow_key, check_flow_plain, check_key, check_tabs, check_text,
};
use super::yaml_values::Values;

/// How deep values may be nested. The Go package goes deeper, no configuration does.
pub(super) const DEEPEST: usize = 500;

/// The first document of a YAML text; `Null` where there is none.
pub(super) fn read(text: &str) -> Result<Item, SyntaxError> {
    check_text(text)?;
    let text = with_plain_breaks(text);
    let reader = parse(text.into_owned())?;
    let Some(root) = reader.root else { return Ok(Item { value: Raw::Null, span: 0..0 }) };
    Values::of(&reader.nodes).item(root, 0)
}

/// Parses the first document, and takes what a stricter parser would not: comments right behind a value, plain texts
/// that end in a colon, and anything behind an outermost pair of braces.
fn parse(mut text: String) -> Result<Reader, SyntaxError> {
    const MOST_MENDED: usize = 100;
    let mut mended = Mended::default();
    for _ in 0..MOST_MENDED {
        let mut reader = Reader::default();
        let Err(problem) = reader.document(&text) else {
            for node in &mut reader.nodes {
                node.span = mended.original(&node.span);
            }
            return Ok(reader);
        };
        match problem {
            Problem::Comment(at) => mended.replace(&mut text, at..at, " "),
            Problem::Colon(plain) => {
                let quoted = format!("'{}'", text[plain.clone()].replace('\'', "''"));
                mended.replace(&mut text, plain, &quoted);
            }
            Problem::Behind(at) if text.trim_start().starts_with('{') => text.truncate(at),
            Problem::Behind(at) => {
                return Err(SyntaxError::new("misplaced bracket or brace", mended.original(&(at..at))));
            }
            Problem::Syntax(error) => return Err(SyntaxError { span: mended.original(&error.span), ..error }),
        }
    }
    Err(SyntaxError::new("comments must be separated from other tokens by whitespace", 0..0))
}

/// Where a text was changed before it was parsed, and by how much: users are shown places of what they wrote.
#[derive(Default)]
struct Mended(Vec<(Range<usize>, usize)>);

impl Mended {
    fn replace(&mut self, text: &mut String, range: Range<usize>, new: &str) {
        text.replace_range(range.clone(), new);
        self.0.push((range, new.len()));
    }

    fn original(&self, span: &Range<usize>) -> Range<usize> {
        self.before(span.start)..self.before(span.end)
    }

    fn before(&self, at: usize) -> usize {
        self.0.iter().rev().fold(at, |at, (range, new)| match at.checked_sub(range.start) {
            None | Some(0) => at,
            Some(inside) if inside < *new => range.start + (inside - 1).min(range.len()),
            Some(behind) => range.end + (behind - new),
        })
    }
}

/// Why a document can't be parsed as it stands.
enum Problem {
    /// A comment right behind a value.
    Comment(usize),
    /// A plain text between brackets or braces, with the colon that it ends in.
    Colon(Range<usize>),
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

pub(super) type NodeId = usize;

/// One node of the document, before aliases and merges are followed.
pub(super) struct Node {
    pub kind: Kind,
    pub span: Range<usize>,
}

pub(super) enum Kind {
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
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
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

    fn take(&mut self, event: Event<'_>, range: &Range<usize>, text: &str) -> Result<(), Problem> {
        let (kind, anchor) = match event {
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor) else {
                    return Err(SyntaxError::new("unknown anchor referenced", range.clone()).into());
                };
                if self.open.contains(target) {
                    return Err(SyntaxError::new("the value of an anchor contains itself", range.clone()).into());
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
    ) -> Result<(), Problem> {
        if self.flows > 0 && self.key_is_next() {
            check_flow_key(text, range)?;
        }
        if style == ScalarStyle::DoubleQuoted {
            check_escapes(text, range)?;
        }
        if style != ScalarStyle::Plain {
            self.sheltered.push((range.clone(), Shelter::Anywhere));
            return Ok(());
        }
        if self.flows > 0 {
            check_flow_plain(value, range)?;
            if ends_in_colon(&text[range.end..]) && !range.is_empty() {
                return Err(Problem::Colon(range.start..range.end + 1));
            }
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

/// Whether what follows a plain text between brackets or braces still belongs to it: a colon before something else than
/// a blank is no indicator there.
fn ends_in_colon(rest: &str) -> bool {
    rest.strip_prefix(':').is_some_and(|behind| behind.starts_with([',', '[', ']', '{', '}']))
}

fn range(span: &Span, text: &str) -> Range<usize> {
    span.byte_range().unwrap_or(text.len()..text.len())
}

fn short_tag(tag: Option<&Tag>) -> String {
    let Some(tag) = tag else { return String::new() };
    let whole = format!("{}{}", tag.handle(), tag.suffix());
    whole.strip_prefix("tag:yaml.org,2002:").map_or(whole.clone(), |short| format!("!!{short}"))
}

#[cfg(test)]
mod tests {
    use super::super::document::Raw;
    use super::read;

    #[test]
    fn places_are_those_of_the_text_as_it_is_written() {
        let text = "a: \"x\"# said\nb: [it's:]\nc: here\n";
        let Ok(Raw::Map(entries)) = read(text).map(|item| item.value) else { panic!("it is a map") };
        let shown: Vec<&str> = entries.iter().map(|entry| text[entry.item.span.clone()].trim_end()).collect();
        assert_eq!(shown, ["\"x\"", "[it's:]", "here"]);
        for wrong in ["[.:]", "providers: [providers':]a"] {
            if let Err(error) = read(wrong) {
                assert!(error.span.end <= wrong.len(), "{wrong}: {:?}", error.span);
            }
        }
    }
}
