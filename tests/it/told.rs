//! What the built binary makes of large fleets and of bad input, and that it says one thing in every format.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use ecsroute::model::Release;
use ecsroute::render::Styles;
use ecsroute::settings::Provider;
use ecsroute::view::discovered::{Discovered, Facts, Paper};
use serde_json::{Value, json};

use super::fleet::{definition, one_task, pass, task};

fn ecsroute(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsroute"));
    command.args(arguments).env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn output(arguments: &[&str]) -> Output {
    ecsroute(arguments).output().expect("the program runs")
}

fn stdout(arguments: &[&str]) -> String {
    String::from_utf8(output(arguments).stdout).expect("it prints text")
}

/// A path below Cargo's folder for tests.
fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Services of ten replicas. One has a misspelt label, one no port, and one two definitions that disagree.
fn large(services: usize) -> Value {
    let mut fleet = one_task();
    let (mut tasks, mut definitions) = (Vec::new(), Vec::new());
    for service in 0..services {
        let name = format!("s{service:04}");
        let rule = format!("traefik.http.routers.{name}.rule");
        definitions.push(definition(&name, &json!({ rule: format!("Host(`{name}.example.com`)") })));
        tasks.extend((0..10).map(|replica| task(&name, &format!("{service:024x}{replica:08x}"))));
    }
    definitions[7]["containerDefinitions"][0]["dockerLabels"] =
        json!({ "traefik.http.routers.s0007.rul": "Host(`s0007.example.com`)" });
    definitions[900]["containerDefinitions"][0]["portMappings"] = json!([]);
    let mut other = definition("s1999", &json!({ "traefik.http.routers.s1999.rule": "Host(`other.example.com`)" }));
    other["taskDefinitionArn"] = json!("arn:aws:ecs:eu-west-1:123456789012:task-definition/s1999:2");
    let last = tasks.len() - 1;
    tasks[last]["taskDefinitionArn"] = other["taskDefinitionArn"].clone();
    definitions.push(other);
    fleet["tasks"] = tasks.into();
    fleet["taskDefinitions"] = definitions.into();
    fleet
}

#[test]
fn three_faults_among_twenty_thousand_containers_stand_on_the_first_page() {
    let run = pass(&large(2000), &Provider::default(), Release::V3_7);
    let paper = Paper { width: Some(80), styles: Styles::new(false), wide: false };
    let table = String::from_utf8(Discovered::of(&run, Facts::default()).table(paper)).expect("it is text");
    let page: Vec<_> = table.lines().take(40).collect();
    // What is wrapped is read together.
    let read = page.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ");
    for fault in ["labels-invalid", "s0007/web ×10", "port-missing", "s0900/web ×10", "merged-away", "s1999/web ×10"]
    {
        assert!(read.contains(fault), "{fault} is not on the first page:\n{}", page.join("\n"));
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80), "the lines fit");
    assert!(table.contains("19970 of 20000 containers routed"), "{}", table.lines().last().unwrap_or_default());
}

#[test]
fn the_formats_of_the_demo_are_one_value_and_the_same_from_run_to_run() {
    let written = ["json", "yaml", "toml"].map(|format| {
        let arguments = ["render", "--demo", "--format", format];
        let text = stdout(&arguments);
        assert_eq!(text, stdout(&arguments), "{format} is the same again");
        text
    });
    let json: Value = serde_json::from_str(&written[0]).expect("it is JSON");
    let yaml: Value = serde_saphyr::from_str(&written[1]).expect("it is YAML");
    let toml: Value = toml::from_str(&written[2]).expect("it is TOML");
    assert!(json["http"]["routers"].as_object().is_some_and(|routers| routers.len() > 5), "{json:#}");
    assert_eq!(json, yaml);
    assert_eq!(json, toml);
    let discovered = ["discover", "--demo", "--format", "json"];
    assert_eq!(stdout(&discovered), stdout(&discovered));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    for format in ["table", "json", "csv"] {
        let mut child = ecsroute(&["discover", "--demo", "--wide", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_cannot_be_written_is_told() {
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let output = ecsroute(&["discover", "--demo"]).stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("stdout could not be written"));
}

#[test]
fn a_snapshot_of_a_hundred_megabytes_that_is_cut_off_is_told_at_its_last_line() {
    let (path, record) = (scratch("cut-off.json"), task("api", "0123456789abcdef"));
    let mut file = std::io::BufWriter::new(File::create(&path).expect("it can be made"));
    let (line, mut lines, mut written) = (format!("{record},\n"), 1, 0);
    file.write_all(b"{\"version\": 1, \"tasks\": [\n").expect("it can be written");
    while written < 100_000_000 {
        file.write_all(line.as_bytes()).expect("it can be written");
        (written, lines) = (written + line.len(), lines + 1);
    }
    file.write_all(b"{\"taskArn\": \"arn:aws:ecs").expect("it can be written");
    file.into_inner().expect("it can be written").sync_all().expect("it can be written");
    let output = output(&["discover", "--snapshot", path.to_str().expect("the path is text")]);
    let _ = fs::remove_file(&path);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("ends too early") || told.contains("EOF"), "{told}");
    assert!(told.contains(&format!("{}", lines + 1)), "line {} is named: {told}", lines + 1);
    assert!(told.len() < 2_000, "the fault is told, not the file");
}

#[test]
fn two_records_of_one_task_that_disagree_are_refused() {
    let mut fleet = one_task();
    let mut again = fleet["tasks"][0].clone();
    again["lastStatus"] = json!("PENDING");
    fleet["tasks"].as_array_mut().expect("a list").push(again);
    let mut child = ecsroute(&["discover", "--snapshot", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(fleet.to_string().as_bytes()).expect("it can be written");
    drop(input);
    let mut told = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut told).expect("it is text");
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
    assert!(told.contains("0123456789abcdef"), "the ARN is named: {told}");
}
