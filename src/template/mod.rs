//! The default rule's language: Go's `text/template` with the functions that Traefik gives it.
//!
//! Why an engine of our own: Go's templates see Go's types, and that decides what a rule renders. `index .Labels
//! "missing"` is `""` for a map of strings and `<no value>` for a map of anything; an unknown field of the data is an
//! error; `add` gives an int64 that `trunc` refuses; a float prints as `1e+06`.
//!
//! Results, errors, their words and positions are Go's. What Go lets run away is bounded here: steps, memory, the
//! depth of values. Nothing asks the system: clock, environment and chance come in as [`Ambient`], and functions that
//! would reach the network or make keys are errors that say so.

mod ast;
mod budget;
mod constant;
mod error;
mod exec;
pub mod function;
pub mod functions;
mod gaps;
mod lexer;
mod parse;
mod pipeline;
mod random;
mod token;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::golang::value::{Bytes, Element, Map, Struct, Value};
use crate::model::Text;
pub use error::{Stage, TemplateError};
use function::{Language, Run};
pub use functions::normalize;
pub use gaps::{Gap, GapKind, gaps};

/// The name that Traefik gives the default rule's template; it stands in every error.
const DEFAULT_RULE: &str = "defaultRule";

/// A template that was read.
#[derive(Debug, Clone)]
pub struct Template {
    name: &'static str,
    text: String,
    tree: ast::Tree,
    language: &'static Language,
}

/// What `.` is in a default rule.
#[derive(Debug, Clone, Copy)]
pub struct Data<'a> {
    /// `.Name`: the service's default name.
    pub name: &'a str,
    /// `.Labels`; without them a nil map, which prints and behaves as an empty one but isn't equal to it.
    pub labels: Option<&'a BTreeMap<Text, Text>>,
}

/// What a template might ask of its surroundings.
#[derive(Debug, Clone, Default)]
pub struct Ambient {
    /// The variables that `env` and `expandenv` see: Traefik's, not ours.
    pub environment: BTreeMap<String, String>,
    /// What `now` gives.
    pub now: jiff::Timestamp,
    /// What chance follows from.
    pub seed: u64,
}

/// What came of rendering a template.
#[derive(Debug)]
pub struct Rendering {
    /// The text, or why there is none.
    pub output: Result<Vec<u8>, TemplateError>,
    /// Whether it ended at a limit of ours, or at a function that isn't done here: Traefik would have gone on.
    pub stopped: bool,
    /// Variables that `env` or `expandenv` asked for and that [`Ambient::environment`] lacks: they were empty.
    pub unset: BTreeSet<String>,
}

impl Template {
    /// Reads a default rule.
    ///
    /// # Errors
    /// Where Go refuses it; Traefik doesn't start then.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::parse_in(DEFAULT_RULE, text, functions::default_rule())
    }

    /// Reads a template of another name that may call other functions. A caller with functions of its own keeps its
    /// [`Language`] in a static, made of its tables and those here that it shares.
    ///
    /// # Errors
    /// Where Go refuses it.
    pub fn parse_in(name: &'static str, text: &str, language: &'static Language) -> Result<Self, TemplateError> {
        let tree = parse::parse(name, text, language)?;
        Ok(Self { name, text: text.to_owned(), tree, language })
    }

    /// Renders a default rule for one service. The output is bytes: functions may cut characters.
    ///
    /// # Errors
    /// Where Go fails, or a limit is passed; the service's router is dropped then.
    pub fn render(&self, data: &Data<'_>, ambient: &Ambient) -> Result<Vec<u8>, TemplateError> {
        self.render_value(data.value(), ambient)
    }

    /// The same, with what is worth telling of it.
    pub fn rendering(&self, data: &Data<'_>, ambient: &Ambient) -> Rendering {
        self.execute(data.value(), ambient)
    }

    /// Renders a template on any value.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_value(&self, data: Value, ambient: &Ambient) -> Result<Vec<u8>, TemplateError> {
        self.execute(data, ambient).output
    }

    fn execute(&self, data: Value, ambient: &Ambient) -> Rendering {
        let program = exec::Program { name: self.name, text: &self.text, tree: &self.tree, language: self.language };
        let run = Run {
            ambient,
            unset: BTreeSet::new(),
            stopped: false,
            random: random::Random::new(ambient.seed),
            budget: budget::Budget::default(),
            regexps: BTreeMap::new(),
        };
        exec::execute(&program, data, run)
    }

    /// The text that it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Data<'_> {
    fn value(&self) -> Value {
        let labels = match self.labels {
            None => Map::nil(Element::String),
            Some(labels) => {
                let shared = |text: &Text| Bytes::from(text.clone());
                let entries = labels.iter().map(|(key, value)| (shared(key), Value::String(shared(value))));
                Map::new(Element::String, entries.collect())
            }
        };
        Value::Struct(Rc::new(Struct {
            type_name: "struct { Name string; Labels map[string]string }",
            comparable: false,
            fields: vec![("Name", Value::text(self.name)), ("Labels", Value::Map(labels))],
        }))
    }
}
