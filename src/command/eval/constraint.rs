//! `eval constraint`: do these labels satisfy an expression, and on which part of it does that rest?

use serde_json::json;

use super::given::labels;
use super::invalid;
use crate::cli::{EvalConstraintArgs, TextOrJson};
use crate::command::Exit;
use crate::console::{Console, Surroundings};
use crate::constraint::{Constraint, Wanted, traefik_message};
use crate::failure::Failure;
use crate::golang::expression::{ExpressionError, Problem};
use crate::render;
use crate::view::proof;

pub(super) fn run(
    arguments: &EvalConstraintArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let labels = labels(&arguments.labels, surroundings)?;
    let expression = arguments.expression.as_str();
    let constraint = match Constraint::parse(expression) {
        Ok(constraint) => constraint,
        Err(error) if error.problem == Problem::BeyondBounds => return Err(unanswered(&error, expression)),
        Err(error) => return refused(&error, arguments, console),
    };
    let judged = constraint.judge(&labels).map_err(|unanswered| Failure::input(unanswered.to_string()))?;
    let parts = proof::parts(&judged, expression);
    match arguments.format {
        TextOrJson::Json => console.print(&render::json(&json!({
            "schema": "ecsroute.eval-constraint/1", "expression": expression, "valid": true,
            "holds": judged.holds(), "parts": proof::json(&parts),
        })))?,
        TextOrJson::Text => {
            let tree = proof::tree(&parts, console.styles);
            console.print(format!("{}\n{tree}", judged.holds()).as_bytes())?;
        }
    }
    for (evidence, _) in judged.leaves() {
        if let Wanted::Uncompilable(error) = &evidence.wanted {
            console.warn(&format!("{error}: the LabelRegex is false for every container, and Traefik doesn't say so"));
        }
    }
    Ok(Exit::holds(judged.holds()))
}

/// An expression that Traefik takes, and that is too large to try here.
fn unanswered(error: &ExpressionError, expression: &str) -> Failure {
    invalid::failure("the constraint can't be tried", "constraint", expression, error, &[])
        .hint("what it comes to isn't known; a shorter regular expression, or several, can be tried")
}

/// An expression that Traefik refuses: every container is dropped then.
fn refused(
    error: &ExpressionError,
    arguments: &EvalConstraintArgs,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let expression = arguments.expression.as_str();
    let logged = traefik_message(error, expression);
    if arguments.format == TextOrJson::Json {
        console.print(&render::json(&json!({
            "schema": "ecsroute.eval-constraint/1", "expression": expression, "valid": false,
            "error": invalid::json(error, expression, &logged),
        })))?;
    }
    let known = ["Label", "LabelRegex"];
    Err(invalid::failure("the constraint is not valid", "constraint", expression, error, &known)
        .hint(format!("Traefik drops every container then, and logs: {logged}")))
}
