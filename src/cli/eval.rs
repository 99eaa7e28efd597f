//! `eval`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::TextOrJson;
use crate::model::Release;

/// Try one expression, template, rule or set of labels.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute eval constraint 'Label(`env`, `prod`)' --label env=prod
  ecsroute eval template 'Host(`{{ normalize .Name }}`)' --name service-web
  ecsroute eval rule 'Host(`a.b`) && PathPrefix(`/x`)' --request 'GET https://a.b/x/1'
  ecsroute eval labels --label 'traefik.http.routers.x.rule=Host(`a`)'")]
pub struct EvalArgs {
    /// What to try.
    #[command(subcommand)]
    pub command: EvalCommand,
}

/// What to try.
#[derive(Debug, Subcommand)]
pub enum EvalCommand {
    /// Do these labels satisfy a constraint? Exit 0 if so, 1 if not
    Constraint(EvalConstraintArgs),
    /// What does a default rule give?
    Template(EvalTemplateArgs),
    /// Is a rule valid, and would it match this request?
    Rule(EvalRuleArgs),
    /// What do these labels decode to?
    Labels(EvalLabelsArgs),
}

/// Labels from the command line or a file.
#[derive(Debug, Clone, Default, Args)]
pub struct LabelArgs {
    /// A label (repeatable)
    #[arg(short, long = "label", value_name = "KEY=VALUE")]
    pub label: Vec<String>,
    /// A JSON object of labels, or a container definition with `dockerLabels`
    #[arg(long, value_name = "FILE.json")]
    pub labels: Option<PathBuf>,
}

/// `eval constraint`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ecsroute eval constraint 'Label(`env`, `prod`)' --label env=prod\n  \
                          ecsroute eval constraint '!LabelRegex(`team`, `^(a|b)$`)' --labels labels.json")]
pub struct EvalConstraintArgs {
    /// The expression
    pub expression: String,
    /// The container's labels.
    #[command(flatten)]
    pub labels: LabelArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT")]
    pub format: TextOrJson,
}

/// `eval template`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ecsroute eval template 'Host(`{{ normalize .Name }}`)' --name service-web\n  \
                          ecsroute eval template 'Host(`{{ index .Labels \"host\" }}`)' --label host=a.example.com")]
pub struct EvalTemplateArgs {
    /// The template
    pub template: String,
    /// `.Name`: the service's default name
    #[arg(long, value_name = "NAME", default_value = "")]
    pub name: String,
    /// `.Labels`.
    #[command(flatten)]
    pub labels: LabelArgs,
    /// A variable that `env` may see, as NAME=VALUE, or NAME for this environment's (repeatable)
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub template_env: Vec<String>,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT")]
    pub format: TextOrJson,
}

/// `eval rule`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ecsroute eval rule 'Host(`a.b`) && PathPrefix(`/x`)' --request 'GET https://a.b/x/1'\n  \
                  ecsroute eval rule 'HostSNI(`db.example.com`)' --kind tcp --sni db.example.com\n  \
                  ecsroute eval rule 'Host(`a.b`, `c.d`)' --syntax v2 --request http://c.d/"
)]
pub struct EvalRuleArgs {
    /// The rule
    pub rule: String,
    /// A request, as `METHOD URL` or a URL
    #[arg(long, value_name = "METHOD URL")]
    pub request: Option<String>,
    /// A header of the request (repeatable)
    #[arg(short = 'H', long = "header", value_name = "K:V")]
    pub headers: Vec<String>,
    /// The client's address
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub client_ip: String,
    /// The rule language: v3 or v2
    #[arg(long, value_name = "SYNTAX", default_value = "v3")]
    pub syntax: String,
    /// What sort of router
    #[arg(long, value_enum, default_value_t = RouterKind::Http)]
    pub kind: RouterKind,
    /// TCP: the server name of the TLS handshake
    #[arg(long, value_name = "NAME")]
    pub sni: Option<String>,
    /// TCP: a protocol that the client offers (repeatable)
    #[arg(long, value_name = "PROTOCOL")]
    pub alpn: Vec<String>,
    /// Whose behaviour
    #[arg(long, value_name = "VERSION", default_value = "v3", value_parser = str::parse::<Release>)]
    pub traefik: Release,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT")]
    pub format: TextOrJson,
}

/// What sort of router.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RouterKind {
    /// HTTP and HTTPS.
    Http,
    /// TCP and TLS.
    Tcp,
}

/// `eval labels`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ecsroute eval labels --label 'traefik.http.routers.x.rule=Host(`a`)'\n  \
                          ecsroute eval labels --labels labels.json")]
pub struct EvalLabelsArgs {
    /// The labels.
    #[command(flatten)]
    pub labels: LabelArgs,
    /// Whose behaviour
    #[arg(long, value_name = "VERSION", default_value = "v3", value_parser = str::parse::<Release>)]
    pub traefik: Release,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TextOrJson::Json, value_name = "FORMAT")]
    pub format: TextOrJson,
}
