//! The second phase: every name of a tree is found among the fields, before any value is looked at.

use super::error::{DecodeError, Problem};
use super::node::{NodeId, Tree};
use super::schema::{Field, Schema, Setting, Shape};
use super::value::TypeId;
use crate::nearest::nearest;

/// From which form a tree was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Labels, flags or variables.
    Labels,
    /// A file.
    File,
}

impl Field {
    /// How a form may set the field.
    pub fn setting(&self, origin: Origin) -> Setting {
        match origin {
            Origin::Labels => self.label,
            Origin::File => self.file,
        }
    }

    /// Whether the field is a list that this form writes as if it were its only item.
    pub(super) fn is_its_item(&self, origin: Origin) -> bool {
        origin == Origin::Labels && self.label_name.is_some()
    }

    fn name_in(&self, origin: Origin) -> &'static str {
        match origin {
            Origin::Labels => self.label_name.unwrap_or(self.name),
            Origin::File => self.name,
        }
    }
}

/// Finds the field of every name below the root, and which structures are switched off.
pub(super) fn check(schema: &Schema, tree: &mut Tree<'_>, root: TypeId, origin: Origin) -> Result<(), DecodeError> {
    let mut names = Names { schema, tree, origin };
    let top = names.tree.root();
    names.fields(root, top).map_err(|error| error.below(&names.tree.node(top).name))
}

struct Names<'s, 't, 'a> {
    schema: &'s Schema,
    tree: &'t mut Tree<'a>,
    origin: Origin,
}

impl Names<'_, '_, '_> {
    /// Runs over the names below a place and adds its own name to the path of an error.
    fn each(
        &mut self,
        at: NodeId,
        mut check: impl FnMut(&mut Self, NodeId) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut next = self.tree.first(at);
        while let Some(child) = next {
            check(self, child).map_err(|error| error.below(&self.tree.node(child).name))?;
            next = self.tree.next(child);
        }
        Ok(())
    }

    /// The names below a structure: its fields.
    fn fields(&mut self, kind: TypeId, at: NodeId) -> Result<(), DecodeError> {
        self.each(at, |names, child| names.field(kind, child))
    }

    fn field(&mut self, kind: TypeId, at: NodeId) -> Result<(), DecodeError> {
        let schema = self.schema;
        let name = &self.tree.node(at).name;
        let fields = schema.type_of(kind);
        let found = match self.origin {
            Origin::Labels => fields.in_labels(name),
            Origin::File => fields.in_files(name),
        };
        let Some((slot, field)) = found else { return Err(self.unknown(kind, at)) };
        self.tree.node_mut(at).field = slot;
        self.shape(field, at)
    }

    fn unknown(&self, kind: TypeId, at: NodeId) -> DecodeError {
        let name = self.tree.node(at).name.clone().into_owned();
        let known = self.known(kind).map(|field| field.name_in(self.origin));
        let nearest = nearest(&name, known).map(str::to_owned).or_else(|| self.one_further_down(kind, &name));
        DecodeError::new("", Problem::UnknownField { name, nearest })
    }

    /// The fields of a structure that may be named.
    fn known(&self, kind: TypeId) -> impl Iterator<Item = &Field> {
        let fields = self.schema.type_of(kind).fields.iter();
        let origin = self.origin;
        fields.filter(move |field| field.exists && field.setting(origin) != Setting::Hidden)
    }

    /// The path of a field of that name in a structure just below: what was left out is what is between.
    fn one_further_down(&self, kind: TypeId, name: &str) -> Option<String> {
        self.known(kind).find_map(|outer| {
            let mut inner = self.known(outer.shape.as_struct()?).map(|field| field.name_in(self.origin));
            let meant = inner.find(|known| super::fold::same(known, name))?;
            Some(format!("{}.{meant}", outer.name_in(self.origin)))
        })
    }

    /// What stands below a field fits its shape.
    fn shape(&mut self, field: &Field, at: NodeId) -> Result<(), DecodeError> {
        let leaf = self.tree.is_leaf(at);
        let setting = field.setting(self.origin);
        if field.shape.as_struct().is_some() || matches!(field.shape, Shape::Map(_)) {
            if leaf && setting == Setting::Plain {
                let name = self.tree.node(at).name.clone().into_owned();
                return Err(DecodeError::new("", Problem::Standalone { name, go_type: field.go_type }));
            }
            let node = self.tree.node_mut(at);
            let off =
                node.value.as_deref().is_some_and(|value| !value.is_empty() && !value.eq_ignore_ascii_case("true"));
            node.disabled = off && setting == Setting::AllowEmpty;
        }
        if leaf {
            return Ok(());
        }
        if let Some(kind) = field.shape.as_struct() {
            return self.fields(kind, at);
        }
        match &field.shape {
            Shape::Map(inner) => self.entries(inner, at),
            Shape::List(inner) => self.items(field, inner, at),
            shape => {
                let name = self.tree.node(at).name.clone().into_owned();
                Err(DecodeError::new("", Problem::NotNested { name, kind: shape.go_kind(field.go_type) }))
            }
        }
    }

    /// The names below a map are keys of our own choice; structures in it have fields again.
    fn entries(&mut self, inner: &Shape, at: NodeId) -> Result<(), DecodeError> {
        match inner.as_struct() {
            Some(kind) => self.each(at, |names, child| names.fields(kind, child)),
            None => Ok(()),
        }
    }

    /// The names below a list are its items, whatever they are called; an item that is no structure has no names.
    fn items(&mut self, field: &Field, inner: &Shape, at: NodeId) -> Result<(), DecodeError> {
        match inner.as_struct() {
            Some(kind) if field.is_its_item(self.origin) => self.fields(kind, at),
            Some(kind) => self.each(at, |names, child| names.fields(kind, child)),
            None => self.each(at, |names, child| {
                names.each(child, |names, below| {
                    let name = names.tree.node(below).name.clone().into_owned();
                    Err(DecodeError::new("", Problem::UnknownField { name, nearest: None }))
                })
            }),
        }
    }
}

impl Shape {
    /// The kind of the type, as Go's reflection names it.
    fn go_kind(&self, go_type: &'static str) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Text => "string",
            Self::Int(64) if go_type == "int" => "int",
            Self::Int(32) => "int32",
            Self::Int(_) | Self::Duration => "int64",
            Self::Uint(_) => "uint32",
            Self::Float => "float64",
            Self::Any => "interface",
            Self::Struct(_) => "struct",
            Self::Optional(_) => "ptr",
            Self::List(_) => "slice",
            Self::Map(_) => "map",
        }
    }
}
