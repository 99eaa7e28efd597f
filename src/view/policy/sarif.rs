//! `check-policy` as SARIF: a result for each finding, each thing granted beyond the need, and each action that is
//! required and not allowed.

use std::collections::BTreeMap;

use super::{ActionRow, PolicyReport, RequestRow};
use crate::render::{SarifLevel, SarifRegion, SarifResult, SarifRule, sarif};

/// The rules that aren't findings on a document.
const RULES: [(&str, &str); 5] = [
    ("ACTION_NOT_ALLOWED", "An action that Traefik's ECS provider needs is not allowed"),
    ("ACTION_ALLOWED_IN_PART", "An action is allowed for some of a cluster's resources only"),
    ("ACTION_DEPENDS", "Whether an action is allowed hangs on what is not known"),
    ("MORE_THAN_NEEDED", "More is granted than Traefik's ECS provider needs"),
    ("DOCUMENT", "Something about the document itself"),
];

impl PolicyReport {
    /// For code scanning. `file` is where results stand that belong to no statement.
    pub fn sarif(&self, file: &str) -> Vec<u8> {
        let mut results = Vec::new();
        for action in self.actions.iter().filter(|action| matches!(action.need, "required" | "only-if")) {
            for request in action.requests.iter().filter(|request| request.verdict != "allowed") {
                results.extend(not_allowed(action, request, file));
            }
        }
        for finding in &self.findings {
            results.push(SarifResult {
                rule: finding.code.to_owned(),
                level: level(finding.severity),
                message: with_hint(&finding.message, finding.hint.as_deref()),
                region: finding.region.clone(),
            });
        }
        for excess in &self.excess {
            results.push(SarifResult {
                rule: "MORE_THAN_NEEDED".to_owned(),
                level: SarifLevel::Warning,
                message: format!("grants {}", excess.grants),
                region: excess.region.clone(),
            });
        }
        let document = sarif(&rules(&results), &results);
        crate::render::json(&document)
    }
}

/// The rules that results have, each once.
fn rules(results: &[SarifResult]) -> Vec<SarifRule> {
    let described: BTreeMap<&str, &str> = RULES.into_iter().collect();
    let mut ids: Vec<&str> = results.iter().map(|result| result.rule.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let rule = |id: &str| SarifRule {
        id: id.to_owned(),
        description: described.get(id).map_or_else(|| id.replace('_', " ").to_lowercase(), |text| (*text).to_owned()),
        help: None,
    };
    ids.into_iter().map(rule).collect()
}

fn not_allowed(action: &ActionRow, request: &RequestRow, file: &str) -> Option<SarifResult> {
    let rule = match request.verdict {
        "partly" => "ACTION_ALLOWED_IN_PART",
        "depends" => "ACTION_DEPENDS",
        "explicitly-denied" | "implicitly-denied" => "ACTION_NOT_ALLOWED",
        _ => return None,
    };
    let level = match (action.need, request.verdict) {
        ("required", "depends") => SarifLevel::Warning,
        ("required", _) => SarifLevel::Error,
        _ => SarifLevel::Note,
    };
    let start = || SarifRegion { path: file.to_owned(), start: (1, 1), end: (1, 1) };
    let region = request.marks.first().map_or_else(start, |mark| mark.region.clone());
    let where_ = request.cluster.as_ref().map(|cluster| format!(" in {cluster}")).unwrap_or_default();
    let message = format!("{}{where_}: {} ({})", action.action, request.message, action.consequence_sentence);
    Some(SarifResult { rule: rule.to_owned(), level, message, region })
}

fn level(severity: &str) -> SarifLevel {
    match severity {
        "error" => SarifLevel::Error,
        "warning" => SarifLevel::Warning,
        _ => SarifLevel::Note,
    }
}

fn with_hint(message: &str, hint: Option<&str>) -> String {
    hint.map_or_else(|| message.to_owned(), |hint| format!("{message}; {hint}"))
}
