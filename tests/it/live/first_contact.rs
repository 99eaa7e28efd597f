//! The first minute with the program: nothing set up, the wrong profile, a cluster that isn't there.

use std::fs;
use std::time::Duration;

use super::fleet::Fleet;
use super::program::{SECRET, folder, run, signed_in};
use super::server::{FakeAws, Fault};

const PROMPT: Duration = Duration::from_secs(2);

#[test]
fn without_any_configuration_there_is_an_answer_at_once() {
    // A metadata service that never answers: no route is worse than a refusal.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let metadata = format!("http://{}", silent.local_addr().expect("it is bound"));
    let ran = run(&["snapshot"], &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata)]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.time < PROMPT, "{:?}", ran.time);
    assert!(ran.stderr.contains("no AWS region is set") && ran.stderr.contains("--demo"), "{}", ran.stderr);
    let region = run(&["snapshot", "--region=eu-west-1"], &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", &metadata)]);
    assert_eq!(region.status, 3, "{}", region.stderr);
    assert!(region.time < PROMPT, "{:?}", region.time);
    assert!(region.stderr.contains("there are no AWS credentials"), "{}", region.stderr);
}

#[test]
fn a_wrong_profile_names_those_that_there_are() {
    let folder = folder("wrong-profile");
    let config = folder.join("config");
    fs::write(
        &config,
        format!("[profile work]\nregion = eu-west-1\n[profile home]\naws_secret_access_key = {SECRET}\n"),
    )
    .expect("it can be written");
    let file = config.to_str().expect("the path is text");
    for (arguments, variable) in [(vec!["snapshot", "--profile=wrok"], "x"), (vec!["snapshot"], "wrok")] {
        let ran = run(&arguments, &[("AWS_CONFIG_FILE", file), ("AWS_PROFILE", variable)]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("there is no AWS profile `wrok`"), "{}", ran.stderr);
        assert!(ran.stderr.contains("home, work") && ran.stderr.contains("--demo"), "{}", ran.stderr);
        assert!(ran.time < PROMPT, "{:?}", ran.time);
    }
}

#[test]
fn a_cluster_that_is_not_there_is_told_with_those_that_are() {
    let aws = FakeAws::start(Fleet::whole(), &[], Duration::ZERO);
    let url = aws.url();
    let ran = run(&["discover"], &signed_in(&url));
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("the cluster `default` is not there: there are prod, edge"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--cluster NAME") && ran.stderr.contains("--auto-discover-clusters"), "{}", ran.stderr);
    let closed = FakeAws::start(Fleet::whole(), &[("ListClusters", Fault::DeniedJson)], Duration::ZERO);
    let url = closed.url();
    let ran = run(&["discover", "--cluster=prdo"], &signed_in(&url));
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("which there are may not be listed"), "{}", ran.stderr);
}

#[test]
fn an_endpoint_that_is_no_address_is_refused() {
    let ran = run(&["snapshot", "--endpoint-url=localhost:4566"], &[]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("http://localhost:4566"), "{}", ran.stderr);
}

#[test]
fn nobody_at_the_endpoint_is_told_at_once() {
    let ran = run(&["snapshot", "--cluster=a"], &signed_in("http://127.0.0.1:9"));
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("Unreachable"), "{}", ran.stderr);
    assert!(ran.time < Duration::from_secs(8), "{:?}", ran.time);
}
