//! A configuration as Traefik's own JSON has it, and the values that this JSON leaves out.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema::Shown;
use super::{Configuration, Node, Struct};

impl Configuration {
    /// As Traefik's API prints it: `{}` where there is nothing.
    pub fn json(&self) -> Value {
        self.0.json()
    }

    /// What the JSON never shows, by its path (`frontends/x/auth/basic/users`): users joined with commas, and keys.
    pub fn hidden(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        self.0.hidden(&mut Vec::new(), &mut found);
        found
    }
}

impl Struct {
    /// As JSON.
    pub fn json(&self) -> Value {
        let fields = self.fields.iter().zip(&self.values);
        let shown = fields.filter(|(field, value)| match field.shown {
            Shown::Always => true,
            Shown::Filled => value.is_filled(),
            Shown::Never => false,
        });
        Value::Object(shown.map(|(field, value)| (field.json.to_owned(), value.json())).collect())
    }

    fn hidden(&self, path: &mut Vec<String>, found: &mut BTreeMap<String, String>) {
        for (field, value) in self.fields.iter().zip(&self.values) {
            path.push(field.json.to_owned());
            match value {
                Node::Text(text) if field.shown == Shown::Never && !text.is_empty() => {
                    found.insert(path.join("/"), text.clone());
                }
                Node::Texts(Some(texts)) if field.shown == Shown::Never && !texts.is_empty() => {
                    found.insert(path.join("/"), texts.join(","));
                }
                Node::Struct(Some(inner)) => inner.hidden(path, found),
                Node::StructMap(sections) => {
                    for (name, section) in sections {
                        path.push(name.clone());
                        section.hidden(path, found);
                        path.pop();
                    }
                }
                _ => {}
            }
            path.pop();
        }
    }
}

impl Node {
    fn is_filled(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Bool(value) => *value,
            Self::Int(number) | Self::Duration(number) => *number != 0,
            Self::Texts(texts) => texts.as_ref().is_some_and(|texts| !texts.is_empty()),
            Self::TextMap(entries) => !entries.is_empty(),
            Self::Struct(section) => section.is_some(),
            Self::StructMap(sections) => !sections.is_empty(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Bool(value) => json!(value),
            Self::Int(number) | Self::Duration(number) => json!(number),
            Self::Texts(texts) => json!(texts),
            Self::TextMap(entries) => json!(entries),
            Self::Struct(section) => section.as_ref().map_or(Value::Null, |section| section.json()),
            Self::StructMap(sections) => {
                let sections: Map<String, Value> =
                    sections.iter().map(|(name, section)| (name.clone(), section.json())).collect();
                Value::Object(sections)
            }
        }
    }
}
