//! `diff` between what runs and a file that was rendered before.

use std::fs;
use std::time::Duration;

use serde_json::json;

use super::fleet::{Fleet, definition, fargate};
use super::program::{Ran, folder, run_in, signed_in};
use super::server::{FakeAws, Fault};

/// A cluster with a service of this rule, on a machine of this number.
fn fleet(rule: &str, machine: usize) -> Fleet {
    let mut known = definition("api", "awsvpc");
    known["containerDefinitions"][0]["dockerLabels"] = json!({ "traefik.http.routers.api.rule": rule });
    Fleet {
        clusters: vec!["prod".to_owned()],
        tasks: vec![fargate("prod", machine, "api")],
        definitions: vec![known],
        ..Fleet::default()
    }
}

#[test]
fn live_against_a_file() {
    let aws = FakeAws::start(fleet("Host(`a.example.com`)", 1), &[], Duration::ZERO);
    let (url, folder) = (aws.url(), folder("diff-live"));
    let ecsroute = |arguments: &[&str]| -> Ran { run_in(&folder, arguments, &signed_in(&url)) };
    for file in ["ecs.toml", "ecs.yml", "ecs.json"] {
        let format = file.strip_prefix("ecs.").expect("it has an ending").replace("yml", "yaml");
        let rendered = ecsroute(&["render", "--cluster=prod", "--format", &format, "-o", file]);
        assert_eq!(rendered.status, 0, "{}", rendered.stderr);
        let same = ecsroute(&["diff", file, "live", "--cluster=prod"]);
        assert_eq!((same.status, same.stdout.contains("no difference")), (0, true), "{}{}", same.stdout, same.stderr);
    }
    let before = fs::read(folder.join("ecs.yml")).expect("it is there");

    aws.holds(fleet("Host(`<b>|*x*`) && Path(`/a`)", 2));
    let told = ecsroute(&["diff", "ecs.yml", "live", "--cluster=prod"]);
    assert_eq!(told.status, 1, "{}", told.stderr);
    assert!(told.stdout.contains("http://10.0.0.3") && told.stdout.contains("2 changed"), "{}", told.stdout);
    let marked = ecsroute(&["diff", "ecs.yml", "live", "--cluster=prod", "--format=markdown"]);
    assert_eq!(marked.status, 1);
    assert!(marked.stdout.contains(r"Host(\`&lt;b&gt;\|\*x\*\`)"), "no mark is taken for one: {}", marked.stdout);
    let document = ecsroute(&["diff", "live", "ecs.toml", "--cluster=prod", "--format=json"]);
    assert_eq!((document.status, &document.json()["summary"]["changed"]), (1, &json!(2)), "{}", document.stdout);
    let lines = ecsroute(&["diff", "ecs.toml", "live", "--cluster=prod", "--format=unified"]);
    assert!(lines.stdout.contains("\n-      rule: Host(`a.example.com`)\n"), "{}", lines.stdout);
    assert_eq!(fs::read(folder.join("ecs.yml")).expect("it is there"), before, "a comparison writes nothing");

    // What could not be read is no difference to be told, and no likeness either.
    aws.fails(&[("DescribeTasks", Fault::DeniedJson)]);
    let failed = ecsroute(&["diff", "ecs.yml", "live", "--cluster=prod"]);
    assert_eq!(failed.status, 3, "{}", failed.stdout);
    assert!(failed.stderr.contains("DescribeTasks"), "{}", failed.stderr);
}
