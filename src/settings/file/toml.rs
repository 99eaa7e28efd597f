//! A TOML file as Go's `BurntSushi/toml` reads it: events become tables.
//!
//! The parser knows TOML 1.1, as the Go package does; which key may follow which is the package's own idea, looser than
//! the specification's: dotted keys extend inline tables, and a dotted key may replace a list.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_parser::decoder::ScalarKind;
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ParseError, Source, Span};

use super::document::{Entry, GoKind, Item, Raw, SyntaxError, float_text};
use crate::model::Text;

/// How deep values may be nested.
const DEEPEST: u32 = 200;

/// How many parts of keys may lead to a value, headers and inline tables taken together.
const LONGEST: usize = 500;

/// The outermost table of a TOML text.
pub(super) fn read(text: &str) -> Result<Item, SyntaxError> {
    if let Some(at) = text.find('\0') {
        return Err(SyntaxError::new("files can't contain NUL bytes", at..at + 1));
    }
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let (mut events, mut error) = (Vec::<Event>::new(), None::<ParseError>);
    {
        let mut checked = ValidateWhitespace::new(&mut events, source);
        let mut guarded = RecursionGuard::new(&mut checked, DEEPEST);
        parse_document(&tokens, &mut guarded, &mut error);
    }
    fail(error, text)?;
    let mut reader = Reader { source, events: &events, at: 0, root: Table::default(), header: Vec::new(), depth: 0 };
    reader.document()?;
    Ok(Item { value: reader.root.into_raw(), span: 0..text.len() })
}

fn fail(error: Option<ParseError>, text: &str) -> Result<(), SyntaxError> {
    let Some(error) = error else { return Ok(()) };
    let span = error.unexpected().or(error.context()).map_or(text.len()..text.len(), range);
    Err(SyntaxError::new(error.description(), span))
}

fn too_deep(event: &Event) -> SyntaxError {
    SyntaxError::new("keys are nested too deep", range(event.span()))
}

fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// A table that is being put together.
#[derive(Debug, Default)]
struct Table {
    entries: BTreeMap<Text, Kept>,
    /// Made by what stands below it alone: a header may still name it.
    implicit: bool,
    span: Range<usize>,
}

#[derive(Debug)]
struct Kept {
    span: Range<usize>,
    node: Node,
}

#[derive(Debug)]
enum Node {
    /// A simple value or a list of values.
    Value(Item),
    /// `[x]`, an inline table, or what a dotted key made.
    Table(Table),
    /// `[[x]]`.
    Tables(Vec<Table>),
}

impl Table {
    fn into_raw(self) -> Raw {
        let entries = self.entries.into_iter().map(|(name, kept)| {
            let item = match kept.node {
                Node::Value(item) => item,
                Node::Table(table) => table.into_item(),
                Node::Tables(tables) => {
                    let items = tables.into_iter().map(Self::into_item).collect();
                    Item { value: Raw::List(items), span: kept.span.clone() }
                }
            };
            Entry { name, span: kept.span, item }
        });
        Raw::Map(entries.collect())
    }

    fn into_item(self) -> Item {
        let span = self.span.clone();
        Item { value: self.into_raw(), span }
    }

    /// The table below, by a dotted key: whatever else a list held gives way to it.
    fn step_dotted(&mut self, part: &Part) -> Result<&mut Self, SyntaxError> {
        let kept = self.entries.entry(part.name.clone()).or_insert_with(|| part.implicit());
        if matches!(&kept.node, Node::Value(item) if matches!(item.value, Raw::List(_))) {
            *kept = part.implicit();
        }
        match &mut kept.node {
            Node::Table(table) => Ok(table),
            Node::Tables(tables) => tables.last_mut().ok_or_else(|| part.defined()),
            Node::Value(_) => Err(part.defined()),
        }
    }

    /// The table below, by a header.
    fn step_header(&mut self, part: &Part) -> Result<&mut Self, SyntaxError> {
        let kept = self.entries.entry(part.name.clone()).or_insert_with(|| part.implicit());
        match &mut kept.node {
            Node::Table(table) => Ok(table),
            Node::Tables(tables) => tables.last_mut().ok_or_else(|| part.defined()),
            Node::Value(_) => Err(part.defined()),
        }
    }

    /// Sets the value of a key.
    fn set(&mut self, part: &Part, node: Node) -> Result<(), SyntaxError> {
        match self.entries.get_mut(&part.name) {
            None => {
                self.entries.insert(part.name.clone(), Kept { span: part.span.clone(), node });
                Ok(())
            }
            // A value for a table that dotted keys made is dropped, and the table is then taken for defined.
            Some(Kept { node: Node::Table(table), .. }) if table.implicit && matches!(node, Node::Value(_)) => {
                table.implicit = false;
                Ok(())
            }
            Some(_) => Err(part.defined()),
        }
    }
}

/// One part of a key.
#[derive(Debug, Clone)]
struct Part {
    name: Text,
    span: Range<usize>,
}

impl Part {
    fn implicit(&self) -> Kept {
        let table = Table { implicit: true, span: self.span.clone(), ..Table::default() };
        Kept { span: self.span.clone(), node: Node::Table(table) }
    }

    fn defined(&self) -> SyntaxError {
        SyntaxError::new(format!("key `{}` has already been defined", self.name), self.span.clone())
    }
}

/// Puts tables together from events.
struct Reader<'a> {
    source: Source<'a>,
    events: &'a [Event],
    at: usize,
    root: Table,
    /// The header that keys stand under.
    header: Vec<Part>,
    /// How many parts of keys lead to where it is.
    depth: usize,
}

impl Reader<'_> {
    /// The next event that means something.
    fn next(&mut self) -> Option<Event> {
        while let Some(event) = self.events.get(self.at) {
            self.at += 1;
            if !matches!(event.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline) {
                return Some(*event);
            }
        }
        None
    }

    fn document(&mut self) -> Result<(), SyntaxError> {
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::StdTableOpen => {
                    self.header = self.key(None, EventKind::StdTableClose)?;
                    self.depth = self.header.len();
                    self.open_table()?;
                }
                EventKind::ArrayTableOpen => {
                    self.header = self.key(None, EventKind::ArrayTableClose)?;
                    self.depth = self.header.len();
                    self.open_tables()?;
                }
                EventKind::SimpleKey => {
                    let key = self.key(Some(event), EventKind::KeyValSep)?;
                    let node = self.value_of(&key)?;
                    let mut table = &mut self.root;
                    for part in &self.header {
                        table = table.step_header(part)?;
                    }
                    assign(table, &key, node)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The parts of a key up to the event that ends it.
    fn key(&mut self, first: Option<Event>, end: EventKind) -> Result<Vec<Part>, SyntaxError> {
        let mut parts = Vec::new();
        let mut next = first.or_else(|| self.next());
        while let Some(event) = next.filter(|event| event.kind() != end) {
            if event.kind() == EventKind::SimpleKey {
                parts.push(self.part(&event)?);
            }
            if parts.len() > LONGEST {
                return Err(too_deep(&event));
            }
            next = self.next();
        }
        Ok(parts)
    }

    fn part(&self, event: &Event) -> Result<Part, SyntaxError> {
        let (mut name, mut error) = (std::borrow::Cow::Borrowed(""), None::<ParseError>);
        if let Some(raw) = self.source.get(event) {
            raw.decode_key(&mut name, &mut error);
        }
        fail(error, self.source.input())?;
        Ok(Part { name: name.as_ref().into(), span: range(event.span()) })
    }

    fn open_table(&mut self) -> Result<(), SyntaxError> {
        let Some((last, parents)) = self.header.split_last() else { return Ok(()) };
        let mut table = &mut self.root;
        for part in parents {
            table = table.step_header(part)?;
        }
        let new = Table { span: last.span.clone(), ..Table::default() };
        match table.entries.get_mut(&last.name).map(|kept| &mut kept.node) {
            None => {
                let kept = Kept { span: last.span.clone(), node: Node::Table(new) };
                table.entries.insert(last.name.clone(), kept);
                Ok(())
            }
            Some(Node::Table(table)) if table.implicit => {
                table.implicit = false;
                Ok(())
            }
            Some(_) => Err(last.defined()),
        }
    }

    fn open_tables(&mut self) -> Result<(), SyntaxError> {
        let Some((last, parents)) = self.header.split_last() else { return Ok(()) };
        let mut table = &mut self.root;
        for part in parents {
            table = table.step_header(part)?;
        }
        let first = || Kept { span: last.span.clone(), node: Node::Tables(Vec::new()) };
        match &mut table.entries.entry(last.name.clone()).or_insert_with(first).node {
            Node::Tables(tables) => {
                tables.push(Table { span: last.span.clone(), ..Table::default() });
                Ok(())
            }
            _ => Err(last.defined()),
        }
    }

    /// The value of a key, which lies as deep as the key has parts.
    fn value_of(&mut self, key: &[Part]) -> Result<Node, SyntaxError> {
        self.depth += key.len();
        if let Some(part) = key.last().filter(|_| self.depth > LONGEST) {
            return Err(SyntaxError::new("keys are nested too deep", part.span.clone()));
        }
        let node = self.value();
        self.depth -= key.len();
        node
    }

    fn value(&mut self) -> Result<Node, SyntaxError> {
        let Some(event) = self.next() else { return Ok(Node::Value(Item { value: Raw::Null, span: 0..0 })) };
        let span = range(event.span());
        Ok(match event.kind() {
            EventKind::ArrayOpen => Node::Value(Item { value: Raw::List(self.items()?), span }),
            EventKind::InlineTableOpen => Node::Table(self.inline_table(span)?),
            _ => Node::Value(Item { value: self.scalar(&event)?, span }),
        })
    }

    fn items(&mut self) -> Result<Vec<Item>, SyntaxError> {
        let mut items = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::ArrayClose => break,
                EventKind::ValueSep => continue,
                _ => self.at -= 1,
            }
            items.push(match self.value()? {
                Node::Value(item) => item,
                Node::Table(table) => table.into_item(),
                Node::Tables(_) => continue,
            });
        }
        Ok(items)
    }

    fn inline_table(&mut self, span: Range<usize>) -> Result<Table, SyntaxError> {
        let mut table = Table { span, ..Table::default() };
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::InlineTableClose => break,
                EventKind::SimpleKey => {
                    let key = self.key(Some(event), EventKind::KeyValSep)?;
                    self.check_same_line()?;
                    let node = self.value_of(&key)?;
                    assign(&mut table, &key, node)?;
                }
                _ => {}
            }
        }
        Ok(table)
    }

    /// A value begins on the line of its `=`, in inline tables too.
    fn check_same_line(&self) -> Result<(), SyntaxError> {
        let mut between = self.events[self.at..].iter();
        let next = between.find(|event| event.kind() != EventKind::Whitespace);
        match next.filter(|event| matches!(event.kind(), EventKind::Newline | EventKind::Comment)) {
            Some(event) => Err(SyntaxError::new("expected a value", range(event.span()))),
            None => Ok(()),
        }
    }

    fn scalar(&self, event: &Event) -> Result<Raw, SyntaxError> {
        let (mut text, mut error) = (std::borrow::Cow::Borrowed(""), None::<ParseError>);
        let Some(raw) = self.source.get(event) else { return Ok(Raw::Null) };
        let kind = raw.decode_scalar(&mut text, &mut error);
        fail(error, self.source.input())?;
        let wrong = |what: &str| SyntaxError::new(format!("`{}` {what}", raw.as_str()), range(event.span()));
        Ok(match kind {
            ScalarKind::String => Raw::Scalar(GoKind::Text, text.as_ref().into()),
            ScalarKind::Boolean(value) => Raw::Scalar(GoKind::Bool, if value { "true" } else { "false" }.into()),
            ScalarKind::DateTime => {
                let date = text.parse::<toml::value::Datetime>();
                date.map_err(|_| wrong("is no date or time"))?;
                Raw::Date
            }
            ScalarKind::Float => {
                let value: f64 = text.parse().map_err(|_| wrong("is no number"))?;
                if value.is_infinite() && !text.contains("inf") {
                    return Err(wrong("is too large for a number"));
                }
                Raw::Scalar(GoKind::Float64, float_text(value))
            }
            ScalarKind::Integer(radix) => {
                let value = i64::from_str_radix(&text, radix.value());
                Raw::Scalar(GoKind::Int64, value.map_err(|_| wrong("is too large for an integer"))?.to_string().into())
            }
        })
    }
}

fn assign(table: &mut Table, key: &[Part], node: Node) -> Result<(), SyntaxError> {
    let Some((last, parents)) = key.split_last() else { return Ok(()) };
    let mut table = table;
    for part in parents {
        table = table.step_dotted(part)?;
    }
    table.set(last, node)
}
