//! Text through a template of the user's, or one that is built in: `upon`'s language with what proxies need for it.
//!
//! Values come from labels and names that anybody may have written. So what a template puts out is made safe to print
//! unless it says otherwise: a line break in a value becomes `\n`, and can't begin a directive of its own. Each
//! format's filter quotes for that format.

mod filters;

use std::fmt::Write as _;

use serde::Serialize;
use upon::{Engine, Value, fmt};

use super::printable;

/// The templates that are built in, by name.
const BUILT_IN: [(&str, &str); 7] = [
    ("caddy", include_str!("template/caddy.upon")),
    ("dot", include_str!("template/dot.upon")),
    ("haproxy", include_str!("template/haproxy.upon")),
    ("hosts", include_str!("template/hosts.upon")),
    ("mermaid", include_str!("template/mermaid.upon")),
    ("nginx", include_str!("template/nginx.upon")),
    ("prometheus-sd", include_str!("template/prometheus-sd.upon")),
];

/// The names of the templates that are built in.
pub fn built_in_templates() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// The text of a template that is built in.
pub fn built_in_template(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Why a template gives no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// Where in the template, as a byte; absent where that isn't known.
    pub at: Option<usize>,
}

/// Puts data through a template.
///
/// # Errors
/// When the template is no template, names what the data doesn't have, or gives a filter what it can't take.
pub fn through_template<T: Serialize>(template: &str, data: &T) -> Result<String, TemplateError> {
    let engine = engine();
    let failed = |error: upon::Error| TemplateError::of(&error, template);
    let compiled = engine.compile(template).map_err(failed)?;
    compiled.render(&engine, data).to_string().map_err(failed)
}

fn engine() -> Engine<'static> {
    let mut engine = Engine::new();
    engine.set_default_formatter(&safe);
    engine.add_formatter("raw", fmt::default);
    filters::add(&mut engine);
    engine
}

/// Prints a value so that it stays on its line.
fn safe(out: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::String(text) => out.write_str(&printable(text))?,
        other => fmt::default(out, other)?,
    }
    Ok(())
}

impl TemplateError {
    /// The long form of the engine's errors has a line `--> name:LINE:COLUMN`; it is told in no other way.
    fn of(error: &upon::Error, template: &str) -> Self {
        let message = error.to_string();
        let long = format!("{error:#}");
        let place = long.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let mut numbers = place.unwrap_or_default().rsplit(':').map(str::parse::<usize>);
        let (column, line) = (numbers.next(), numbers.next());
        let at = match (line, column) {
            (Some(Ok(line)), Some(Ok(column))) => Some(byte_of(template, line, column)),
            _ => None,
        };
        Self { message, at }
    }
}

fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let inside = text[before..].lines().next().unwrap_or_default();
    let columns = inside.char_indices().map(|(at, _)| at).nth(column.saturating_sub(1));
    before + columns.unwrap_or(inside.len())
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, engine, through_template};

    #[test]
    fn what_is_built_in_compiles() {
        for (name, text) in BUILT_IN {
            engine().compile(text).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        }
    }

    #[test]
    fn an_error_knows_its_place() {
        let error = through_template("one\ntwo {{ x | nothing }}", &serde_json::json!({ "x": 1 })).unwrap_err();
        assert_eq!((error.at, error.message.contains("unknown")), (Some(15), true), "{error:?}");
        let error = through_template("{{ missing }}", &serde_json::json!({})).unwrap_err();
        assert_eq!(error.at, Some(3), "{error:?}");
    }

    #[test]
    fn a_value_stays_on_its_line() {
        let data = serde_json::json!({ "name": "a\n}\nserver" });
        assert_eq!(through_template("# {{ name }}", &data).unwrap(), "# a\\n}\\nserver");
    }
}
