//! What a rule is. Each is one file in `rules/`, which holds its documentation too.

use super::finding::{Finding, Severity};
use super::world::World;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// A stable id, never used for another: `ECS001`.
    pub id: &'static str,
    /// A name in words: `label-unknown`.
    pub name: &'static str,
    /// How bad a finding is, as a rule.
    pub severity: Severity,
    /// What it finds, in one line.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What fires.
    pub example: &'static str,
    /// How to mend it.
    pub fix: &'static str,
    /// Looks for it.
    pub check: fn(&World<'_>) -> Vec<Finding>,
}

impl Rule {
    /// Whether a word on the command line means this rule: its id, its name, or the beginning of its id.
    pub fn is_meant_by(&self, word: &str) -> bool {
        let starts = self.id.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        !word.is_empty() && (starts || self.name.eq_ignore_ascii_case(word))
    }

    /// The rule's page, as Markdown.
    pub fn page(&self) -> String {
        let Self { id, name, what, why, example, fix, .. } = self;
        let severity = self.severity.word();
        format!(
            "# {id}: {name}\n\n{what} Severity: {severity}.\n\n## Why\n\n{why}\n\n## Example\n\n{}\n\n## Fix\n\n{fix}\n",
            indented(example)
        )
    }
}

/// A block of code in Markdown.
fn indented(code: &str) -> String {
    let lines: Vec<_> = code.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    lines.join("\n")
}
