//! `check-policy` against an AWS that enforces one: who lacks a permission is told it, what is suggested suffices, and
//! what shows nothing is called neither yes nor no.

use std::time::Duration;

use serde_json::{Value, json};

use super::fleet::{Fleet, definition};
use super::program::{Ran, run, signed_in};
use super::server::{FakeAws, Fault};

/// Settings with which the whole fleet needs every action but the one that is never called.
const WHOLE: [&str; 3] = ["--cluster=prod", "--cluster=edge", "--ecs-anywhere"];

const ACCOUNT: &str = "account=123456789012";

fn aws(policy: Option<Value>, faults: &[(&str, Fault)]) -> FakeAws {
    FakeAws::start(Fleet { policy, ..Fleet::whole() }, faults, Duration::ZERO)
}

fn check(aws: &FakeAws, arguments: &[&str]) -> Ran {
    let url = aws.url();
    run(&[&["check-policy", "--format=json"], arguments].concat(), &signed_in(&url))
}

fn suggested(arguments: &[&str]) -> Value {
    let place = ["--region=eu-west-1", "--context", ACCOUNT];
    let ran = run(&[&["check-policy", "--suggest"], arguments, &place].concat(), &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran.json()
}

/// The verdicts by action.
fn verdicts(ran: &Ran) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let report = ran.json();
    let actions = report["actions"].as_array().expect("it is a list");
    actions.iter().map(|action| (text(&action["action"]), text(&action["verdict"]))).collect()
}

fn with_verdict(ran: &Ran, verdict: &str) -> Vec<String> {
    verdicts(ran).into_iter().filter(|(_, known)| known == verdict).map(|(action, _)| action).collect()
}

fn row(ran: &Ran, action: &str) -> Value {
    let report = ran.json();
    let actions = report["actions"].as_array().expect("it is a list");
    actions.iter().find(|row| row["action"] == action).expect("every action has a row").clone()
}

#[test]
fn what_is_suggested_suffices_and_no_part_of_it_can_go() {
    let policy = suggested(&WHOLE);
    let whole = check(&aws(Some(policy.clone()), &[]), &WHOLE);
    assert_eq!(whole.status, 0, "{}\n{}", whole.stdout, whole.stderr);
    let statements = policy["Statement"].as_array().expect("it is a list");
    for (at, statement) in statements.iter().enumerate() {
        let many: Vec<Value> =
            statement["Action"].as_array().cloned().unwrap_or_else(|| vec![statement["Action"].clone()]);
        for action in &many {
            let mut less = policy.clone();
            let others: Vec<&Value> = many.iter().filter(|other| *other != action).collect();
            less["Statement"][at]["Action"] = json!(others);
            let ran = check(&aws(Some(less), &[]), &WHOLE);
            let name = action.as_str().expect("it is a text");
            assert_eq!(ran.status, 1, "{name}: {}", ran.stdout);
            assert_eq!(with_verdict(&ran, "implicitly-denied"), [name], "{}", ran.stdout);
            let live = &row(&ran, name)["live"][0];
            assert_eq!(
                (&live["verdict"], &live["layer"]),
                (&json!("denied"), &json!("identity-based policy")),
                "{live}"
            );
        }
    }
}

#[test]
fn a_policy_for_one_cluster_is_refused_for_another() {
    let policy = suggested(&["--cluster=prod"]);
    let ran = check(&aws(Some(policy), &[]), &["--cluster=prod", "--cluster=edge"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let denied = ["ecs:ListTasks", "ecs:DescribeTasks", "ecs:DescribeContainerInstances"];
    assert_eq!(with_verdict(&ran, "implicitly-denied"), denied, "{}", ran.stdout);
    let tasks = row(&ran, "ecs:ListTasks");
    assert_eq!(tasks["live"][0]["verdict"], "allowed", "{tasks}");
    assert_eq!(tasks["live"][1]["verdict"], "denied", "{tasks}");
}

#[test]
fn a_fargate_fleet_needs_three_actions_and_no_more() {
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Resource": ["*", "arn:aws:ecs:*"],
        "Action": ["ecs:ListTasks", "ecs:DescribeTasks", "ecs:DescribeTaskDefinition"] }] });
    let ran = check(&aws(Some(policy), &[]), &["--cluster=edge"]);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(ran.json()["verdict"], "allowed");
    assert_eq!(row(&ran, "ecs:DescribeContainerInstances")["need"], "only-if", "{}", ran.stdout);
}

#[test]
fn what_shows_nothing_is_neither_yes_nor_no() {
    let faults = [
        ("ListTasks", Fault::ServerError, "unknown"),
        ("DescribeTaskDefinition", Fault::ThrottledForever, "unknown"),
        ("DescribeTasks", Fault::Garbage, "unknown"),
        ("DescribeTasks", Fault::EmptyDenial, "denied"),
        ("ListTasks", Fault::DeniedXml, "denied"),
    ];
    for (action, fault, verdict) in faults {
        let ran = check(&aws(None, &[(action, fault)]), &WHOLE);
        assert_eq!(ran.status, if verdict == "denied" { 1 } else { 3 }, "{action} {fault:?}: {}", ran.stdout);
        assert_eq!(with_verdict(&ran, verdict), [format!("ecs:{action}")], "{fault:?}: {}", ran.stdout);
        assert_eq!(ran.json()["complete"], verdict == "denied", "{fault:?}");
    }
}

#[test]
fn without_tasks_a_yes_says_what_it_leaves_open() {
    let empty = Fleet { clusters: vec!["prod".to_owned()], ..Fleet::default() };
    let ran = check(&FakeAws::start(empty, &[], Duration::ZERO), &["--cluster=prod"]);
    let tasks = row(&ran, "ecs:DescribeTasks");
    assert_eq!(tasks["need"], "only-if", "{tasks}");
    assert!(tasks["live"][0]["caveat"].as_str().is_some_and(|caveat| caveat.contains("made-up task")), "{tasks}");
}

#[test]
fn the_caller_is_told_and_the_files_are_compared() {
    let aws = aws(Some(suggested(&["--cluster=edge"])), &[]);
    let ran = check(&aws, &["tests/policies/nothing.json", "--live", "--cluster=edge"]);
    assert_eq!(ran.status, 2, "a file that isn't there: {}", ran.stderr);
    let file = super::program::folder("compared").join("policy.json");
    let narrow = json!({ "Version": "2012-10-17", "Statement":
        [{ "Effect": "Allow", "Action": ["ecs:DescribeTasks", "ecs:DescribeTaskDefinition"], "Resource": "*" }] });
    std::fs::write(&file, narrow.to_string()).expect("it can be written");
    let ran = check(&aws, &[file.to_str().expect("the path is text"), "--live", "--cluster=edge"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let report = ran.json();
    assert_eq!(report["source"], "files-and-live");
    assert_eq!(report["identity"]["arn"], "arn:aws:iam::123456789012:user/u");
    let tasks = row(&ran, "ecs:ListTasks");
    assert_eq!(tasks["requests"][0]["verdict"], "implicitly-denied", "{tasks}");
    assert_eq!(tasks["live"][0]["verdict"], "allowed", "{tasks}");
}

fn with_service(policy: Value) -> Fleet {
    let mut own = definition("traefik", "awsvpc");
    own["taskRoleArn"] = "arn:aws:iam::123456789012:role/traefik".into();
    let whole = Fleet::whole();
    Fleet { definitions: [whole.definitions, vec![own]].concat(), role_policy: Some(policy), ..Fleet::whole() }
}

#[test]
fn the_policies_of_a_task_role_are_judged() {
    let fleet = with_service(suggested(&["--cluster=edge"]));
    let aws = FakeAws::start(fleet, &[], Duration::ZERO);
    let ran = check(&aws, &["--task-role-of=prod/traefik", "--cluster=edge"]);
    assert_eq!(ran.status, 0, "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(ran.json()["source"], "task-role");
    let ran = check(&aws, &["--task-role-of=prod/traefik", "--cluster=prod"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let lost = check(&aws, &["--task-role-of=prod/treafik"]);
    assert_eq!(lost.status, 2, "{}", lost.stderr);
    assert!(lost.stderr.contains("there is no service `treafik` in prod"), "{}", lost.stderr);
}

#[test]
fn what_may_not_be_looked_up_is_said_and_not_held_against_it() {
    for denied in ["GetRole", "GetRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies", "DescribeServices"] {
        let fleet = with_service(suggested(&["--cluster=edge"]));
        let aws = FakeAws::start(fleet, &[(denied, Fault::DeniedXml)], Duration::ZERO);
        let ran = check(&aws, &["--task-role-of=prod/traefik", "--cluster=edge", "--allow-conditional"]);
        assert_eq!(ran.status, 0, "{denied}: {}\n{}", ran.stdout, ran.stderr);
        assert_eq!(row(&ran, "ecs:ListTasks")["verdict"], "depends", "{denied}: {}", ran.stdout);
        assert!(ran.json()["notes"].to_string().contains(denied), "{denied}: {}", ran.stdout);
    }
}
