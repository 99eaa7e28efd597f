//! The way back: a decoded configuration as Traefik prints it in JSON.
//!
//! What Go's `encoding/json` leaves out or prints as `null` follows from the kinds of its fields, and is the same here.
//! The tree keeps more than JSON shows, so this way back loses what the way in told apart (absent and empty lists).

use serde_json::{Map, Number, Value as Json};

use super::schema::{Field, Schema, Setting, Shape};
use super::value::{Struct, Value};
use crate::golang::duration::Duration;

/// In which form a configuration is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As Traefik's API and `encoding/json` give it.
    Json,
    /// As a file that Traefik's file provider reads must have it.
    File,
}

impl Schema {
    /// A structure as JSON or as a file has it, its fields in Traefik's order.
    pub fn encode(&self, value: &Struct, form: Form) -> Map<String, Json> {
        let mut object = Map::new();
        for (slot, field) in self.type_of(value.kind()).slots() {
            let inner = value.get(slot);
            if !field.is_shown(inner, form) {
                continue;
            }
            let encoded = match inner {
                Value::Struct(inner) if field.file == Setting::AllowEmpty => Json::Object(self.encode(inner, form)),
                inner => self.encode_value(&field.shape, inner, form),
            };
            if form == Form::Json || field.file == Setting::AllowEmpty || !is_bare(&encoded) {
                object.insert(field.name.to_owned(), encoded);
            }
        }
        object
    }

    /// Files may not hold empty structures, save some: a zero that says nothing makes one that is not empty.
    fn stand_in(&self, value: &Struct, object: &mut Map<String, Json>) {
        let kind = self.type_of(value.kind());
        let zero = |field: &Field| match field.shape {
            Shape::Bool => Some(Json::Bool(false)),
            Shape::Text => Some(Json::String(String::new())),
            Shape::Int(_) | Shape::Uint(_) => Some(Json::from(0)),
            Shape::List(_) => Some(Json::Array(Vec::new())),
            _ => None,
        };
        let mut fields = kind.fields.iter().filter(|field| field.exists && field.file != Setting::Hidden);
        if let Some((name, zero)) = fields.find_map(|field| Some((field.name, zero(field)?))) {
            object.insert(name.to_owned(), zero);
        }
    }

    /// A value of a shape as JSON or as a file has it.
    pub fn encode_value(&self, shape: &Shape, value: &Value, form: Form) -> Json {
        let inner = match shape.pointed() {
            Shape::List(inner) | Shape::Map(inner) => inner,
            other => other,
        };
        match value {
            Value::Absent => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Int(value) => Json::Number(Number::from(*value)),
            Value::Float(value) => Number::from_f64(*value).map_or(Json::Null, Json::Number),
            Value::Text(text) => Json::String(text.to_string()),
            Value::Duration(nanoseconds) => Json::String(Duration(*nanoseconds).to_string()),
            Value::List(items) => items.iter().map(|item| self.encode_value(inner, item, form)).collect(),
            Value::Map(entries) => {
                let fields =
                    entries.iter().map(|(key, value)| (key.to_string(), self.encode_value(inner, value, form)));
                // A bare structure may not stand in a file; a bare map of free values may.
                let kept = |encoded: &Json| form == Form::Json || inner.as_struct().is_none() || !is_bare(encoded);
                Json::Object(fields.filter(|(_, encoded)| kept(encoded)).collect())
            }
            Value::Struct(value) => {
                let mut fields = self.encode(value, form);
                if form == Form::File && fields.is_empty() {
                    self.stand_in(value, &mut fields);
                }
                Json::Object(fields)
            }
        }
    }
}

impl Field {
    /// Whether a value of this field is written at all.
    fn is_shown(&self, value: &Value, form: Form) -> bool {
        let empty = is_empty(&self.shape, value);
        self.exists
            && match form {
                Form::Json => self.in_json && !(self.omit_empty && empty),
                // A file can't say that something is absent. What is empty has to be said where the default isn't.
                Form::File => {
                    let told = !self.omit_empty || !empty || !is_empty(&self.shape, &self.default);
                    self.file != Setting::Hidden && !value.is_absent() && told
                }
            }
    }
}

/// Whether Go's `omitempty` leaves the value out: false, zero, nothing, or nothing in it. A structure is never empty,
/// nor is what a pointer points to.
fn is_empty(shape: &Shape, value: &Value) -> bool {
    match value {
        Value::Absent => true,
        _ if matches!(shape, Shape::Optional(_)) => false,
        Value::Bool(value) => !value,
        Value::Int(value) | Value::Duration(value) => *value == 0,
        Value::Float(value) => *value == 0.0,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Struct(_) => false,
    }
}

/// Whether nothing is in it, so that a file may not hold it.
fn is_bare(encoded: &Json) -> bool {
    match encoded {
        Json::Null => true,
        Json::Object(fields) => fields.is_empty(),
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::table::rows;
    use super::super::value::{Slot, Struct, Value};
    use super::{Form, Schema};
    use crate::model::Release;

    const TABLE: &str = r#"[
        {"path": "name", "type": "string"},
        {"path": "scheme", "type": "string", "json": "-", "file": "-"},
        {"path": "every", "type": "types.Duration", "default": "100ms"},
        {"path": "pass", "type": "*bool", "keep": true},
        {"path": "names", "type": "[]string"},
        {"path": "tls", "type": "*t.TLS", "file": "allowEmpty"},
        {"path": "tls.options", "type": "string"},
        {"path": "strip", "type": "*t.Strip"},
        {"path": "strip.prefixes", "type": "[]string"},
        {"path": "strip.force", "type": "bool"},
        {"path": "kinds", "type": "map[string]*t.Kind"},
        {"path": "kinds.*.strip", "type": "*t.Strip"}
    ]"#;

    fn with(schema: &Schema, values: Vec<(usize, Value)>) -> Struct {
        let mut made = schema.new_struct(Schema::ROOT);
        for (slot, value) in values {
            *made.get_mut(Slot(u16::try_from(slot).expect("few slots"))) = value;
        }
        made
    }

    #[test]
    fn what_is_empty_is_left_out_as_go_does() {
        let schema = Schema::of_table(&rows(TABLE), Release::default());
        let fresh = with(&schema, vec![(1, Value::Text("http".into())), (4, Value::list(Vec::new()))]);
        assert_eq!(json!(schema.encode(&fresh, Form::Json)), json!({"every": "100ms", "pass": null}));
        let given = with(&schema, vec![(2, Value::Duration(0)), (3, Value::Bool(false))]);
        assert_eq!(json!(schema.encode(&given, Form::Json)), json!({"pass": false}));
    }

    #[test]
    fn files_say_what_their_defaults_would_hide() {
        let schema = Schema::of_table(&rows(TABLE), Release::default());
        let given = with(&schema, vec![(1, Value::Text("http".into())), (2, Value::Duration(0))]);
        assert_eq!(json!(schema.encode(&given, Form::File)), json!({"every": "0s"}));
    }

    #[test]
    fn files_hold_no_empty_structure_that_may_not_stand_alone() {
        let schema = Schema::of_table(&rows(TABLE), Release::default());
        let inner = |path| Value::Struct(schema.new_struct(schema.type_at(path).expect("it is in the table")));
        let mut kinds = Value::Absent;
        kinds.map_mut().insert("bare".into(), inner("kinds.*"));
        let given = with(&schema, vec![(5, inner("tls")), (6, inner("strip")), (7, kinds)]);
        let bare = json!({"every": "100ms", "pass": null, "tls": {}, "strip": {}, "kinds": {"bare": {}}});
        assert_eq!(json!(schema.encode(&given, Form::Json)), bare);
        let told = json!({"every": "100ms", "tls": {}, "strip": {"prefixes": []}});
        assert_eq!(json!(schema.encode(&given, Form::File)), told);
    }
}
