//! `versions`: what the releases of Traefik make of one input.

use serde_json::{Map, Value, json};

use super::labels::{self, Wording};
use super::pipeline::{Input, compare_result};
use super::rule::{Judged, RuleCase};
use super::{Kind, Malformed, Mismatch, Outcome};
use crate::model::Release;

pub(super) const KIND: Kind = Kind {
    id: "versions",
    fields: &[
        "name", "of", "settings", "env", "world", "labels", "rule", "kind", "syntax", "requests", "want", "unset",
        "hidden", "note",
    ],
    told_by: &["of", "want"],
    run,
};

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let wants = case.get("want").and_then(Value::as_object).filter(|wants| !wants.is_empty());
    let wants = wants.ok_or_else(|| Malformed("`want` names at least one release".to_owned()))?;
    let mut mismatches = Vec::new();
    for (name, want) in wants {
        let release = release(name)?;
        let found = match case.get("of").and_then(Value::as_str) {
            Some("labels") => {
                let hidden = case.get("hidden").and_then(|hidden| hidden.get(name));
                labels::compare(&labels::labels_of(case)?, release, want, hidden, Wording::Any)
            }
            Some("pipeline") => compare_result(&Input::read(case)?.play(release), want).into_iter().collect(),
            Some("rules") => compare_rule(&RuleCase::read(case)?.judge(release), want),
            _ => return Err(Malformed("`of` is pipeline, labels or rules".to_owned())),
        };
        mismatches.extend(found.into_iter().map(|one| Mismatch { what: format!("want.{name}: {}", one.what), ..one }));
    }
    Ok(Outcome::of(mismatches))
}

/// Compares what a release makes of a rule; of one that it refuses nothing but that.
fn compare_rule(judged: &Judged, want: &Value) -> Vec<Mismatch> {
    let actual = [
        ("valid", json!(judged.valid)),
        ("priority", json!(judged.priority)),
        ("domains", json!(judged.domains)),
        ("catchAll", json!(judged.catch_all)),
        ("match", json!(judged.matches)),
    ];
    let expected = actual.iter().filter_map(|(what, actual)| Some((what, want.get(*what)?, actual)));
    let differing = expected.filter(|(_, expected, actual)| expected != actual);
    let mismatches = differing.map(|(what, expected, actual)| Mismatch {
        what: (*what).to_owned(),
        expected: expected.to_string(),
        actual: actual.to_string(),
    });
    mismatches.collect()
}

fn release(name: &str) -> Result<Release, Malformed> {
    Release::ALL
        .into_iter()
        .find(|release| release.name() == name)
        .ok_or_else(|| Malformed(format!("`{name}` is no release")))
}
