//! The options of a middleware, read from Traefik's JSON form; what isn't there is empty.

use serde_json::Value;

/// A text.
pub(super) fn text<'v>(options: &'v Value, name: &str) -> &'v str {
    options.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A list of texts.
pub(super) fn texts(options: &Value, name: &str) -> Vec<String> {
    let list = options.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A whole number, where it is given.
pub(super) fn number(options: &Value, name: &str) -> Option<i64> {
    options.get(name).and_then(Value::as_i64)
}

/// A switch.
pub(super) fn flag(options: &Value, name: &str) -> bool {
    options.get(name).and_then(Value::as_bool).unwrap_or_default()
}
