//! The third phase: values are converted, each into what its field holds.

use super::error::{DecodeError, Problem};
use super::free::{FreeMap, flat_entries};
use super::names::Origin;
use super::node::{NodeId, Tree};
use super::schema::{Field, Schema, Setting, Shape};
use super::value::{Struct, Value};
use crate::golang::duration::Duration;
use crate::golang::strconv::{parse_bool, parse_float, parse_int, parse_uint};
use crate::model::Text;

/// Between the items of a list that a file gives as a list; see [`items_of`].
const BAR: char = '\u{2551}';

const SECOND: i64 = 1_000_000_000;

/// Sets in a structure what the tree says. The names of the tree have been checked.
pub(super) fn fill(schema: &Schema, tree: &Tree<'_>, target: &mut Struct, origin: Origin) -> Result<(), DecodeError> {
    let root = tree.root();
    let values = Values { schema, tree, origin };
    values.structure(target, root).map_err(|error| error.below(&tree.node(root).name))
}

struct Values<'s, 't, 'a> {
    schema: &'s Schema,
    tree: &'t Tree<'a>,
    origin: Origin,
}

impl Values<'_, '_, '_> {
    fn structure(&self, target: &mut Struct, at: NodeId) -> Result<(), DecodeError> {
        let schema = self.schema;
        let kind = schema.type_of(target.kind());
        for child in self.tree.children(at) {
            let node = self.tree.node(child);
            let field = kind.field(node.field);
            if node.disabled || field.setting(self.origin) == Setting::Hidden {
                continue;
            }
            let place = target.get_mut(node.field);
            self.field(field, place, child).map_err(|error| error.below(&node.name))?;
        }
        Ok(())
    }

    fn field(&self, field: &Field, place: &mut Value, at: NodeId) -> Result<(), DecodeError> {
        match &field.shape {
            Shape::List(inner) if inner.as_struct().is_some() && field.is_its_item(self.origin) => {
                if self.tree.is_leaf(at) {
                    let name = self.tree.node(at).name.clone().into_owned();
                    return Err(DecodeError::new("", Problem::NoItem { name }));
                }
                let mut item = self.fresh(inner);
                self.shape(inner, &mut item, at)?;
                *place = Value::list(vec![item]);
                Ok(())
            }
            shape => self.shape(shape, place, at),
        }
    }

    /// A value as it comes into being where there was none.
    fn fresh(&self, shape: &Shape) -> Value {
        match shape.pointed() {
            Shape::Struct(kind) => Value::Struct(self.schema.new_struct(*kind)),
            other => other.zero(),
        }
    }

    fn shape(&self, shape: &Shape, place: &mut Value, at: NodeId) -> Result<(), DecodeError> {
        match shape {
            Shape::Optional(inner) => {
                if place.is_absent() {
                    *place = self.fresh(inner);
                }
                self.shape(inner, place, at)
            }
            Shape::Struct(_) => {
                if place.is_absent() {
                    *place = self.fresh(shape);
                }
                match place.as_struct_mut() {
                    Some(target) => self.structure(target, at),
                    None => Ok(()),
                }
            }
            Shape::List(inner) if inner.as_struct().is_some() => self.structures(inner, place, at),
            Shape::List(inner) => self.list(inner, place, at),
            Shape::Map(inner) => self.map(inner, place, at),
            plain => {
                *place = scalar(plain, self.text(at)).map_err(|problem| DecodeError::new("", problem))?;
                Ok(())
            }
        }
    }

    fn text(&self, at: NodeId) -> Scalar<'_> {
        match &self.tree.node(at).value {
            Some(text) => Scalar::Shared(text),
            None => Scalar::Part(""),
        }
    }

    /// One structure for each name below.
    fn structures(&self, inner: &Shape, place: &mut Value, at: NodeId) -> Result<(), DecodeError> {
        let mut items = Vec::new();
        for child in self.tree.children(at) {
            let mut item = self.fresh(inner);
            self.shape(inner, &mut item, child).map_err(|error| error.below(&self.tree.node(child).name))?;
            items.push(item);
        }
        *place = Value::list(items);
        Ok(())
    }

    /// Plain items. Without a value the list stays what it was: names below it count for nothing.
    fn list(&self, inner: &Shape, place: &mut Value, at: NodeId) -> Result<(), DecodeError> {
        let text = self.tree.node(at).value.as_deref().unwrap_or_default();
        if text.is_empty() {
            return Ok(());
        }
        let items = items_of(text, self.origin).map(|item| scalar(inner, Scalar::Part(item.trim_matches(is_go_space))));
        let items: Result<_, Problem> = items.collect();
        *place = Value::list(items.map_err(|problem| DecodeError::new("", problem))?);
        Ok(())
    }

    fn map(&self, inner: &Shape, place: &mut Value, at: NodeId) -> Result<(), DecodeError> {
        let entries = place.map_mut();
        match inner {
            Shape::Any => return FreeMap::of(self.tree, self.origin).fill(entries, at),
            Shape::Text if self.schema.joins_keys() => {
                flat_entries(self.tree, at, entries);
                return Ok(());
            }
            _ => {}
        }
        for child in self.tree.children(at) {
            let name = &self.tree.node(child).name;
            let mut value = self.fresh(inner);
            self.shape(inner, &mut value, child).map_err(|error| error.below(name))?;
            entries.insert(Text::from(name.as_ref()), value);
        }
        Ok(())
    }
}

/// The text of a plain value: shared where it is a whole one.
#[derive(Clone, Copy)]
enum Scalar<'a> {
    Shared(&'a Text),
    Part(&'a str),
}

impl Scalar<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Shared(text) => text,
            Self::Part(text) => text,
        }
    }
}

fn scalar(shape: &Shape, text: Scalar<'_>) -> Result<Value, Problem> {
    let given = text.as_str();
    Ok(match shape {
        Shape::Bool => Value::Bool(parse_bool(given).map_err(Problem::Value)?),
        Shape::Int(bits) => Value::Int(parse_int(given, *bits).map_err(Problem::Value)?),
        Shape::Uint(bits) => {
            let value = parse_uint(given, *bits).map_err(Problem::Value)?;
            Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
        }
        Shape::Float => Value::Float(parse_float(given).map_err(Problem::Value)?),
        Shape::Duration => Value::Duration(duration(given)?),
        _ => Value::Text(match text {
            Scalar::Shared(text) => text.clone(),
            Scalar::Part(text) => Text::from(text),
        }),
    })
}

/// An integer is a number of seconds, and overflows in silence; anything else is read as Go's duration.
fn duration(text: &str) -> Result<i64, Problem> {
    match parse_int(text, 64) {
        Ok(seconds) => Ok(seconds.wrapping_mul(SECOND)),
        Err(_) => text.parse::<Duration>().map(|duration| duration.0).map_err(Problem::Duration),
    }
}

/// The items of a list's text, split at commas. A file's list is handed on as one text: a bar, the number of Go's kind
/// of its items, and the items, all with bars between; a text from a file that has a bar in it is taken for one.
fn items_of(text: &str, origin: Origin) -> impl Iterator<Item = &str> {
    let (separator, skipped) = if origin == Origin::File && text.contains(BAR) { (BAR, 2) } else { (',', 0) };
    text.split(separator).skip(skipped)
}

/// Go's white space, as `strings.TrimSpace` takes it.
fn is_go_space(c: char) -> bool {
    c.is_whitespace()
}
