//! `lint`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FleetArgs, OutputArgs};

/// What is wrong or about to go wrong?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute lint                            everything below this directory
  ecsroute lint taskdef.json traefik.yml --fail-on warning
  ecsroute lint plan.json --snapshot fleet.json
  ecsroute lint --explain ECS001")]
pub struct LintArgs {
    /// Files and directories [default: this directory]
    pub paths: Vec<PathBuf>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = LintFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: LintFormat,
    /// Judge the files among what runs in AWS now
    #[arg(long)]
    pub live: bool,
    /// What is judged and how, in place of the nearest ecsroute.toml in this directory and above
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The least severity that makes the exit status 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Exit 1 when something could not be judged
    #[arg(long)]
    pub fail_on_unknown: bool,
    /// Only these rules, by id, name or prefix (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub select: Vec<String>,
    /// All but these rules (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// What a rule is about, why it matters, an example, and the fix
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    /// List every rule
    #[arg(long)]
    pub rules: bool,
    /// Findings in this file are known and don't count
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings to a baseline
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Mend what is mechanical; shown as a diff unless --write
    #[arg(long)]
    pub fix: bool,
    /// With --fix: change the files
    #[arg(long, requires = "fix")]
    pub write: bool,
    /// What changes for this fleet between two releases, as `v2.11..v3.7`
    #[arg(long, value_name = "FROM..TO")]
    pub upgrade: Option<String>,
}

/// The least severity that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    /// Everything.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
    /// Nothing.
    Never,
}

/// The formats of `lint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// For reading, with the source underlined.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// JUnit XML.
    Junit,
}
