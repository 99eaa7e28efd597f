//! How a pass ends before its time: by the user's hand, or by the clock.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::fleet::Fleet;
use super::program::{folder, run, signed_in, unsigned};
use super::server::{FakeAws, Fault};

#[test]
fn an_interrupt_ends_it_at_once_with_nothing_half_written() {
    const BEFORE: &str = "what was there before\n";
    let aws = FakeAws::start(Fleet::whole(), &[("DescribeTasks", Fault::Hang)], Duration::ZERO);
    let url = aws.url();
    let folder = folder("interrupt");
    let path = folder.join("fleet.json");
    std::fs::write(&path, BEFORE).expect("it can be written");
    let mut program = Command::new(env!("CARGO_BIN_EXE_ecsroute"))
        .args(["snapshot", "--auto-discover-clusters", "-o"])
        .arg(&path)
        .env_clear()
        .envs(signed_in(&url))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let patience = Instant::now() + Duration::from_secs(20);
    while !aws.counts().contains_key("DescribeTasks") {
        assert!(Instant::now() < patience, "it asks for the tasks");
        std::thread::sleep(Duration::from_millis(10));
    }
    let interrupted = Instant::now();
    let killed = Command::new("kill").args(["-INT", &program.id().to_string()]).status().expect("kill is there");
    assert!(killed.success());
    let status = program.wait().expect("it ends");
    assert!(interrupted.elapsed() < Duration::from_secs(1), "{:?}", interrupted.elapsed());
    assert!(!status.success());
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), BEFORE);
    assert_eq!(std::fs::read_dir(&folder).expect("it is there").count(), 1, "nothing lies beside it");
}

#[test]
fn the_timeout_bounds_the_sign_in_too() {
    let aws = FakeAws::start(Fleet::whole(), &[("AssumeRole", Fault::Hang)], Duration::ZERO);
    let url = aws.url();
    let arguments = ["snapshot", "--cluster=prod", "--timeout=1s", "--role-arn=arn:aws:iam::123456789012:role/r"];
    let ran = run(&arguments, &signed_in(&url));
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.time < Duration::from_secs(3), "{:?}", ran.time);
    assert!(ran.stderr.contains("--timeout"), "{}", ran.stderr);
    let silent = FakeAws::start(Fleet::whole(), &[("GET /container", Fault::Hang)], Duration::ZERO);
    let (url, full) = (silent.url(), format!("{}/container", silent.url()));
    let variables = [&unsigned(&url)[..], &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", full.as_str())]].concat();
    let ran = run(&["snapshot", "--cluster=prod", "--timeout=1s"], &variables);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.time < Duration::from_secs(3), "{:?}", ran.time);
}
