//! Every function that the default rule's template may call, in tables by subject.

mod arguments;
mod builtin;
mod strings;

use std::sync::LazyLock;

pub use strings::normalize;

use super::function::{Function, Language};
use crate::golang::format;
use crate::golang::value::Value;

static DEFAULT_RULE: LazyLock<Language> = LazyLock::new(|| Language::new(TABLES, method));

/// The tables; sprig's come after the builtins and hide those of the same name.
const TABLES: &[&[Function]] = &[builtin::FUNCTIONS, strings::FUNCTIONS];

/// The functions of `text/template`, sprig's, and Traefik's `normalize`.
pub fn default_rule() -> &'static Language {
    &DEFAULT_RULE
}

/// The tables of these functions, for a language that shares them.
pub fn tables() -> &'static [&'static [Function]] {
    TABLES
}

/// The method of a name that a value has.
pub(crate) fn method(_value: &Value, _name: &[u8]) -> Option<&'static Function> {
    None
}

/// An integer in a type of its own name.
pub(super) fn named_integer(_name: &'static str, number: i64) -> Value {
    Value::Int64(number)
}

/// An error as a function tells it.
fn fails(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A value in its default form, as text for a message.
fn shown(value: &Value) -> Result<String, String> {
    let text = format::text(value).map_err(fails)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// A string as text for a message.
fn in_text(value: &Value) -> String {
    String::from_utf8_lossy(value.as_bytes().unwrap_or(&[])).into_owned()
}
