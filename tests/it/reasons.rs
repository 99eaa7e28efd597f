//! Every reason why a container is not routed, each with the smallest fleet that has it.

use std::collections::BTreeSet;

use ecsroute::model::{Action, CallError, Release};
use ecsroute::pipeline::{Ending, Outcome, Run, Stage, run};
use ecsroute::settings::Provider;
use ecsroute::template::Ambient;
use serde_json::{Value, json};

use super::fleet::{definition, one_task, pass, read, task};

/// A fleet that a change makes of the one-task fleet.
fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut fleet = one_task();
    change(&mut fleet);
    fleet
}

fn with_labels(labels: &Value) -> Value {
    changed(|fleet| fleet["taskDefinitions"][0] = definition("api", labels))
}

/// On a container instance, under bridge networking.
fn on_instance(state: &str) -> Value {
    changed(|fleet| {
        fleet["tasks"][0]["containerInstanceArn"] = json!("arn:ci");
        fleet["taskDefinitions"][0]["networkMode"] = json!("bridge");
        fleet["containerInstances"] = json!([{
            "clusterArn": fleet["clusters"][0]["clusterArn"], "containerInstanceArn": "arn:ci",
            "ec2InstanceId": "i-0123456789abcdef0"
        }]);
        fleet["ec2Instances"] = json!([{ "InstanceId": "i-0123456789abcdef0", "State": { "Name": state } }]);
    })
}

/// What the one task's container is skipped for, with the stage and Traefik's line.
fn reason(run: &Run) -> (&'static str, Option<Stage>, Vec<String>) {
    let verdict = &run.verdicts[0];
    let stage = verdict.decisions.iter().find(|one| matches!(one.outcome, Outcome::Dropped(_))).map(|one| one.stage);
    let lines = verdict.traefik_log().iter().map(|line| line.message.clone()).collect();
    (verdict.reason().map_or("", |reason| reason.id()), stage, lines)
}

pub struct Case {
    pub id: &'static str,
    stage: Stage,
    pub fleet: Value,
    pub settings: Provider,
    /// What the sentence names, so that people know what to change.
    pub names: &'static str,
}

fn case(id: &'static str, stage: Stage, fleet: Value, names: &'static str) -> Case {
    Case { id, stage, fleet, settings: Provider::default(), names }
}

/// The smallest fleets that show a reason by themselves.
pub fn cases() -> Vec<Case> {
    let only_healthy = Provider { healthy_tasks_only: true, ..Provider::default() };
    let mut cases = vec![
        Case { settings: only_healthy, ..case("task-unhealthy", Stage::TaskHealth, one_task(), "healthyTasksOnly") },
        Case {
            settings: Provider { exposed_by_default: false, ..Provider::default() },
            ..case("disabled", Stage::Enabled, one_task(), "exposedByDefault")
        },
    ];
    cases.extend(of_records());
    cases.extend(of_labels());
    cases
}

fn of_records() -> Vec<Case> {
    let task = |path: &'static str, value: Value| changed(|fleet| fleet["tasks"][0][path] = value);
    vec![
        case("task-arn-invalid", Stage::EnableLabel, task("taskArn", json!("short")), "12 characters"),
        case(
            "container-definition-missing",
            Stage::Definition,
            task("containers", json!([{ "name": "agent" }])),
            "it has web",
        ),
        case(
            "network-interface-missing",
            Stage::Machine,
            task("containers", json!([{ "name": "web" }])),
            "network interface",
        ),
        case("container-instance-missing", Stage::Machine, task("attachments", json!([])), "no container instance"),
        case("not-running", Stage::State, task("lastStatus", json!("PENDING")), "`pending`"),
        case("not-running", Stage::State, on_instance("stopped"), "EC2 instance"),
        case("unhealthy", Stage::Health, task("healthStatus", json!("UNHEALTHY")), "health check"),
        case(
            "address-missing",
            Stage::Address,
            task("containers", json!([{ "name": "web", "networkInterfaces": [{}] }])),
            "no private address",
        ),
        case("address-missing", Stage::Address, on_instance("running"), "EC2 instance"),
        case(
            "port-missing",
            Stage::Services,
            changed(|fleet| fleet["taskDefinitions"][0]["containerDefinitions"][0]["portMappings"] = json!([])),
            "traefik.http.services.service-api-web.loadbalancer.server.port",
        ),
    ]
}

fn of_labels() -> Vec<Case> {
    let labels = |labels: Value| with_labels(&labels);
    vec![
        case("enable-label-invalid", Stage::EnableLabel, labels(json!({ "traefik.enable": "yes" })), "traefik.enable"),
        case("disabled", Stage::Enabled, labels(json!({ "traefik.enable": "false" })), "`traefik.enable`"),
        case(
            "labels-invalid",
            Stage::Labels,
            labels(json!({ "traefik.http.routers.web.rul": "x" })),
            "did you mean `rule`?",
        ),
        case("labels-invalid", Stage::Labels, labels(json!({ "traefik.http.routers.r].rule": "x" })), "crashes"),
        case(
            "load-balancer-missing",
            Stage::Services,
            labels(json!({ "traefik.http.services.s": "x" })),
            "traefik.http.services.s.loadbalancer.server.port",
        ),
        case(
            "server-url-conflict",
            Stage::Services,
            labels(json!({ "traefik.http.services.s.loadbalancer.server.url": "http://x",
                           "traefik.http.services.s.loadbalancer.server.port": "1" })),
            "service `s`",
        ),
        case(
            "router-dropped",
            Stage::Routers,
            labels(json!({ "traefik.tcp.routers.r.service": "s",
                           "traefik.tcp.services.s.loadbalancer.server.port": "1" })),
            "traefik.tcp.routers.r.rule",
        ),
        case(
            "router-dropped",
            Stage::Routers,
            labels(json!({ "traefik.udp.services.s.loadbalancer.server.port": "1" })),
            "no UDP router",
        ),
        case(
            "router-dropped",
            Stage::Routed,
            labels(json!({ "traefik.http.routers.r.service": "s@file" })),
            "router `r` leads elsewhere",
        ),
    ]
}

#[test]
fn each_reason_is_found_at_its_stage() {
    for case in cases() {
        let run = pass(&case.fleet, &case.settings, Release::V3_7);
        let (id, stage, _) = reason(&run);
        assert_eq!((id, stage), (case.id, Some(case.stage)), "{:#?}", run.verdicts[0].decisions);
        let sentence = run.verdicts[0].reason().expect("it has a reason").sentence();
        assert!(sentence.contains(case.names), "{}: `{sentence}` should name `{}`", case.id, case.names);
        assert!(!run.verdicts[0].is_routed());
    }
}

#[test]
fn every_stage_is_recorded_and_none_after_the_one_that_decides_is_reached() {
    for case in cases() {
        let run = pass(&case.fleet, &case.settings, Release::V3_7);
        for verdict in &run.verdicts {
            let stages: Vec<_> = verdict.decisions.iter().map(|one| one.stage).collect();
            assert_eq!(stages, Stage::ALL, "{}", case.id);
            let dropped = verdict.decisions.iter().position(|one| matches!(one.outcome, Outcome::Dropped(_)));
            for (at, decision) in verdict.decisions.iter().enumerate() {
                let reached = !matches!(decision.outcome, Outcome::NotReached);
                assert_eq!(reached, dropped.is_none_or(|dropped| at <= dropped), "{}: {decision:?}", case.id);
            }
        }
    }
}

#[test]
fn a_container_without_labels_is_routed_by_default() {
    let run = pass(&one_task(), &Provider::default(), Release::V3_7);
    let verdict = &run.verdicts[0];
    assert!(verdict.is_routed());
    assert_eq!(&*verdict.routers[0].rule, "Host(`service-api-web`)");
    assert_eq!(&*verdict.servers[0].address, "http://10.0.0.1:80");
    assert!(verdict.traefik_log().is_empty());
}

#[test]
fn a_label_that_crashes_the_decoder_ends_the_pass() {
    let mut fleet = with_labels(&json!({ "traefik.http.routers.r].rule": "x" }));
    fleet["tasks"].as_array_mut().expect("tasks are a list").push(task("shop", "fedcba9876543210"));
    fleet["taskDefinitions"].as_array_mut().expect("definitions are a list").push(definition("shop", &json!({})));
    let run = pass(&fleet, &Provider::default(), Release::V3_7);
    assert!(matches!(run.ending, Ending::Crashed(_)));
    assert_eq!(run.ending.id(), "stale");
    assert!(run.published().is_none());
    assert!(run.verdicts[1].is_routed(), "without that label it would be");
}

#[test]
fn a_default_rule_that_cannot_be_read_keeps_the_provider_from_starting() {
    let settings = Provider { default_rule: "Host(`{{ .Name `)".into(), ..Provider::default() };
    let run = pass(&one_task(), &settings, Release::V3_7);
    assert_eq!(run.ending.id(), "refused");
    assert!(run.verdicts.is_empty());
}

#[test]
fn tasks_that_are_not_described_are_told_with_the_call_that_failed() {
    let settings = Provider::default();
    let mut inventory = read(&one_task(), &settings, Release::V3_7);
    let arn = inventory.clusters[0].listed[0][0].clone();
    inventory.clusters[0].tasks.clear();
    let ended = run(inventory.clone(), &settings, Release::V3_7, &Ambient::default());
    assert_eq!(reason(&ended), ("task-not-described", Some(Stage::Describe), Vec::new()));
    assert_eq!(ended.ending.id(), "published");
    let error = CallError::new(Action::DescribeTasks, "AccessDeniedException", "no").about(&[arn]);
    inventory.errors.push(error);
    let denied = run(inventory, &settings, Release::V3_7, &Ambient::default());
    assert_eq!(denied.ending.id(), "wiped");
    let sentence = denied.verdicts[0].reason().expect("it has a reason").sentence();
    assert!(sentence.contains("ecs:DescribeTasks failed (AccessDeniedException)"), "{sentence}");
}

/// Two services that define a router of one name.
pub fn two(first: &Value, second: &Value) -> Value {
    changed(|fleet| {
        fleet["tasks"] = json!([task("api", "0123456789abcdef"), task("shop", "fedcba9876543210")]);
        fleet["taskDefinitions"] = json!([definition("api", first), definition("shop", second)]);
    })
}

#[test]
fn definitions_that_contradict_each_other_are_deleted_and_the_fields_told() {
    let fleet = two(&json!({ "traefik.http.routers.r.rule": "A" }), &json!({ "traefik.http.routers.r.rule": "B" }));
    let run = pass(&fleet, &Provider::default(), Release::V3_7);
    assert_eq!(reason(&run).0, "merged-away");
    let conflict = &run.conflicts[0];
    assert_eq!(&*conflict.name, "r");
    let rule = conflict.fields.iter().find(|field| field.path == "rule").expect("the rules differ");
    let values: Vec<_> = rule.variants.iter().map(|one| (one.value.clone(), one.containers.len())).collect();
    assert_eq!(values, [(json!("A"), 1), (json!("B"), 1)]);
    let paths: BTreeSet<_> = conflict.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, BTreeSet::from(["rule", "service"]));
}

#[test]
fn what_json_does_not_show_is_compared_and_told() {
    let given = json!({ "traefik.http.routers.r.rule": "Host(`x`)", "traefik.http.routers.r.service": "s",
                        "traefik.http.services.s.loadbalancer.server.port": "80" });
    let by_default = json!({ "traefik.http.routers.r.service": "s",
                             "traefik.http.services.s.loadbalancer.server.port": "80" });
    let settings = Provider { default_rule: "Host(`x`)".into(), ..Provider::default() };
    let run = pass(&two(&given, &by_default), &settings, Release::V3_7);
    let fields: Vec<_> = run.conflicts[0].fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(fields, ["defaultRule"]);
    let notes: Vec<_> = run.conflicts[0].fields[0].variants.iter().map(|variant| variant.note).collect();
    assert_eq!(notes, [Some("the rule is given by a label"), Some("the rule is the provider's default rule")]);
}

#[test]
fn of_two_containers_of_one_name_the_last_stands() {
    let fleet = changed(|fleet| {
        fleet["tasks"][0]["containers"] = json!([
            { "name": "a.b", "networkInterfaces": [{ "privateIpv4Address": "10.0.0.1" }] },
            { "name": "a_b", "networkInterfaces": [{ "privateIpv4Address": "10.0.0.2" }] }
        ]);
        let container = |name: &str| json!({ "name": name, "portMappings": [{ "containerPort": 80, "hostPort": 80 }] });
        fleet["taskDefinitions"][0]["containerDefinitions"] = json!([container("a.b"), container("a_b")]);
    });
    let run = pass(&fleet, &Provider::default(), Release::V3_7);
    assert_eq!(reason(&run).0, "merged-away");
    assert!(run.verdicts[1].is_routed());
    assert_eq!(&*run.verdicts[1].servers[0].address, "http://10.0.0.2:80");
}

#[test]
fn a_router_that_is_lost_beside_one_that_stays_is_no_reason() {
    let fleet = with_labels(&json!({
        "traefik.tcp.routers.lost.service": "t", "traefik.tcp.services.t.loadbalancer.server.port": "1",
        "traefik.http.routers.kept.rule": "Host(`x`)"
    }));
    let run = pass(&fleet, &Provider::default(), Release::V3_7);
    assert!(run.verdicts[0].is_routed());
    assert_eq!(reason(&run).2, ["Empty rule"]);
}
