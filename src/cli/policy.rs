//! `check-policy`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FleetArgs, OutputArgs};

/// Do these IAM policies allow what the provider needs?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute check-policy policy.json --cluster prod --region eu-west-1 --context account=123456789012
  ecsroute check-policy --suggest=terraform --cluster prod
  ecsroute check-policy                    does the live caller?

Live, it makes one harmless call for each action; calls that are denied show up in CloudTrail.")]
pub struct CheckPolicyArgs {
    /// Identity policies: JSON, an answer of the AWS CLI, a Terraform plan or a CloudFormation template; `-` is standard input
    pub files: Vec<PathBuf>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = PolicyFormat::Table, value_name = "FORMAT", help_heading = "Output")]
    pub format: PolicyFormat,
    /// The permissions boundary
    #[arg(long, value_name = "FILE")]
    pub boundary: Option<PathBuf>,
    /// Service control policies of one level, from the organization's root down; commas within a level (repeatable)
    #[arg(long, value_name = "FILE[,FILE]")]
    pub scp: Vec<String>,
    /// The session policy
    #[arg(long, value_name = "FILE")]
    pub session_policy: Option<PathBuf>,
    /// What is known of the request: a condition key, or account, region, partition (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub context: Vec<String>,
    /// Ask for every action that Traefik's documentation lists
    #[arg(long)]
    pub documented: bool,
    /// Ask AWS too, beside the files
    #[arg(long)]
    pub live: bool,
    /// Judge the task role of this ECS service, read from IAM where that is allowed
    #[arg(long, value_name = "SERVICE")]
    pub task_role_of: Option<String>,
    /// A verdict that depends on what isn't known counts as allowed
    #[arg(long)]
    pub allow_conditional: bool,
    /// Exit 1 when more than needed is granted
    #[arg(long)]
    pub strict: bool,
    /// Print the smallest policy that suffices
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "json")]
    pub suggest: Option<SuggestFormat>,
    /// With --suggest: on every resource, not per cluster
    #[arg(long, requires = "suggest")]
    pub unscoped: bool,
    /// The least change to this policy, as a diff
    #[arg(long, value_name = "FILE", conflicts_with = "suggest")]
    pub fix: Option<PathBuf>,
}

/// The formats of `check-policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PolicyFormat {
    /// For reading.
    Table,
    /// For programs.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
}

/// The forms of a suggested policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SuggestFormat {
    /// A policy document.
    Json,
    /// An `aws_iam_policy_document`.
    Terraform,
    /// An `AWS::IAM::ManagedPolicy`.
    Cloudformation,
}
