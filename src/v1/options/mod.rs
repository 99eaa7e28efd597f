//! The options that labels set, in sections: what creates a section, what stands in it, and what each field is read
//! from. One table; the composer of the rendered text and the functions of custom templates walk it.

mod backend;
mod frontend;
mod named;

use std::collections::BTreeMap;

pub use backend::BACKEND;
pub use frontend::FRONTEND;

use super::labels::Reader;

/// A section that labels may create.
#[derive(Debug)]
pub struct Spec {
    /// The template function that gives it, such as `getLoadBalancer`.
    pub function: &'static str,
    /// Its TOML key.
    pub key: &'static str,
    /// What creates it.
    pub when: When,
    /// What stands in it, in the order in which it is rendered.
    pub rows: &'static [Row],
}

/// What creates a section.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// Any label that begins like this and isn't empty.
    Any(&'static str),
    /// This label, when it isn't empty.
    Filled(&'static str),
    /// This label, when it is true.
    True(&'static str),
    /// Something else.
    Asked(fn(&Reader<'_>) -> bool),
}

/// One field of a section.
#[derive(Debug)]
pub struct Row {
    /// The name that templates know it by.
    pub name: &'static str,
    /// Its TOML key.
    pub key: &'static str,
    /// What it is read from.
    pub from: From,
    /// Whether it is rendered when it is empty.
    pub rendered: Rendered,
}

/// Whether a field is rendered when it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rendered {
    /// It is.
    Always,
    /// Only when it isn't.
    Filled,
}

/// What a field is read from.
#[derive(Debug, Clone, Copy)]
pub enum From {
    /// A label, and what stands for it when it is missing or empty.
    Text(&'static str, &'static str),
    /// The same, rendered between three quotes so that it may hold line breaks.
    Lines(&'static str),
    /// A label, else false.
    Bool(&'static str),
    /// A label, else 0.
    Int(&'static str),
    /// A list.
    List(&'static str),
    /// A map with names of headers.
    Map(&'static str),
    /// A section of its own.
    Section(&'static Spec),
    /// Sections by names that the labels give.
    Sections(fn(&Reader<'_>) -> BTreeMap<String, Section>),
    /// Something else.
    Asked(fn(&Reader<'_>) -> Setting),
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// A text.
    Text(String),
    /// A text that may hold line breaks.
    Lines(String),
    /// A backend's name as a label has it; rendered with `backend-` before it.
    Backend(String),
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Nanoseconds; rendered as a Go duration.
    Duration(i64),
    /// A list.
    List(Vec<String>),
    /// Names and texts.
    Map(BTreeMap<String, String>),
    /// A section, where there is one.
    Section(Option<Section>),
    /// Sections by name.
    Sections(BTreeMap<String, Section>),
}

/// A section that was created.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its fields, in the order in which they are rendered.
    pub fields: Vec<SetField>,
}

/// One field of a section that was created.
#[derive(Debug, Clone, PartialEq)]
pub struct SetField {
    /// The name that templates know it by.
    pub name: &'static str,
    /// Its TOML key.
    pub key: &'static str,
    /// Its value.
    pub setting: Setting,
    /// Whether it is rendered when it is empty.
    pub rendered: Rendered,
}

impl Spec {
    /// The section that these labels create, if they do.
    pub fn read(&self, reader: &Reader<'_>) -> Option<Section> {
        let created = match self.when {
            When::Any(prefix) => reader.any(prefix),
            When::Filled(label) => reader.filled(label).is_some(),
            When::True(label) => reader.bool(label, false),
            When::Asked(ask) => ask(reader),
        };
        created.then(|| Section { fields: self.rows.iter().map(|row| row.read(reader)).collect() })
    }
}

impl Row {
    fn read(&self, reader: &Reader<'_>) -> SetField {
        let text = |label, default: &str| reader.filled(label).unwrap_or(default).to_owned();
        let setting = match self.from {
            From::Text(label, default) => Setting::Text(text(label, default)),
            From::Lines(label) => Setting::Lines(text(label, "")),
            From::Bool(label) => Setting::Bool(reader.bool(label, false)),
            From::Int(label) => Setting::Int(reader.int(label, 0)),
            From::List(label) => Setting::List(reader.list(label)),
            From::Map(label) => Setting::Map(reader.map(label)),
            From::Section(spec) => Setting::Section(spec.read(reader)),
            From::Sections(read) => Setting::Sections(read(reader)),
            From::Asked(ask) => ask(reader),
        };
        SetField { name: self.name, key: self.key, setting, rendered: self.rendered }
    }
}

impl Section {
    /// The value of a field, by the name that templates know it by.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.fields.iter().find(|field| field.name == name).map(|field| &field.setting)
    }
}

impl Setting {
    /// Whether it is empty, false, 0 or absent.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Lines(text) | Self::Backend(text) => text.is_empty(),
            Self::Bool(value) => !value,
            Self::Int(number) | Self::Duration(number) => *number == 0,
            Self::List(items) => items.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            Self::Section(section) => section.is_none(),
            Self::Sections(sections) => sections.is_empty(),
        }
    }
}

const fn row(name: &'static str, key: &'static str, from: From) -> Row {
    Row { name, key, from, rendered: Rendered::Always }
}

const fn filled(name: &'static str, key: &'static str, from: From) -> Row {
    Row { name, key, from, rendered: Rendered::Filled }
}
