//! Findings that are known and don't count: those that a baseline names. Lines may move; rule, file, subject and
//! message may not.

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::place::SourceFile;

/// A baseline file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Baseline {
    /// `ecsroute.baseline/1`.
    pub schema: String,
    /// The findings that are known, in the order in which they are told.
    pub findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Known {
    /// The rule's id.
    pub rule: String,
    /// The file, as it is told; absent for what AWS gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// What is wrong.
    pub message: String,
}

impl Known {
    fn of(finding: &Finding, files: &[SourceFile]) -> Self {
        Self {
            rule: finding.rule.id.to_owned(),
            file: finding.site.as_ref().map(|site| files[site.file].name.clone()),
            subject: finding.subject.clone(),
            message: finding.message.clone(),
        }
    }
}

impl Baseline {
    /// The baseline of what was found.
    pub fn of(findings: &[Finding], files: &[SourceFile]) -> Self {
        Self {
            schema: "ecsroute.baseline/1".to_owned(),
            findings: findings.iter().map(|finding| Known::of(finding, files)).collect(),
        }
    }

    /// Takes out the findings that are known, each entry once. Gives the entries that nothing matches any more.
    pub fn quiet(&self, findings: &mut Vec<Finding>, files: &[SourceFile]) -> Vec<Known> {
        let mut left = self.findings.clone();
        findings.retain(|finding| {
            let known = Known::of(finding, files);
            match left.iter().position(|entry| *entry == known) {
                Some(at) => {
                    left.remove(at);
                    false
                }
                None => true,
            }
        });
        left
    }
}
