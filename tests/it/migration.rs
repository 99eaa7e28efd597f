//! Migrations, compared with what they come from: every reference rule, every label.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ecsroute::cases::World;
use ecsroute::dynamic::Configuration;
use ecsroute::migrate::verify::{After, Before, Probe, after, before, probes, verify};
use ecsroute::migrate::{Container, migrate_labels, migrate_provider};
use ecsroute::model::{Release, Text};
use ecsroute::template::Ambient;
use ecsroute::v1;
use serde_json::{Value, json};

fn table(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file);
    serde_json::from_slice(&fs::read(path).expect("the table is here")).expect("it is JSON")
}

/// v3's routers for a rule of v1, through its labels.
fn migrated(rule: &str) -> Vec<After> {
    let labels = BTreeMap::from([("traefik.frontend.rule".to_owned(), rule.to_owned())]);
    let container = Container { name: "web".to_owned(), ..Container::default() };
    decoded(&migrate_labels(&container, &labels).labels, rule)
}

fn decoded(labels: &BTreeMap<String, String>, of: &str) -> Vec<After> {
    let labels: BTreeMap<Text, Text> =
        labels.iter().map(|(label, value)| (Text::from(label.as_str()), Text::from(value.as_str()))).collect();
    match Configuration::from_labels(&labels, Release::V3_7) {
        Ok(configuration) => after(&configuration, Release::V3_7),
        Err(error) => panic!("`{of}` does not decode under v3: {error}\n{labels:#?}"),
    }
}

fn request(case: &Value) -> Probe {
    let text = |field: &str| case[field].as_str().unwrap_or_default().to_owned();
    let headers = case["headers"].as_object().into_iter().flatten();
    let values = headers.flat_map(|(name, values)| {
        let values = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        values.map(|value| (name.clone(), value.to_owned())).collect::<Vec<_>>()
    });
    Probe {
        entry_point: String::new(),
        method: text("method"),
        host: text("host"),
        path: text("path"),
        query: text("query"),
        headers: values.collect(),
    }
}

/// Every reference rule, with its own requests and those made of it: what differs has one of the known reasons.
#[test]
fn rules_route_as_before() {
    let mut compared = 0;
    let mut reasons = BTreeSet::new();
    let mut unexplained = Vec::new();
    for case in table("v1_rules.json") {
        // A label can't hold what breaks v1's TOML.
        let rule = case["rule"].as_str().unwrap_or_default();
        if ecsroute::v1::toml::parse(&format!("x = \"{rule}\"")).is_err()
            || rule.contains('\\')
            || rule.trim().is_empty()
        {
            continue;
        }
        let before = [Before::new("web", rule, 0)];
        let after = migrated(rule);
        let own = case["requests"].as_array().into_iter().flatten().map(request);
        let verified = verify(&before, &after, own.chain(probes(&before)));
        compared += verified.compared;
        reasons.extend(verified.differing.iter().filter_map(|one| one.reason));
        for one in verified.unexplained() {
            unexplained.push(format!(
                "{}: `{rule}`: {}\n  v1 {:?}\n  v3 {:?}",
                case["name"], one.probe, one.before, one.after
            ));
        }
    }
    assert!(
        unexplained.is_empty(),
        "{} unexplained:\n{}",
        unexplained.len(),
        unexplained[..unexplained.len().min(12)].join("\n")
    );
    assert!(compared > 3_000, "{compared} requests were compared");
    assert!(reasons.len() <= 10, "{reasons:?}");
}

/// Labels beside which one has its effect, by the beginning of its name.
const BESIDE: [(&str, &[(&str, &str)]); 8] = [
    ("backend.healthcheck.", &[("backend.healthcheck.path", "/health")]),
    ("backend.loadbalancer.stickiness.", &[("backend.loadbalancer.stickiness", "true")]),
    ("backend.maxconn.extractorfunc", &[("backend.maxconn.amount", "10")]),
    ("frontend.auth.headerField", &[("frontend.auth.basic.users", "u:x")]),
    ("frontend.redirect.regex", &[("frontend.redirect.replacement", "https://$1")]),
    ("frontend.redirect.replacement", &[("frontend.redirect.regex", "^http://(.*)$")]),
    ("frontend.whiteList.useXForwardedFor", &[("frontend.whiteList.sourceRange", "10.0.0.0/8")]),
    ("frontend.rateLimit.rateSet.", &[("frontend.rateLimit.extractorFunc", "client.ip")]),
];

/// Values of labels whose type doesn't tell one.
const VALUES: [(&str, &str); 20] = [
    ("port", "8080"),
    ("portIndex", "0"),
    ("protocol", "https"),
    ("backend", "shared"),
    ("domain", "example.com"),
    ("backend.circuitbreaker.expression", "NetworkErrorRatio() > 0.5"),
    ("backend.healthcheck.interval", "10s"),
    ("backend.healthcheck.scheme", "https"),
    ("backend.loadbalancer.method", "drr"),
    ("backend.maxconn.extractorfunc", "request.header.X-A"),
    ("backend.responseForwarding.flushInterval", "200ms"),
    ("frontend.rule", "Host:own.test;PathPrefixStrip:/own"),
    ("frontend.redirect.entryPoint", "https"),
    ("frontend.redirect.regex", "^http://(.*)$"),
    ("frontend.redirect.replacement", "https://$1"),
    ("frontend.whiteList.sourceRange", "10.0.0.0/8, 192.168.0.1"),
    ("frontend.whitelistSourceRange", "10.0.0.0/8"),
    ("frontend.rateLimit.extractorFunc", "client.ip"),
    ("frontend.auth.basic", "u:x,v:y"),
    ("frontend.passHostHeader", "false"),
];

/// A container's labels with the one to try, and what it needs beside it.
fn labels_of(row: &Value) -> BTreeMap<String, String> {
    let suffix = row["suffix"].as_str().unwrap_or_default().replace("<name>", "some");
    let by_type = match row["type"].as_str().unwrap_or_default() {
        "bool" => "true",
        "int" | "int64" => "7",
        "duration" => "3s",
        "map" => "X-A:1||X-B:two",
        "list" => "one,two",
        _ => "text",
    };
    let value = VALUES.iter().find(|(name, _)| *name == suffix).map_or(by_type, |(_, value)| value);
    let beside = BESIDE.iter().filter(|(prefix, _)| suffix.starts_with(prefix)).flat_map(|(_, labels)| *labels);
    let mut labels: BTreeMap<String, String> =
        beside.map(|(name, value)| (format!("traefik.{name}"), (*value).to_owned())).collect();
    if suffix != "domain" {
        labels.insert("traefik.frontend.rule".to_owned(), "Host:own.test".to_owned());
    }
    labels.insert(format!("traefik.{suffix}"), value.to_owned());
    labels
}

/// A fleet of one task with these labels.
fn fleet(labels: &BTreeMap<String, String>) -> World {
    let world = json!({
        "clusters": [{ "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/default", "clusterName": "default" }],
        "tasks": [{
            "taskArn": "arn:aws:ecs:us-east-1:111122223333:task/default/0123456789abcdef0123456789abcdef",
            "clusterArn": "arn:aws:ecs:us-east-1:111122223333:cluster/default",
            "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/web:1",
            "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "group": "service:web", "launchType": "FARGATE",
            "attachments": [{ "type": "ElasticNetworkInterface", "status": "ATTACHED" }],
            "containers": [{ "name": "app", "lastStatus": "RUNNING",
                             "networkInterfaces": [{ "privateIpv4Address": "10.0.0.1" }] }],
        }],
        "containerInstances": [], "ec2Instances": [],
        "taskDefinitions": [{
            "taskDefinitionArn": "arn:aws:ecs:us-east-1:111122223333:task-definition/web:1", "family": "web",
            "revision": 1, "networkMode": "awsvpc",
            "containerDefinitions": [{ "name": "app", "dockerLabels": labels,
                                       "portMappings": [{ "containerPort": 80, "hostPort": 80 },
                                                        { "containerPort": 8080, "hostPort": 8080 }] }],
        }],
    });
    World::read(&world).expect("the fleet is well formed")
}

/// Every label of v1: what it becomes decodes, its request goes to the server that it went to, and a label that is no
/// part of the result is told with its reason.
#[test]
fn every_label_is_migrated_or_told() {
    let settings = v1::Settings { region: "us-east-1".into(), ..v1::Settings::default() };
    let ambient = Ambient { environment: BTreeMap::new(), now: jiff::Timestamp::UNIX_EPOCH, seed: 0 };
    let table = table("v1_labels.json");
    for row in &table {
        let label = row["label"].as_str().unwrap_or_default().replace("<name>", "some");
        let labels = labels_of(row);
        let container = Container {
            name: "web-app".to_owned(),
            default_host: Some("service-web-app".to_owned()),
            ..Container::default()
        };
        let migrated = migrate_labels(&container, &labels);
        let mut without = labels.clone();
        without.remove(&label);
        let counts = migrated.labels != migrate_labels(&container, &without).labels;
        let told = migrated.notes.iter().any(|note| note.label == label);
        assert!(counts || told, "{label} vanishes: {migrated:#?}");

        let pass = |labels, release| fleet(labels).pass(&settings.provider(), &BTreeMap::new(), release);
        let old = v1::run(&settings, pass(&labels, Release::V1_7), &ambient);
        let old = before(old.published().unwrap_or_else(|| panic!("{label}: v1 publishes nothing")));
        let new = pass(&migrated.labels, Release::V3_7);
        let new = ecsroute::pipeline::run(new, &migrate_provider(&settings), Release::V3_7, &ambient);
        for verdict in &new.verdicts {
            assert!(verdict.is_routed(), "{label}: {:?}\n{:#?}", verdict.reason(), migrated.labels);
        }
        let verified = verify(&old, &after(&new.configuration, Release::V3_7), probes(&old));
        assert!(verified.compared > 0, "{label}");
        let first = verified.unexplained().next();
        assert!(first.is_none(), "{label}: {first:#?}\n{:#?}", migrated.labels);
    }
    assert!(table.len() > 100);
}
