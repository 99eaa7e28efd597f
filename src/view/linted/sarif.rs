//! Findings as SARIF, which code scanning reads.

use serde_json::Value;

use super::{Linted, github::message};
use crate::lint::RULES;
use crate::render::{SarifLevel, SarifRegion, SarifResult, SarifRule, sarif};

impl Linted {
    /// The log; what AWS gave has no place in a file and stands at the first line of `fleet`.
    pub fn sarif(&self) -> Value {
        let rules: Vec<_> = RULES
            .iter()
            .map(|rule| SarifRule {
                id: rule.id.to_owned(),
                description: rule.what.to_owned(),
                help: Some(rule.page()),
            })
            .collect();
        let results: Vec<_> = self
            .findings
            .iter()
            .map(|found| SarifResult {
                rule: found.rule.to_owned(),
                level: match found.severity {
                    "error" => SarifLevel::Error,
                    "warning" => SarifLevel::Warning,
                    _ => SarifLevel::Note,
                },
                message: message(found),
                region: found.place.as_ref().map_or_else(
                    || SarifRegion { path: "fleet".to_owned(), start: (1, 1), end: (1, 1) },
                    |place| SarifRegion {
                        path: place.file.clone(),
                        start: (place.line, place.column),
                        end: (place.end_line, place.end_column),
                    },
                ),
            })
            .collect();
        sarif(&rules, &results)
    }
}
