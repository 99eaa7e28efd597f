use proptest::prelude::*;

use super::{Found, search};
use crate::model::Release;
use crate::rule::{Example, Kind, Language, Rule};

fn rule(text: &str) -> Rule {
    let kind = if text.contains("HostSNI") || text.contains("ALPN") { Kind::Tcp } else { Kind::Http };
    Rule::parse(text, Language::new(Release::V3_7, "v3", kind)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn read(example: &Example) -> Vec<crate::rule::Request> {
    example.requests(Release::V3_7)
}

fn found(wanted: &[&str], unwanted: &[&str]) -> Found {
    let (wanted, unwanted): (Vec<Rule>, Vec<Rule>) =
        (wanted.iter().map(|text| rule(text)).collect(), unwanted.iter().map(|text| rule(text)).collect());
    search(&wanted.iter().collect::<Vec<_>>(), &unwanted.iter().collect::<Vec<_>>(), &read)
}

#[test]
fn what_others_take_together_leaves_nothing() {
    for (rule, others) in [
        ("Host(`a.b`) && PathPrefix(`/api/v1`)", &["Host(`A.b`) && PathPrefix(`/api`)"][..]),
        ("Host(`a.b`)", &["PathPrefix(`/`)"]),
        ("Host(`a.b`)", &["Host(`a.b`) && Method(`GET`)", "Host(`a.b`) && !Method(`GET`)"]),
        ("Host(`a.b`) || Host(`c.b`)", &["Host(`*.b`)"]),
        ("Host(`a.b`)", &["!Host(`c.d`)"]),
        ("Header(`X-A`, `1`) && Query(`k`, `v`)", &["Header(`x-a`, `1`)"]),
        ("ClientIP(`10.1.0.0/16`)", &["ClientIP(`10.0.0.0/9`)", "ClientIP(`10.128.0.0/9`)"]),
        ("ClientIP(`10.0.0.0/8`)", &["ClientIP(`10.0.0.0/9`)", "ClientIP(`10.128.0.0/9`)"]),
        ("Path(`/a`)", &["PathPrefix(`/a`)"]),
        ("HostSNI(`a.b`)", &["HostSNI(`*.b`)"]),
        ("HostSNI(`a.b`)", &["HostSNI(`*`)"]),
        ("Path(`/v1`)", &["PathRegexp(`^/v[0-9]$`)"]),
        ("PathRegexp(`^/v`) && Host(`a`)", &["PathRegexp(`^/v`)"]),
        ("!(Host(`a`) || Path(`/x`))", &["!Host(`a`)"]),
    ] {
        assert_eq!(found(&[rule], others), Found::Nothing, "{rule} without {others:?}");
    }
}

#[test]
fn what_contradicts_itself_takes_nothing() {
    for rule in [
        "Host(`a`) && Host(`b`)",
        "Path(`/a`) && PathPrefix(`/b`)",
        "Host(`a`) && !Host(`a`)",
        "Path(`/a?b`)",
        "ClientIP(`10.0.0.0/8`) && ClientIP(`11.0.0.0/8`)",
        "Host(`a`) && HostRegexp(`^b`)",
    ] {
        assert_eq!(found(&[rule], &[]), Found::Nothing, "{rule}");
    }
}

#[test]
fn a_request_shows_what_is_left() {
    for (wanted, unwanted, example) in [
        (&["Host(`a.b`) && PathPrefix(`/x`)"][..], &["Host(`a.b`) && Path(`/x`)"][..], "GET a.b/xother"),
        (&["PathPrefix(`/x`)", "Host(`a`)"], &[], "GET a/x"),
        (&["Host(`*.b`)"], &["Host(`a.b`)"], "GET other.b/"),
        (&["Header(`K`, `1`) && Header(`K`, `2`)"], &[], "GET example.com/ with K: 1 and K: 2"),
        (&["Query(`k`, `v`)"], &["Method(`GET`)"], "OTHER example.com/?k=v"),
        (&["ClientIP(`10.0.0.0/8`)"], &["ClientIP(`10.0.0.0/9`)"], "GET example.com/ from 10.128.0.0"),
        (&["PathRegexp(`^/v[0-9]+$`)"], &[], "GET example.com/v0"),
    ] {
        let found = found(wanted, unwanted).request().map(|example| example.to_string());
        assert_eq!(found.as_deref(), Some(example), "{wanted:?} without {unwanted:?}");
    }
}

#[test]
fn only_regular_expressions_leave_it_open() {
    assert_eq!(found(&["PathRegexp(`^/v[0-9]+$`)"], &["PathRegexp(`^/v[0-9]`)"]), Found::Unknown);
    assert_eq!(found(&["HostRegexp(`^a`)", "Host(`a`)"], &["Host(`a`)"]), Found::Nothing);
}

#[test]
fn large_rules_end_in_time() {
    let many: Vec<String> = (0..5000).map(|n| format!("Host(`h{n}`)")).collect();
    let many = many.join(" || ");
    assert!(matches!(found(&[&many], &[&many]), Found::Nothing | Found::Unknown));
    let deep = format!("{}Host(`a`)", "!".repeat(9_000));
    assert!(matches!(found(&[&deep], &[]), Found::Request(_)));
}

/// A rule of few names, so that rules meet.
fn rules() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "Host(`a`)",
        "Host(`b`)",
        "Host(`a.`)",
        "Host(`*.b`)",
        "Host(`x.b`)",
        "Path(`/`)",
        "Path(`/x`)",
        "PathPrefix(`/`)",
        "PathPrefix(`/x`)",
        "PathPrefix(`/x/y`)",
        "Method(`GET`)",
        "Method(`PUT`)",
        "Header(`K`, `1`)",
        "Header(`K`, `2`)",
        "Query(`q`, `1`)",
        "Query(`q`)",
        "ClientIP(`10.0.0.0/8`)",
        "ClientIP(`10.1.0.0/16`)",
        "ClientIP(`::/0`)",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} && {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} || {right})")),
            inner.prop_map(|inner| format!("!{inner}")),
        ]
    })
}

/// A request of the same few names.
fn examples() -> impl Strategy<Value = Example> {
    (
        prop::sample::select(vec!["a", "b", "a.", "a..", "x.b", "y.b", "", "c"]),
        prop::sample::select(vec!["/", "/x", "/xz", "/x/y", "/x/y/z", "/z"]),
        prop::sample::select(vec!["GET", "PUT", "HEAD"]),
        prop::sample::subsequence(vec!["1", "2", "3"], 0..3),
        prop::sample::subsequence(vec!["", "1", "2"], 0..3),
        prop::sample::select(vec!["10.0.0.1", "10.1.0.1", "11.0.0.1", "::1", "127.0.0.1"]),
    )
        .prop_map(|(host, path, method, headers, query, client)| Example {
            host: host.to_owned(),
            path: path.to_owned(),
            method: method.to_owned(),
            headers: headers.into_iter().map(|value| ("K".to_owned(), value.to_owned())).collect(),
            query: query.into_iter().map(|value| (b"q".to_vec(), value.as_bytes().to_vec())).collect(),
            client: client.parse().expect("an address"),
            ..Example::default()
        })
}

proptest! {
    #[test]
    fn nothing_is_said_against_what_a_request_shows(
        wanted in prop::collection::vec(rules(), 1..3),
        unwanted in prop::collection::vec(rules(), 0..3),
        tried in prop::collection::vec(examples(), 40),
    ) {
        let text = |rules: &[String]| rules.iter().map(|text| rule(text)).collect::<Vec<_>>();
        let (takes, spares) = (text(&wanted), text(&unwanted));
        let takes: Vec<&Rule> = takes.iter().collect();
        let spares: Vec<&Rule> = spares.iter().collect();
        let fits = |example: &Example| super::is_as_wanted(example, &takes, &spares, &read);
        match search(&takes, &spares, &read) {
            Found::Request(example) => prop_assert!(fits(&example)),
            Found::Nothing => prop_assert!(!tried.iter().any(fits), "{wanted:?} without {unwanted:?}"),
            Found::Unknown => prop_assert!(false, "no regular expression is in {wanted:?} and {unwanted:?}"),
        }
    }
}
