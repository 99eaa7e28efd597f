//! The command line: what may be typed. Types and help texts only; what the words mean is decided elsewhere.

mod discover;
mod eval;
mod explain;
mod fleet;
mod lint;
mod migrate;
mod policy;
mod render;
mod route;
mod test;
mod traefik_flags;
mod traefik_settings;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub use discover::{DiscoverArgs, DiscoverFormat};
pub use eval::{
    EvalArgs, EvalCommand, EvalConstraintArgs, EvalLabelsArgs, EvalRuleArgs, EvalTemplateArgs, LabelArgs, RouterKind,
};
pub use explain::{DoctorArgs, ExplainArgs, TextOrJson};
pub use fleet::{FleetArgs, SourceArgs};
pub use lint::{FailOn, LintArgs, LintFormat};
pub use migrate::MigrateArgs;
pub use policy::{CheckPolicyArgs, PolicyFormat, SuggestFormat};
pub use render::{DiffArgs, DiffFormat, RenderArgs, RenderFormat, SnapshotArgs};
pub use route::RouteArgs;
pub use test::{CaseKind, TestArgs, TestFormat};
pub use traefik_flags::{Split, split_traefik_flags};
pub use traefik_settings::SettingsArgs;

/// Finds out why Traefik on Amazon ECS does (not) route to a container.
#[derive(Debug, Parser)]
#[command(
    name = "ecsroute",
    version,
    about = "Runs the pipeline of Traefik's ECS provider once, without Traefik, and shows every decision",
    long_about = "Runs the pipeline of Traefik's ECS provider once, without Traefik, and shows every decision.\n\n\
        Reads from live AWS, from a recorded snapshot (--snapshot FILE), or from a built-in fleet (--demo); takes \
        Traefik's own static configuration, flags and variables; gives what Traefik would publish, and says why.",
    after_help = EXAMPLES,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = false,
    max_term_width = 100
)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub console: ConsoleArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  ecsroute discover --demo                 look around without an AWS account
  ecsroute discover --cluster prod         what Traefik finds, and what becomes of it
  ecsroute explain api --cluster prod      every step for the containers that match `api`
  ecsroute render --format toml -o ecs.toml
  ecsroute lint taskdef.json               the CI step
  ecsroute check-policy policy.json        do these IAM policies allow what the provider needs?

Exit status: 0 yes, 1 no, 2 wrong input, 3 AWS or the system failed.";

/// How to talk: colour, and how much.
#[derive(Debug, Clone, Args)]
pub struct ConsoleArgs {
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = "Console")]
    pub color: Color,
    /// Less on stderr: errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Console")]
    pub quiet: bool,
    /// More on stderr: where settings, region and credentials came from; twice: every call
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Console")]
    pub verbose: u8,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Even in a pipe.
    Always,
    /// Nowhere.
    Never,
}

/// Where the result goes.
#[derive(Debug, Clone, Default, Args)]
pub struct OutputArgs {
    /// Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What would Traefik find, and what becomes of it?
    Discover(DiscoverArgs),
    /// Why is this container (not) routed? Every step, its input and its outcome
    Explain(ExplainArgs),
    /// What dynamic configuration results?
    Render(RenderArgs),
    /// Which router would take this request, and which servers would get it?
    Route(RouteArgs),
    /// What is wrong or about to go wrong? The CI step
    Lint(LintArgs),
    /// Do these IAM policies allow what the provider needs, and nothing it doesn't?
    CheckPolicy(CheckPolicyArgs),
    /// What would change in the routes?
    Diff(DiffArgs),
    /// Unit tests for routing: tables of cases with the expected outcome
    Test(TestArgs),
    /// Try one expression, template, rule or set of labels
    Eval(EvalArgs),
    /// Is the ground firm: settings, region, credentials, identity, endpoint, clusters?
    Doctor(DoctorArgs),
    /// Record the AWS answers to a file, to replay anywhere
    Snapshot(SnapshotArgs),
    /// Rewrite v1 labels and settings, and v2 rules, as v3
    Migrate(MigrateArgs),
    /// Print a shell completion script, or a man page
    Completions(CompletionsArgs),
}

/// `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute completions bash > /etc/bash_completion.d/ecsroute
  ecsroute completions zsh --snapshot fleet.json > ~/.zfunc/_ecsroute     with the names of a fleet
  ecsroute completions man > ecsroute.1
  ecsroute completions man eval rule | man -l -")]
pub struct CompletionsArgs {
    /// The shell to complete for, or `man` for a man page
    #[arg(value_enum, value_name = "SHELL")]
    pub script: Script,
    /// With `man`: the command that the page is about [default: the program]
    pub command: Vec<String>,
    /// Complete the names of the clusters and services of this snapshot, too
    #[arg(long, value_name = "FILE")]
    pub snapshot: Option<PathBuf>,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Script {
    /// For bash.
    Bash,
    /// For elvish.
    Elvish,
    /// For fish.
    Fish,
    /// For PowerShell.
    Powershell,
    /// For zsh.
    Zsh,
    /// A man page.
    Man,
}
