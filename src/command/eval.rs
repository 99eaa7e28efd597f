//! `eval`: one expression, template, rule or set of labels, tried by itself.

use super::Exit;
use crate::cli::EvalArgs;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

pub(super) fn run(
    arguments: &EvalArgs,
    _surroundings: &Surroundings,
    _console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    match &arguments.command {
        _ => Err(Failure::input("this command is not part of this version yet")),
    }
}
