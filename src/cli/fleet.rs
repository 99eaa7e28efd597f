//! Where the fleet comes from: live AWS, a snapshot, or the demo.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::traefik_settings::SettingsArgs;

/// Everything that a command which looks at a fleet takes.
#[derive(Debug, Clone, Args)]
pub struct FleetArgs {
    /// Where the records come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What Traefik is set to.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// Where the records come from.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Where the fleet comes from")]
pub struct SourceArgs {
    /// Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is
    #[arg(long, value_name = "FILE", conflicts_with_all = ["demo", "profile", "region", "endpoint_url", "role_arn"])]
    pub snapshot: Option<PathBuf>,
    /// A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read
    #[arg(long, conflicts_with_all = ["profile", "region", "endpoint_url", "role_arn"])]
    pub demo: bool,
    /// The profile of the shared AWS configuration
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// The AWS region
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Another endpoint for every AWS service
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Assume this role first
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// The external id that the role asks for
    #[arg(long, value_name = "ID", requires = "role_arn")]
    pub external_id: Option<String>,
    /// How many calls may be under way at once
    #[arg(long, value_name = "N", default_value = "16", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub concurrency: Option<u16>,
    /// Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit
    #[arg(long, value_name = "N")]
    pub max_rate: Option<u32>,
    /// Give up after this long, as `30s`, `2m` or `500ms`
    #[arg(long, value_name = "DURATION", default_value = "120s", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// What the reading cost, beside what Traefik's own costs
    #[arg(long)]
    pub stats: bool,
}

/// A positive length of time: a number of seconds, or a number with `ms`, `s`, `m` or `h`.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a length of time such as `30s`, `2m` or `500ms`");
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: f64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "ms" => number / 1000.0,
        "" | "s" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return Err(wrong()),
    };
    if seconds > 0.0 { Duration::try_from_secs_f64(seconds).map_err(|_| wrong()) } else { Err(wrong()) }
}
