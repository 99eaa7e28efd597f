//! The table at 3 a.m.: a large fleet with a few faults in it.

use std::collections::BTreeMap;

use super::{
    Conflict, Container, Difference, Discovered, Failed, Paper, Permissions, Router, Server, Summary, Traefik, Variant,
};
use crate::render::Styles;

fn container(service: &str, replica: usize, fault: Option<(&'static str, &str)>) -> Container {
    let routers = Router {
        protocol: "http",
        name: service.into(),
        rule: format!("Host(`{service}.example.com`)").into(),
        service: service.into(),
    };
    let address = format!("10.0.{}.{}", replica / 250, replica % 250);
    let server = Server { protocol: "http", service: service.into(), url: format!("http://{address}:8080").into() };
    Container {
        cluster: "prod".into(),
        ecs_service: Some(service.into()),
        name: format!("service-{service}-web").into(),
        task: format!("arn:aws:ecs:eu-west-1:123456789012:task/prod/{replica:032x}").into(),
        container: "web".into(),
        definition: Some(format!("{service}:41").into()),
        launch_type: Some("FARGATE".into()),
        network_mode: Some("awsvpc".into()),
        address: Some(address.as_str().into()),
        port: Some(8080),
        routed: fault.is_none(),
        reason: fault.map(|(reason, _)| reason),
        message: fault.map(|(_, message)| message.to_owned()),
        traefik_log: None,
        routers: if fault.is_none() { vec![routers] } else { Vec::new() },
        servers: if fault.is_none() { vec![server] } else { Vec::new() },
        broken: fault.is_some(),
    }
}

fn fleet(
    services: usize,
    replicas: usize,
    fault: impl Fn(usize) -> Option<(&'static str, &'static str)>,
) -> Discovered {
    let containers: Vec<_> = (0..services)
        .flat_map(|service| (0..replicas).map(move |replica| (service, replica)))
        .map(|(service, replica)| container(&format!("s{service:04}"), replica, fault(service)))
        .collect();
    let routed = containers.iter().filter(|container| container.routed).count();
    Discovered {
        schema: "ecsroute.discover/1",
        complete: true,
        source: "live",
        region: Some("eu-west-1".into()),
        account: Some("123456789012".into()),
        identity: None,
        time: None,
        traefik: Traefik { version: "v3.7", outcome: "published", message: "publishes this configuration".to_owned() },
        summary: Summary {
            clusters: 1,
            tasks: containers.len(),
            containers: containers.len(),
            routed,
            skipped: containers.len() - routed,
        },
        clusters: vec!["prod".into()],
        containers,
        conflicts: Vec::new(),
        failures: Vec::new(),
        missing: Vec::new(),
        permissions: Permissions { used: vec!["ecs:ListTasks"], denied: Vec::new() },
        calls: BTreeMap::new(),
    }
}

fn paper(width: usize) -> Paper {
    Paper { width: Some(width), styles: Styles::new(false), wide: false }
}

fn lines(view: &Discovered, paper: Paper) -> Vec<String> {
    String::from_utf8(view.table(paper)).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn faults_stand_on_the_first_page_of_a_large_fleet() {
    let view = fleet(2000, 10, |service| match service {
        7 => Some((
            "labels-invalid",
            "the label `traefik.http.routers.s0007.rul` doesn't decode (field not found, \
            node: rul); did you mean `rule`?; one such label makes Traefik drop the container with all its routers",
        )),
        900 => Some((
            "port-missing",
            "no port is known for the HTTP service `s0900`: the container has no port mapping \
            and no label gives one. Add a mapping to the task definition",
        )),
        1999 => Some((
            "merged-away",
            "another container defines HTTP router `s1999` differently, so Traefik deletes it \
            for all of them; make the definitions equal, or give them different names",
        )),
        _ => None,
    });
    let lines = lines(&view, paper(80));
    let page = lines[..40].join("\n");
    for reason in ["labels-invalid", "port-missing", "merged-away"] {
        assert!(page.contains(reason), "{page}");
    }
    for name in ["s0007/web ×10", "s0900/web ×10", "s1999/web ×10"] {
        assert!(page.replace('\n', " ").contains(name), "{page}");
    }
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{page}");
    assert!(lines.iter().any(|line| line.contains("s0000/web ×10")), "replicas are folded");
    assert!(lines.last().is_some_and(|line| line.contains("19970 of 20000")));
}

#[test]
fn many_causes_of_one_kind_leave_room_for_the_others() {
    let messages: Vec<&'static str> =
        (0..300).map(|service| &*format!("service {service} has no port").leak()).collect();
    let mut view = fleet(300, 1, |service| Some(("port-missing", messages[service])));
    view.containers.push(container("alone", 0, Some(("merged-away", "it contradicts"))));
    let lines = lines(&view, paper(80));
    assert!(lines.iter().take(40).any(|line| line.contains("merged-away")), "{}", lines.join("\n"));
    assert!(lines.iter().any(|line| line.contains("294 more causes of this kind")));
}

#[test]
fn conflicts_and_failures_come_before_the_verdict() {
    let mut view = fleet(1, 1, |_| None);
    view.complete = false;
    view.permissions.denied = vec!["ecs:DescribeTasks"];
    view.failures.push(Failed {
        action: "ecs:DescribeTasks",
        cluster: Some("prod".into()),
        code: "AccessDeniedException".into(),
        message: "no \u{1b}[2J identity-based policy".into(),
    });
    let variant =
        |value: &str, container: &str| Variant { value: value.into(), note: None, containers: vec![container.into()] };
    view.conflicts.push(Conflict {
        protocol: "http",
        kind: "router",
        name: "shop".into(),
        fields: vec![Difference { path: "rule".to_owned(), values: vec![variant("A", "one"), variant("B", "two")] }],
        traefik_log: String::new(),
    });
    let lines = lines(&view, Paper { width: None, styles: Styles::new(false), wide: false });
    let at = |text: &str| lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{lines:?}"));
    assert!(at("http router `shop`: rule is `A` in one; `B` in two") < at("ecs:DescribeTasks in prod: Access"));
    assert!(at("AccessDeniedException: no \\u{1b}[2J") < at("the one container is routed"));
    assert_eq!(
        lines.last().map(String::as_str),
        Some("permissions: 1 of 2 worked; missing ecs:DescribeTasks: `ecsroute check-policy`")
    );
}
