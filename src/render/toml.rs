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
    written(tables, Braces::Escaped)
}

/// The same for a file that runs through no template: Traefik's static configuration.
pub fn static_toml(tables: &Map<String, Value>) -> String {
    written(tables, Braces::Plain)
}

fn written(tables: &Map<String, Value>, braces: Braces) -> String {
    let mut writing = Writing { text: String::new(), path: String::new(), braces };
    writing.table(tables);
    writing.text
}

/// How two opening braces in a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Braces {
    /// The second as an escape, so that no template begins there.
    Escaped,
    /// As they are.
    Plain,
}

/// A text under way, and the full name of the table that is being written.
struct Writing {
    text: String,
    path: String,
    braces: Braces,
}

impl Writing {
    /// The values of a table, then the tables in it, each under its full name.
    fn table(&mut self, table: &Map<String, Value>) {
        for (name, value) in table {
            if !is_table(value) && !value.is_null() {
                write_key(&mut self.text, name);
                self.text.push_str(" = ");
                write_inline(&mut self.text, value, self.braces);
                self.text.push('\n');
            }
        }
        for (name, value) in table {
            if is_table(value) {
                self.named(name, value);
            }
        }
    }

    /// A table, or a list of tables, under its name.
    fn named(&mut self, name: &str, value: &Value) {
        let outer = self.path.len();
        if outer > 0 {
            self.path.push('.');
        }
        write_key(&mut self.path, name);
        match value {
            Value::Object(inner) => self.section(inner),
            Value::Array(items) => {
                for item in items.iter().filter_map(Value::as_object) {
                    self.header("[[", "]]");
                    self.table(item);
                }
            }
            _ => {}
        }
        self.path.truncate(outer);
    }

    /// A table, with a header where it holds values of its own or nothing at all.
    fn section(&mut self, table: &Map<String, Value>) {
        if table.is_empty() || table.values().any(|value| !is_table(value) && !value.is_null()) {
            self.header("[", "]");
        }
        self.table(table);
    }

    fn header(&mut self, open: &str, close: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for part in [open, &self.path, close, "\n"] {
            self.text.push_str(part);
        }
    }
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
fn write_inline(text: &mut String, value: &Value, braces: Braces) {
    match value {
        Value::Null => text.push_str("\"\""),
        Value::Bool(_) | Value::Number(_) => {
            let _ = write!(text, "{value}");
        }
        Value::String(string) => write_quoted(text, string, braces),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_inline(text, item, braces);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            for (index, (name, value)) in fields.iter().filter(|(_, value)| !value.is_null()).enumerate() {
                text.push_str(if index == 0 { " " } else { ", " });
                write_key(text, name);
                text.push_str(" = ");
                write_inline(text, value, braces);
            }
            text.push_str(" }");
        }
    }
}

/// A name, bare where it may be.
fn write_key(text: &mut String, name: &str) {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !name.is_empty() && name.bytes().all(bare) {
        text.push_str(name);
    } else {
        write_quoted(text, name, Braces::Escaped);
    }
}

/// A basic string on one line.
fn write_quoted(text: &mut String, string: &str, braces: Braces) {
    text.push('"');
    let start = text.len();
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '{' if braces == Braces::Escaped && text[start..].ends_with('{') => text.push_str("\\u007B"),
            other if other.is_control() => {
                let _ = write!(text, "\\u{:04X}", u32::from(other));
            }
            other => text.push(other),
        }
    }
    text.push('"');
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
