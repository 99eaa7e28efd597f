//! A whole dynamic configuration.

use std::sync::LazyLock;

use super::schema::schema;
use super::section::Section;
use crate::decode::{Entries, Form, Schema, Struct, Value};
use crate::model::{Release, Text};

static NOTHING: Entries = Entries::new();

/// A configuration that nothing is set in.
static EMPTY: LazyLock<Struct> = LazyLock::new(|| {
    let schema = schema(Release::default());
    let mut root = schema.new_struct(Schema::ROOT);
    for (slot, field) in schema.type_of(Schema::ROOT).slots() {
        let inner = field.shape.as_struct().expect("the root consists of structures");
        *root.get_mut(slot) = Value::Struct(schema.new_struct(inner));
    }
    root
});

/// A whole dynamic configuration, or one container's part of it: sections of named elements.
///
/// `http`, `tcp`, `udp` and `tls` are always there, as in Traefik's own; the sections in them come with their first
/// element. Equality is Go's deep equality.
#[derive(Debug, Clone, PartialEq)]
pub struct Configuration {
    pub(super) root: Struct,
}

impl Default for Configuration {
    fn default() -> Self {
        Self { root: EMPTY.clone() }
    }
}

impl Configuration {
    /// What was decoded, as the root of the tree.
    pub fn of(root: Struct) -> Self {
        Self { root }
    }

    /// The root of the tree.
    pub fn root(&self) -> &Struct {
        &self.root
    }

    /// The elements of a section, none where it is absent.
    pub fn entries(&self, section: Section) -> &Entries {
        let place = section.place();
        self.root.get(place.outer).as_struct().and_then(|outer| outer.get(place.map).as_map()).unwrap_or(&NOTHING)
    }

    /// The elements of a section to change; an absent one comes into being, empty.
    pub fn entries_mut(&mut self, section: Section) -> &mut Entries {
        self.section_mut(section).map_mut()
    }

    /// The elements of a section in byte order of their names.
    pub fn elements(&self, section: Section) -> impl Iterator<Item = (&Text, &Struct)> {
        self.entries(section).iter().filter_map(|(name, value)| value.as_struct().map(|element| (name, element)))
    }

    /// One element.
    pub fn get(&self, section: Section, name: &str) -> Option<&Struct> {
        self.entries(section).get(name)?.as_struct()
    }

    /// One element to change.
    pub fn get_mut(&mut self, section: Section, name: &str) -> Option<&mut Struct> {
        if !self.entries(section).contains_key(name) {
            return None;
        }
        self.entries_mut(section).get_mut(name)?.as_struct_mut()
    }

    /// Puts an element in, in place of one of that name.
    pub fn insert(&mut self, section: Section, name: Text, element: Struct) {
        self.entries_mut(section).insert(name, Value::Struct(element));
    }

    /// Makes a section of elements, in whatever order they come. It is there then, even when it is empty.
    pub fn fill(&mut self, section: Section, elements: impl IntoIterator<Item = (Text, Struct)>) {
        let elements = elements.into_iter().map(|(name, element)| (name, Value::Struct(element)));
        *self.section_mut(section) = Value::Map(Box::new(elements.collect()));
    }

    /// Takes an element out; the section stays, even when it is empty then.
    pub fn remove(&mut self, section: Section, name: &str) -> Option<Struct> {
        if !self.entries(section).contains_key(name) {
            return None;
        }
        match self.entries_mut(section).remove(name)? {
            Value::Struct(element) => Some(element),
            _ => None,
        }
    }

    /// Takes a whole section out; it is absent then.
    pub fn clear(&mut self, section: Section) {
        *self.section_mut(section) = Value::Absent;
    }

    /// The configuration with Traefik's JSON names, as its API would give it.
    pub fn json(&self, release: Release) -> serde_json::Value {
        serde_json::Value::Object(schema(release).encode(&self.root, Form::Json))
    }

    fn section_mut(&mut self, section: Section) -> &mut Value {
        let place = section.place();
        let outer = self.root.get_mut(place.outer);
        if outer.is_absent() {
            let schema = schema(Release::default());
            let kind = schema.type_of(Schema::ROOT).field(place.outer).shape.as_struct();
            *outer = Value::Struct(schema.new_struct(kind.expect("the root consists of structures")));
        }
        outer.as_struct_mut().expect("the root consists of structures").get_mut(place.map)
    }
}
