//! Every action with every fault: the right outcome, in time, with nothing half-written and no secret told.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::fleet::Fleet;
use super::program::{folder, run, signed_in};
use super::server::{FakeAws, Fault};

const ACTIONS: [&str; 7] = [
    "ListClusters",
    "ListTasks",
    "DescribeTasks",
    "DescribeContainerInstances",
    "DescribeInstances",
    "DescribeInstanceInformation",
    "DescribeTaskDefinition",
];

const FAULTS: [Fault; 11] = [
    Fault::DeniedJson,
    Fault::DeniedXml,
    Fault::EmptyDenial,
    Fault::ServerError,
    Fault::ThrottledOnce,
    Fault::ThrottledForever,
    Fault::CutOff,
    Fault::Garbage,
    Fault::Hang,
    Fault::RepeatedToken,
    Fault::ClockBehind,
];

/// The code that a failed call is told with, whatever the action; none where the pass goes well.
fn code(action: &str, fault: Fault) -> Option<&'static str> {
    let is_query = action == "DescribeInstances";
    match fault {
        Fault::DeniedJson if is_query => Some("HTTP 400"),
        Fault::DeniedJson => Some("AccessDeniedException"),
        Fault::DeniedXml if is_query => Some("UnauthorizedOperation"),
        Fault::DeniedXml | Fault::EmptyDenial => Some("HTTP 403"),
        Fault::ServerError => Some("InternalFailure"),
        Fault::ThrottledOnce | Fault::ClockBehind => None,
        Fault::ThrottledForever if is_query => Some("RequestLimitExceeded"),
        Fault::ThrottledForever => Some("ThrottlingException"),
        Fault::CutOff | Fault::Garbage => Some("Garbled"),
        Fault::Hang => Some("TimedOut"),
        Fault::RepeatedToken => is_paged(action).then_some("RepeatedPageToken"),
    }
}

fn is_paged(action: &str) -> bool {
    !matches!(action, "DescribeTasks" | "DescribeContainerInstances" | "DescribeTaskDefinition")
}

#[test]
fn every_fault_of_every_action_is_told_as_what_it_is() {
    let (sender, results) = mpsc::channel();
    for action in ACTIONS {
        for fault in FAULTS {
            let sender = sender.clone();
            thread::spawn(move || {
                let outcome = thread::spawn(move || check(action, fault)).join();
                sender.send((action, fault, outcome.is_ok())).expect("the test waits");
            });
        }
    }
    drop(sender);
    let failed: Vec<_> =
        results.iter().filter(|(_, _, passed)| !passed).map(|(action, fault, _)| (action, fault)).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

fn check(action: &'static str, fault: Fault) {
    let aws = FakeAws::start(Fleet::whole(), &[(action, fault)], Duration::ZERO);
    let url = aws.url();
    let arguments = ["discover", "--format=json", "--auto-discover-clusters", "--ecs-anywhere", "--timeout=8s", "-vv"];
    let ran = run(&arguments, &signed_in(&url));
    let named = format!("{action} {fault:?}: {}", ran.stderr);
    assert!(ran.time < Duration::from_secs(14), "{:?} {named}", ran.time);
    let document = ran.json();
    let Some(code) = code(action, fault) else {
        assert_eq!(ran.status, 0, "{named}");
        assert_eq!(document["complete"], true, "{named}");
        let expected = if fault == Fault::ThrottledOnce { calls(action) + 1 } else { calls(action) };
        assert_eq!(aws.counts()[action], expected, "{named}");
        if fault == Fault::ThrottledOnce {
            let asked: Vec<_> = aws.requests().into_iter().filter(|request| request.action == action).collect();
            let waited = asked[1..].iter().map(|request| request.at.duration_since(asked[0].at)).max();
            assert!(waited < Some(Duration::from_secs(2)), "one throttle costs little: {waited:?} {named}");
        }
        return;
    };
    assert_eq!(ran.status, 3, "{named}");
    assert_eq!(document["complete"], false, "{named}");
    // What Traefik would do: a failed DescribeTasks is only logged, any other failure ends its pass.
    let outcome = if action == "DescribeTasks" { "wiped" } else { "stale" };
    assert_eq!(document["traefik"]["outcome"], outcome, "{named}");
    let failure = &document["failures"][0];
    assert!(failure["action"].as_str().is_some_and(|told| told.ends_with(action)), "{failure} {named}");
    assert_eq!(failure["code"], code, "{named}");
    let denied = document["permissions"]["denied"].to_string().contains(action);
    let refused = matches!(fault, Fault::DeniedJson | Fault::DeniedXml | Fault::EmptyDenial) && code != "HTTP 400";
    assert_eq!(denied, refused, "{named}");
    let attempts = match fault {
        Fault::ServerError | Fault::ThrottledForever => 3,
        _ => 1,
    };
    assert!(aws.counts()[action] >= attempts, "{:?} {named}", aws.counts());
}

/// How often an action is called where nothing fails.
fn calls(action: &str) -> usize {
    match action {
        "ListTasks" | "DescribeTasks" => 2,
        "DescribeTaskDefinition" => 3,
        _ => 1,
    }
}

#[test]
fn a_pass_that_is_not_complete_leaves_the_file_as_it_was() {
    const BEFORE: &str = "what was there before\n";
    for action in ACTIONS {
        let fault = if action == "DescribeInstances" { Fault::DeniedXml } else { Fault::DeniedJson };
        let aws = FakeAws::start(Fleet::whole(), &[(action, fault)], Duration::ZERO);
        let url = aws.url();
        let path = folder(&format!("untouched-{action}")).join("fleet");
        std::fs::write(&path, BEFORE).expect("it can be written");
        let target = path.to_str().expect("the path is text");
        for command in ["snapshot", "render"] {
            let arguments = [command, "--auto-discover-clusters", "--ecs-anywhere", "-o", target];
            let ran = run(&arguments, &signed_in(&url));
            assert_eq!(ran.status, 3, "{command} {action}: {}", ran.stderr);
            assert!(ran.stderr.contains(action), "{command} {action}: {}", ran.stderr);
            assert_eq!(std::fs::read_to_string(&path).expect("it is there"), BEFORE, "{command} {action}");
        }
    }
}

#[test]
fn what_failed_is_recorded_and_fails_again_in_the_replay() {
    for action in ["ListTasks", "DescribeTasks", "DescribeInstances", "DescribeTaskDefinition"] {
        let fault = if action == "DescribeInstances" { Fault::DeniedXml } else { Fault::DeniedJson };
        let aws = FakeAws::start(Fleet::whole(), &[(action, fault)], Duration::ZERO);
        let url = aws.url();
        let arguments = ["snapshot", "--auto-discover-clusters", "--ecs-anywhere"];
        let live = run(&arguments, &signed_in(&url));
        assert_eq!(live.status, 3, "{action}: {}", live.stderr);
        let recorded = live.json();
        assert_eq!(recorded["errors"][0]["action"], action);
        let path = folder(&format!("replay-{action}")).join("fleet.json");
        std::fs::write(&path, &live.stdout).expect("it can be written");
        let replayed = run(&["snapshot", "--snapshot", path.to_str().expect("the path is text")], &[]);
        assert_eq!(replayed.status, 3, "{action}: {}", replayed.stderr);
        assert_eq!(replayed.json()["errors"], recorded["errors"], "{action}");
    }
}

#[test]
fn a_call_that_only_another_setting_needs_may_fail() {
    let faults = [("DescribeInstanceInformation", Fault::DeniedJson), ("ListClusters", Fault::DeniedJson)];
    let aws = FakeAws::start(Fleet::whole(), &faults, Duration::ZERO);
    let url = aws.url();
    let ran = run(&["snapshot", "--cluster=prod"], &signed_in(&url));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("a replay with settings that need this call will fail at it"), "{}", ran.stderr);
    assert!(ran.json().get("clusters").is_none(), "what was not read is absent");
}
