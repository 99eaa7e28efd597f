//! `doctor` against an AWS of our own: all well, a cluster that isn't there, a refusal, nobody there.

use std::time::Duration;

use serde_json::json;

use super::fleet::Fleet;
use super::program::{Ran, run, signed_in};
use super::server::{FakeAws, Fault};

fn doctor(aws: &FakeAws, arguments: &[&str]) -> Ran {
    let url = aws.url();
    run(&[&["doctor", "--no-static-config", "--format=json"], arguments].concat(), &signed_in(&url))
}

fn doctor_from(aws: &FakeAws, arguments: &[&str]) -> Ran {
    let url = aws.url();
    run(&[&["doctor", "--format=json"], arguments].concat(), &signed_in(&url))
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

#[test]
fn a_clock_that_is_off_is_told_by_how_much() {
    let aws = FakeAws::start(Fleet::whole(), &[("ListTasks", Fault::ClockBehind)], Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=edge"]);
    assert_eq!(ran.status, 1, "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(state(&ran.json(), "clock"), "wrong");
    assert!(ran.stdout.contains("s ahead of AWS's"), "{}", ran.stdout);
}

#[test]
fn nobody_at_the_endpoint_is_told_with_its_address() {
    let variables = signed_in("http://127.0.0.1:9");
    let ran = run(&["doctor", "--no-static-config", "--format=json", "--cluster=edge"], &variables);
    assert_eq!(ran.status, 3, "{}\n{}", ran.stdout, ran.stderr);
    let report = ran.json();
    assert_eq!(state(&report, "endpoint"), "wrong");
    assert!(ran.stdout.contains("http://127.0.0.1:9"), "{}", ran.stdout);
    for id in ["identity", "clock"] {
        assert_eq!(state(&report, id), "not-looked-up", "{report:#}");
    }
}

#[test]
fn a_page_of_somebody_else_is_no_answer() {
    let garbage =
        [("ListTasks", Fault::Garbage), ("ListClusters", Fault::Garbage), ("GetCallerIdentity", Fault::Garbage)];
    let aws = FakeAws::start(Fleet::whole(), &garbage, Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=edge"]);
    assert_eq!(ran.status, 3, "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(state(&ran.json(), "endpoint"), "wrong");
}

#[test]
fn what_may_not_be_looked_up_is_no_failure() {
    let closed = [("GetCallerIdentity", Fault::DeniedXml), ("ListClusters", Fault::DeniedJson)];
    let aws = FakeAws::start(Fleet::whole(), &closed, Duration::ZERO);
    let ran = doctor(&aws, &["--cluster=edge"]);
    assert_eq!(ran.status, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report = ran.json();
    assert_eq!(state(&report, "identity"), "not-looked-up");
    assert_eq!(state(&report, "clusters"), "ok");
}

#[test]
fn where_traefik_runs_decides_what_it_finds() {
    let folder = super::program::folder("doctor-own");
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let role = json!("arn:aws:iam::123456789012:role/edge");
    let keys = json!([{ "name": "AWS_ACCESS_KEY_ID", "valueFrom": "arn:x" }]);
    let cases = [
        (json!({ "requiresCompatibilities": ["FARGATE"], "taskRoleArn": role }), json!([]), "v3", "ok", "ok"),
        (json!({ "requiresCompatibilities": ["FARGATE"] }), json!([]), "v3", "ok", "wrong"),
        (json!({ "requiresCompatibilities": ["EC2"] }), json!([]), "v3", "look", "look"),
        (json!({ "taskRoleArn": role }), json!([]), "v3", "look", "ok"),
        (json!({ "taskRoleArn": role }), keys, "v3", "look", "look"),
        (json!({ "requiresCompatibilities": ["FARGATE"], "taskRoleArn": role }), json!([]), "v1", "wrong", "ok"),
    ];
    for (number, (mut definition, secrets, release, region, role)) in cases.into_iter().enumerate() {
        definition["family"] = "edge".into();
        definition["containerDefinitions"] =
            json!([{ "name": "traefik", "image": "traefik:v3.7", "secrets": secrets }]);
        let path = folder.join(format!("{number}.json"));
        std::fs::write(&path, definition.to_string()).expect("the folder can be written");
        let from = format!("--static-from={}", path.display());
        let ran = doctor_from(&aws, &["--cluster=edge", &from, "--traefik", release]);
        let report = ran.json();
        assert_eq!(state(&report, "traefik-region"), region, "{report:#}");
        assert_eq!(state(&report, "traefik-role"), role, "{report:#}");
    }
}

/// Arguments and variables, and what is found of region and credentials.
type Named = (&'static [&'static str], &'static [(&'static str, &'static str)], &'static str, &'static str);

#[test]
fn where_region_and_credentials_would_come_from_is_told_without_a_connection() {
    const OFF: (&str, &str) = ("AWS_EC2_METADATA_DISABLED", "true");
    let cases: [Named; 4] = [
        (&[], &[OFF, ("AWS_REGION", "eu-west-1")], "eu-west-1, from the environment", "named by no option"),
        (
            &["--region=us-east-1", "--profile=none"],
            &[OFF, ("AWS_REGION", "eu-west-1")],
            "us-east-1, from --region",
            "would come from the profile `none`; not tried",
        ),
        (
            &["--role-arn=arn:aws:iam::123456789012:role/x", "--providers.ecs.region=eu-north-1"],
            &[
                OFF,
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "/nonexistent"),
                ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/x"),
            ],
            "eu-north-1, from the provider's setting",
            "would come from a web identity token",
        ),
        (
            &[],
            &[OFF, ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "s3cr3t")],
            "the profile `default`'s counts",
            "would come from the environment (AWS_ACCESS_KEY_ID); not tried",
        ),
    ];
    for (arguments, variables, region, credentials) in cases {
        let ran = run(&[&["doctor", "--no-static-config", "--format=json"], arguments].concat(), variables);
        let report = ran.json();
        assert_eq!(state(&report, "connection"), "wrong", "{report:#}");
        let found = |id: &str| {
            let checks = report["checks"].as_array().expect("there are checks");
            checks.iter().find(|check| check["id"] == id).and_then(|check| check["found"].as_str()).unwrap_or_default()
        };
        assert!(found("region").contains(region), "{report:#}");
        assert!(found("credentials").contains(credentials), "{report:#}");
        assert!(!ran.stdout.contains("s3cr3t"));
    }
}
