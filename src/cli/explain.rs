//! `explain` and `doctor`.

use clap::{Args, ValueEnum};

use super::{FleetArgs, OutputArgs};

/// Why is this container (not) routed?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute explain --demo                       every container
  ecsroute explain shop --demo                  what has `shop` in its name, rule, router, address or task
  ecsroute explain api --require-routed --cluster prod    a deploy gate: exit 1 unless every match is routed")]
pub struct ExplainArgs {
    /// Part of a task id, service, container, definition, address, router or host name
    pub pattern: Option<String>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: TextOrJson,
    /// Exit 1 unless every container that matches is routed
    #[arg(long, help_heading = "Output")]
    pub require_routed: bool,
}

/// Is the ground firm?
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ecsroute doctor\n  ecsroute doctor --profile prod --cluster web")]
pub struct DoctorArgs {
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: TextOrJson,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// For people.
    Text,
    /// For programs.
    Json,
}
