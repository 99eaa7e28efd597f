//! `eval`: one expression, template, rule or set of labels, tried by itself.

mod constraint;
mod given;
pub(super) mod invalid;
mod labels;
mod rule;
mod template;

use super::Exit;
use crate::cli::{EvalArgs, EvalCommand};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

pub(super) fn run(
    arguments: &EvalArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    match &arguments.command {
        EvalCommand::Constraint(arguments) => constraint::run(arguments, surroundings, console),
        EvalCommand::Template(arguments) => template::run(arguments, surroundings, console),
        EvalCommand::Labels(arguments) => labels::run(arguments, surroundings, console),
        EvalCommand::Rule(arguments) => rule::run(arguments, surroundings, console),
    }
}
