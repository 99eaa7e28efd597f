//! Any rule of v2, in v3's language: the two take the same requests.

use ecsroute::model::Release;
use ecsroute::rule::{HttpRequest, Kind, Language, Request, RequestHead, Rule, Syntax, v3_spelling};
use proptest::prelude::*;

/// What a variable of a template may be.
fn template() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("{id}"), Just("{id:[0-9]+}"), Just("{any:.*}"), Just("{name:[a-z]+}"), Just("a"), Just("12")]
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(template(), 1..3).prop_map(|parts| format!("/{}", parts.join("/")))
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a.test".to_owned()),
        Just("B.test".to_owned()),
        template().prop_map(|part| format!("{part}.test"))
    ]
}

fn call(name: &'static str, argument: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(argument, 1..=most).prop_map(move |arguments| format!("{name}(`{}`)", arguments.join("`, `")))
}

fn matcher() -> impl Strategy<Value = String> {
    prop_oneof![
        call("Host", prop_oneof![Just("a.test".to_owned()), Just("b.test".to_owned())], 3),
        call("HostHeader", Just("a.test".to_owned()), 2),
        call("HostRegexp", host(), 2),
        call("Path", path(), 3),
        call("PathPrefix", path(), 2),
        call("Method", prop_oneof![Just("GET".to_owned()), Just("post".to_owned())], 2),
        Just("Headers(`X-A`, `1`)".to_owned()),
        Just("HeadersRegexp(`X-A`, `[0-9]`)".to_owned()),
        Just("Query(`q=1`)".to_owned()),
        Just("Query(`q=1`, `r=2`)".to_owned()),
    ]
}

fn rule() -> impl Strategy<Value = String> {
    matcher().prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} && {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            inner.prop_map(|a| format!("!({a})")),
        ]
    })
}

const HOSTS: [&str; 7] = ["a.test", "A.TEST", "b.test", "12.test", "x.a.test", "a.test:8080", "other"];
const PATHS: [&str; 9] = ["/", "/a", "/a/", "/12", "/a/12", "/12/abc", "/abc", "/a/b/c", "/1x"];
const METHODS: [&str; 2] = ["GET", "POST"];
const QUERIES: [&str; 3] = ["", "q=1", "q=1&r=2"];
const HEADERS: [&str; 3] = ["", "1", "x"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_of_v2_takes_the_same_requests_in_v3s_language(rule in rule()) {
        let language = |syntax| Language { release: Release::V3_7, syntax, kind: Kind::Http };
        let old = Rule::parse(&rule, language(Syntax::V2));
        prop_assume!(old.is_ok());
        let old = old.expect("it was asked");
        let spelt = v3_spelling(&rule, Kind::Http);
        prop_assert!(spelt.is_some(), "{rule} has no form");
        let spelt = spelt.expect("it was asked");
        let new = Rule::parse(&spelt, language(Syntax::V3));
        prop_assert!(new.is_ok(), "{rule} became {spelt}: {:?}", new.err());
        let new = new.expect("it was asked");
        for (host, path) in HOSTS.iter().flat_map(|host| PATHS.map(|path| (*host, path))) {
            for (method, query) in METHODS.iter().flat_map(|method| QUERIES.map(|query| (*method, query))) {
                for header in HEADERS {
                    let headers: Vec<(String, String)> =
                        [("X-A", header)].iter().filter(|(_, value)| !value.is_empty())
                            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                    let head = RequestHead { method, host, path, query, headers: &headers, remote_address: "127.0.0.1" };
                    let request = Request::Http(HttpRequest::new(&head, Release::V3_7));
                    prop_assert_eq!(old.matches(&request), new.matches(&request),
                        "{} became {}: {} {}{}?{} {}", &rule, &spelt, method, host, path, query, header);
                }
            }
        }
    }
}
