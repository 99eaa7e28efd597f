//! What is known of the settings in Traefik's own documents and of the demo: exactly what is wrong there is told.

use std::path::Path;

use serde_json::Value;

use super::run::lint;

/// The findings of a run in the project's folder: each rule with what it is about.
fn told(arguments: &[&str]) -> Vec<(String, String)> {
    let ran = lint(Path::new(env!("CARGO_MANIFEST_DIR")), &[arguments, &["--format", "json"]].concat(), &[]);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.all()));
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = log["findings"].as_array().expect("a list").iter();
    let mut told: Vec<_> = findings.map(|finding| (text(finding, "rule"), text(finding, "subject"))).collect();
    told.sort();
    told
}

#[track_caller]
fn check(arguments: &[&str], expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(rule, about)| ((*rule).to_owned(), (*about).to_owned())).collect();
    assert_eq!(told(arguments), expected, "{arguments:?}");
}

const KEYS: [(&str, &str); 2] = [("ECS093", "accessKeyID"), ("ECS093", "secretAccessKey")];

#[test]
fn of_the_documents_examples_what_is_true_is_told() {
    for ending in ["yml", "toml"] {
        let example = |name: &str| format!("tests/static/doc-{name}.{ending}");
        check(&[&example("enabled")], &[]);
        check(&[&example("constraints")], &[]);
        check(&[&example("credentials")], &KEYS);
        check(&[&example("default-rule")], &[("ECS028", "defaultRule")]);
    }
    let old = [&[("ECS091", "cluster")][..], &KEYS].concat();
    check(&["tests/static/v1-document.toml", "--traefik", "v1"], &old);
    check(&["tests/static/v1-section.toml", "--traefik", "v1"], &[("ECS090", "")]);
}

#[test]
fn of_1_7_the_file_that_is_named_counts_and_no_yaml_does() {
    let old = [&[("ECS091", "cluster")][..], &KEYS].concat();
    check(&["--traefik", "v1", "--static-config", "tests/static/v1-document.toml", "tests/static/ecs.yml"], &old);
    check(&["--traefik", "v1", "tests/static/doc-credentials.yml"], &[]);
}

#[test]
fn of_the_demo_the_planted_faults_are_told_and_nothing_else() {
    let planted = [
        ("ECS001", "search:7/solr"),
        ("ECS003", "reports:8/app"),
        ("ECS040", "mailer:6/worker"),
        ("ECS040", "web:41/otel-collector"),
        ("ECS050", "split:1/app"),
        ("ECS052", "checkout:23/app"),
        // Two clusters have a service of one name, whose container nothing but the default exposes.
        ("ECS053", "status:2/page"),
        ("ECS056", "mirror:1/app"),
        ("ECS056", "proxy:1/app"),
        ("ECS070", "status:2/page"),
    ];
    check(&["--demo"], &planted);
}
