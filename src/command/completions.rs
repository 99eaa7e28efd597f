//! `completions`: the shell's completion script, or a man page, on standard output.

mod page;
mod words;

use clap::CommandFactory;
use clap_complete::Shell;

pub use self::page::pages;
use self::words::Words;
use super::Exit;
use super::fleet::read_snapshot;
use crate::cli::{Cli, CompletionsArgs, Script};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

pub(super) fn run(
    arguments: &CompletionsArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let shell = match arguments.script {
        Script::Man => {
            console.print(&page::of(&arguments.command)?)?;
            return Ok(Exit::Yes);
        }
        Script::Bash => Shell::Bash,
        Script::Elvish => Shell::Elvish,
        Script::Fish => Shell::Fish,
        Script::Powershell => Shell::PowerShell,
        Script::Zsh => Shell::Zsh,
    };
    if !arguments.command.is_empty() {
        return Err(Failure::input("a completion script is for every command at once")
            .hint("`ecsroute completions man COMMAND` prints the page of one"));
    }
    let words = match &arguments.snapshot {
        Some(path) => Words::of(&read_snapshot(path, surroundings)?),
        None => Words::default(),
    };
    console.print(&generated(shell, &words))?;
    Ok(Exit::Yes)
}

/// The script for one shell, as it is committed in `completions/`.
pub fn script(shell: Shell) -> Vec<u8> {
    generated(shell, &Words::default())
}

fn generated(shell: Shell, words: &Words) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut words.offered(Cli::command()), "ecsroute", &mut bytes);
    bytes
}
