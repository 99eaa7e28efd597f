use super::{Connection, HttpRequest, Kind, Language, Request, RequestHead, Rule, default_priority, domains};
use crate::model::Release;

fn http(syntax: &str) -> Language {
    Language::new(Release::V3_7, syntax, Kind::Http)
}

fn get(host: &str, path: &str) -> Request {
    let head = RequestHead { method: "GET", host, path, query: "", headers: &[], remote_address: "10.0.0.1:1" };
    Request::Http(HttpRequest::new(&head, Release::V3_7))
}

#[test]
fn a_proof_tells_what_was_compared() {
    let rule = Rule::parse("Host(`a.b`) && !PathPrefix(`/x`)", http("v3")).expect("valid");
    let proof = rule.prove(&get("A.b:80", "/x/1"));
    assert!(!proof.holds());
    let told: Vec<_> = proof.leaves().map(|(evidence, proven)| (evidence.as_str(), proven.holds)).collect();
    assert_eq!(told, [("the host is `a.b`", true), ("the path is `/x/1`", true)]);
}

#[test]
fn the_generations_differ_in_matchers_and_arguments() {
    let two = "Host(`a`, `b`)";
    assert!(Rule::parse(two, http("v3")).is_err() && Rule::parse(two, http("v2")).is_ok());
    let braces = "HostRegexp(`{sub:[a-z]+}.a.b`)";
    assert!(Rule::parse(braces, http("v2")).expect("valid").matches(&get("x.a.b", "/")));
    assert!(!Rule::parse(braces, http("v3")).expect("valid").matches(&get("x.a.b", "/")));
    assert!(Rule::parse("Headers(`a`, `b`)", http("v3")).is_err());
    assert!(Rule::parse("Headers(`a`, `b`)", Language::new(Release::V2_11, "v3", Kind::Http)).is_ok());
}

#[test]
fn a_problem_has_its_place() {
    let error = Rule::parse("Host(`a`) && Path(`x`)", http("v3")).expect_err("no slash");
    assert_eq!((error.span.start, error.to_string().as_str()), (13, "the path `x` does not start with a `/`"));
}

#[test]
fn the_catch_all_comes_last_and_domains_are_read_from_anything() {
    assert_eq!(default_priority("!(hostsni(\"*\"))", Kind::Tcp), -1);
    assert_eq!(default_priority("HostSNI(`*`) || HostSNI(`*`)", Kind::Tcp), 28);
    assert_eq!(default_priority("Host(`é`)", Kind::Http), 10);
    assert_eq!(domains("!Host(`A`, `b`) || HostHeader(`c`)", Kind::Http), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert!(domains("Hosts(`a`)", Kind::Http).is_err());
}

#[test]
fn server_names_match_whatever_their_case_from_v3_7_on() {
    let matches = |release| {
        let rule = Rule::parse("HostSNI(`A.b`)", Language::new(release, "v3", Kind::Tcp)).expect("valid");
        rule.matches(&Request::Tcp(Connection::new("a.B", &[], "10.0.0.1:1")))
    };
    assert!(matches(Release::V3_7) && !matches(Release::V3_6) && matches(Release::V2_11));
}

#[test]
fn large_rules_take_no_stack_and_little_time() {
    let deep = format!("{}Host(`a`){}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(Rule::parse(&deep, http("v3")).expect("valid").matches(&get("a", "/")));
    let long = vec!["Path(`/0123456789`)"; 48_000].join(" || ");
    assert!(!Rule::parse(&long, http("v3")).expect("valid").matches(&get("a", "/")));
    assert!(Rule::parse(&"!(".repeat(500_000), http("v3")).is_err());
}
