//! `doctor` against an AWS of our own: all well, a cluster that isn't there, a refusal, nobody there.

use std::time::Duration;

use super::fleet::Fleet;
use super::program::{Ran, run, signed_in};
use super::server::{FakeAws, Fault};

fn doctor(aws: &FakeAws, arguments: &[&str]) -> Ran {
    let url = aws.url();
    run(&[&["doctor", "--no-static-config", "--format=json"], arguments].concat(), &signed_in(&url))
}

/// How each thing stands, by its id; of several with one id the last.
fn state<'a>(report: &'a serde_json::Value, id: &str) -> &'a str {
    let checks = report["checks"].as_array().expect("there are checks");
    let found = checks.iter().rfind(|check| check["id"] == id);
    found.and_then(|check| check["state"].as_str()).unwrap_or_else(|| panic!("{id} is looked at: {report:#}"))
}

#[test]
fn where_all_is_well_each_thing_says_so() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=edge"]);
    assert_eq!(ran.status, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report = ran.json();
    for id in ["settings", "region", "credentials", "identity", "endpoint", "clock", "clusters"] {
        assert_eq!(state(&report, id), "ok", "{id}: {report:#}");
    }
}

#[test]
fn a_cluster_that_is_not_there_is_told_with_those_that_are() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=egde"]);
    assert_eq!(ran.status, 1, "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(state(&ran.json(), "clusters"), "wrong");
    assert!(ran.stdout.contains("there are edge, prod"), "{}", ran.stdout);
}

#[test]
fn a_refusal_names_the_action() {
    let aws = FakeAws::start(Fleet::whole(), &[("ListTasks", Fault::DeniedJson)], Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=edge"]);
    assert_eq!(ran.status, 1, "{}\n{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("ecs:ListTasks"), "{}", ran.stdout);
}

#[test]
fn without_credentials_the_rest_is_not_looked_up() {
    let variables = [("AWS_REGION", "eu-west-1"), ("AWS_EC2_METADATA_DISABLED", "true")];
    let ran = run(&["doctor", "--no-static-config", "--format=json"], &variables);
    assert_eq!(ran.status, 3, "{}\n{}", ran.stdout, ran.stderr);
    let report = ran.json();
    assert_eq!(state(&report, "connection"), "wrong");
    assert_eq!(state(&report, "clusters"), "not-looked-up");
}
