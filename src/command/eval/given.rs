//! Labels that are given by hand, from options and a file.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::cli::LabelArgs;
use crate::command::output::read_text;
use crate::console::Surroundings;
use crate::failure::{Failure, Place};
use crate::model::Text;
use crate::source::offset_of;

/// A container's labels, as they come.
pub(super) type Labels = BTreeMap<Text, Text>;

/// The labels of a file, with those of `--label` laid over.
pub(super) fn labels(arguments: &LabelArgs, surroundings: &Surroundings) -> Result<Labels, Failure> {
    let mut labels = match &arguments.labels {
        Some(path) => from_file(path, surroundings)?,
        None => Labels::new(),
    };
    for label in &arguments.label {
        let Some((key, value)) = label.split_once('=') else {
            return Err(Failure::input(format!("--label `{label}` has no value")).hint("write KEY=VALUE"));
        };
        labels.insert(key.into(), value.into());
    }
    Ok(labels)
}

fn from_file(path: &Path, surroundings: &Surroundings) -> Result<Labels, Failure> {
    let text = read_text(path, surroundings)?;
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        let at = offset_of(&text, error.line(), error.column());
        let place = Place {
            first_line: 1,
            first_column: 1,
            origin: path.display().to_string(),
            text: text.clone(),
            span: at..at,
            label: error.to_string(),
        };
        Failure::input(format!("{} is not JSON", path.display())).at(place)
    })?;
    let labels = document.get("dockerLabels").unwrap_or(&document);
    let wrong = |why: &str| {
        Failure::input(format!("{}: {why}", path.display()))
            .hint("a JSON object of labels is wanted, or a container definition with `dockerLabels`")
    };
    let Some(fields) = labels.as_object() else { return Err(wrong("the labels are not an object")) };
    fields
        .iter()
        .map(|(key, value)| match value {
            Value::String(text) => Ok((Text::from(key.as_str()), Text::from(text.as_str()))),
            _ => Err(wrong(&format!("the label `{key}` is not a text"))),
        })
        .collect()
}
