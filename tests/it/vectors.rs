//! The reference's answers, every one of them, through the runner that `ecsroute test` uses.

use std::fs;
use std::path::Path;

use ecsroute::cases::{self, Outcome};
use serde_json::{Map, Value};

/// Runs a whole table; fails with the first few cases that differ.
fn table(file: &str, kind: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file);
    let text = fs::read_to_string(&path).expect("the vectors are part of the repository");
    let table: Vec<Map<String, Value>> = serde_json::from_str(&text).expect("a table is an array of objects");
    let kind = cases::KINDS.iter().find(|known| known.id == kind).expect("the kind is known");
    let mut failures = Vec::new();
    let mut passed = 0;
    for case in &table {
        assert_eq!(cases::kind_of(case).map(|told| told.id), Some(kind.id), "its fields tell the kind: {case:?}");
        match cases::run(kind, case) {
            Ok(Outcome::Passed) => passed += 1,
            Ok(Outcome::Skipped(_)) => assert!(case.contains_key("needs"), "only what says so is skipped: {case:?}"),
            Ok(Outcome::Failed(mismatches)) => failures.push(format!("{}: {mismatches:#?}", case["name"])),
            Err(error) => failures.push(format!("{}: {error}", case["name"])),
        }
    }
    let shown = failures.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {} cases differ:\n{shown}", failures.len(), table.len());
    assert!(passed > 0, "something ran");
}

macro_rules! tables {
    ($($name:ident: $file:literal as $kind:literal;)*) => {
        $(#[test] fn $name() { table($file, $kind); })*

        #[test]
        fn every_kind_has_a_table() {
            let here: &[&str] = &[$($kind),*];
            for kind in cases::KINDS {
                assert!(here.contains(&kind.id), "no table of kind {}", kind.id);
            }
        }
    };
}

tables! {
    constraints: "constraints.json" as "constraint";
    labels: "labels.json" as "labels";
    route: "route.json" as "route";
    rules: "rules.json" as "rule";
    v1_pipeline: "v1_pipeline.json" as "v1-pipeline";
    pipeline: "pipeline.json" as "pipeline";
    versions: "versions.json" as "versions";
    v1_rules: "v1_rules.json" as "v1-rule";
    settings: "settings.json" as "settings";
    policy: "policy.json" as "policy";
    policy_unknown: "policy_unknown.json" as "policy-unknown";
    policy_invalid: "policy_invalid.json" as "policy-invalid";
    template: "template.json" as "template";
}
