//! What holds for every fleet and every set of labels.

use std::collections::BTreeMap;

use ecsroute::dynamic::{Configuration, Protocol};
use ecsroute::model::{Release, Text};
use ecsroute::pipeline::enabled;
use ecsroute::settings::Provider;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::fleet::{definition, one_task, pass, task};

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
    let any = prop_oneof![4 => likely, 1 => ".{0,40}"];
    let value = prop_oneof![3 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned), 1 => ".{0,20}"];
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
            for router in &verdict.routers {
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
