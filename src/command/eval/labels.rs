//! `eval labels`: what a set of labels decodes to.

use serde_json::json;

use super::given::{Labels, labels};
use crate::cli::{EvalLabelsArgs, TextOrJson};
use crate::command::Exit;
use crate::console::{Console, Surroundings};
use crate::decode::{DecodeError, Problem};
use crate::dynamic::Configuration;
use crate::failure::{Failure, Place};
use crate::render;

pub(super) fn run(
    arguments: &EvalLabelsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let labels = labels(&arguments.labels, surroundings)?;
    let decoded = Configuration::from_labels(&labels, arguments.traefik);
    match (decoded, arguments.format) {
        (Ok(configuration), TextOrJson::Json) => {
            console.print(&render::json(&configuration.json(arguments.traefik)))?;
        }
        (Ok(configuration), TextOrJson::Text) => {
            console.print(render::toml(&configuration.file_form(arguments.traefik).tree).as_bytes())?;
        }
        (Err(error), TextOrJson::Json) => {
            let nearest = error.problem.nearest();
            let said = json!({ "error": { "message": error.to_string(), "path": error.path, "nearest": nearest } });
            console.print(&render::json(&said))?;
            return Ok(Exit::Input);
        }
        (Err(error), TextOrJson::Text) => return Err(undecodable(&labels, &error)),
    }
    for key in labels.keys().filter(|key| !Configuration::counts(key)) {
        console.detail(&format!("the label `{key}` is no part of the dynamic configuration"));
    }
    Ok(Exit::Yes)
}

/// What to say of labels that don't decode: the label, with the part that is wrong underlined.
fn undecodable(labels: &Labels, error: &DecodeError) -> Failure {
    let nearest = error.problem.nearest();
    let failure = Failure::input(format!("the labels don't decode: {error}"));
    let failure = match place(labels, error) {
        Some(place) => failure.at(place),
        None => failure,
    };
    let failure = match nearest {
        Some(name) => failure.hint(format!("did you mean `{name}`?")),
        None => failure,
    };
    if error.problem.is_panic() {
        return failure.hint("Traefik's decoder crashes on it: one such label stops the whole provider");
    }
    failure.hint("Traefik drops the whole container, with all its routers")
}

/// The label that the error is about, and the end of its path in it.
fn place(labels: &Labels, error: &DecodeError) -> Option<Place> {
    let within = |key: &str| {
        let key = key.to_lowercase();
        let path = error.path.to_lowercase();
        key == path || key.strip_prefix(&path).is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let (key, value) = labels.iter().find(|(key, _)| within(key))?;
    let text = format!("{key}={value}");
    let in_value = matches!(error.problem, Problem::Value(_) | Problem::Duration(_));
    let span = if in_value {
        key.len() + 1..text.len()
    } else {
        let end = error.path.len().min(key.len());
        let start = error.path.rfind('.').map_or(0, |dot| dot + 1).min(end);
        start..end
    };
    let label = error.problem.nearest().map(|name| format!("`{name}`?")).unwrap_or_default();
    Some(Place { first_line: 1, first_column: 1, origin: "label".to_owned(), text, span, label })
}
