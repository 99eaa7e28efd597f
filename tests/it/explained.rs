//! What `explain` tells first, and that it tells what `discover` does.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use ecsroute::model::{Action, CallError, Release};
use ecsroute::pipeline::{Run, run};
use ecsroute::render::Styles;
use ecsroute::settings::Provider;
use ecsroute::template::Ambient;
use ecsroute::view::discovered::{Discovered, Facts};
use ecsroute::view::explained::{Explained, StepOutcome};
use ecsroute::view::reasons::REASONS;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::fleet::{definition, one_task, pass, read, task};
use super::reasons::{cases, two};

/// The lines that are read before anything else.
const FIRST: usize = 5;

fn first_lines(run: &Run, pattern: &str) -> String {
    let text = Explained::of(run, Some(pattern), Facts::default()).text(Styles::new(false));
    let text = String::from_utf8(text).expect("it is text");
    text.lines().take(FIRST).collect::<Vec<_>>().join("\n")
}

/// Passes whose first service, `api`, is not routed, each with the reason and what a user has to change.
fn told() -> Vec<(&'static str, Run, &'static str)> {
    let mut told: Vec<_> = cases()
        .into_iter()
        .map(|case| (case.id, pass(&case.fleet, &case.settings, Release::V3_7), case.names))
        .collect();
    let constrained = |constraints: &str| {
        let settings = Provider { constraints: constraints.into(), ..Provider::default() };
        pass(&one_task(), &settings, Release::V3_7)
    };
    told.push(("constraint-false", constrained("Label(`env`, `prod`)"), "Label(`env`, `prod`)"));
    told.push(("constraint-invalid", constrained("Label(`env`"), "`constraints`"));
    let rule = |rule: &str| json!({ "traefik.http.routers.shop.rule": rule });
    let settings = Provider::default();
    told.push(("merged-away", pass(&two(&rule("A"), &rule("B")), &settings, Release::V3_7), "HTTP router `shop`"));
    let mut inventory = read(&one_task(), &settings, Release::V3_7);
    let arn = inventory.clusters[0].listed[0][0].clone();
    inventory.clusters[0].tasks.clear();
    inventory.errors.push(CallError::new(Action::DescribeTasks, "AccessDeniedException", "no").about(&[arn]));
    let denied = run(inventory, &settings, Release::V3_7, &Ambient::default());
    told.push(("task-not-described", denied, "ecs:DescribeTasks"));
    told
}

#[test]
fn the_first_lines_say_what_to_change() {
    let mut seen = BTreeSet::from(["task-arn-invalid"]);
    for (id, run, names) in told() {
        let pattern = if id == "task-not-described" { "0123456789abcdef" } else { "api" };
        let lines = if id == "task-arn-invalid" { first_lines(&run, "short") } else { first_lines(&run, pattern) };
        assert!(lines.contains(&format!("not routed: {id}")), "{id}:\n{lines}");
        assert!(lines.contains(names), "{id} should name `{names}`:\n{lines}");
        seen.insert(id);
    }
    assert_eq!(seen, REASONS.iter().map(|reason| reason.id).collect(), "every reason has a case");
}

fn ecsroute(arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsroute"));
    command.args(arguments.split(' ').skip(1)).env_clear().current_dir(env!("CARGO_MANIFEST_DIR"));
    command.output().expect("the program runs")
}

#[test]
fn each_reason_is_shown_by_the_command_that_its_page_gives() {
    for reason in REASONS.iter().filter(|reason| !reason.shown_by.is_empty()) {
        let output = ecsroute(reason.shown_by);
        let text = String::from_utf8_lossy(&output.stdout);
        let title = format!("not routed: {}", reason.id);
        let at = text.lines().position(|line| line.ends_with(&title));
        assert!(at.is_some(), "`{}` doesn't show {}:\n{text}", reason.shown_by, reason.id);
    }
}

/// A container's labels: of few names, so that containers meet, and some that are wrong.
fn labels() -> impl Strategy<Value = Value> {
    let pairs = [
        ("traefik.enable", "false"),
        ("traefik.enable", "yes"),
        ("traefik.http.routers.r.rule", "Host(`a`)"),
        ("traefik.http.routers.r.rule", "Host(`b`)"),
        ("traefik.http.routers.r.service", "s"),
        ("traefik.http.routers.r.rul", "Host(`a`)"),
        ("traefik.http.services.s.loadbalancer.server.port", "80"),
        ("traefik.http.services.s.loadbalancer.server.url", "http://x"),
        ("traefik.tcp.routers.t.entrypoints", "db"),
        ("traefik.tcp.services.t.loadbalancer.server.port", "1"),
        ("team", "shop"),
    ];
    prop::sample::subsequence(pairs.to_vec(), 0..4)
        .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect())
}

/// A task's record, wrong in some way or other.
fn record() -> impl Strategy<Value = Option<(&'static str, Value)>> {
    prop::option::of(prop::sample::select(vec![
        ("lastStatus", json!("PENDING")),
        ("healthStatus", json!("UNHEALTHY")),
        ("healthStatus", json!("HEALTHY")),
        ("attachments", json!([])),
        ("containers", json!([{ "name": "agent" }])),
        ("containers", json!([{ "name": "web" }])),
        ("containers", json!([{ "name": "web", "networkInterfaces": [{}] }])),
    ]))
}

fn settings() -> impl Strategy<Value = Provider> {
    let constraints = prop::sample::select(vec!["", "Label(`team`, `shop`)", "Label(`team`"]);
    (constraints, any::<bool>(), any::<bool>()).prop_map(|(constraints, exposed_by_default, healthy_tasks_only)| {
        Provider { constraints: constraints.into(), exposed_by_default, healthy_tasks_only, ..Provider::default() }
    })
}

proptest! {
    #[test]
    fn explain_tells_what_discover_does(
        of in prop::collection::vec((labels(), record()), 1..6),
        settings in settings(),
    ) {
        let mut fleet = one_task();
        fleet["tasks"] = json!([]);
        fleet["taskDefinitions"] = json!([]);
        for (n, (labels, change)) in of.iter().enumerate() {
            let (service, mut task) = (format!("s{n}"), task(&format!("s{n}"), &format!("0123456789abcde{n}")));
            if let Some((field, value)) = change {
                task[*field] = value.clone();
            }
            fleet["tasks"].as_array_mut().expect("a list").push(task);
            fleet["taskDefinitions"].as_array_mut().expect("a list").push(definition(&service, labels));
        }
        let run = pass(&fleet, &settings, Release::V3_7);
        let discovered = Discovered::of(&run, Facts::default());
        let explained = Explained::of(&run, None, Facts::default());
        prop_assert_eq!(discovered.traefik.outcome, explained.traefik.outcome);
        prop_assert_eq!(discovered.containers.len(), explained.containers.len());
        for (told, why) in discovered.containers.iter().zip(&explained.containers) {
            prop_assert_eq!(serde_json::to_value(told).ok(), serde_json::to_value(&why.container).ok());
            let dropped = why.steps.iter().filter(|step| step.outcome == StepOutcome::Dropped).count();
            prop_assert_eq!(dropped, usize::from(!told.routed));
        }
    }
}
