//! `--static-from SERVICE` against an AWS of our own: by every name that a service has, and where there is none.

use std::time::Duration;

use serde_json::{Value, json};

use super::fleet::{Fleet, definition};
use super::program::{Ran, SECRET, run, signed_in};
use super::server::{FakeAws, Fault};

/// A fleet in which the service `traefik` of the cluster `edge` runs these containers.
fn running(containers: &Value) -> Fleet {
    let mut own = definition("traefik", "awsvpc");
    own["containerDefinitions"] = containers.clone();
    own["taskRoleArn"] = "arn:aws:iam::123456789012:role/edge".into();
    let whole = Fleet::whole();
    Fleet { definitions: [whole.definitions, vec![own]].concat(), services: vec!["edge/traefik"], ..Fleet::whole() }
}

fn traefik(fields: &Value) -> Value {
    let mut container = json!({ "name": "traefik", "image": "traefik:v3.7" });
    for (name, value) in fields.as_object().expect("fields are an object") {
        container[name] = value.clone();
    }
    container
}

fn settings(fleet: Fleet, faults: &[(&str, Fault)], arguments: &[&str]) -> Ran {
    let aws = FakeAws::start(fleet, faults, Duration::ZERO);
    let url = aws.url();
    run(&[&["discover", "--show-settings", "--format=json"], arguments].concat(), &signed_in(&url))
}

fn value<'a>(document: &'a Value, option: &str) -> &'a str {
    let settings = document["settings"].as_array().expect("there are settings");
    let found = settings.iter().find(|setting| setting["name"] == format!("providers.ecs.{option}"));
    found.and_then(|setting| setting["value"].as_str()).expect("the option is shown")
}

#[test]
fn a_service_is_found_by_each_of_its_names() {
    let containers = json!([
        traefik(&json!({ "command": ["--providers.ecs.clusters=prod", format!("--providers.ecs.secretAccessKey={SECRET}")] })),
        { "name": "web", "image": "nginx" },
    ]);
    for name in ["traefik", "edge/traefik", "arn:aws:ecs:eu-west-1:123456789012:service/edge/traefik"] {
        let ran = settings(running(&containers), &[], &["--static-from", name]);
        assert_eq!(ran.status, 0, "{name}\n{}", ran.stderr);
        let document = ran.json();
        assert_eq!(value(&document, "clusters"), "prod");
        assert_eq!(value(&document, "secretAccessKey"), "set (hidden)");
        assert_eq!(document["of"], "container `traefik` of traefik:1");
        assert_eq!(document["assumed"], json!([]));
    }
}

#[test]
fn a_service_that_is_not_there_is_told_with_where_it_was_looked_for() {
    let fleet = || running(&json!([traefik(&json!({}))]));
    let ran = settings(fleet(), &[], &["--static-from=treafik"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("treafik") && ran.stderr.contains("edge"), "{}", ran.stderr);
    let ran = settings(fleet(), &[], &["--static-from=prod/traefik"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    let ran = settings(fleet(), &[], &["--static-from=nowhere/traefik"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
}

#[test]
fn a_refusal_names_the_action_and_what_else_would_do() {
    for action in ["DescribeServices", "DescribeTaskDefinition"] {
        let fleet = running(&json!([traefik(&json!({}))]));
        let ran = settings(fleet, &[(action, Fault::DeniedJson)], &["--static-from=edge/traefik"]);
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("ecs:{action}")), "{}", ran.stderr);
        assert!(ran.stderr.contains("takes a file, too"), "{}", ran.stderr);
    }
}

#[test]
fn several_that_may_be_traefik_are_named() {
    let second = json!({ "name": "canary", "image": "registry.example/traefik:v3.7" });
    let ran = settings(running(&json!([traefik(&json!({})), second])), &[], &["--static-from=edge/traefik"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("`traefik`") && ran.stderr.contains("`canary`"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_seen_is_named_and_the_result_is_assumed() {
    let cases = [
        (
            json!({ "environmentFiles": [{ "value": "arn:aws:s3:::edge/traefik.env", "type": "s3" }] }),
            "edge/traefik.env",
        ),
        (
            json!({ "secrets": [{ "name": "TRAEFIK_PROVIDERS_ECS_REGION", "valueFrom": "arn:x" }] }),
            "TRAEFIK_PROVIDERS_ECS_REGION",
        ),
        (json!({ "command": ["--configFile=/etc/edge.yml"] }), "/etc/edge.yml"),
        (json!({ "image": "example/traefik-own:1" }), "example/traefik-own:1"),
        (json!({ "entryPoint": ["sh", "-c"], "command": ["traefik --providers.ecs.region=$(cat /r)"] }), "$(cat /r)"),
        (json!({ "entryPoint": ["/start.sh"] }), "/start.sh"),
    ];
    for (fields, named) in cases {
        let ran = settings(running(&json!([traefik(&fields)])), &[], &["--static-from=edge/traefik"]);
        assert_eq!(ran.status, 0, "{named}\n{}", ran.stderr);
        let assumed = ran.json()["assumed"].to_string();
        assert!(assumed.contains(named), "{named}: {assumed}");
        assert!(ran.stderr.contains("assumed: "), "{}", ran.stderr);
    }
}

#[test]
fn a_shell_is_read_as_it_would_split() {
    let cases = [
        json!({ "entryPoint": ["sh", "-c"], "command": ["exec traefik --providers.ecs.clusters=\"$CLUSTERS\""] }),
        json!({ "command": ["sh", "-c", "traefik '--providers.ecs.clusters=prod,edge' # the rest"] }),
        json!({ "entryPoint": ["/bin/sh", "-ec", "sleep 1; traefik --providers.ecs.clusters=${CLUSTERS:-none}"] }),
        json!({ "entryPoint": ["sh", "-c", "exec traefik \"$@\"", "--"], "command": ["--providers.ecs.clusters=prod,edge"] }),
        json!({ "entryPoint": ["traefik"], "command": ["--providers.ecs.clusters", "prod", "--providers.ecs.clusters=edge"] }),
    ];
    for mut fields in cases {
        fields["environment"] = json!([{ "name": "CLUSTERS", "value": "prod,edge" }]);
        let ran = settings(running(&json!([traefik(&fields)])), &[], &["--static-from=edge/traefik"]);
        assert_eq!(ran.status, 0, "{fields}\n{}", ran.stderr);
        let document = ran.json();
        assert_eq!(value(&document, "clusters"), "prod,edge", "{fields}");
        assert_eq!(document["assumed"], json!([]), "{fields}");
    }
}
