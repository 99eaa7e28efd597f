//! `migrate` of what runs: labels of v1 are found in the fleet, what takes their place is said, and nothing is changed.

use std::time::Duration;

use serde_json::json;

use super::fleet::{Fleet, cluster_arn, definition, fargate};
use super::program::{run, signed_in};
use super::server::FakeAws;

/// One service with labels of v1, and one that has v3's already.
fn fleet() -> Fleet {
    let mut old = definition("shop", "awsvpc");
    old["containerDefinitions"][0]["dockerLabels"] = json!({
        "traefik.frontend.rule": "Host:shop.example.com;PathPrefixStrip:/shop",
        "traefik.backend.loadbalancer.method": "drr",
    });
    Fleet {
        clusters: vec!["prod".to_owned()],
        tasks: vec![fargate("prod", 1, "shop"), fargate("prod", 2, "shop"), fargate("prod", 3, "api")],
        definitions: vec![old, definition("api", "awsvpc")],
        ..Fleet::default()
    }
}

#[test]
fn labels_that_run_are_migrated_and_nothing_is_changed() {
    let aws = FakeAws::start(fleet(), &[], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["migrate", "--cluster", "prod", "--format", "json"], &signed_in(&url));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let document = ran.json();
    let containers = document["files"][0]["containers"].as_array().expect("containers are listed");
    assert_eq!(containers.len(), 1, "{document:#}");
    // The group of its tasks is known, so it is named as v1 names it.
    assert_eq!(containers[0]["name"], "service-shop-web");
    assert_eq!(containers[0]["inPlace"], false);
    let rule = &containers[0]["labels"]["traefik.http.routers.service-shop-web.rule"];
    assert_eq!(rule, "Host(`shop.example.com`) && PathPrefix(`/shop`)");
    let kinds = containers[0]["notes"].as_array().into_iter().flatten().map(|note| note["kind"].as_str());
    assert!(kinds.flatten().any(|kind| kind == "no-equivalent"), "{document:#}");
    let allowed =
        ["ListClusters", "ListTasks", "DescribeTasks", "DescribeTaskDefinition", "DescribeContainerInstances"];
    for action in aws.counts().keys() {
        assert!(allowed.contains(&action.as_str()) || action.starts_with("Get"), "{action} was called");
    }
}

#[test]
fn requests_go_where_they_went() {
    let aws = FakeAws::start(fleet(), &[], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["migrate", "--verify", "--cluster", "prod", "--format", "json"], &signed_in(&url));
    let document = ran.json();
    assert!(document["compared"].as_u64().is_some_and(|compared| compared > 10), "{document:#}");
    assert_eq!(ran.status, 0, "{document:#}\n{}", ran.stderr);
}

#[test]
fn a_fleet_that_is_denied_is_no_migration() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "ecs:List*",
        "Resource": ["*", cluster_arn("prod")] }] });
    let aws = FakeAws::start(Fleet { policy: Some(policy), ..fleet() }, &[], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["migrate", "--cluster", "prod"], &signed_in(&url));
    assert_eq!(ran.status, 3, "{}\n{}", ran.stdout, ran.stderr);
}
