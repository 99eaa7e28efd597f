//! What counts: the command line, then `ecsroute.toml`, then the defaults.

use std::fs;
use std::path::PathBuf;

use super::config::Config;
use super::files::Given;
use crate::cli::{FailOn, LintArgs};
use crate::command::Exit;
use crate::lint::{Finding, Rule, Severity};
use crate::view::linted::Linted;

/// What was chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<'a> {
    /// On the command line.
    pub(super) arguments: &'a LintArgs,
    /// In the file.
    pub(super) config: Option<&'a Config>,
}

impl Choice<'_> {
    /// Whether a rule is to look: `--select` takes the place of the file's choice, `--ignore` is beside it.
    pub(super) fn wants(&self, rule: &Rule) -> bool {
        let named = |words: &[String]| words.iter().any(|word| rule.is_meant_by(word));
        let is_selected = match self.arguments.select.as_slice() {
            [] => self.config.is_none_or(|config| config.selects(rule)),
            select => named(select),
        };
        is_selected && !named(&self.arguments.ignore)
    }

    /// Gives findings the severity that the file gives their rules.
    pub(super) fn weigh(&self, found: &mut [Finding]) {
        for finding in found {
            let given = self.config.and_then(|config| config.severity(finding.rule));
            finding.severity = given.unwrap_or(finding.severity);
        }
    }

    /// The baseline.
    pub(super) fn baseline(&self) -> Option<PathBuf> {
        self.arguments.baseline.clone().or_else(|| self.config.and_then(Config::baseline))
    }

    /// Traefik's static configuration, where the file names one.
    pub(super) fn static_config(&self) -> Option<PathBuf> {
        self.config.and_then(Config::static_config)
    }

    /// Whether everything that the file speaks of has been judged: all below its directory.
    pub(super) fn is_whole(&self, given: &Given) -> bool {
        let Some(config) = self.config else { return !given.walked.is_empty() };
        let Ok(directory) = fs::canonicalize(config.directory()) else { return false };
        given.walked.iter().any(|walked| directory.starts_with(walked))
    }

    /// Whether something of a severity makes the exit status 1.
    pub(super) fn counts(&self, severity: Severity) -> bool {
        let fail_on = self.arguments.fail_on.or_else(|| self.config.and_then(Config::fail_on));
        match fail_on.unwrap_or(FailOn::Error) {
            FailOn::Note => true,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Error => severity >= Severity::Error,
            FailOn::Never => false,
        }
    }

    /// What it comes to.
    pub(super) fn status(&self, found: &[Finding], linted: &Linted) -> Exit {
        let counts = found.iter().any(|finding| self.counts(finding.severity));
        let fails_on_unknown = self.arguments.fail_on_unknown || self.config.is_some_and(Config::fails_on_unknown);
        Exit::holds(!(counts || (fails_on_unknown && linted.summary.unknown > 0)))
    }
}
