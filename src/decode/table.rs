//! Makes a schema of a table: rows of JSON, one for each field, parents before children.
//!
//! The path of a row is spelled as files spell it, with `*` for the key of a map and `[]` for an item of a list:
//! `http.services.*.loadBalancer.servers[].url`. A table is part of the program, so a mistake in it is a panic that
//! every test of that table meets.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::schema::{Field, Schema, Setting, Shape, StructType};
use super::value::{Struct, TypeId, Value};
use crate::golang::duration::Duration;
use crate::model::{Release, Text};

/// One field of a table. What is left out is false, absent or empty.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    path: &'static str,
    /// The type as Go prints it: `*dynamic.Router`, `map[string]string`, `types.Duration`.
    #[serde(rename = "type")]
    go_type: &'static str,
    /// The same without named types, where a name hides what is inside: `map[string]map[string]any`.
    shape: Option<&'static str>,
    /// The value in a new structure; `{}` is a structure with its own defaults. Absent: Go's zero value.
    #[serde(default)]
    default: serde_json::Value,
    /// The name under which labels set a list as if it were its only item.
    label_name: Option<&'static str>,
    /// How labels, flags and variables set it: `allowEmpty`, `-` for not at all.
    #[serde(default)]
    label: Setting,
    /// How files set it, in the same words.
    #[serde(default)]
    file: Setting,
    /// `-`: JSON doesn't show it.
    json: Option<&'static str>,
    /// Printed even when it is zero or empty.
    #[serde(default)]
    keep: bool,
    /// Its value must not be logged.
    #[serde(default)]
    secret: bool,
    /// The first release that has it.
    since: Option<&'static str>,
    /// Releases after that one which lack it.
    #[serde(default)]
    absent: Vec<&'static str>,
    /// Releases before that one which have it but hide it from labels.
    #[serde(default)]
    ignored: Vec<&'static str>,
    /// What was different in which release.
    #[serde(default)]
    was: BTreeMap<&'static str, Difference>,
}

/// What is different about a field in one release.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    #[serde(rename = "type")]
    go_type: Option<&'static str>,
    #[serde(default, deserialize_with = "given")]
    default: Option<serde_json::Value>,
    label: Option<Setting>,
    keep: Option<bool>,
}

/// Tells a default of `null` from none.
fn given<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(input).map(Some)
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match <&str>::deserialize(input)? {
            "" => Ok(Self::Plain),
            "allowEmpty" => Ok(Self::AllowEmpty),
            "-" => Ok(Self::Hidden),
            other => Err(serde::de::Error::custom(format!("`{other}` is no setting"))),
        }
    }
}

/// The rows of a table.
///
/// # Panics
/// When the text is no table: it is part of the program.
pub fn rows(table: &'static str) -> Vec<Row> {
    serde_json::from_str(table).expect("a table is an array of rows")
}

impl Schema {
    /// The schema of a table in one release.
    ///
    /// # Panics
    /// When a row stands before its parent or has a default that doesn't fit: tables are part of the program.
    pub fn of_table(rows: &[Row], release: Release) -> Self {
        let joins_keys = !matches!(release, Release::V3_0 | Release::V3_1 | Release::V3_2);
        let root = StructType { path: "", fields: Vec::new(), fresh: Struct::new(Schema::ROOT, []) };
        let mut schema = Self { types: vec![root], joins_keys };
        for row in rows {
            let (parent, name) = row.place();
            let shape = schema.shape_of(row, release);
            let field = row.field(name, shape, release);
            let parent = schema.type_at(parent).unwrap_or_else(|| panic!("{} comes after its parent", row.path));
            schema.types[parent.index()].fields.push(field);
        }
        schema.settle_defaults(rows, release);
        schema
    }

    /// The shape of a row's field; a structure in it is added to the types.
    fn shape_of(&mut self, row: &Row, release: Release) -> Shape {
        let text = row.shape.unwrap_or_else(|| row.go_type_in(release));
        self.parse_shape(text, row.path.to_owned())
    }

    fn parse_shape(&mut self, text: &str, path: String) -> Shape {
        if let Some(inner) = text.strip_prefix('*') {
            return Shape::Optional(Box::new(self.parse_shape(inner, path)));
        }
        if let Some(inner) = text.strip_prefix("[]") {
            return Shape::List(Box::new(self.parse_shape(inner, path + "[]")));
        }
        if let Some(inner) = text.strip_prefix("map[string]") {
            return Shape::Map(Box::new(self.parse_shape(inner, path + ".*")));
        }
        match text {
            "bool" => Shape::Bool,
            "string" => Shape::Text,
            "int" | "int64" => Shape::Int(64),
            "int32" => Shape::Int(32),
            "uint32" => Shape::Uint(32),
            "float64" => Shape::Float,
            "types.Duration" => Shape::Duration,
            "any" => Shape::Any,
            _ => Shape::Struct(self.add_type(path)),
        }
    }

    fn add_type(&mut self, path: String) -> TypeId {
        let id = u16::try_from(self.types.len()).expect("a table has some hundred structures");
        let id = TypeId(id);
        self.types.push(StructType { path: path.leak(), fields: Vec::new(), fresh: Struct::new(id, []) });
        id
    }

    /// Gives every field its default, inner structures first: those stand after the ones around them.
    fn settle_defaults(&mut self, rows: &[Row], release: Release) {
        let given: BTreeMap<(&str, &str), serde_json::Value> =
            rows.iter().map(|row| (row.place(), row.default_in(release))).collect();
        for index in (0..self.types.len()).rev() {
            let path = self.types[index].path;
            for at in 0..self.types[index].fields.len() {
                let field = &self.types[index].fields[at];
                let default = given.get(&(path, field.name)).map_or(Value::Absent, |json| self.default_of(field, json));
                self.types[index].fields[at].default = default;
            }
            let kind = self.types[index].fresh.kind();
            let defaults = self.types[index].fields.iter().map(|field| field.default.clone());
            self.types[index].fresh = Struct::new(kind, defaults);
        }
    }

    fn default_of(&self, field: &Field, json: &serde_json::Value) -> Value {
        match (&field.shape, json) {
            _ if !field.exists => Value::Absent,
            (Shape::Struct(id), _) => Value::Struct(self.new_struct(*id)),
            (shape, serde_json::Value::Null) => shape.zero(),
            (shape, serde_json::Value::Object(_)) => {
                Value::Struct(self.new_struct(shape.as_struct().expect("`{}` is a structure")))
            }
            (shape, json) => default_value(shape.pointed(), json)
                .unwrap_or_else(|| panic!("{} has a default of its type, not {json}", field.name)),
        }
    }
}

impl Row {
    /// The structure that the field belongs to, and its name.
    fn place(&self) -> (&'static str, &'static str) {
        self.path.rsplit_once('.').unwrap_or(("", self.path))
    }

    fn was_in(&self, release: Release) -> Option<&Difference> {
        self.was.get(release.name())
    }

    fn go_type_in(&self, release: Release) -> &'static str {
        self.was_in(release).and_then(|was| was.go_type).unwrap_or(self.go_type)
    }

    fn default_in(&self, release: Release) -> serde_json::Value {
        self.was_in(release).and_then(|was| was.default.clone()).unwrap_or_else(|| self.default.clone())
    }

    fn is_ignored_in(&self, release: Release) -> bool {
        self.ignored.contains(&release.name())
    }

    fn exists_in(&self, release: Release) -> bool {
        let first: Option<Release> = self.since.map(|name| name.parse().expect("a table names known releases"));
        self.is_ignored_in(release)
            || first.is_none_or(|first| first <= release) && !self.absent.contains(&release.name())
    }

    fn field(&self, name: &'static str, shape: Shape, release: Release) -> Field {
        let was = self.was_in(release);
        let label = was.and_then(|was| was.label).unwrap_or(self.label);
        Field {
            name,
            label_name: self.label_name,
            exists: self.exists_in(release),
            go_type: self.go_type_in(release),
            shape,
            default: Value::Absent,
            label: if self.is_ignored_in(release) { Setting::Hidden } else { label },
            file: self.file,
            in_json: self.json != Some("-"),
            omit_empty: !was.and_then(|was| was.keep).unwrap_or(self.keep),
            secret: self.secret,
        }
    }
}

fn default_value(shape: &Shape, json: &serde_json::Value) -> Option<Value> {
    Some(match shape {
        Shape::Bool => Value::Bool(json.as_bool()?),
        Shape::Text => Value::Text(Text::from(json.as_str()?)),
        Shape::Int(_) | Shape::Uint(_) => Value::Int(json.as_i64()?),
        Shape::Float => Value::Float(json.as_f64()?),
        Shape::Duration => Value::Duration(json.as_str()?.parse::<Duration>().ok()?.0),
        Shape::List(item) => {
            Value::list(json.as_array()?.iter().map(|json| default_value(item, json)).collect::<Option<_>>()?)
        }
        Shape::Any | Shape::Struct(_) | Shape::Optional(_) | Shape::Map(_) => return None,
    })
}
