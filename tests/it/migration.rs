//! Migrations, compared with what they come from: every reference rule, every label.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ecsroute::dynamic::Configuration;
use ecsroute::migrate::verify::{After, Before, Probe, after, probes, verify};
use ecsroute::migrate::{Container, migrate_labels};
use ecsroute::model::{Release, Text};
use serde_json::Value;

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
