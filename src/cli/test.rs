//! `test`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::OutputArgs;

/// Unit tests for routing.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ecsroute test routes.json
  ecsroute test --kind constraint constraints.json --format junit

A file is a JSON array of cases; the kind is told by their fields.")]
pub struct TestArgs {
    /// Tables of cases; `-` is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The kind of the cases [default: told by their fields]
    #[arg(long, value_enum, value_name = "KIND")]
    pub kind: Option<CaseKind>,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = TestFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: TestFormat,
}

/// The kinds of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CaseKind {
    /// A constraint on labels.
    Constraint,
    /// A default rule's template.
    Template,
    /// A router's rule and requests.
    Rule,
    /// Labels and what they decode to.
    Labels,
    /// A fleet and what is published.
    Pipeline,
    /// Arguments, variables, files and the settings.
    Settings,
    /// Inputs to several releases.
    Versions,
    /// Policies and a request.
    Policy,
    /// Policies and a request of which something isn't known.
    PolicyUnknown,
    /// Texts of policies.
    PolicyInvalid,
    /// A rule of v1 and requests.
    V1Rule,
    /// A fleet under v1.
    V1Pipeline,
    /// A fleet and requests to it.
    Route,
}

/// The formats of `test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For reading.
    Text,
    /// For programs.
    Json,
    /// JUnit XML.
    Junit,
}
