//! One configuration, said in each of the forms that Traefik takes, and in each place that ecsroute reads it from: the
//! settings are the same.

use std::fs;

use serde_json::{Value, json};

use super::live::program::{folder, run};

const YAML: &str = r#"
providers:
  providersThrottleDuration: 5s
  ecs:
    clusters: [prod, edge]
    autoDiscoverClusters: false
    constraints: "Label(`team`, `shop`)"
    defaultRule: "Host(`{{ .Name }}.example.com`)"
    exposedByDefault: false
    healthyTasksOnly: true
    ecsAnywhere: true
    refreshSeconds: 30
    region: eu-west-1
    accessKeyID: AKIAEXAMPLE
    secretAccessKey: "SENTINEL-s3cr3t-0123456789"
entryPoints:
  web: {address: ":80"}
  websecure: {address: ":443", asDefault: true, http: {tls: {}}}
"#;

const TOML: &str = r#"
[providers]
  providersThrottleDuration = "5s"
[providers.ecs]
  clusters = ["prod", "edge"]
  autoDiscoverClusters = false
  constraints = "Label(`team`, `shop`)"
  defaultRule = "Host(`{{ .Name }}.example.com`)"
  exposedByDefault = false
  healthyTasksOnly = true
  ecsAnywhere = true
  refreshSeconds = 30
  region = "eu-west-1"
  accessKeyID = "AKIAEXAMPLE"
  secretAccessKey = "SENTINEL-s3cr3t-0123456789"
[entryPoints.web]
  address = ":80"
[entryPoints.websecure]
  address = ":443"
  asDefault = true
  [entryPoints.websecure.http.tls]
"#;

const OPTIONS: [(&str, &str); 17] = [
    ("providers.providersThrottleDuration", "5s"),
    ("providers.ecs.clusters", "prod,edge"),
    ("providers.ecs.autoDiscoverClusters", "false"),
    ("providers.ecs.constraints", "Label(`team`, `shop`)"),
    ("providers.ecs.defaultRule", "Host(`{{ .Name }}.example.com`)"),
    ("providers.ecs.exposedByDefault", "false"),
    ("providers.ecs.healthyTasksOnly", "true"),
    ("providers.ecs.ecsAnywhere", "true"),
    ("providers.ecs.refreshSeconds", "30"),
    ("providers.ecs.region", "eu-west-1"),
    ("providers.ecs.accessKeyID", "AKIAEXAMPLE"),
    ("providers.ecs.secretAccessKey", "SENTINEL-s3cr3t-0123456789"),
    ("entryPoints.web.address", ":80"),
    ("entryPoints.websecure.address", ":443"),
    ("entryPoints.websecure.asDefault", "true"),
    ("entryPoints.websecure.http.tls", "true"),
    ("providers.ecs", "true"),
];

/// The settings as they are shown, without where they are from.
fn shown(arguments: &[&str], variables: &[(&str, &str)]) -> Value {
    let ran = run(&[&["discover", "--show-settings", "--format=json"], arguments].concat(), variables);
    assert_eq!(ran.status, 0, "{arguments:?}\n{}", ran.stderr);
    let mut document = ran.json();
    let settings = document["settings"].as_array_mut().expect("there are settings");
    for setting in settings {
        assert_ne!(setting["origin"], json!({ "kind": "default" }), "{}", setting["name"]);
        setting["origin"] = Value::Null;
    }
    for beside in ["source", "warnings", "of", "assumed"] {
        document[beside] = Value::Null;
    }
    document
}

fn flags() -> Vec<String> {
    OPTIONS.iter().map(|(name, value)| format!("--{name}={value}")).collect()
}

fn variables() -> Vec<(String, String)> {
    // The section's own switch and its options can't both be variables of one name's branches: the options turn it on.
    let options = OPTIONS.iter().filter(|(name, _)| *name != "providers.ecs");
    options
        .map(|(name, value)| (format!("TRAEFIK_{}", name.replace('.', "_").to_uppercase()), (*value).into()))
        .collect()
}

#[test]
fn the_forms_of_one_configuration_show_the_same_settings() {
    let folder = folder("forms");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("the folder can be written");
        path.display().to_string()
    };
    let (yaml, toml) = (file("traefik.yml", YAML), file("traefik.toml", TOML));
    let expected = shown(&["--static-config", &yaml], &[]);
    assert_eq!(expected, shown(&["--static-config", &toml], &[]));

    let flags = flags();
    let line: Vec<&str> = ["--no-static-config", "--"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    assert_eq!(expected, shown(&line, &[]));

    let variables = variables();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(expected, shown(&["--no-static-config"], &variables));

    let environment: Vec<Value> =
        variables.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let definitions = [
        json!({ "image": "traefik:v3.7", "command": flags }),
        json!({ "image": "traefik:v3.7", "environment": environment }),
        json!({ "image": "traefik:v3.7", "entryPoint": ["sh", "-c"], "command": [script(&flags)] }),
    ];
    for (number, container) in definitions.iter().enumerate() {
        let definition = json!({ "family": "edge", "containerDefinitions": [container] });
        let path = file(&format!("{number}.json"), &definition.to_string());
        assert_eq!(expected, shown(&["--static-from", &path], &[]), "{container}");
    }
}

/// A shell's line with these arguments, each in single quotes.
fn script(flags: &[String]) -> String {
    flags.iter().fold("exec traefik".to_owned(), |line, flag| format!("{line} '{flag}'"))
}

#[test]
fn a_what_if_shows_what_it_takes_the_place_of() {
    let ran = run(
        &[
            "discover",
            "--show-settings",
            "--format=json",
            "--no-static-config",
            "--cluster=test",
            "--",
            "--providers.ecs.clusters=prod",
        ],
        &[("TRAEFIK_PROVIDERS_ECS_CLUSTERS", "edge")],
    );
    let document = ran.json();
    let clusters =
        document["settings"].as_array().and_then(|all| all.iter().find(|one| one["name"] == "providers.ecs.clusters"));
    let clusters = clusters.expect("there are clusters");
    assert_eq!(clusters["value"], "test");
    assert_eq!(clusters["origin"], json!({ "kind": "what-if", "option": "--cluster" }));
    let shadowed = json!([
        { "value": "prod", "origin": { "kind": "flag", "name": "--providers.ecs.clusters" } },
        { "value": "edge", "origin": { "kind": "variable", "name": "TRAEFIK_PROVIDERS_ECS_CLUSTERS" } },
    ]);
    assert_eq!(clusters["shadowed"], shadowed);
}

#[test]
fn a_what_if_changes_what_the_demo_comes_to() {
    let discovered = |options: &[&str]| {
        let ran = run(&[&["discover", "--demo", "--format=json"], options].concat(), &[]);
        ran.json()["containers"].clone()
    };
    let plain = discovered(&[]);
    for what_if in [
        "--cluster=edge",
        "--constraints=Label(`team`, `labs`)",
        "--exposed-by-default=false",
        "--healthy-tasks-only",
        "--ecs-anywhere=false",
        "--default-rule=Host(`{{ .Name }}.other.example`)",
        "--traefik=v2",
    ] {
        assert_ne!(discovered(&[what_if]), plain, "{what_if}");
    }
    for same in ["--refresh-seconds=60", "--ecs-anywhere", "--exposed-by-default"] {
        assert_eq!(discovered(&[same]), plain, "{same}");
    }
}
