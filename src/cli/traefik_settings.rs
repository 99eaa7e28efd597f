//! What Traefik is set to, as far as it is said here: the what-if options, and where its own settings are.

use std::path::PathBuf;

use clap::Args;

use crate::model::Release;

/// What Traefik is set to.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What Traefik is set to")]
pub struct SettingsArgs {
    /// Traefik's own static configuration, YAML or TOML [default: where Traefik looks for it]
    #[arg(long, value_name = "FILE")]
    pub static_config: Option<PathBuf>,
    /// Do not look for a static configuration
    #[arg(long, conflicts_with = "static_config")]
    pub no_static_config: bool,
    /// Read Traefik's settings from its own task definition: a file, or a service's name
    #[arg(long, value_name = "TASKDEF.json|SERVICE", conflicts_with = "static_config")]
    pub static_from: Option<String>,
    /// What if: search this cluster, by name or ARN (repeatable)
    #[arg(long = "cluster", value_name = "NAME")]
    pub clusters: Vec<String>,
    /// What if: search every cluster of the account
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub auto_discover_clusters: Option<bool>,
    /// What if: keep only containers whose labels satisfy this
    #[arg(long, value_name = "EXPR")]
    pub constraints: Option<String>,
    /// What if: take containers that have no `traefik.enable`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub exposed_by_default: Option<bool>,
    /// What if: the rule of routers that have none
    #[arg(long, value_name = "TEMPLATE")]
    pub default_rule: Option<String>,
    /// What if: take only tasks that are HEALTHY
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub healthy_tasks_only: Option<bool>,
    /// What if: ask SSM for the addresses of external instances
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ecs_anywhere: Option<bool>,
    /// What if: the polling interval
    #[arg(long, value_name = "N")]
    pub refresh_seconds: Option<i64>,
    /// Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release
    #[arg(long, value_name = "VERSION", default_value = "v3", value_parser = str::parse::<Release>)]
    pub traefik: Release,
    /// A variable that the default rule's `env` may see, as NAME=VALUE, or NAME for this environment's (repeatable)
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub template_env: Vec<String>,
    /// Print each effective setting and where it came from
    #[arg(long)]
    pub show_settings: bool,
    /// Traefik's own arguments, verbatim
    #[arg(last = true, value_name = "ARGS")]
    pub traefik_args: Vec<String>,
}
