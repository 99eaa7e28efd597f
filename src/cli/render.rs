//! `render`, `diff` and `snapshot`: what results, what changes, what is recorded.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FleetArgs, OutputArgs};

/// What dynamic configuration results?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute render --demo
  ecsroute render --format yaml -o ecs.yml                 for Traefik's file provider
  ecsroute render --watch --cluster prod -o ecs.toml       follow the fleet until Ctrl-C
  ecsroute render --demo --template nginx                  for another proxy
  ecsroute render --snapshot fleet.json --format json | jq .http.routers")]
pub struct RenderArgs {
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks; TOML and YAML load in Traefik's file provider
    #[arg(short, long, value_enum, default_value_t = RenderFormat::Toml, value_name = "FORMAT", help_heading = "Output")]
    pub format: RenderFormat,
    /// Write even a pass that is not complete to the output file, as Traefik would publish it
    #[arg(long, requires = "output", help_heading = "Output")]
    pub as_traefik: bool,
    /// Render through a template: one that is built in by name, or a file
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "format", help_heading = "Templates")]
    pub template: Option<String>,
    /// Print what a template gets, as JSON with its schema
    #[arg(long, conflicts_with_all = ["template", "format"], help_heading = "Templates")]
    pub template_data: bool,
    /// Keep polling and rewrite the output file whenever something changes
    #[arg(long, requires = "output", help_heading = "Watching")]
    pub watch: bool,
    /// With --watch: a line of JSON on stdout for each change
    #[arg(long, value_name = "FORMAT", requires = "watch", value_parser = ["jsonl"], help_heading = "Watching")]
    pub events: Option<String>,
}

/// The formats of `render`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RenderFormat {
    /// For Traefik's file provider.
    Toml,
    /// For Traefik's file provider.
    Yaml,
    /// Traefik's own form, as its API gives it.
    Json,
}

/// What would change in the routes?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute diff before.json after.json
  ecsroute diff before.json live --cluster prod
  ecsroute diff live live --settings-b constraints='Label(`env`, `prod`)'
  ecsroute diff --deploy taskdef.json --cluster prod")]
pub struct DiffArgs {
    /// A snapshot, a rendered file, `live` or `demo`
    #[arg(required_unless_present = "deploy")]
    pub a: Option<String>,
    /// The same, for the other side
    #[arg(required_unless_present_any = ["deploy", "settings_b"])]
    pub b: Option<String>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = DiffFormat::Table, value_name = "FORMAT", help_heading = "Output")]
    pub format: DiffFormat,
    /// A provider option that holds for B alone, as NAME=VALUE (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub settings_b: Vec<String>,
    /// What this revision would change, and what Traefik publishes while old and new tasks overlap
    #[arg(long, value_name = "TASKDEF.json", conflicts_with_all = ["a", "b", "settings_b"])]
    pub deploy: Option<PathBuf>,
}

/// The formats of `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For reading.
    Table,
    /// As `diff -u` prints it.
    Unified,
    /// For programs.
    Json,
    /// For tickets.
    Markdown,
}

/// Record the AWS answers to a file.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute snapshot --cluster prod -o fleet.json.gz
  ecsroute discover --snapshot fleet.json.gz")]
pub struct SnapshotArgs {
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Write to FILE instead of stdout; `.gz` compresses
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Keep the environment variables of container definitions, which may hold secrets
    #[arg(long, help_heading = "Output")]
    pub include_environment: bool,
    /// Write even a pass that is not complete
    #[arg(long, requires = "output", help_heading = "Output")]
    pub as_traefik: bool,
}
