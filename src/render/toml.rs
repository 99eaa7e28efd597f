//! TOML as Traefik's file provider reads it: a header for each table that holds values, long names spelled out.
//!
//! The file provider runs files through Go's templates before it reads them, so no text may hold two opening braces as
//! they are: the second is written as an escape.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// A tree of tables as TOML.
///
/// `null` has no form in TOML and is left out.
pub fn toml(tables: &Map<String, Value>) -> String {
    let mut text = String::new();
    write_table(&mut text, "", tables);
    text
}

/// The values of a table, then the tables in it, each under its full name.
fn write_table(text: &mut String, path: &str, table: &Map<String, Value>) {
    for (name, value) in table.iter().filter(|(_, value)| !is_table(value) && !value.is_null()) {
        let _ = write!(text, "{} = ", key(name));
        write_inline(text, value);
        text.push('\n');
    }
    for (name, value) in table.iter().filter(|(_, value)| is_table(value)) {
        let path = if path.is_empty() { key(name) } else { format!("{path}.{}", key(name)) };
        match value {
            Value::Object(inner) => write_section(text, &path, inner),
            Value::Array(items) => {
                for item in items.iter().filter_map(Value::as_object) {
                    write_header(text, &format!("[[{path}]]"));
                    write_table(text, &path, item);
                }
            }
            _ => {}
        }
    }
}

/// A table, with a header where it holds values of its own or nothing at all.
fn write_section(text: &mut String, path: &str, table: &Map<String, Value>) {
    if table.is_empty() || table.values().any(|value| !is_table(value) && !value.is_null()) {
        write_header(text, &format!("[{path}]"));
    }
    write_table(text, path, table);
}

fn write_header(text: &mut String, header: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(header);
    text.push('\n');
}

/// Whether a value needs headers: a table, or a list of nothing but tables.
fn is_table(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_object),
        _ => false,
    }
}

/// A value on one line.
fn write_inline(text: &mut String, value: &Value) {
    match value {
        Value::Null => text.push_str("\"\""),
        Value::Bool(_) | Value::Number(_) => {
            let _ = write!(text, "{value}");
        }
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_inline(text, item);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            for (index, (name, value)) in fields.iter().filter(|(_, value)| !value.is_null()).enumerate() {
                let _ = write!(text, "{}{} = ", if index == 0 { " " } else { ", " }, key(name));
                write_inline(text, value);
            }
            text.push_str(" }");
        }
    }
}

/// A name, bare where it may be.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A basic string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '{' if quoted.ends_with('{') => quoted.push_str("\\u007B"),
            other if other.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::toml;

    #[test]
    fn tables_with_values_have_headers() {
        let tables = json!({ "http": { "routers": { "a.b": { "entryPoints": ["web"], "rule": "Host(`a`)", "tls": {} } },
            "services": { "s": { "loadBalancer": { "servers": [{ "url": "http://a" }, { "url": "http://b" }] } } } } });
        let expected = "[http.routers.\"a.b\"]\nentryPoints = [\"web\"]\nrule = \"Host(`a`)\"\n\n\
            [http.routers.\"a.b\".tls]\n\n[[http.services.s.loadBalancer.servers]]\nurl = \"http://a\"\n\n\
            [[http.services.s.loadBalancer.servers]]\nurl = \"http://b\"\n";
        assert_eq!(toml(tables.as_object().expect("an object")), expected);
    }

    #[test]
    fn no_text_begins_a_template() {
        let tables = json!({ "a{{b": "{{{{ x }}" });
        let text = toml(tables.as_object().expect("an object"));
        assert!(!text.contains("{{"), "{text}");
        assert_eq!(::toml::from_str::<Value>(&text).expect("it is TOML"), tables);
    }

    fn value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![".{0,12}", "[{}\"'\\\\\n\t#=.\u{7f} ]{0,8}"];
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(".{0,6}", inner, 0..4).prop_map(|map| json!(map)),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(map in prop::collection::btree_map(".{0,6}", value(), 0..5)) {
            let tables = json!(map);
            let text = toml(tables.as_object().expect("an object"));
            prop_assert_eq!(::toml::from_str::<Value>(&text).expect("it is TOML"), tables, "{}", text);
        }
    }
}
