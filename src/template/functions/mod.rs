//! Every function that the default rule's template may call, in tables by subject.

mod arguments;
mod builtin;
mod case;
mod chance;
mod constraint;
mod conversion;
mod crypto;
mod dates;
mod decimal;
mod defaults;
mod dicts;
mod encoding;
mod environment;
mod lists;
mod math;
mod moment;
mod network;
mod paths;
mod regex;
mod semvers;
mod strings;
mod urls;
mod version;

use std::sync::LazyLock;

pub use strings::normalize;

use super::function::{Function, Language};
use crate::golang::format;
use crate::golang::value::{Element, Slice, Value};

static DEFAULT_RULE: LazyLock<Language> = LazyLock::new(|| Language::new(TABLES, method));

/// The tables; sprig's come after the builtins and hide those of the same name.
const TABLES: &[&[Function]] = &[
    builtin::FUNCTIONS,
    strings::FUNCTIONS,
    case::FUNCTIONS,
    lists::FUNCTIONS,
    dicts::FUNCTIONS,
    defaults::FUNCTIONS,
    conversion::FUNCTIONS,
    math::FUNCTIONS,
    encoding::FUNCTIONS,
    paths::FUNCTIONS,
    regex::FUNCTIONS,
    urls::FUNCTIONS,
    dates::FUNCTIONS,
    semvers::FUNCTIONS,
    crypto::FUNCTIONS,
    chance::FUNCTIONS,
    environment::FUNCTIONS,
    network::FUNCTIONS,
];

/// The functions of `text/template`, sprig's, and Traefik's `normalize`.
pub fn default_rule() -> &'static Language {
    &DEFAULT_RULE
}

/// The tables of these functions, for a language that shares them.
pub fn tables() -> &'static [&'static [Function]] {
    TABLES
}

/// The method of a name that a value has.
pub(crate) fn method(value: &Value, name: &[u8]) -> Option<&'static Function> {
    let methods = [moment::methods(value), semvers::methods(value)];
    methods.into_iter().flatten().find(|method| method.name.as_bytes() == name)
}

/// An integer in a type of its own name.
pub(super) fn named_integer(name: &'static str, number: i64) -> Value {
    moment::named(name, number)
}

/// A `[]uint8`.
fn byte_slice(bytes: &[u8]) -> Value {
    Value::Slice(Slice::new(Element::Byte, bytes.iter().copied().map(Value::Uint8).collect()))
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
