//! A schema: which fields a configuration has, of which kind, with which defaults, and who may set them.
//!
//! Traefik reads labels, flags, variables and files with one decoder; what differs is the table. A table is rows of
//! JSON (see [`Row`](super::table::Row)), made into a schema once for each release. Structures and slots have the same
//! numbers in every release: a field that a release lacks keeps its slot and is never found.

use crate::model::Text;

use super::fold::same;
use super::value::{Slot, Struct, TypeId, Value};

/// The fields of a whole configuration, as one release has them.
#[derive(Debug)]
pub struct Schema {
    pub(super) types: Vec<StructType>,
    pub(super) joins_keys: bool,
}

/// One structure of a schema.
#[derive(Debug)]
pub struct StructType {
    /// Where it stands: `http.routers.*`; empty for the root.
    pub path: &'static str,
    /// Its fields, in the order in which Traefik prints them.
    pub fields: Vec<Field>,
    /// The structure as it comes into being.
    pub(super) fresh: Struct,
}

/// One field of a structure.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name as files spell it: `entryPoints`.
    pub name: &'static str,
    /// The name under which labels set a list as if it were its only item: `server` for `servers`.
    pub label_name: Option<&'static str>,
    /// Whether this release has it.
    pub exists: bool,
    /// The type as Go prints it in errors: `*dynamic.Router`.
    pub go_type: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// The value that it has when the structure around it comes into being.
    pub default: Value,
    /// How labels, flags and variables may set it.
    pub label: Setting,
    /// How files may set it.
    pub file: Setting,
    /// Whether JSON shows it.
    pub in_json: bool,
    /// Whether it is left out of JSON, TOML and YAML when it is zero or empty.
    pub omit_empty: bool,
    /// Whether its value must not be logged.
    pub secret: bool,
}

/// How one form may set a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// By a value, or by what stands below it.
    #[default]
    Plain,
    /// Also on its own: an empty value or `true` makes the structure, any other switches it and all below it off.
    AllowEmpty,
    /// Not at all: its name and those below it are checked, then ignored.
    Hidden,
}

/// What a field, an item or an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Go's `bool`.
    Bool,
    /// Go's `string`, or a type made of it.
    Text,
    /// A signed integer of so many bits.
    Int(u8),
    /// An unsigned integer of so many bits.
    Uint(u8),
    /// Go's `float64`.
    Float,
    /// A duration: an integer of seconds, or as Go writes it.
    Duration,
    /// Anything: text, lists and maps as they come.
    Any,
    /// A structure of the schema.
    Struct(TypeId),
    /// A pointer: absent, or what it points to.
    Optional(Box<Shape>),
    /// A list.
    List(Box<Shape>),
    /// A map from text.
    Map(Box<Shape>),
}

impl Shape {
    /// The shape behind the pointer, if it is one.
    pub fn pointed(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner,
            _ => self,
        }
    }

    /// The structure that this is or points to.
    pub fn as_struct(&self) -> Option<TypeId> {
        match self.pointed() {
            Self::Struct(id) => Some(*id),
            _ => None,
        }
    }

    /// The zero value of Go's type.
    pub fn zero(&self) -> Value {
        match self {
            Self::Bool => Value::Bool(false),
            Self::Text => Value::Text(Text::default()),
            Self::Int(_) | Self::Uint(_) => Value::Int(0),
            Self::Float => Value::Float(0.0),
            Self::Duration => Value::Duration(0),
            Self::Any | Self::Struct(_) | Self::Optional(_) | Self::List(_) | Self::Map(_) => Value::Absent,
        }
    }
}

impl Schema {
    /// The structure that a whole configuration is.
    pub const ROOT: TypeId = TypeId(0);

    /// A structure by its number.
    ///
    /// # Panics
    /// When the number is another schema's.
    pub fn type_of(&self, id: TypeId) -> &StructType {
        &self.types[id.index()]
    }

    /// The structure that stands at a path such as `http.routers.*`.
    pub fn type_at(&self, path: &str) -> Option<TypeId> {
        let index = self.types.iter().position(|kind| kind.path == path)?;
        u16::try_from(index).ok().map(TypeId)
    }

    /// A structure as it comes into being, with its defaults.
    pub fn new_struct(&self, id: TypeId) -> Struct {
        self.type_of(id).fresh.clone()
    }

    /// Whether keys of maps of texts may have dots in them: v3.0 to v3.2 cut them off at the first.
    pub(super) fn joins_keys(&self) -> bool {
        self.joins_keys
    }

    /// Every structure.
    pub fn types(&self) -> &[StructType] {
        &self.types
    }
}

impl StructType {
    /// The field that files call so, exactly.
    pub fn slot(&self, name: &str) -> Option<Slot> {
        let index = self.fields.iter().position(|field| field.name == name)?;
        u16::try_from(index).ok().map(Slot)
    }

    /// Every field with its slot, those that the release lacks included.
    pub fn slots(&self) -> impl Iterator<Item = (Slot, &Field)> {
        (0..).map(Slot).zip(&self.fields)
    }

    /// The field of a slot.
    pub fn field(&self, slot: Slot) -> &Field {
        &self.fields[slot.index()]
    }

    /// The field that a name in labels means, whatever its case.
    pub(super) fn in_labels(&self, name: &str) -> Option<(Slot, &Field)> {
        self.find(name, |field| field.label_name.unwrap_or(field.name))
    }

    /// The field that a name in a file means, whatever its case.
    pub(super) fn in_files(&self, name: &str) -> Option<(Slot, &Field)> {
        self.find(name, |field| field.name)
    }

    fn find(&self, name: &str, known: impl Fn(&Field) -> &'static str) -> Option<(Slot, &Field)> {
        // Names of fields are ASCII, so that another one folds to them only where it isn't.
        let fits: fn(&str, &str) -> bool = if name.is_ascii() { str::eq_ignore_ascii_case } else { same };
        self.slots().find(|(_, field)| field.exists && fits(known(field), name))
    }
}
