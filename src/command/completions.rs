//! `completions`: the shell's completion script, on standard output.

use clap::CommandFactory;

use super::Exit;
use crate::cli::{Cli, CompletionsArgs};
use crate::console::Console;
use crate::failure::Failure;

pub(super) fn run(arguments: &CompletionsArgs, console: &mut Console<'_>) -> Result<Exit, Failure> {
    console.print(&script(arguments.shell))?;
    Ok(Exit::Yes)
}

/// The script for one shell, as it is committed in `completions/`.
pub fn script(shell: clap_complete::Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "ecsroute", &mut bytes);
    bytes
}
