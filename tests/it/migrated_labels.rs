//! Any set of v1 labels, migrated: nothing vanishes, the result decodes, requests go where they went, and a document is
//! left with just the labels that were meant.

use std::collections::BTreeMap;

use ecsroute::document;
use ecsroute::dynamic::Configuration;
use ecsroute::migrate::document::{Change, find, rewrite};
use ecsroute::migrate::verify::{after, before, probes, verify};
use ecsroute::migrate::{Container, Mapping, migrate_inventory, migrate_labels, migrate_provider};
use ecsroute::model::{Release, Text};
use ecsroute::{pipeline, v1};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::migration::{ambient, fleet, table};

type Labels = BTreeMap<String, String>;

/// Values by the label's type, those that can't be read among them.
fn values(kind: &str) -> &'static [&'static str] {
    match kind {
        "bool" => &["true", "false", "1", "T", "yes", ""],
        "int" | "int64" => &["7", "80", "0", "-1", "+3", "x", ""],
        "duration" => &["3s", "15", "1m30s", "x", ""],
        "list" => &["one,two", "10.0.0.0/8", "http,https", " a , b ", ",", ""],
        "map" => &["X-A:1||X-B:two", "X-A:", "nonsense", ""],
        _ => &["text", "Host:a.test", "Host:b.test;PathPrefixStrip:/x", "client.ip", "https", "shared", "500-599", ""],
    }
}

/// Labels with values that fit, where a text of any kind would rarely do.
const FITTING: [(&str, &[&str]); 6] = [
    ("frontend.rule", &["Host:a.test", "PathPrefix:/x;Method:GET", "Host:b.test;AddPrefix:/p", "Nope:x", "Path:/a,/b"]),
    ("frontend.rateLimit.extractorFunc", &["client.ip", "request.host", "request.header.X-A", "other"]),
    ("backend.maxconn.extractorfunc", &["client.ip", "request.host", "request.header.X-A", "other"]),
    ("frontend.redirect.regex", &["^http://(.*)$"]),
    ("frontend.redirect.replacement", &["https://$1", "https://{{.Request.Host}}"]),
    ("backend.circuitbreaker.expression", &["NetworkErrorRatio() > 0.5"]),
];

/// A label of the table, in a segment or none, with a value.
fn label() -> impl Strategy<Value = (String, String)> {
    let rows: Vec<(String, String)> = table("v1_labels.json")
        .iter()
        .map(|row| {
            let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
            (text("suffix"), text("type"))
        })
        .collect();
    let segment = prop_oneof![6 => Just(""), 2 => Just("web."), 1 => Just("admin."), 1 => Just("a.b.")];
    let name = prop_oneof![Just("some"), Just("other")];
    (prop::sample::select(rows), segment, name, any::<prop::sample::Index>()).prop_map(
        |((suffix, kind), segment, name, at)| {
            let fitting = FITTING.iter().find(|(known, _)| *known == suffix).map(|(_, values)| *values);
            let values = fitting.unwrap_or_else(|| values(&kind));
            (format!("traefik.{segment}{}", suffix.replace("<name>", name)), at.get(values).to_string())
        },
    )
}

fn labels() -> impl Strategy<Value = Labels> {
    let own = prop_oneof![Just(("team", "shop")), Just(("tags", "x")), Just(("traefik.nonsense", "1"))];
    let own = own.prop_map(|(label, value)| (label.to_owned(), value.to_owned()));
    (prop::collection::vec(label(), 1..9), prop::option::of(own))
        .prop_map(|(labels, own)| labels.into_iter().chain(own).collect())
}

fn container() -> Container {
    let mapping = |port| Mapping { container: port, host: port };
    Container {
        name: "service-web-app".to_owned(),
        default_host: Some("service-web-app".to_owned()),
        ports: Some(vec![mapping(80), mapping(8080)]),
        ..Container::default()
    }
}

/// Task definitions in JSON, YAML in blocks, and YAML in flow.
fn documents(labels: &Labels) -> [String; 3] {
    let json = json!({ "family": "web", "containerDefinitions": [{ "name": "app", "dockerLabels": labels }] });
    let quoted = |text: &str| Value::from(text).to_string();
    let line = |(label, value): (&String, &String)| {
        format!("        {}: {}  # {}\n", quoted(label), quoted(value), label.len())
    };
    let block = labels.iter().map(line).collect::<Vec<_>>().concat();
    let flow: Vec<String> =
        labels.iter().map(|(label, value)| format!("{}: {}", quoted(label), quoted(value))).collect();
    let head = "Family: web\nContainerDefinitions:\n  - Name: app\n    DockerLabels:";
    [
        format!("{json:#}"),
        format!("{head}\n{block}    Image: x\n"),
        format!("{head} {{ {} }}\n    Image: x\n", flow.join(", ")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_label_vanishes(labels in labels()) {
        let migrated = migrate_labels(&container(), &labels);
        for label in labels.keys() {
            let mut without = labels.clone();
            without.remove(label);
            let counts = migrated.labels != migrate_labels(&container(), &without).labels;
            let told = migrated.notes.iter().any(|note| note.label == *label);
            let stays = migrated.labels.get(label) == labels.get(label);
            let carried = migrated.carried.contains(label);
            prop_assert!(counts || told || stays || carried, "{label} vanishes: {labels:#?} {migrated:#?}");
        }
        for source in migrated.sources.values() {
            prop_assert!(labels.contains_key(source), "{source} is no label: {labels:#?}");
        }
        let read: BTreeMap<Text, Text> =
            migrated.labels.iter().map(|(label, value)| (label.as_str().into(), value.as_str().into())).collect();
        let decoded = Configuration::from_labels(&read, Release::V3_7);
        prop_assert!(decoded.is_ok(), "{}: {labels:#?} {migrated:#?}", decoded.err().map(|e| e.to_string()).unwrap_or_default());
    }

    #[test]
    fn a_document_is_left_with_what_was_meant(labels in labels()) {
        let migrated = migrate_labels(&container(), &labels);
        for text in documents(&labels) {
            let (_, tree) = document::read(&text).expect("it is a document");
            let found = find(&tree);
            prop_assert_eq!(found.len(), 1, "{}", &text);
            prop_assert_eq!(&found[0].labels, &labels, "{}", &text);
            let object = found[0].changeable().expect("all of it is text");
            let after = rewrite(&text, &[Change { object, labels: &migrated.labels, sources: &migrated.sources }]);
            let read = document::read(&after);
            prop_assert!(read.is_ok(), "{:?}\n{text}\n{after}", read.err());
            let (_, tree) = read.expect("it was asserted");
            prop_assert_eq!(&find(&tree)[0].labels, &migrated.labels, "{}\n{}", text, after);
            // A comment is lost only with the whole block.
            let kept = !migrated.labels.is_empty();
            prop_assert!(!kept || text.matches('#').count() <= after.matches('#').count(), "{text}\n{after}");
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn requests_go_where_they_went(labels in labels()) {
        let settings = v1::Settings { region: "us-east-1".into(), ..v1::Settings::default() };
        let pass = |labels, release| fleet(labels).pass(&settings.provider(), &BTreeMap::new(), release);
        let old = v1::run(&settings, pass(&labels, Release::V1_7), &ambient());
        prop_assume!(old.published().is_some());
        let records = migrate_inventory(&pass(&labels, Release::V3_7), &Container::default());
        let new = pipeline::run(records, &migrate_provider(&settings), Release::V3_7, &ambient());
        let old = before(&old);
        let verified = verify(&old, &after(&new.configuration, Release::V3_7), probes(&old));
        let first = verified.unexplained().next();
        let reasons: Vec<_> = new.verdicts.iter().filter_map(|verdict| verdict.reason()).collect();
        prop_assert!(first.is_none(), "{first:#?}\n{labels:#?}\n{:#?}\n{reasons:?}", migrate_labels(&container(), &labels));
    }
}
