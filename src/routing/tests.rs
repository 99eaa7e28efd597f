mod gates;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Arrival, Standing, Table, Traefik};
use crate::dynamic::Configuration;
use crate::model::{Release, Text};
use crate::settings::{Api, EntryPoint, EntryPoints, ForwardedHeaders, OwnRoutes, Served};

fn table(labels: &[(&str, &str)]) -> Table {
    let entry_point = |address: &str| EntryPoint { address: address.into(), ..EntryPoint::default() };
    let entry_points = [("web".into(), entry_point(":80")), ("alt".into(), entry_point(":81"))].into_iter().collect();
    table_on(labels, &entry_points, &OwnRoutes::default())
}

fn table_on(labels: &[(&str, &str)], entry_points: &EntryPoints, own_routes: &OwnRoutes) -> Table {
    let labels: BTreeMap<Text, Text> =
        labels.iter().map(|(key, value)| (format!("traefik.{key}").into(), Text::from(*value))).collect();
    let configuration = Configuration::from_labels(&labels, Release::V3_7).expect("the labels decode");
    let release = Release::V3_7;
    Table::new(&configuration, Traefik { entry_points, default_rule_syntax: None, own_routes, release })
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

fn internal() -> (EntryPoints, OwnRoutes) {
    let entry_point = |address: &str| EntryPoint { address: address.into(), ..EntryPoint::default() };
    let entry_points = [("web".into(), entry_point(":80")), ("traefik".into(), entry_point(":8080"))];
    let own_routes = OwnRoutes {
        api: Some(Api { insecure: true, dashboard: true, debug: false }),
        ping: Some(Served { at: Some("web".into()) }),
        prometheus: Some(Served { at: None }),
        challenges: ["web".into()].into(),
        rest: None,
    };
    (entry_points.into_iter().collect(), own_routes)
}

#[test]
fn traefik_answers_some_requests_itself() {
    let (entry_points, own_routes) = internal();
    let labels = [
        SERVICE,
        ("http.routers.all.rule", "PathPrefix(`/`)"),
        ("http.routers.all.service", "s"),
        ("http.routers.all.priority", "9223372036854774807"),
        ("http.routers.stats.rule", "Path(`/stats`)"),
        ("http.routers.stats.service", "prometheus@internal"),
        ("http.routers.rest.rule", "Path(`/rest`)"),
        ("http.routers.rest.service", "rest@internal"),
    ];
    let table = table_on(&labels, &entry_points, &own_routes);
    let taken = |entry_point: &str, target: &str| {
        let arrival = Arrival { entry_point: entry_point.into(), ..get("a.b", target) };
        let answer = table.answers(&arrival).remove(0);
        let name = |name: Option<Text>| name.map(|name| name.to_string()).unwrap_or_default();
        (name(answer.router), name(answer.service), answer.location.unwrap_or_default())
    };
    let of = |router: &str, service: &str, location: &str| (router.to_owned(), service.to_owned(), location.to_owned());
    assert_eq!(taken("web", "/ping"), of("ping@internal", "ping@internal", ""));
    assert_eq!(taken("web", "/.well-known/acme-challenge/x"), of("acme-http@internal", "acme-http@internal", ""));
    assert_eq!(taken("web", "/metrics"), of("all@ecs", "s@ecs", ""), "its routing is left to the user");
    assert_eq!(taken("traefik", "/api/x"), of("api@internal", "api@internal", ""));
    assert_eq!(taken("traefik", "/dashboard/"), of("dashboard@internal", "dashboard@internal", ""));
    assert_eq!(taken("traefik", "/"), of("dashboard@internal", "", "http://a.b/dashboard/"));
    let disabled: Vec<_> = table.disabled.iter().map(|disabled| &*disabled.name).collect();
    assert_eq!(disabled, ["rest@ecs"], "what is off has no service");
}

#[test]
fn routers_are_known_again_by_the_hash_of_their_name() {
    // As the authors of FNV-1 give them.
    assert_eq!(super::table::guard("a"), "af63bd4c8601b7be");
    assert_eq!(super::table::guard("foobar"), "340d8765a4dda9c2");
}

#[test]
fn what_a_client_says_of_its_way_is_believed_where_it_is_trusted() {
    let trusts = ForwardedHeaders { trusted_ips: vec!["10.0.0.0/8".into()], ..ForwardedHeaders::default() };
    let at = |address: &str, forwarded_headers| EntryPoint {
        address: address.into(),
        forwarded_headers,
        ..EntryPoint::default()
    };
    let entry_points: EntryPoints =
        [("web".into(), at(":80", ForwardedHeaders::default())), ("alt".into(), at(":81", trusts))]
            .into_iter()
            .collect();
    let labels = [
        SERVICE,
        ("http.routers.a.rule", "Header(`X-Forwarded-Proto`, `https`) && !ClientIP(`1.2.3.4`)"),
        ("http.routers.a.service", "s"),
    ];
    let table = table_on(&labels, &entry_points, &OwnRoutes::default());
    let taken = |entry_point: &str, client: &str| {
        let said = [("x-forwarded-proto", "https"), ("X-Forwarded-For", "1.2.3.4")];
        let headers = said.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let remote_address = client.to_owned();
        let arrival = Arrival { entry_point: entry_point.into(), headers, remote_address, ..get("a.b", "/") };
        table.answers(&arrival)[0].router.is_some()
    };
    assert!(taken("alt", "10.0.0.1:1") && !taken("alt", "11.0.0.1:1") && !taken("web", "10.0.0.1:1"));
}

#[test]
fn headers_with_underscores_go_as_the_entry_point_says() {
    let answer = |strategy: &str| {
        let mut entry_point = EntryPoint { address: ":80".into(), ..EntryPoint::default() };
        entry_point.http.underscore_headers_strategy = strategy.into();
        let entry_points = [("web".into(), entry_point)].into_iter().collect();
        let labels = [SERVICE, ("http.routers.a.rule", "Header(`X_A`, `1`)"), ("http.routers.a.service", "s")];
        let table = table_on(&labels, &entry_points, &OwnRoutes::default());
        let headers = vec![("x_a".to_owned(), "1".to_owned())];
        table.answers(&Arrival { headers, ..get("a.b", "/") })[0].status
    };
    assert_eq!((answer(""), answer("keep"), answer("delete"), answer("reject")), (None, None, Some(404), Some(400)));
}

/// Rules of few names, so that several take one request.
fn rule() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "Host(`a.b`)",
        "Host(`A.b.`)",
        "Host(`c.b`)",
        "Host(`*.b`)",
        "HostRegexp(`^a`)",
        "Path(`/x`)",
        "PathPrefix(`/x`)",
        "PathPrefix(`/x/y`)",
        "PathPrefix(`/`)",
        "Method(`GET`)",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} && {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} || {right})")),
            inner.prop_map(|inner| format!("!{inner}")),
        ]
    })
}

/// Routers with these rules, priorities, and with TLS or without.
fn labels(rules: &[(String, u32, bool)]) -> Vec<(String, String)> {
    let mut labels = vec![(SERVICE.0.to_owned(), SERVICE.1.to_owned())];
    for (number, (rule, priority, tls)) in rules.iter().enumerate() {
        let key = |option: &str| format!("http.routers.r{number}.{option}");
        labels.extend([(key("rule"), rule.clone()), (key("service"), "s".to_owned())]);
        labels.push((key("priority"), priority.to_string()));
        if *tls {
            labels.push((key("tls"), "true".to_owned()));
        }
    }
    labels
}

proptest! {
    #[test]
    fn the_index_leaves_out_only_what_does_not_match(
        rules in prop::collection::vec((rule(), 0..3_u32, any::<bool>()), 1..12),
        host in prop::sample::select(vec!["a.b", "a.b.", "A.B:80", "c.b", "x.b", "b", "ab"]),
        path in prop::sample::select(vec!["/", "/x", "/xz", "/x/y", "/x/y/z", "/x/../y", "/z"]),
        tls in any::<bool>(),
    ) {
        let labels = labels(&rules);
        let labels: Vec<(&str, &str)> = labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let table = table(&labels);
        let server_name = if tls { host.trim_end_matches(":80").to_owned() } else { String::new() };
        let arrival = Arrival { tls, server_name, ..get(host, path) };
        let doors = &table.doors["web"];
        let (_, request) = table.read(doors, &arrival).expect("it is a request");
        let routers = if tls { &doors.secure } else { &doors.plain };
        let plainly: Vec<&str> =
            routers.iter().filter(|router| router.rule.matches(&request)).map(|router| &*router.name).collect();
        let indexed: Vec<&str> = doors.taking(&request, tls).map(|router| &*router.name).collect();
        prop_assert_eq!(plainly, indexed);
    }
}

#[test]
fn what_never_gets_a_request_is_told_with_one_that_shows_it() {
    let table = table(&[
        SERVICE,
        ("http.routers.a.rule", "Host(`a.b`) && PathPrefix(`/api`)"),
        ("http.routers.a.service", "s"),
        ("http.routers.b.rule", "PathPrefix(`/`)"),
        ("http.routers.b.service", "s"),
        ("http.routers.b.priority", "1000"),
        ("http.routers.b.entrypoints", "alt"),
        ("http.routers.c.rule", "Host(`c.b`) && Method(`GET`)"),
        ("http.routers.c.service", "s"),
        ("http.routers.d.rule", "Host(`c.b`) && !Method(`GET`)"),
        ("http.routers.d.service", "s"),
        ("http.routers.e.rule", "Host(`c.b`)"),
        ("http.routers.e.service", "s"),
    ]);
    let told: Vec<String> = table
        .shadows()
        .into_iter()
        .map(|shadow| {
            let by: Vec<&str> = shadow.by.iter().map(|name| &**name).collect();
            format!("{} at {}: {}; {}", shadow.router, shadow.entry_point, by.join(", "), shadow.example.0)
        })
        .collect();
    let alone = |router: &str, example: &str| format!("{router}@ecs at alt: b@ecs; {example}");
    assert_eq!(
        told,
        [
            alone("a", "GET a.b/api"),
            alone("c", "GET c.b/"),
            alone("d", "OTHER c.b/"),
            alone("e", "GET c.b/"),
            "e@ecs at web: d@ecs, c@ecs; OTHER c.b/".to_owned(),
        ]
    );
}

proptest! {
    #[test]
    fn the_request_that_shows_a_shadow_goes_to_the_other_router(
        rules in prop::collection::vec((rule(), 0..3_u32, any::<bool>()), 2..9),
    ) {
        let labels = labels(&rules);
        let labels: Vec<(&str, &str)> = labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let table = table(&labels);
        for shadow in table.shadows() {
            let doors = &table.doors[&shadow.entry_point];
            let (_, arrival) = &shadow.example;
            let (_, request) = table.read(doors, arrival).expect("it is a request");
            let mut routers = doors.plain.iter().chain(&doors.secure);
            let router = routers.find(|router| router.name == shadow.router).expect("it is there");
            prop_assert!(router.rule.matches(&request), "its rule takes the request: {shadow:?}");
            let winners: Vec<_> = table.answers(arrival).into_iter().filter_map(|answer| answer.router).collect();
            prop_assert!(winners.contains(&shadow.by[0]), "{winners:?}: {shadow:?}");
            prop_assert!(!winners.contains(&shadow.router), "{winners:?}: {shadow:?}");
        }
    }
}
