//! What a template may do with a value.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use upon::{Engine, Value};

use crate::render::{csv_field, html_text, markdown_cell, printable};

/// Makes the filters known to an engine.
pub(super) fn add(engine: &mut Engine<'static>) {
    quoting(engine);
    engine.add_function("append", |text: &str, other: &str| format!("{text}{other}"));
    engine.add_function("prepend", |text: &str, other: &str| format!("{other}{text}"));
    engine.add_function("local", |text: &str| text.strip_suffix("@ecs").unwrap_or(text).to_owned());
    engine.add_function("lower", str::to_lowercase);
    engine.add_function("upper", str::to_uppercase);
    engine.add_function("trim", |text: &str| text.trim().to_owned());
    engine.add_function("replace", |text: &str, from: &str, to: &str| text.replace(from, to));
    engine.add_function("starts_with", |text: &str, prefix: &str| text.starts_with(prefix));
    engine.add_function("ends_with", |text: &str, suffix: &str| text.ends_with(suffix));
    engine.add_function("contains", contains);
    engine.add_function("made_of", made_of);
    engine.add_function("between", |number: i64, least: i64, most: i64| number.clamp(least, most.max(least)));
    engine.add_function("eq", |one: &Value, other: &Value| one == other);
    engine.add_function(
        "default",
        |value: &Value, other: &Value| if is_blank(value) { other.clone() } else { value.clone() },
    );
    engine.add_function("length", length);
    engine.add_function("join", join);
    engine.add_function("first", |list: &[Value]| list.first().cloned());
    engine.add_function("last", |list: &[Value]| list.last().cloned());
    engine.add_function("unique", unique);
    engine.add_function("pluck", |list: &[Value], field: &str| pluck(list, field));
    engine.add_function("where", |list: &[Value], field: &str, wanted: Value| select(list, field, &wanted));
}

/// One for each format: what makes a text one word of it.
fn quoting(engine: &mut Engine<'static>) {
    engine.add_function("json", json);
    engine.add_function("yaml", json);
    engine.add_function("csv", |text: &str| csv_field(text));
    engine.add_function("markdown", |text: &str| markdown_cell(text));
    engine.add_function("html", html_text);
    engine.add_function("nginx", |text: &str| double_quoted(text, &['"', '\\']));
    engine.add_function("haproxy", |text: &str| double_quoted(text, &['"', '\\', '$']));
    engine.add_function("caddy", |text: &str| double_quoted(text, &['"', '\\']));
    engine.add_function("dot", |text: &str| double_quoted(text, &['"', '\\']));
    engine.add_function("mermaid", mermaid);
    engine.add_function("identifier", |text: &str| named(text, &['-', '.']));
    engine.add_function("symbol", |text: &str| named(text, &[]));
}

/// A text between double quotes, on one line, with a backslash before each of `special`.
fn double_quoted(text: &str, special: &[char]) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars().filter(|c| !c.is_control()) {
        if special.contains(&c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A name of ASCII letters, digits and what else is allowed; two different texts never have one name: `_` becomes `__`,
/// another character its number between two `_`.
fn named(text: &str, allowed: &[char]) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '_' => name.push_str("__"),
            c if c.is_ascii_alphanumeric() || allowed.contains(&c) => name.push(c),
            other => {
                let _ = write!(name, "_{:x}_", u32::from(other));
            }
        }
    }
    name
}

/// A label of Mermaid's, with its own escapes for what it would take as its syntax.
fn mermaid(text: &str) -> String {
    let mut label = String::with_capacity(text.len() + 2);
    label.push('"');
    for c in printable(text).chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' => {
                let _ = write!(label, "#{};", u32::from(c));
            }
            other => label.push(other),
        }
    }
    label.push('"');
    label
}

/// Any value as JSON, which is YAML too.
fn json(value: &Value) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// Whether a text is of ASCII letters, digits and these characters alone.
fn made_of(text: &str, others: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::None => true,
        Value::String(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.is_empty(),
        _ => false,
    }
}

fn contains(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (Value::List(list), wanted) => list.contains(wanted),
        (Value::Map(map), Value::String(key)) => map.contains_key(key),
        _ => false,
    }
}

fn length(value: &Value) -> Result<i64, String> {
    let count = match value {
        Value::None => 0,
        Value::String(text) => text.chars().count(),
        Value::List(list) => list.len(),
        Value::Map(map) => map.len(),
        _ => return Err("`length` takes a text, a list or a map".to_owned()),
    };
    i64::try_from(count).map_err(|error| error.to_string())
}

/// A value as a word of a text.
fn word(value: &Value) -> Result<String, String> {
    match value {
        Value::None => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        other => json(other),
    }
}

fn join(list: &[Value], between: &str) -> Result<String, String> {
    let words: Vec<_> = list.iter().map(word).collect::<Result<_, _>>()?;
    Ok(words.join(between))
}

/// The values of a list without those that came before.
fn unique(list: &[Value]) -> Result<Vec<Value>, String> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    for value in list {
        if seen.insert(json(value)?) {
            kept.push(value.clone());
        }
    }
    Ok(kept)
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Map(map) => map.get(name).unwrap_or(&Value::None),
        _ => &Value::None,
    }
}

/// One field of each value of a list.
fn pluck(list: &[Value], name: &str) -> Vec<Value> {
    list.iter().map(|value| field(value, name).clone()).collect()
}

/// The values of a list that have this in that field.
fn select(list: &[Value], name: &str, wanted: &Value) -> Vec<Value> {
    list.iter().filter(|value| field(value, name) == wanted).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{double_quoted, html_text, mermaid, named};
    use crate::render::through_template;

    #[test]
    fn each_format_has_its_quotes() {
        assert_eq!(double_quoted("a\"b\\c\n$d", &['"', '\\', '$']), r#""a\"b\\c\$d""#);
        assert_eq!(mermaid("Host(`a`) && \"x\""), "\"Host(#96;a#96;) #38;#38; #34;x#34;\"");
        assert_eq!(html_text("<b a='1'>"), "&lt;b a=&#39;1&#39;&gt;");
    }

    #[test]
    fn names_differ_where_texts_do() {
        let names = ["a-b", "a_b", "a/b", "a_2f_b", "a.b"].map(|text| named(text, &['-', '.']));
        assert_eq!(names, ["a-b", "a__b", "a_2f_b", "a__2f__b", "a.b"]);
        assert_eq!(["a-b", "a.b"].map(|text| named(text, &[])), ["a_2d_b", "a_2e_b"]);
    }

    #[test]
    fn filters_work_in_a_template() {
        let data = serde_json::json!({ "all": [{ "n": "a", "k": 1 }, { "n": "b", "k": 2 }, { "n": "c", "k": 1 }], "none": null });
        for (template, expected) in [
            (r#"{{ all | where: "k", 1 | pluck: "n" | join: "," }}"#, "a,c"),
            (r#"{{ all | pluck: "k" | unique | length }}"#, "2"),
            (r#"{{ none | default: "x" | upper }}"#, "X"),
            (r#"{% if "abc" | contains: "b" %}yes{% endif %}"#, "yes"),
            (r"{{ all.0.k | between: 2, 256 }}", "2"),
            (r#"{% if "/a-b" | made_of: "/-" %}yes{% endif %}{% if "/{x}" | made_of: "/" %}no{% endif %}"#, "yes"),
            (r"{{ all.0 | json }}", r#"{"k":1,"n":"a"}"#),
            (r#"{% for one in all | where: "n", "b" %}{{ one.k }}{% endfor %}"#, "2"),
        ] {
            assert_eq!(through_template(template, &data).as_deref(), Ok(expected), "{template}");
        }
    }
}
