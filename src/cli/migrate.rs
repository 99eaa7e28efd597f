//! `migrate`.

use std::path::PathBuf;

use clap::Args;

use super::{FleetArgs, TextOrJson};

/// Rewrite v1 labels and settings, and v2 rules, as v3.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute migrate taskdef.json                    a diff
  ecsroute migrate taskdef.json traefik.toml -o migrated/
  ecsroute migrate taskdef.json --traefik v2       rules of v2
  ecsroute migrate --verify --snapshot fleet.json")]
pub struct MigrateArgs {
    /// Task definitions, templates, plans, static configurations
    pub paths: Vec<PathBuf>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: TextOrJson,
    /// Write the migrated files into DIR
    #[arg(short, long, value_name = "DIR", conflicts_with = "write", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Change the files in place
    #[arg(long, help_heading = "Output")]
    pub write: bool,
    /// Route generated requests through both and show where they differ
    #[arg(long)]
    pub verify: bool,
}
