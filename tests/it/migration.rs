//! Migrations, compared with what they come from: every reference rule, every label.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ecsroute::cases::World;
use ecsroute::dynamic::{Configuration, Protocol, Section, Service};
use ecsroute::migrate::verify::{After, Before, Probe, after, before, probes, verify};
use ecsroute::migrate::{Container, Difference, migrate_inventory, migrate_labels, migrate_provider};
use ecsroute::model::{Release, Text};
use ecsroute::pipeline;
use ecsroute::template::Ambient;
use ecsroute::v1;
use serde_json::{Value, json};

pub fn table(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(file);
    serde_json::from_slice(&fs::read(path).expect("the table is here")).expect("it is JSON")
}

/// v3's routers for a rule of v1, through its labels.
fn migrated(rule: &str) -> Vec<After> {
    let labels = BTreeMap::from([("traefik.frontend.rule".to_owned(), rule.to_owned())]);
    let container = Container { name: "web".to_owned(), ..Container::default() };
    decoded(&migrate_labels(&container, &labels).labels, rule)
}

/// The label that makes a frontend have this rule: 1.7's template puts a label between the quotes of a TOML text as it is.
fn label_giving(rule: &str) -> String {
    let quoted = json!(rule).to_string();
    quoted[1..quoted.len() - 1].to_owned()
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
        // An empty label is none: the default rule takes its place.
        let rule = case["rule"].as_str().unwrap_or_default();
        if rule.is_empty() {
            continue;
        }
        let before = [Before::new("web", rule, 0)];
        let after = migrated(&label_giving(rule));
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
pub fn fleet(labels: &BTreeMap<String, String>) -> World {
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
    let ambient = ambient();
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
        assert!(old.published().is_some(), "{label}: v1 publishes nothing");
        let old = before(&old);
        let new = pass(&migrated.labels, Release::V3_7);
        let new = pipeline::run(new, &migrate_provider(&settings), Release::V3_7, &ambient);
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

/// A reference fleet with the 1.7 that it is in; nothing where 1.7 publishes nothing of it.
fn reference_fleet(case: &Value) -> Option<(v1::Settings, World, v1::Run)> {
    let case = case.as_object().expect("a case is an object");
    let settings = ecsroute::cases::v1_settings(case).expect("its settings are well formed");
    let world = World::read(&case["world"]).expect("its world is well formed");
    let records = world.pass(&settings.provider(), &BTreeMap::new(), Release::V1_7);
    let run = v1::run(&settings, records, &ambient());
    run.published().is_some().then_some((settings, world, run))
}

/// What v3 makes of a migrated fleet.
fn moved(settings: &v1::Settings, world: &World) -> pipeline::Run {
    let records = world.pass(&settings.provider(), &BTreeMap::new(), Release::V3_7);
    let base = Container { domain: settings.domain.to_string(), ..Container::default() };
    pipeline::run(migrate_inventory(&records, &base), &migrate_provider(settings), Release::V3_7, &ambient())
}

pub fn ambient() -> Ambient {
    Ambient { environment: BTreeMap::new(), now: jiff::Timestamp::UNIX_EPOCH, seed: 0 }
}

/// Every reference fleet, migrated: requests go to the servers to which they went, save for the known reasons.
#[test]
fn fleets_route_as_before() {
    let (mut compared, mut fleets) = (0, 0);
    let mut unexplained = Vec::new();
    for case in table("v1_pipeline.json") {
        let Some((settings, world, run)) = reference_fleet(&case) else { continue };
        let old = before(&run);
        let new = moved(&settings, &world);
        let verified = verify(&old, &after(&new.configuration, Release::V3_7), probes(&old));
        (compared, fleets) = (compared + verified.compared, fleets + 1);
        if let Some(one) = verified.unexplained().next() {
            let reasons: Vec<_> = new.verdicts.iter().filter_map(|verdict| verdict.reason()).collect();
            unexplained.push(format!(
                "{}: {} of {}: {}\n  v1 {:?}\n  v3 {:?}\n  {reasons:?}",
                case["name"],
                verified.unexplained().count(),
                verified.compared,
                one.probe,
                one.before,
                one.after
            ));
        }
    }
    assert!(unexplained.is_empty(), "{} of {fleets} fleets:\n{}", unexplained.len(), unexplained.join("\n"));
    assert!(compared > 5_000 && fleets > 300, "{compared} requests in {fleets} fleets");
}

/// A migrated fleet has the same services with the same servers, where 1.7 itself doesn't choose among them by chance.
#[test]
fn a_migrated_fleet_has_the_same_services_and_servers() {
    let chosen = |run: &v1::Run| {
        let of_fleets = [Difference::SharedBackend, Difference::Records];
        before(run).iter().any(|one| one.differences.iter().any(|known| of_fleets.contains(known)))
    };
    let passed_over = |run: &v1::Run| {
        let reasons = run.verdicts.iter().filter_map(v1::Verdict::reason);
        reasons.map(v1::Reason::id).any(|reason| ["not-running", "address-missing"].contains(&reason))
    };
    let (mut same, mut different) = (0, Vec::new());
    for case in table("v1_pipeline.json") {
        let Some((settings, world, run)) = reference_fleet(&case) else { continue };
        let own_template = settings.template.is_some() || settings.template_version == v1::TemplateVersion::One;
        if own_template || chosen(&run) || passed_over(&run) {
            continue;
        }
        let backends = run.published().into_iter().flat_map(v1::configuration::Configuration::backends);
        let before: BTreeSet<BTreeSet<String>> =
            backends.map(|backend| backend.servers().map(|(_, url)| url.to_owned()).collect()).collect();
        let configuration = moved(&settings, &world).configuration;
        let services = configuration.elements(Section::HttpServices).filter_map(|(_, fields)| {
            let balancer = Service::of(Protocol::Http, fields).load_balancer()?;
            Some(balancer.servers().map(|server| server.url().to_owned()).collect())
        });
        let after: BTreeSet<BTreeSet<String>> = services.collect();
        if before == after {
            same += 1;
        } else {
            different.push(format!("{}: {before:?} became {after:?}", case["name"]));
        }
    }
    assert!(different.is_empty(), "{} fleets:\n{}", different.len(), different.join("\n"));
    assert!(same > 250, "{same} fleets were compared");
}

/// The reasons are few, and the manual explains each.
#[test]
fn every_difference_is_explained() {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/moving-from-v1.md"))
        .expect("the manual is here");
    let explained: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert!(Difference::ALL.len() <= 10);
    for difference in Difference::ALL {
        assert!(explained.contains(&difference.id()), "{} is not explained", difference.id());
    }
}
