//! `discover`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FleetArgs, OutputArgs};

/// What would Traefik find, and what becomes of it?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute discover --demo
  ecsroute discover --cluster prod --skipped
  ecsroute discover --demo --reason port-missing
  ecsroute discover --demo --report fleet.html               a page to look at or to send
  ecsroute discover --snapshot fleet.json.gz --format json | jq '.containers[] | select(.routed | not)'
  ecsroute discover --demo --exposed-by-default=false        what if?")]
pub struct DiscoverArgs {
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = DiscoverFormat::Table, value_name = "FORMAT", help_heading = "Output")]
    pub format: DiscoverFormat,
    /// Only containers that are routed
    #[arg(long, conflicts_with = "skipped", help_heading = "Output")]
    pub routed: bool,
    /// Only containers that are not routed
    #[arg(long, help_heading = "Output")]
    pub skipped: bool,
    /// Only containers whose ECS service or service name matches; `*` stands for any run of characters
    #[arg(long, value_name = "GLOB", help_heading = "Output")]
    pub service: Option<String>,
    /// Only containers that are not routed for this reason: `port-missing`
    #[arg(long, value_name = "ID", conflicts_with = "routed", help_heading = "Output")]
    pub reason: Option<String>,
    /// Every replica on a line of its own, with its task and address
    #[arg(long, help_heading = "Output")]
    pub wide: bool,
    /// Write a page beside the result: the fleet as a picture, and every container explained
    #[arg(long, value_name = "FILE.html", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// Write even a pass that is not complete to the output file, as Traefik would publish it
    #[arg(long, requires = "output", help_heading = "Output")]
    pub as_traefik: bool,
}

/// The formats of `discover` and `route`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiscoverFormat {
    /// For reading.
    Table,
    /// One document.
    Json,
    /// A line for each container.
    Jsonl,
    /// For spreadsheets.
    Csv,
    /// For tickets.
    Markdown,
}
