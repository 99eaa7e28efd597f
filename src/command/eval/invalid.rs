//! What to say of an expression that isn't valid.

use serde_json::{Value, json};

use crate::failure::{Failure, Place};
use crate::golang::expression::{ExpressionError, Problem};
use crate::nearest::nearest;

/// The error at its place. `known` are the matchers of the language.
pub(in crate::command) fn failure(
    message: &str,
    origin: &str,
    text: &str,
    error: &ExpressionError,
    known: &[&str],
) -> Failure {
    let (line, column) = error.position(text);
    let place = Place {
        first_line: 1,
        first_column: 1,
        origin: origin.to_owned(),
        text: text.to_owned(),
        span: error.span.range(),
        label: error.to_string(),
    };
    let failure = Failure::input(format!("{message}: line {line}, column {column}")).at(place);
    match &error.problem {
        Problem::UnknownFunction(name) => match nearest(name, known.iter().copied()) {
            Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
            None => failure.hint(format!("there is {}", known.join(", "))),
        },
        _ => failure,
    }
}

/// The same for programs; `logged` is what Traefik says.
pub(super) fn json(error: &ExpressionError, text: &str, logged: &str) -> Value {
    let (line, column) = error.position(text);
    json!({
        "message": error.to_string(), "line": line, "column": column,
        "start": error.span.start, "end": error.span.end, "traefikLog": logged,
    })
}
