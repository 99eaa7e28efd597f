//! The table of the static configuration, made into a schema.
//!
//! `static.json` holds one row for each option. It is made from an observation of Traefik v3.7.9,
//! `tests/schema/static-fields.json`; a test compares the two. The defaults beside it are those that decide something
//! here: the provider's, an entry point's, and what the checks after loading look at.

use std::sync::LazyLock;

use crate::decode::{Schema, Struct, Value, rows};
use crate::model::Release;

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::of_table(&rows(include_str!("static.json")), Release::default()));

/// The options of the static configuration.
pub(super) fn schema() -> &'static Schema {
    &SCHEMA
}

/// The names of the outermost options, as files spell them.
pub(super) fn root_names(schema: &'static Schema) -> impl Iterator<Item = &'static str> {
    schema.type_of(Schema::ROOT).fields.iter().map(|field| field.name)
}

/// Whether a name stands at the root of Traefik's static configuration, however it is capitalised.
pub fn is_static_option(name: &str) -> bool {
    root_names(schema()).any(|known| known.eq_ignore_ascii_case(name))
}

/// The value at a path such as `providers.ecs.region`; absent where something on the way is.
pub(super) fn at<'a>(schema: &Schema, mut of: &'a Struct, path: &str) -> &'a Value {
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        let Some(slot) = schema.type_of(of.kind()).slot(name) else { return &Value::Absent };
        let value = of.get(slot);
        match value.as_struct() {
            Some(inner) if names.peek().is_some() => of = inner,
            _ if names.peek().is_some() => return &Value::Absent,
            _ => return value,
        }
    }
    &Value::Absent
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::schema;
    use crate::decode::{Field, Schema, Setting, Shape, TypeId};

    /// Every option by the path that the observation has, with its type and how labels and files set it.
    fn options(schema: &Schema) -> BTreeMap<String, (String, Setting, Setting)> {
        fn walk(schema: &Schema, kind: TypeId, path: &str, found: &mut BTreeMap<String, (String, Setting, Setting)>) {
            for field in &schema.type_of(kind).fields {
                let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                found.insert(path.clone(), (field.go_type.to_owned(), field.label, field.file));
                below(schema, field, &path, found);
            }
        }
        fn below(schema: &Schema, field: &Field, path: &str, found: &mut BTreeMap<String, (String, Setting, Setting)>) {
            let (inner, path) = match &field.shape {
                Shape::Map(inner) => (&**inner, format!("{path}.<name>")),
                Shape::List(inner) => (&**inner, format!("{path}[n]")),
                other => (other, path.to_owned()),
            };
            if let Some(kind) = inner.as_struct() {
                walk(schema, kind, &path, found);
            }
        }
        let mut found = BTreeMap::new();
        walk(schema, Schema::ROOT, "", &mut found);
        found
    }

    #[test]
    fn the_table_is_what_was_observed() {
        let observed: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/schema/static-fields.json")).unwrap();
        let setting = |row: &serde_json::Value, form: &str| match row[form].as_str() {
            None => Setting::Plain,
            Some("allowEmpty") => Setting::AllowEmpty,
            Some(_) => Setting::Hidden,
        };
        let mut expected = BTreeMap::new();
        for row in &observed {
            let path = row["path"].as_str().unwrap();
            if !path.ends_with("<name>") && !path.ends_with("[n]") && !expected.contains_key(path) {
                let go_type = row["type"].as_str().unwrap().to_owned();
                expected.insert(path.to_owned(), (go_type, setting(row, "label"), setting(row, "file")));
            }
        }
        assert_eq!(options(schema()), expected);
    }

    #[test]
    fn the_provider_has_the_defaults_that_were_observed() {
        let observed: serde_json::Value = serde_json::from_str(include_str!("../../tests/schema/static.json")).unwrap();
        let kind = schema().type_at("providers.ecs").expect("the provider is in the table");
        let fresh = schema().encode(&schema().new_struct(kind), crate::decode::Form::Json);
        for option in observed["ecs_options"].as_array().unwrap() {
            let name = option["json"].as_str().unwrap();
            let zero = serde_json::json!([null, false, 0, ""]);
            let default = &option["default"];
            let shown = fresh.get(name).unwrap_or(&serde_json::Value::Null);
            assert!(shown == default || shown.is_null() && zero.as_array().unwrap().contains(default), "{name}");
            let field = schema().type_of(kind).fields.iter().find(|field| field.name == name).unwrap();
            assert_eq!(field.secret, option["loggable"] == false, "{name}");
        }
    }
}
