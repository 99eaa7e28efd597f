//! Findings as annotations of a GitHub workflow. GitHub shows ten of a level for each step; the rest is counted in one
//! more line, and the job summary has all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Found, Linted};
use crate::render::{github_data, github_property, markdown_cell};

/// How many annotations of a level GitHub shows for a step.
const SHOWN: usize = 10;

impl Linted {
    /// Workflow commands, one a line.
    pub fn github(&self) -> Vec<u8> {
        let mut text = String::new();
        let mut counts = BTreeMap::<&str, usize>::new();
        for found in &self.findings {
            let count = counts.entry(found.severity).or_default();
            *count += 1;
            // The last of a level's ten is kept for what is left out.
            let is_last_that_fits = *count == SHOWN && self.count(found.severity) > SHOWN;
            if *count <= SHOWN && !is_last_that_fits {
                let _ = writeln!(text, "{}", command(found));
            }
        }
        for (severity, _) in counts.iter().filter(|(_, count)| **count > SHOWN) {
            let left = self.count(severity) - (SHOWN - 1);
            let words = format!("{left} more of this level are in the log and in the job's summary");
            let _ = writeln!(text, "::{} title=ecsroute::{}", level(severity), github_data(&words));
        }
        let _ = writeln!(text, "{}", github_data(&self.summary.sentence()));
        text.into_bytes()
    }

    /// The job's summary: every finding in a table.
    pub fn github_summary(&self) -> String {
        let mut text = format!("### ecsroute lint\n\n{}\n", markdown_cell(&self.summary.sentence()));
        if !self.findings.is_empty() {
            text.push_str("\n| rule | severity | where | what |\n|---|---|---|---|\n");
        }
        for found in &self.findings {
            let place = found.place.as_ref().map(|place| format!("{}:{}", place.file, place.line));
            let place = place.or_else(|| found.subject.clone()).unwrap_or_default();
            let cells = [found.rule, found.severity, &place, &message(found)].map(markdown_cell);
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text
    }

    fn count(&self, severity: &str) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }
}

/// GitHub's word for a severity.
fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "error",
        "warning" => "warning",
        _ => "notice",
    }
}

fn command(found: &Found) -> String {
    let mut properties = Vec::new();
    if let Some(place) = &found.place {
        properties.push(format!("file={}", github_property(&place.file)));
        properties.push(format!("line={},endLine={}", place.line, place.end_line));
        if place.line == place.end_line {
            properties.push(format!("col={},endColumn={}", place.column, place.end_column));
        }
    }
    properties.push(format!("title={}", github_property(&format!("{} {}", found.rule, found.name))));
    format!("::{} {}::{}", level(found.severity), properties.join(","), github_data(&message(found)))
}

/// What is wrong, with what it does and what to do.
pub(super) fn message(found: &Found) -> String {
    let mut text = match &found.subject {
        Some(subject) => format!("{subject}: {}", found.message),
        None => found.message.clone(),
    };
    if let Some(effect) = &found.effect {
        let _ = write!(text, " ({effect})");
    }
    if let Some(help) = &found.help {
        let _ = write!(text, ". {help}");
    }
    text
}
