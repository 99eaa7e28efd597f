//! A pass without faults: which calls it makes, that it replays, and how long it takes.

use std::time::Duration;

use serde_json::Value;

use super::fleet::Fleet;
use super::program::{SECRET, folder, run, signed_in};
use super::server::FakeAws;

const WHOLE: [&str; 3] = ["--auto-discover-clusters", "--ecs-anywhere", "--max-rate=0"];

fn snapshot(aws: &FakeAws, arguments: &[&str]) -> super::program::Ran {
    let url = aws.url();
    run(&[&["snapshot"], arguments].concat(), &signed_in(&url))
}

#[test]
fn each_record_is_asked_for_once() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let ran = snapshot(&aws, &WHOLE);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let counts = aws.counts();
    let expected = [
        ("DescribeContainerInstances", 1),
        ("DescribeInstanceInformation", 1),
        ("DescribeInstances", 1),
        ("DescribeTaskDefinition", 3),
        ("DescribeTasks", 2),
        ("GetCallerIdentity", 1),
        ("ListTasks", 2),
    ];
    for (action, calls) in expected {
        assert_eq!(counts.get(action), Some(&calls), "{action}: {counts:?}");
    }
    let recorded = ran.json();
    assert_eq!(recorded["tasks"].as_array().map(Vec::len), Some(5));
    assert_eq!(recorded["account"], "123456789012");
    assert_eq!(recorded["settings"]["ecsAnywhere"], true);
    assert_eq!(recorded["taskDefinitions"][0]["containerDefinitions"][0]["command"][1], "--token=***");
    assert!(aws.requests().iter().all(|request| request.region == "eu-west-1"), "one region is asked");
    let external: Vec<_> = aws.requests().into_iter().filter(|request| request.action == "DescribeInstances").collect();
    assert!(!external[0].body.contains("mi-"), "an external id fails EC2's whole call");
}

#[test]
fn a_named_cluster_is_the_only_one_that_is_read_and_the_others_are_known_to_be_unread() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let recorded = snapshot(&aws, &["--cluster=edge"]).json();
    assert_eq!(recorded["tasks"].as_array().map(Vec::len), Some(1));
    assert_eq!(recorded["clusters"].as_array().map(Vec::len), Some(2));
    assert_eq!(recorded["unreadClusters"], serde_json::json!([super::fleet::cluster_arn("prod")]));
}

#[test]
fn a_snapshot_of_a_snapshot_is_the_same() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let first = snapshot(&aws, &WHOLE);
    let folder = folder("again");
    let path = folder.join("fleet.json");
    std::fs::write(&path, &first.stdout).expect("it can be written");
    let second = run(&["snapshot", "--snapshot", path.to_str().expect("the path is text")], &[]);
    assert_eq!(second.status, 0, "{}", second.stderr);
    let sorted = |text: &str| {
        let mut value: Value = serde_json::from_str(text).expect("it is JSON");
        for section in ["tasks", "containerInstances", "taskDefinitions"] {
            value[section].as_array_mut().expect("a section").sort_by_key(ToString::to_string);
        }
        value
    };
    assert_eq!(sorted(&first.stdout), sorted(&second.stdout));
}

#[test]
fn the_environment_is_kept_when_asked_for_and_then_only() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let url = aws.url();
    let path = folder("environment").join("fleet.json.gz");
    let target = path.to_str().expect("the path is text");
    let ran = run(&["snapshot", "--auto-discover-clusters", "--include-environment", "-o", target], &signed_in(&url));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("keep it as you keep secrets"), "{}", ran.stderr);
    let bytes = std::fs::read(&path).expect("it was written");
    let kept = ecsroute::source::Snapshot::read(&bytes).expect("it can be replayed");
    let definitions = kept.task_definitions.expect("they were read");
    let environment = &definitions[0].container_definitions[0].environment;
    assert_eq!(environment[0].value.as_deref(), Some(SECRET));
}

#[test]
fn a_large_fleet_takes_the_fewest_calls() {
    let aws = FakeAws::start(Fleet::large(50, 100, 200), &[], Duration::from_millis(20));
    let ran = snapshot(&aws, &["--auto-discover-clusters", "--max-rate=0", "--timeout=60s"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let counts = aws.counts();
    assert_eq!(counts["ListTasks"], 50);
    assert_eq!(counts["DescribeTasks"], 50);
    assert_eq!(counts["DescribeTaskDefinition"], 200);
    assert_eq!(ran.json()["tasks"].as_array().map(Vec::len), Some(5000));
}

#[test]
fn the_rate_is_kept_unless_it_is_lifted() {
    let aws = FakeAws::start(Fleet::large(1, 60, 60), &[], Duration::ZERO);
    let ran = snapshot(&aws, &["--auto-discover-clusters", "--max-rate=20", "--timeout=60s"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    // 60 definitions at 20 a second: three seconds' worth at once, so none has to wait.
    assert!(ran.time < Duration::from_secs(20), "{:?}", ran.time);
    let slow = snapshot(&aws, &["--auto-discover-clusters", "--max-rate=10", "--timeout=60s"]);
    assert!(slow.time > Duration::from_millis(2900), "thirty of them wait for their turn: {:?}", slow.time);
}

#[test]
fn every_call_is_told_at_the_second_v_and_the_sources_at_the_first() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let once = snapshot(&aws, &[&WHOLE[..], &["-v"]].concat());
    assert!(once.stderr.contains("region eu-west-1, from the environment"), "{}", once.stderr);
    assert!(once.stderr.contains("credentials from the environment"), "{}", once.stderr);
    assert!(!once.stderr.contains("ecs:ListTasks: 200"), "{}", once.stderr);
    let twice = snapshot(&aws, &[&WHOLE[..], &["-vv"]].concat());
    assert_eq!(twice.stderr.matches("ecs:ListTasks: 200 in ").count(), 2, "{}", twice.stderr);
}

#[test]
fn a_replay_comes_to_what_the_live_pass_came_to_failures_included() {
    let judged = |document: &Value| {
        let parts = ["complete", "traefik", "summary", "containers", "conflicts", "failures", "permissions"];
        parts.map(|part| document[part].clone())
    };
    let fault = ("DescribeTasks", super::server::Fault::DeniedJson);
    for (name, faults) in [("whole", Vec::new()), ("denied", vec![fault])] {
        let aws = FakeAws::start(Fleet::whole(), &faults, Duration::ZERO);
        let url = aws.url();
        let path = folder(&format!("replayed-{name}")).join("fleet.json.gz");
        let target = path.to_str().expect("the path is text");
        let options = ["--auto-discover-clusters", "--ecs-anywhere"];
        run(&[&["snapshot", "--as-traefik", "-o", target][..], &options].concat(), &signed_in(&url));
        let live = run(&[&["discover", "--format=json"][..], &options].concat(), &signed_in(&url));
        let replayed = run(&["discover", "--format=json", "--snapshot", target], &[]);
        assert_eq!(live.status, replayed.status, "{name}: {}", replayed.stderr);
        assert_eq!(judged(&live.json()), judged(&replayed.json()), "{name}");
        let rendered = |arguments: &[&str]| run(&[&["render"], arguments].concat(), &signed_in(&url)).stdout;
        assert_eq!(rendered(&options), rendered(&["--snapshot", target]), "{name}");
    }
}

#[test]
fn the_last_line_says_which_permissions_are_missing() {
    let aws = FakeAws::start(Fleet::whole(), &[("DescribeTasks", super::server::Fault::DeniedJson)], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["discover", "--auto-discover-clusters"], &signed_in(&url));
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let last = ran.stdout.lines().last().unwrap_or_default();
    let line = ran.stdout.lines().find(|line| line.starts_with("permissions:")).unwrap_or_default();
    assert!(line.contains("missing ecs:DescribeTasks: `ecsroute check-policy`"), "{}", ran.stdout);
    assert!(last.starts_with("permissions:"), "it comes last: {}", ran.stdout);
}

#[test]
fn what_the_pass_cost_is_told_beside_what_traefiks_costs() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["discover", "--auto-discover-clusters", "--ecs-anywhere", "--stats"], &signed_in(&url));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    for told in
        ["ecs:DescribeTaskDefinition", "Traefik, cold", "calls an hour at refreshSeconds=15", "Safe is an interval"]
    {
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    }
}
