//! Man pages, one for each command, from its help.

use std::fmt::Write as _;
use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::failure::Failure;
use crate::nearest::nearest;

/// Every man page by its file's name, as they are committed in `man/`.
///
/// # Errors
/// When a page can't be written, which memory alone could cause.
pub fn pages() -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let (mut pages, mut open) = (Vec::new(), vec![whole()]);
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands().filter(|command| command.get_name() != "help").cloned());
        pages.push((format!("{}.1", name(&command)), written(command)?));
    }
    pages.sort();
    Ok(pages)
}

/// The page of a command; of the program where none is named.
pub(super) fn of(path: &[String]) -> Result<Vec<u8>, Failure> {
    let mut command = whole();
    for name in path {
        command = command.find_subcommand(name).cloned().ok_or_else(|| unknown(&command, name))?;
    }
    written(command)
}

fn whole() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

/// `ecsroute-eval-rule`
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn written(command: Command) -> Result<Vec<u8>, Failure> {
    let usage = command.clone().render_usage().to_string();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = command.has_subcommands();
    let source = format!("ecsroute {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).date("").source(source).manual("ecsroute");
    let mut bytes = Vec::new();
    sections(&man, &usage, &after, has_commands, &mut bytes)
        .map_err(|error| Failure::system("the page can't be written").because(&error))?;
    Ok(bytes)
}

/// The sections, with the usage in a line and the examples as they stand: both are broken up otherwise.
fn sections(man: &Man, usage: &str, after: &str, has_commands: bool, bytes: &mut Vec<u8>) -> io::Result<()> {
    man.render_title(bytes)?;
    man.render_name_section(bytes)?;
    bytes.extend(verbatim("SYNOPSIS", usage.trim_start_matches("Usage: ")).into_bytes());
    man.render_description_section(bytes)?;
    man.render_options_section(bytes)?;
    if has_commands {
        man.render_subcommands_section(bytes)?;
    }
    let (examples, rest) = after.split_once("\n\n").unwrap_or((after, ""));
    let examples = examples.split_once('\n').map_or("", |(_, lines)| lines);
    bytes.extend(verbatim("EXAMPLES", examples).into_bytes());
    if !rest.is_empty() {
        bytes.extend(verbatim("NOTES", rest).into_bytes());
    }
    Ok(())
}

/// A section whose lines stay as they are.
fn verbatim(heading: &str, text: &str) -> String {
    let mut section = format!(".SH {heading}\n.nf\n");
    for line in text.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line);
        let _ = writeln!(section, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-").replace('`', "\\(ga"));
    }
    section + ".fi\n"
}

fn unknown(command: &Command, name: &str) -> Failure {
    let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
    let failure = Failure::input(format!("`{}` has no command `{name}`", command.get_name()));
    match nearest(name, known.iter().copied()) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None if known.is_empty() => failure,
        None => failure.hint(format!("it has {}", known.join(", "))),
    }
}
