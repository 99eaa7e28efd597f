use std::collections::BTreeMap;

use super::{Arrival, Standing, Table, Traefik};
use crate::dynamic::Configuration;
use crate::model::{Release, Text};
use crate::settings::{EntryPoint, EntryPoints};

fn table(labels: &[(&str, &str)]) -> Table {
    let labels: BTreeMap<Text, Text> =
        labels.iter().map(|(key, value)| (format!("traefik.{key}").into(), Text::from(*value))).collect();
    let configuration = Configuration::from_labels(&labels, Release::V3_7).expect("the labels decode");
    let entry_point = |address: &str| EntryPoint { address: address.into(), ..EntryPoint::default() };
    let entry_points: EntryPoints =
        [("web".into(), entry_point(":80")), ("alt".into(), entry_point(":81"))].into_iter().collect();
    let traefik = Traefik { entry_points: &entry_points, default_rule_syntax: None, release: Release::V3_7 };
    Table::new(&configuration, traefik)
}

fn get(host: &str, target: &str) -> Arrival {
    Arrival {
        entry_point: "web".into(),
        tls: false,
        server_name: String::new(),
        protocols: Vec::new(),
        method: "GET".to_owned(),
        target: target.to_owned(),
        host: host.to_owned(),
        headers: Vec::new(),
        remote_address: "10.0.0.1:1".to_owned(),
    }
}

const SERVICE: (&str, &str) = ("http.services.s.loadbalancer.server.url", "http://10.0.0.9:80");

#[test]
fn every_router_says_how_it_fared() {
    let table = table(&[
        SERVICE,
        ("http.routers.a.rule", "Host(`a.b`) && Path(`/x`)"),
        ("http.routers.a.service", "s"),
        ("http.routers.b.rule", "Host(`a.b`)"),
        ("http.routers.b.service", "s"),
        ("http.routers.c.rule", "Host(`c.d`)"),
        ("http.routers.c.service", "s"),
        ("http.routers.d.rule", "Host(`a.b`)"),
        ("http.routers.d.service", "s"),
        ("http.routers.d.entrypoints", "alt"),
        ("http.routers.e.rule", "Host(`a.b`) &"),
        ("http.routers.e.service", "s"),
        ("http.routers.f.rule", "Host(`a.b`)"),
        ("http.routers.f.service", "s"),
        ("http.routers.f.tls", "true"),
    ]);
    let told: Vec<String> = table
        .candidates(&get("a.b", "/x"))
        .iter()
        .map(|candidate| {
            let standing = match &candidate.standing {
                Standing::Wins => "wins",
                Standing::Lower => "lower",
                Standing::WantsTls => "tls",
                Standing::NoMatch(_) => "no match",
                Standing::Elsewhere(_) => "elsewhere",
                Standing::Disabled(_) => "disabled",
                _ => "else",
            };
            format!("{} {standing}", candidate.name)
        })
        .collect();
    let expected = ["a@ecs wins", "b@ecs lower", "f@ecs tls", "c@ecs no match", "d@ecs elsewhere", "e@ecs disabled"];
    assert_eq!(told, expected);
}

#[test]
fn routers_of_one_priority_are_all_answers() {
    let table = table(&[
        SERVICE,
        ("http.routers.a.rule", "Path(`/x`)"),
        ("http.routers.a.service", "s"),
        ("http.routers.b.rule", "Path(`/x`)"),
        ("http.routers.b.service", "s"),
    ]);
    assert_eq!(table.answers(&get("a", "/x")).len(), 2);
    assert_eq!(table.answers(&get("a", "/y"))[0].status, Some(404));
    assert!(table.answers(&Arrival { entry_point: "no".into(), ..get("a", "/") }).is_empty());
}

#[test]
fn what_is_no_request_is_refused_before_any_router() {
    let table = table(&[SERVICE, ("http.routers.a.rule", "PathPrefix(`/`)"), ("http.routers.a.service", "s")]);
    for (host, target) in [("a b", "/"), ("a", "/ x"), ("a", "/%zz"), ("a", "nothing"), ("a", "/#x")] {
        assert_eq!(table.answers(&get(host, target))[0].status, Some(400), "{host} {target}");
    }
    assert_eq!(table.answers(&get("a", "/%C3%28"))[0].router.as_deref(), Some("a@ecs"));
}
