//! `test`: tables of cases, each with the outcome that is expected.

use std::path::Path;

use serde_json::{Map, Value};

use super::Exit;
use super::output::{deliver, read_text};
use crate::cases::{self, Kind, Outcome};
use crate::cli::{CaseKind, TestArgs, TestFormat};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::view::tested::{Tested, TestedCase};

pub(super) fn run(
    arguments: &TestArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let mut tested = Tested::default();
    for file in &arguments.files {
        let text = read_text(file, surroundings)?;
        for (index, case) in table(file, &text)?.iter().enumerate() {
            tested.cases.push(run_case(file, index, case, arguments.kind)?);
        }
    }
    let bytes = match arguments.format {
        TestFormat::Text => tested.text(console.styles),
        TestFormat::Json => tested.json(),
        TestFormat::Junit => tested.junit()?,
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(Exit::holds(tested.failed() == 0))
}

/// The cases of a file.
fn table(file: &Path, text: &str) -> Result<Vec<Value>, Failure> {
    let name = file.display();
    let cases: Vec<Value> = serde_json::from_str(text).map_err(|error| {
        let at = crate::source::offset_of(text, error.line(), error.column());
        Failure::input(format!("{name} is not a JSON array of cases")).at(Place {
            first_line: 1,
            first_column: 1,
            origin: name.to_string(),
            text: text.to_owned(),
            span: at..at,
            label: error.to_string(),
        })
    })?;
    if cases.is_empty() {
        return Err(Failure::input(format!("{name} holds no cases")));
    }
    Ok(cases)
}

fn run_case(file: &Path, index: usize, case: &Value, wanted: Option<CaseKind>) -> Result<TestedCase, Failure> {
    let Value::Object(fields) = case else {
        return Err(Failure::input(format!("{}: case {} is not an object", file.display(), index + 1)));
    };
    let name = fields.get("name").and_then(Value::as_str).map_or_else(|| format!("case {}", index + 1), str::to_owned);
    let malformed = |why: String| Failure::input(format!("{}: {name}: {why}", file.display()));
    let kind = kind_of(fields, wanted).map_err(malformed)?;
    let outcome = cases::run(kind, fields).map_err(|error| malformed(error.to_string()))?;
    Ok(TestedCase { file: file.display().to_string(), name, kind: kind.id, outcome })
}

/// The kind that was asked for, or the one that the fields tell.
fn kind_of(fields: &Map<String, Value>, wanted: Option<CaseKind>) -> Result<&'static Kind, String> {
    match wanted {
        Some(wanted) => {
            let id = clap::ValueEnum::to_possible_value(&wanted).map(|value| value.get_name().to_owned());
            cases::KINDS.iter().find(|kind| Some(kind.id) == id.as_deref()).ok_or_else(|| "no such kind".to_owned())
        }
        None => cases::kind_of(fields).ok_or_else(|| "its fields tell no kind of case: give --kind KIND".to_owned()),
    }
}

impl TestedCase {
    /// Whether it failed.
    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }
}
