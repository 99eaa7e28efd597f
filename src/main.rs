//! The process: its arguments, streams and exit code. Everything else is in the library.

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::Parser;
use ecsroute::cli::{Cli, Color, split_traefik_flags};
use ecsroute::command::{self, Exit};
use ecsroute::console::{Console, Surroundings, Verbosity};
use ecsroute::render::Styles;
use mimalloc::MiMalloc;

/// A pass makes and frees some hundred small things for each container: that is what it mostly costs.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let split = split_traefik_flags(env::args_os().map(|argument| argument.to_string_lossy().into_owned()));
    let cli = match Cli::try_parse_from(split.ours) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results, and come with status 0.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Input } else { Exit::Yes }.code());
        }
    };
    let surroundings = Surroundings {
        environment: env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        directory: env::current_dir().unwrap_or_default(),
        now: jiff::Timestamp::now(),
        width: command::terminal_width(),
        traefik_flags: split.traefik,
    };
    let colored = |terminal: bool| colored(cli.console.color, terminal, &surroundings);
    let (out_terminal, err_terminal) = (io::stdout().is_terminal(), io::stderr().is_terminal());
    let mut console = Console {
        out: &mut io::BufWriter::new(io::stdout().lock()),
        err: &mut io::stderr().lock(),
        styles: Styles::new(colored(out_terminal)),
        note_styles: Styles::new(colored(err_terminal)),
        verbosity: verbosity(&cli),
        progress: err_terminal,
    };
    let exit = command::run(cli, &surroundings, &mut console).unwrap_or_else(|failure| {
        console.fail(&failure);
        Exit::of(failure.kind())
    });
    let _ = console.out.flush();
    ExitCode::from(exit.code())
}

/// Colour as the options, `NO_COLOR`, `CLICOLOR_FORCE` and the stream want it, in that order.
fn colored(wanted: Color, terminal: bool, surroundings: &Surroundings) -> bool {
    let set = |name: &str| surroundings.environment.get(name).is_some_and(|value| !value.is_empty());
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if surroundings.environment.get("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
        Color::Auto => terminal && surroundings.environment.get("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn verbosity(cli: &Cli) -> Verbosity {
    match (cli.console.quiet, cli.console.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, 0) => Verbosity::Normal,
        (false, 1) => Verbosity::Verbose,
        (false, _) => Verbosity::Calls,
    }
}
