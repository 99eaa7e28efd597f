//! Middlewares that answer by who asks or for which host, and those that Traefik doesn't make.

use super::{Arrival, SERVICE, get, table};
use crate::routing::{Cause, MiddlewareError, Standing, Table};

/// A router for everything with the middleware `m`.
fn behind(options: &[(&str, &str)]) -> Table {
    let options: Vec<(String, &str)> =
        options.iter().map(|(name, value)| (format!("http.middlewares.m.{name}"), *value)).collect();
    let mut labels = vec![SERVICE, ("http.routers.a.rule", "PathPrefix(`/`)"), ("http.routers.a.service", "s")];
    labels.push(("http.routers.a.middlewares", "m"));
    labels.extend(options.iter().map(|(name, value)| (name.as_str(), *value)));
    table(&labels)
}

#[test]
fn who_asks_decides() {
    let users = ("basicauth.users", "u:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/");
    let authorization = |value: &str| vec![("Authorization".to_owned(), value.to_owned())];
    for (options, headers, expected) in [
        (vec![users], Vec::new(), Some(401)),
        (vec![users], authorization("Basic dTp0ZXN0"), None),
        (vec![users], authorization("Basic eDp0ZXN0"), Some(401)),
        (vec![users], authorization("Bearer dTp0ZXN0"), Some(401)),
        (vec![("basicauth.usersfile", "/users")], authorization("Basic eDp0ZXN0"), None),
        (vec![("digestauth.users", "u:realm:hash")], authorization("Basic dTp0ZXN0"), Some(401)),
        (vec![("ipallowlist.sourcerange", "10.0.0.0/24")], Vec::new(), None),
        (vec![("ipallowlist.sourcerange", "10.0.1.0/24, 10.0.0.2")], Vec::new(), Some(403)),
        (vec![("ipwhitelist.sourcerange", "10.0.1.0/24")], Vec::new(), Some(403)),
        (
            vec![("ipallowlist.sourcerange", "10.0.1.0/24"), ("ipallowlist.rejectstatuscode", "404")],
            Vec::new(),
            Some(404),
        ),
        // Nobody is trusted to say who is behind him.
        (
            vec![("ipallowlist.sourcerange", "10.0.0.0/24"), ("ipallowlist.ipstrategy.depth", "1")],
            vec![("X-Forwarded-For".to_owned(), "10.0.0.1".to_owned())],
            Some(403),
        ),
        (vec![("headers.allowedhosts", "b, A")], Vec::new(), None),
        (vec![("headers.allowedhosts", "b")], Vec::new(), Some(500)),
        (vec![("headers.allowedhosts", "b"), ("headers.isdevelopment", "true")], Vec::new(), None),
        (
            vec![("headers.allowedhosts", "b"), ("headers.hostsproxyheaders", "X-H")],
            vec![("x-h".to_owned(), "b".to_owned())],
            None,
        ),
    ] {
        let answer = behind(&options).answers(&Arrival { headers: headers.clone(), ..get("a", "/") }).remove(0);
        assert_eq!(answer.router.as_deref(), Some("a@ecs"), "{options:?}");
        assert_eq!(answer.status, expected, "{options:?} {headers:?}");
        assert_eq!(answer.servers.is_empty(), expected.is_some(), "{options:?} {headers:?}");
    }
}

#[test]
fn what_browsers_ask_before_is_answered_whatever_it_asks() {
    let asked = |method: &str, names: &[&str]| {
        let headers = names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect();
        Arrival { method: method.to_owned(), headers, ..get("a", "/") }
    };
    let whole = ["Origin", "Access-Control-Request-Method"];
    for (option, value, arrival, expected) in [
        ("headers.accesscontrolallowmethods", "GET", asked("OPTIONS", &whole), Some(200)),
        ("headers.accesscontrolmaxage", "5", asked("OPTIONS", &whole), Some(200)),
        ("headers.accesscontrolallowmethods", "GET", asked("OPTIONS", &whole[..1]), None),
        ("headers.accesscontrolallowmethods", "GET", asked("GET", &whole), None),
        ("headers.framedeny", "true", asked("OPTIONS", &whole), None),
    ] {
        let answer = behind(&[(option, value)]).answers(&arrival).remove(0);
        assert_eq!((answer.status, answer.service.is_none()), (expected, expected.is_some()), "{option} {arrival:?}");
    }
}

#[test]
fn encoded_characters_pass_where_they_are_allowed() {
    let status = |options: &[(&str, &str)], target: &str| behind(options).answers(&get("a", target)).remove(0).status;
    let slash = ("encodedcharacters.allowencodedslash", "true");
    assert_eq!(status(&[slash], "/x%2fy"), None);
    assert_eq!(status(&[slash], "/x%25y"), Some(400));
    assert_eq!(status(&[("encodedcharacters.allowencodedhash", "false")], "/x%2Fy"), Some(400));
}

#[test]
fn connections_that_a_middleware_does_not_let_in_are_closed() {
    let table = table(&[
        ("tcp.routers.t.rule", "HostSNI(`*`)"),
        ("tcp.routers.t.middlewares", "m"),
        ("tcp.services.t.loadbalancer.server.port", "1"),
        ("tcp.routers.t.service", "t"),
        ("tcp.middlewares.m.ipallowlist.sourcerange", "10.0.0.1/32"),
    ]);
    let come = |client: &str| table.answers(&Arrival { remote_address: client.to_owned(), ..get("a", "/") }).remove(0);
    let (inside, outside) = (come("10.0.0.1:7"), come("10.0.0.2:7"));
    assert_eq!((inside.closed, inside.passthrough), (false, Some(false)));
    assert_eq!((outside.closed, outside.passthrough, outside.router.as_deref()), (true, None, Some("t@ecs")));
}

#[test]
fn a_service_with_a_transport_of_its_own_is_none() {
    let transport = "http.services.s.loadbalancer.serverstransport";
    let of = |name: &str| {
        let rule = ("http.routers.a.rule", "PathPrefix(`/`)");
        table(&[SERVICE, rule, ("http.routers.a.service", "s"), (transport, name)])
    };
    assert_eq!(of("x").disabled[0].cause, Cause::ServersTransport("x".into()));
    assert_eq!(of("default@internal").disabled, []);
}

#[test]
fn a_router_is_once_on_an_entry_point_that_it_names_twice() {
    let rule = ("http.routers.a.rule", "PathPrefix(`/`)");
    let table = table(&[SERVICE, rule, ("http.routers.a.service", "s"), ("http.routers.a.entrypoints", "web,web")]);
    assert_eq!(table.answers(&get("a", "/")).len(), 1);
}

#[test]
fn a_middleware_that_traefik_refuses_keeps_its_router_from_starting() {
    for (options, why) in [
        (vec![("basicauth.realm", "x")], "no users"),
        (vec![("circuitbreaker.expression", "NetworkErrorRatio() > 1")], "can't read"),
        (vec![("buffering.retryexpression", "Attempts() < 2 &&")], "can't read"),
        (vec![("buffering.memrequestbodybytes", "-1")], "below 0"),
        (vec![("ratelimit.average", "5"), ("ratelimit.period", "-1s")], "a period of -1s"),
        (vec![("basicauth.users", "u")], "user:hash"),
        (vec![("digestauth.users", "u:hash")], "user:realm:hash"),
        (vec![("ipallowlist.ipstrategy.depth", "1")], "sourceRange"),
        (vec![("ipallowlist.sourcerange", "10.0.0.0/33")], "10.0.0.0/33"),
        (vec![("ipallowlist.sourcerange", "10.0.0.0/8"), ("ipallowlist.rejectstatuscode", "99")], "99"),
        (vec![("retry.attempts", "0")], "attempts"),
        (vec![("compress.encodings", "gzip, lz4")], "lz4"),
        (vec![("headers.framedeny", "false")], "no header"),
        (vec![("headers.accesscontrolalloworiginlistregex", "(")], "accessControlAllowOriginListRegex"),
        (vec![("errors.status", "5xx"), ("errors.service", "s")], "5xx"),
        (vec![("forwardauth.authresponseheadersregex", "(")], "authResponseHeadersRegex"),
    ] {
        let table = behind(&options);
        let Some(Cause::Middleware(MiddlewareError::Unmet(_, told))) =
            table.disabled.first().map(|router| router.cause.clone())
        else {
            panic!("{options:?}: {:?}", table.disabled)
        };
        assert!(told.contains(why), "{options:?}: {told}");
    }
    assert!(behind(&[("retry.attempts", "2")]).disabled.is_empty());
    assert!(behind(&[("headers.sslhost", "x")]).disabled.is_empty());
}

#[test]
fn a_redirection_by_scheme_reads_what_the_client_wrote() {
    for (host, target, expected) in [
        ("a", "/?k=v;x=1", (302, Some("https://a/?k=v;x=1"))),
        ("a:80", "/", (302, Some("https://a/"))),
        ("a:81", "/", (302, Some("https://a/"))),
        ("[::1]", "/", (302, Some("https://[::1]/"))),
        // Without its brackets an IPv6 address is no host of a URL.
        ("[::1]:80", "/", (502, None)),
    ] {
        let answer = behind(&[("redirectscheme.scheme", "https")]).answers(&get(host, target)).remove(0);
        assert_eq!((answer.status, answer.location.as_deref()), (Some(expected.0), expected.1), "{host} {target}");
    }
}

#[test]
fn what_asks_for_the_server_as_a_whole_meets_no_router() {
    let table = behind(&[("retry.attempts", "2")]);
    let answer = table.answers(&Arrival { method: "OPTIONS".to_owned(), ..get("a", "*") }).remove(0);
    assert_eq!((answer.status, answer.router), (Some(200), None));
}

#[test]
fn hosts_of_a_router_that_does_not_start_are_still_told_apart() {
    let table = table(&[
        SERVICE,
        ("http.routers.a.rule", "Host(`a.b`)"),
        ("http.routers.a.service", "missing"),
        ("http.routers.a.tls", "true"),
        ("tcp.routers.t.rule", "HostSNI(`*`)"),
        ("tcp.routers.t.tls", "true"),
        ("tcp.routers.t.priority", "1000"),
        ("tcp.services.t.loadbalancer.server.port", "1"),
        ("tcp.routers.t.service", "t"),
        ("tcp.routers.u.rule", "!HostSNI(`a.b`)"),
        ("tcp.routers.u.service", "t"),
    ]);
    let begin = |name: &str| Arrival { tls: true, server_name: name.to_owned(), ..get(name, "/") };
    let router = |arrival: &Arrival| table.answers(arrival).remove(0).router;
    // The connection is read as HTTP, for a 404.
    assert_eq!(router(&begin("a.b")), None);
    assert_eq!(router(&begin("c.d")).as_deref(), Some("t@ecs"));
    // Without TLS there are no server names, so the router that asks for one doesn't start.
    assert_eq!(router(&get("c.d", "/")), None);
    assert_eq!(table.disabled.iter().filter(|router| router.cause == Cause::ServerNames).count(), 1);
}

#[test]
fn connections_that_routers_of_one_priority_take_have_several_ways() {
    let mut labels = vec![("tcp.services.t.loadbalancer.server.port".to_owned(), "1")];
    for (name, rule) in [("a", "ClientIP(`10.0.0.0/24`)"), ("b", "!HostSNI(`x.y`)"), ("c", "HostSNI(`*`)")] {
        let options = [("rule", rule), ("service", "t"), ("tls", "true"), ("priority", "5")];
        labels.extend(options.map(|(option, value)| (format!("tcp.routers.{name}.{option}"), value)));
    }
    let labels: Vec<(&str, &str)> = labels.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let table = table(&labels);
    let begin = |name: &str| Arrival { tls: true, server_name: name.to_owned(), ..get(name, "/") };
    assert_eq!(table.answers(&begin("a.b")).len(), 3);
    assert_eq!(table.answers(&begin("x.y")).len(), 2);
    let ties = table.candidates(&begin("x.y")).into_iter().filter(|one| matches!(one.standing, Standing::Ties)).count();
    assert_eq!(ties, 2);
}

#[test]
fn a_path_that_is_cut_stays_clean_and_encoded() {
    for (options, target, expected) in [
        (("stripprefix.prefixes", "/a b"), "/a%20b/c%2Fd", Ok("/c%2Fd")),
        (("stripprefixregex.regex", "^/a."), "/a%20/c%2Fd", Ok("/c%2Fd")),
        (("stripprefix.prefixes", "/a/"), "/a/.b", Ok("/.b")),
        (("stripprefix.prefixes", "/a"), "/a../b", Err(400)),
        (("stripprefixregex.regex", "^/a"), "/a../b", Err(400)),
        // A server is never sent a header with a control character.
        (("stripprefixregex.regex", "^/.*"), "/a%00", Err(500)),
    ] {
        let answer = behind(&[options]).answers(&get("a", target)).remove(0);
        let received = answer.received.map(|received| received.path);
        let told = received.as_deref().ok_or_else(|| answer.status.unwrap_or_default());
        assert_eq!(told, expected, "{options:?} {target}");
    }
}
