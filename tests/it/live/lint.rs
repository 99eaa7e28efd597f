//! `lint FILE --live`: a revision that isn't deployed yet, judged among what runs.

use std::fs;
use std::time::Duration;

use serde_json::Value;

use super::fleet::{Fleet, definition};
use super::program::{Ran, folder, run, signed_in};
use super::server::{FakeAws, Fault};

fn aws(faults: &[(&str, Fault)]) -> FakeAws {
    FakeAws::start(Fleet::whole(), faults, Duration::ZERO)
}

/// Judges the next revision of `api`, with this router alone, among what runs.
fn judged(aws: &FakeAws, name: &str, router: &str, rule: &str) -> Ran {
    let file = folder(name).join("taskdef.json");
    let mut next = definition("api", "awsvpc");
    next["revision"] = Value::Null;
    let key = format!("traefik.http.routers.{router}.rule");
    next["containerDefinitions"][0]["dockerLabels"] = Value::Object([(key, rule.into())].into_iter().collect());
    fs::write(&file, next.to_string()).expect("a file can be written");
    let file = file.to_str().expect("the path is text");
    let url = aws.url();
    run(&["lint", file, "--live", "--cluster=prod", "--cluster=edge", "--format=json"], &signed_in(&url))
}

fn rules(ran: &Ran) -> Vec<String> {
    let document = ran.json();
    let findings = document["findings"].as_array().expect("a list").iter();
    findings.map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_changed_rule_conflicts_with_the_revision_that_runs() {
    let aws = aws(&[]);
    let changed = judged(&aws, "lint-changed", "api", "Host(`new.example.com`)");
    assert!(rules(&changed).contains(&"ECS052".to_owned()), "{}", changed.stdout);
    let same = judged(&aws, "lint-same", "api", "Host(`api.example.com`)");
    assert!(!rules(&same).contains(&"ECS052".to_owned()), "{}", same.stdout);
}

#[test]
fn a_host_that_another_service_has_is_told() {
    let taken = judged(&aws(&[]), "lint-taken", "blue", "Host(`shop.example.com`)");
    assert!(rules(&taken).contains(&"ECS026".to_owned()), "{}", taken.stdout);
}

#[test]
fn a_pass_that_is_not_complete_is_no_clean_bill() {
    let denied = judged(&aws(&[("DescribeTasks", Fault::DeniedJson)]), "lint-denied", "api", "Host(`api.example.com`)");
    assert_eq!(denied.status, 3, "{}{}", denied.stdout, denied.stderr);
    assert!(denied.stderr.contains("DescribeTasks"), "{}", denied.stderr);
}
