//! What holds for every fleet and every set of labels.

use std::collections::BTreeMap;

use ecsroute::discover::{Scope, run_ready};
use ecsroute::dynamic::{Configuration, Protocol};
use ecsroute::model::{Release, Text};
use ecsroute::pipeline::{enabled, run};
use ecsroute::settings::Provider;
use ecsroute::source::{Environment, Recording, Snapshot, SnapshotSource};
use ecsroute::template::Ambient;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::fleet::{definition, one_task, pass, task};
use super::wild::wild;

/// Parts that keys are made of: fields, names, and what may stand where it shouldn't.
const PARTS: [&str; 30] = [
    "traefik",
    "Traefik",
    "enable",
    "http",
    "HTTP",
    "tcp",
    "udp",
    "tls",
    "stores",
    "default",
    "routers",
    "services",
    "middlewares",
    "models",
    "r",
    "R",
    "rule",
    "tls",
    "domains[0]",
    "domains]",
    "[0]",
    "main",
    "loadbalancer",
    "server",
    "port",
    "headers",
    "customrequestheaders",
    "plugin",
    "",
    "\u{212a}\u{e9}",
];

const VALUES: [&str; 10] = ["", "true", "x", "80", "-1", "10s", "a,,b", "Host(`a`)", "\u{2551}24\u{2551}a", "1e9"];

fn labels() -> impl Strategy<Value = BTreeMap<String, String>> {
    let key = prop::collection::vec(prop::sample::select(&PARTS[..]), 1..8).prop_map(|parts| parts.join("."));
    let likely = key.prop_map(|rest| format!("traefik.{rest}"));
    let deep = wild().prop_map(|rest| format!("traefik.http.{rest}"));
    let any = prop_oneof![8 => likely, 1 => wild(), 1 => deep];
    let value = prop_oneof![3 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned), 1 => wild()];
    prop::collection::btree_map(any, value, 0..6)
}

/// Labels that decode, of few names, so that containers meet.
fn meeting() -> impl Strategy<Value = Value> {
    let rule = prop::sample::select(vec!["Host(`a`)", "Host(`b`)"]);
    let service = prop::sample::select(vec!["", "s", "t"]);
    let port = prop::option::of(prop::sample::select(vec!["80", "81"]));
    (rule, service, port).prop_map(|(rule, service, port)| {
        let mut labels = json!({ "traefik.http.routers.r.rule": rule });
        if !service.is_empty() {
            labels["traefik.http.routers.r.service"] = json!(service);
        }
        if let Some(port) = port {
            labels["traefik.http.services.s.loadbalancer.server.port"] = json!(port);
        }
        labels
    })
}

/// A fleet in which every sort of record has a part.
fn every_sort() -> Value {
    let mut fleet = one_task();
    let instance = "arn:aws:ecs:eu-west-1:123456789012:container-instance/default/0";
    let mut on_instance = task("edge", "0123456789abcdee");
    on_instance["launchType"] = json!("EC2");
    on_instance["containerInstanceArn"] = json!(instance);
    on_instance["containers"][0]["networkBindings"] = json!([{ "containerPort": 80, "hostPort": 32768 }]);
    let labels = json!({ "traefik.tcp.routers.r.rule": "HostSNI(`*`)", "traefik.tcp.services.s.loadbalancer.server.port": "80" });
    let mut bridge = definition("edge", &labels);
    bridge["networkMode"] = json!("bridge");
    for (section, record) in [("tasks", on_instance), ("taskDefinitions", bridge)] {
        fleet[section].as_array_mut().expect("a section is a list").push(record);
    }
    fleet["containerInstances"] = json!([{
        "containerInstanceArn": instance,
        "clusterArn": "arn:aws:ecs:eu-west-1:123456789012:cluster/default",
        "ec2InstanceId": "i-0123456789abcdef0"
    }]);
    fleet["ec2Instances"] = json!([{
        "InstanceId": "i-0123456789abcdef0",
        "PrivateIpAddress": "10.0.0.2",
        "State": { "Code": 16, "Name": "running" }
    }]);
    fleet["ssmInstances"] = json!([{ "InstanceId": "mi-0123456789abcdef0", "IPAddress": "10.0.0.3" }]);
    fleet["failures"] = json!([{ "action": "DescribeTasks", "cluster": "default", "arn": "a", "reason": "MISSING" }]);
    fleet["settings"] = json!({ "clusters": ["default"] });
    fleet
}

/// The places in a document, each by its JSON pointer.
fn places(of: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match of {
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| places(inner, &format!("{at}/{name}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| places(inner, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

/// What may stand in a record where it shouldn't.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        prop::sample::select(vec![
            json!(null),
            json!(""),
            json!([]),
            json!({}),
            json!([null]),
            json!([{}]),
            json!(-1),
            json!(65536),
            json!(true),
            json!("mi-0123456789abcdef0"),
            json!("awsvpc"),
            json!({ "traefik.http.routers.r]": "x" }),
            json!({ "traefik.enable": "no" }),
        ]),
        wild().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
    ]
}

fn fleet(of: &[(usize, Value)]) -> Value {
    let mut fleet = one_task();
    fleet["tasks"] = of.iter().map(|(n, _)| task(&format!("s{n}"), &format!("0123456789abcde{n}"))).collect();
    fleet["taskDefinitions"] = of.iter().map(|(n, labels)| definition(&format!("s{n}"), labels)).collect();
    fleet
}

proptest! {
    #[test]
    fn no_label_breaks_the_decoder(given in labels()) {
        let given: BTreeMap<Text, Text> = given.iter().map(|(key, value)| (key.as_str().into(), value.as_str().into())).collect();
        for release in Release::ALL {
            if let Ok(decoded) = Configuration::from_labels(&given, release) {
                prop_assert!(decoded.json(release).is_object());
            }
        }
        let _ = enabled(&given, true);
    }

    #[test]
    fn no_snapshot_breaks_a_pass(
        changes in prop::collection::vec((any::<prop::sample::Index>(), odd()), 1..4),
        healthy_tasks_only in any::<bool>(),
        ecs_anywhere in any::<bool>(),
    ) {
        let mut fleet = every_sort();
        let mut found = Vec::new();
        places(&fleet, "", &mut found);
        for (at, value) in changes {
            // An earlier change may have taken the place away.
            if let Some(place) = fleet.pointer_mut(&found[at.index(found.len())]) {
                *place = value;
            }
        }
        if let Ok(snapshot) = Snapshot::read(fleet.to_string().as_bytes()) {
            let settings = Provider { healthy_tasks_only, ecs_anywhere, ..Provider::default() };
            let source = SnapshotSource::new(snapshot);
            for release in Release::ALL {
                let inventory = run_ready(&source, &Scope::new(&settings, release));
                let played = run(inventory.clone(), &settings, release, &Ambient::default());
                prop_assert_eq!(played.verdicts.iter().filter(|one| one.is_routed()).count(), played.routed().count());
                prop_assert!(played.configuration.json(release).is_object());
                let again = run(inventory, &settings, release, &Ambient::default());
                prop_assert_eq!(played.log(), again.log());
                prop_assert_eq!(played.configuration, again.configuration);
                prop_assert_eq!(played.verdicts, again.verdicts);
            }
        }
    }

    #[test]
    fn no_bytes_break_the_reader_of_snapshots(
        cut in any::<prop::sample::Index>(),
        strewn in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut bytes = every_sort().to_string().into_bytes();
        for (at, byte) in strewn {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        if let Err(error) = Snapshot::read(&bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn a_pass_over_its_own_recording_is_the_same(of in prop::collection::vec(meeting(), 1..5)) {
        let of: Vec<_> = of.into_iter().enumerate().collect();
        let settings = Provider::default();
        let first = pass(&fleet(&of), &settings, Release::V3_7);
        let recorded = Snapshot::record(&first.inventory, Recording {
            settings: &settings,
            listed: Ok(vec!["arn:aws:ecs:eu-west-1:123456789012:cluster/default".into()]),
            account: None,
            recorded_at: "2026-01-01T00:00:00Z".into(),
            environment: Environment::LeftOut,
        });
        let inventory = run_ready(&SnapshotSource::new(recorded), &Scope::new(&settings, Release::V3_7));
        let second = run(inventory, &settings, Release::V3_7, &Ambient::default());
        prop_assert_eq!(first.configuration, second.configuration);
        prop_assert_eq!(first.conflicts, second.conflicts);
    }

    #[test]
    fn merging_does_not_depend_on_the_order_of_records(
        of in prop::collection::vec(meeting(), 1..5),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut of: Vec<_> = of.into_iter().enumerate().collect();
        let settings = Provider::default();
        let one = pass(&fleet(&of), &settings, Release::V3_7);
        let turn = seed.index(of.len());
        of.rotate_left(turn);
        of.reverse();
        let other = pass(&fleet(&of), &settings, Release::V3_7);
        prop_assert_eq!(one.configuration, other.configuration);
        prop_assert_eq!(one.conflicts, other.conflicts);
    }

    #[test]
    fn a_container_is_routed_exactly_where_the_configuration_leads_to_it(of in prop::collection::vec(meeting(), 1..5)) {
        let of: Vec<_> = of.into_iter().enumerate().collect();
        let run = pass(&fleet(&of), &Provider::default(), Release::V3_7);
        for verdict in &run.verdicts {
            prop_assert_eq!(verdict.is_routed(), !verdict.routers.is_empty());
            for router in verdict.routers.iter() {
                prop_assert!(run.configuration.get(Protocol::Http.routers(), &router.name).is_some());
                prop_assert!(verdict.servers.iter().any(|server| server.service == router.service));
            }
        }
    }
}

#[test]
fn names_nested_without_end_are_refused() {
    let key = format!("traefik.http.middlewares.m.plugin.p{}", ".a.b".repeat(20_000));
    let given = BTreeMap::from([(Text::from(key.as_str()), Text::from("x"))]);
    let error = Configuration::from_labels(&given, Release::V3_7).expect_err("it is deep");
    assert_eq!(error.to_string(), "nested too deep");
    let key = format!("traefik.http.middlewares.m.headers.customrequestheaders{}", ".a".repeat(20_000));
    let given = BTreeMap::from([(Text::from(key.as_str()), Text::from("x"))]);
    assert!(Configuration::from_labels(&given, Release::V3_7).is_ok(), "the dots belong to one long key");
}
