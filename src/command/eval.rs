//! x
use super::Exit;
use crate::cli::EvalArgs;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
pub(super) fn run(
    _arguments: &EvalArgs,
    _surroundings: &Surroundings,
    _console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    todo!()
}
