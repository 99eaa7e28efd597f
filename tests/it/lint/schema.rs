//! A JSON schema, as far as SARIF's own goes: a value is held against every word of it. A word that isn't known here
//! fails the test, so nothing stays unchecked. The crates that do this for all schemas would switch on features of
//! `serde_json`, and the tests would run another JSON than users do.

use jiff::Timestamp;
use regex::Regex;
use serde_json::Value;

/// What is wrong with a value, each with its place.
pub fn wrong(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Against { root: schema }.check(schema, value, "$", &mut found);
    found
}

struct Against<'a> {
    root: &'a Value,
}

impl Against<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        for (word, rule) in schema.as_object().expect("a schema is an object") {
            match word.as_str() {
                "$schema" | "$id" | "title" | "description" | "default" | "definitions" => {}
                "additionalProperties" | "properties" if !value.is_object() => {}
                "$ref" => self.check(self.referred(rule), value, at, found),
                "properties" | "additionalProperties" | "required" => self.members(word, schema, value, at, found),
                "items" | "minItems" | "uniqueItems" => self.items(word, rule, value, at, found),
                "anyOf" | "oneOf" => self.choice(word, rule, value, at, found),
                _ if !holds(word, rule, value) => found.push(format!("{at}: {word} is {rule}, and this is {value}")),
                _ => {}
            }
        }
    }

    fn referred(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).expect("it refers to its own");
        self.root.pointer(pointer).expect("what is referred to is there")
    }

    fn members(&self, word: &str, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let Some(members) = value.as_object() else { return };
        let known = &schema["properties"];
        match word {
            "required" => {
                let names = schema["required"].as_array().expect("a list").iter().filter_map(Value::as_str);
                found.extend(
                    names.filter(|name| !members.contains_key(*name)).map(|name| format!("{at}: {name} is missing")),
                );
            }
            "properties" => {
                for (name, member) in members.iter().filter(|(name, _)| known.get(name).is_some()) {
                    self.check(&known[name], member, &format!("{at}.{name}"), found);
                }
            }
            _ => {
                for (name, member) in members.iter().filter(|(name, _)| known.get(name).is_none()) {
                    match &schema["additionalProperties"] {
                        Value::Bool(true) => {}
                        Value::Bool(false) => found.push(format!("{at}: {name} is not allowed")),
                        other => self.check(other, member, &format!("{at}.{name}"), found),
                    }
                }
            }
        }
    }

    fn items(&self, word: &str, rule: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let Some(items) = value.as_array() else { return };
        let is_wrong = match word {
            "minItems" => rule.as_u64().is_some_and(|least| (items.len() as u64) < least),
            "uniqueItems" => *rule == true && (1..items.len()).any(|index| items[..index].contains(&items[index])),
            _ => {
                for (index, item) in items.iter().enumerate() {
                    self.check(rule, item, &format!("{at}[{index}]"), found);
                }
                false
            }
        };
        if is_wrong {
            found.push(format!("{at}: {word} is {rule}"));
        }
    }

    fn choice(&self, word: &str, rule: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let holds = |schema: &&Value| {
            let mut wrong = Vec::new();
            self.check(schema, value, at, &mut wrong);
            wrong.is_empty()
        };
        let count = rule.as_array().expect("a list").iter().filter(holds).count();
        if count == 0 || (word == "oneOf" && count > 1) {
            found.push(format!("{at}: {count} of {word} hold"));
        }
    }
}

/// Whether a value obeys a word that looks at it alone.
fn holds(word: &str, rule: &Value, value: &Value) -> bool {
    let number = || (value.as_f64(), rule.as_f64());
    match word {
        "type" => match rule {
            Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
            kind => is_of(kind, value),
        },
        "enum" => rule.as_array().expect("a list").contains(value),
        "minimum" => !matches!(number(), (Some(value), Some(least)) if value < least),
        "maximum" => !matches!(number(), (Some(value), Some(most)) if value > most),
        "pattern" => {
            let pattern = Regex::new(rule.as_str().expect("a text")).expect("the expression is the standard's");
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "format" => value.as_str().is_none_or(|text| is_written_as(rule.as_str().expect("a text"), text)),
        other => panic!("the schema has `{other}`, which is not checked here"),
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a text") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("there is no kind `{other}`"),
    }
}

/// RFC 3986 in its characters, RFC 3339 whole.
fn is_written_as(format: &str, text: &str) -> bool {
    let reference = Regex::new(r"^(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$").expect("it compiles");
    let scheme = Regex::new("^[A-Za-z][A-Za-z0-9+.-]*:").expect("it compiles");
    match format {
        "uri-reference" => reference.is_match(text),
        "uri" => reference.is_match(text) && scheme.is_match(text),
        "date-time" => text.parse::<Timestamp>().is_ok(),
        other => panic!("there is no format `{other}`"),
    }
}

#[test]
fn what_is_wrong_is_found() {
    let schema = serde_json::json!({
        "definitions": { "line": { "type": "integer", "minimum": 1 } },
        "type": "object", "required": ["line"], "additionalProperties": false,
        "properties": {
            "line": { "$ref": "#/definitions/line" },
            "uri": { "type": "string", "format": "uri-reference" },
            "list": { "type": "array", "uniqueItems": true, "items": { "enum": ["a", "b"] } },
        },
    });
    let wrong = |value: Value| wrong(&schema, &value).len();
    assert_eq!(wrong(serde_json::json!({ "line": 1, "uri": "a%20b", "list": ["a", "b"] })), 0);
    assert_eq!(wrong(serde_json::json!({ "line": 0, "uri": "a b", "list": ["a", "a"] })), 3);
    assert_eq!(wrong(serde_json::json!({ "lime": 1, "list": ["c"] })), 3);
}
