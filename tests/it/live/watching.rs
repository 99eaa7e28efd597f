//! `render --watch` through the built binary: a fleet that changes, an AWS that fails, and a hand that kills.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::fleet::{Fleet, definition, fargate};
use super::program::{folder, run_in, signed_in, unsigned};
use super::server::{FakeAws, Fault};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// What is at once on a machine that does something else too: a call that hangs is given minutes.
const AT_ONCE: Duration = Duration::from_secs(15);

/// A cluster with these services, a task each.
fn fleet(services: &[&str]) -> Fleet {
    let tasks = services.iter().enumerate().map(|(number, name)| fargate("prod", number, name));
    let definitions = services.iter().map(|name| definition(name, "awsvpc"));
    Fleet {
        clusters: vec!["prod".to_owned()],
        tasks: tasks.collect(),
        definitions: definitions.collect(),
        ..Fleet::default()
    }
}

/// A watch under way.
struct Watching {
    program: Child,
    events: Receiver<Value>,
}

impl Watching {
    fn start(url: &str, folder: &Path, arguments: &[&str]) -> Self {
        Self::start_as(&signed_in(url), folder, arguments)
    }

    fn start_as(variables: &[(&str, &str)], folder: &Path, arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_ecsroute"))
            .args(["render", "--watch", "--events=jsonl", "--refresh-seconds=1"])
            .args(arguments)
            .env_clear()
            .envs(variables.iter().copied())
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(program.stdout.take().expect("it is piped")).lines();
        let (sender, events) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let event = serde_json::from_str(&line).expect("every line is JSON");
                let _ = sender.send(event);
            }
        });
        Self { program, events }
    }

    /// The next event of this name; those before it are passed over.
    fn until(&self, name: &str) -> Value {
        let patience = Instant::now() + PATIENCE;
        loop {
            let left = patience.saturating_duration_since(Instant::now());
            let event = self.events.recv_timeout(left).unwrap_or_else(|_| panic!("no `{name}` came"));
            assert_eq!(event["schema"], "ecsroute.event/1");
            if event["event"] == name {
                return event;
            }
        }
    }

    /// Ends it by a signal, and gives its status.
    fn end(mut self, signal: &str) -> Option<i32> {
        let killed = Command::new("kill").args([signal, &self.program.id().to_string()]).status();
        assert!(killed.expect("kill is there").success());
        let ended = Instant::now();
        let status = self.program.wait().expect("it ends");
        assert!(ended.elapsed() < AT_ONCE, "it ends at once");
        self.until("ended");
        status.code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).expect("it is there").count()
}

#[test]
fn it_follows_the_fleet_and_survives_what_fails() {
    let aws = FakeAws::start(fleet(&["api"]), &[], Duration::ZERO);
    let folder = folder("watch-follows");
    let path = folder.join("ecs.toml");
    let watching = Watching::start(&aws.url(), &folder, &["--cluster=prod", "-o", "ecs.toml"]);
    assert_eq!(watching.until("watching")["intervalSeconds"], 1.0);
    assert_eq!(watching.until("published")["first"], true);
    assert!(text(&path).contains("Host(`api.example.com`)"));

    aws.holds(fleet(&["api", "shop"]));
    let change = watching.until("change");
    assert_eq!(
        (&change["change"], &change["section"], &change["name"]),
        (&json!("added"), &json!("http.routers"), &json!("shop"))
    );
    watching.until("published");
    assert!(text(&path).contains("Host(`shop.example.com`)"));

    // A wiped pass would lose every route.
    let before = text(&path);
    aws.fails(&[("DescribeTasks", Fault::DeniedJson)]);
    let kept = watching.until("kept");
    assert_eq!((&kept["outcome"], &kept["file"]), (&json!("wiped"), &json!("ecs.toml")));
    aws.fails(&[("ListTasks", Fault::ThrottledForever)]);
    assert_eq!(watching.until("kept")["outcome"], "stale");
    assert!(watching.until("slowed")["seconds"].as_f64().is_some_and(|seconds| seconds >= 2.0));
    assert_eq!(text(&path), before, "the last good file is kept");

    aws.fails(&[]);
    aws.holds(fleet(&["shop"]));
    watching.until("recovered");
    assert_eq!(watching.until("change")["change"], "removed");
    watching.until("published");
    assert!(!text(&path).contains("api"));

    let counts = aws.counts();
    assert!(counts["ListTasks"] > 4, "{counts:?}");
    assert_eq!(counts["DescribeTaskDefinition"], 2, "each revision is asked for once: {counts:?}");
    assert_eq!(watching.end("-TERM"), Some(0));
    assert_eq!(files(&folder), 1, "nothing lies beside it");
}

#[test]
fn a_wiped_pass_is_written_where_traefiks_way_is_wanted() {
    let aws = FakeAws::start(fleet(&["api"]), &[], Duration::ZERO);
    let folder = folder("watch-as-traefik");
    let path = folder.join("ecs.yml");
    let arguments = ["--cluster=prod", "--format=yaml", "--as-traefik", "-o", "ecs.yml"];
    let watching = Watching::start(&aws.url(), &folder, &arguments);
    watching.until("published");
    aws.fails(&[("DescribeTasks", Fault::DeniedJson)]);
    watching.until("lost");
    watching.until("published");
    assert!(!text(&path).contains("api"), "as Traefik would publish it");
    assert_eq!(watching.end("-INT"), Some(0));
}

#[test]
fn a_changed_static_configuration_is_read_again() {
    let aws = FakeAws::start(fleet(&["api", "shop"]), &[], Duration::ZERO);
    let folder = folder("watch-settings");
    let (path, settings) = (folder.join("ecs.toml"), folder.join("traefik.yml"));
    let set = |options: &str| {
        let text = format!("providers:\n  ecs:\n    clusters: [prod]\n{options}");
        fs::write(&settings, text).expect("it can be written");
    };
    set("");
    let watching = Watching::start(&aws.url(), &folder, &["--static-config=traefik.yml", "-o", "ecs.toml"]);
    watching.until("published");
    assert!(text(&path).contains("Host(`api.example.com`)"));

    set("    constraints: Label(`traefik.http.routers.shop.rule`, `Host(\\`shop.example.com\\`)`\n");
    set("    exposedByDefault: false\n");
    let changes = watching.until("settings")["changes"].to_string();
    assert!(changes.contains("exposedByDefault: true → false"), "{changes}");
    assert_eq!(watching.until("change")["change"], "removed");

    set("    exposedByDefoult: false\n");
    let refused = watching.until("settingsRefused")["reason"].to_string();
    assert!(refused.contains("exposedByDefoult"), "{refused}");
    set("");
    watching.until("settings");
    watching.until("published");
    assert!(text(&path).contains("Host(`api.example.com`)"), "what is right again holds again");
    assert_eq!(watching.end("-TERM"), Some(0));
}

#[test]
fn a_file_that_is_there_already_is_the_base_and_is_restored() {
    let aws = FakeAws::start(fleet(&["api"]), &[], Duration::ZERO);
    let folder = folder("watch-base");
    let path = folder.join("ecs.toml");
    let arguments = ["--cluster=prod", "-o", "ecs.toml"];
    let first = Watching::start(&aws.url(), &folder, &arguments);
    first.until("published");
    assert_eq!(first.end("-TERM"), Some(0));
    aws.holds(fleet(&["api", "shop"]));
    let second = Watching::start(&aws.url(), &folder, &arguments);
    assert_eq!(second.until("change")["name"], "shop", "only what is new");
    assert_eq!(second.until("published")["first"], false);
    let whole = text(&path);
    fs::remove_file(&path).expect("it is there");
    let again = second.until("published");
    assert_eq!((&again["added"], &again["changed"]), (&json!(0), &json!(0)));
    assert_eq!(text(&path), whole);
}

#[test]
fn it_may_start_before_its_credentials_are_there() {
    let aws = FakeAws::start(fleet(&["api"]), &[("GET /container", Fault::ServerError)], Duration::ZERO);
    let (url, role) = (aws.url(), format!("{}/container", aws.url()));
    let variables = [&unsigned(&url)[..], &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", role.as_str())]].concat();
    let folder = folder("watch-early");
    let watching = Watching::start_as(&variables, &folder, &["--cluster=prod", "-o", "ecs.toml"]);
    let kept = watching.until("kept");
    assert!(kept["reasons"].to_string().contains("credentials"), "{kept}");
    assert_eq!(files(&folder), 0, "there is nothing to write yet");
    aws.fails(&[]);
    watching.until("recovered");
    watching.until("published");
    assert!(text(&folder.join("ecs.toml")).contains("api"));
    assert_eq!(watching.end("-TERM"), Some(0));
}

#[test]
fn what_never_heals_is_refused_at_once() {
    let folder = folder("watch-refused");
    fs::write(folder.join("wrong.yml"), "providers: {ecs: {regoin: x}}").expect("it can be written");
    let watch = ["render", "--watch", "--cluster=prod"];
    for (arguments, said) in [
        (&["-o", "ecs.toml", "--static-config=wrong.yml"][..], "regoin"),
        (&["-o", "ecs.toml", "--endpoint-url=nowhere"], "not an address"),
        (&["-o", "ecs.toml", "--profile=nobody"], "nobody"),
        (&["-o", "ecs.toml", "--template=missing.upon"], "missing.upon"),
        (&["-o", "missing/ecs.toml"], "is not there"),
        (&["-o", "."], "no regular file"),
    ] {
        let ran = run_in(&folder, &[&watch[..], arguments].concat(), &signed_in("http://127.0.0.1:9"));
        assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_signal_ends_a_pass_that_hangs() {
    let aws = FakeAws::start(fleet(&["api"]), &[("DescribeTasks", Fault::Hang)], Duration::ZERO);
    let folder = folder("watch-hangs");
    let watching = Watching::start(&aws.url(), &folder, &["--cluster=prod", "-o", "ecs.toml"]);
    let patience = Instant::now() + PATIENCE;
    while !aws.counts().contains_key("DescribeTasks") {
        assert!(Instant::now() < patience, "it asks for the tasks");
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(watching.end("-TERM"), Some(0));
    assert_eq!(files(&folder), 0, "nothing lies there");
}

#[cfg(unix)]
#[test]
fn a_folder_that_goes_and_a_listener_that_leaves_are_survived() {
    let folder = folder("watch-survives");
    let inner = folder.join("conf");
    fs::create_dir(&inner).expect("it can be made");
    let mut watching = Watching::start("http://127.0.0.1:9", &folder, &["--demo", "-o", "conf/ecs.toml"]);
    watching.until("published");
    fs::remove_dir_all(&inner).expect("it is there");
    assert!(watching.until("unwritten")["reason"].is_string());
    // Nobody listens from here on, and the file is kept all the same.
    watching.events = channel().1;
    fs::create_dir(&inner).expect("it can be made");
    let patience = Instant::now() + PATIENCE;
    while text(&inner.join("ecs.toml")).is_empty() {
        assert!(Instant::now() < patience, "it is written again");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(watching.program.try_wait().expect("it can be asked").is_none(), "it goes on");
}

#[cfg(target_os = "linux")]
#[test]
fn it_opens_no_port() {
    let aws = FakeAws::start(fleet(&["api"]), &[], Duration::ZERO);
    let watching = Watching::start(&aws.url(), &folder("watch-port"), &["--cluster=prod", "-o", "ecs.toml"]);
    watching.until("published");
    let process = PathBuf::from(format!("/proc/{}", watching.program.id()));
    let open: Vec<String> = fs::read_dir(process.join("fd"))
        .expect("it runs")
        .filter_map(|entry| Some(fs::read_link(entry.ok()?.path()).ok()?.to_string_lossy().into_owned()))
        .collect();
    for table in ["net/tcp", "net/tcp6"] {
        for line in text(&process.join(table)).lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            // 0A is LISTEN; the tenth field is the inode.
            let is_its = open.contains(&format!("socket:[{}]", fields[9]));
            assert!(fields[3] != "0A" || !is_its, "it listens: {line}");
        }
    }
}

/// How many services the larger of two fleets has.
const MANY: usize = 30;

#[test]
#[ignore = "half a minute of every processor, which tests with a time limit feel: .ci/run runs it alone"]
fn runs_that_are_killed_never_leave_half_a_file() {
    const LANES: u64 = 10;
    const RUNS_EACH: u64 = 20;
    let small = fleet(&["api"]);
    let names: Vec<String> = (0..MANY).map(|number| format!("service-number-{number}")).collect();
    let large = fleet(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let aws = FakeAws::start(small.clone(), &[], Duration::ZERO);
    let (url, base) = (aws.url(), folder("watch-killed"));
    let over = AtomicBool::new(false);
    let read = thread::scope(|scope| {
        scope.spawn(|| {
            let mut is_large = false;
            while !over.load(Ordering::Relaxed) {
                is_large = !is_large;
                aws.holds(if is_large { large.clone() } else { small.clone() });
                thread::sleep(Duration::from_millis(230));
            }
        });
        let readers = (0..LANES).map(|lane| {
            let (path, over) = (base.join(format!("{lane}.toml")), &over);
            scope.spawn(move || watch_the_file(&path, over))
        });
        let readers: Vec<_> = readers.collect();
        let lanes = (0..LANES).map(|lane| {
            let (url, base) = (&url, &base);
            scope.spawn(move || (0..RUNS_EACH).for_each(|run| killed(url, base, lane, lane * RUNS_EACH + run)))
        });
        let lanes: Vec<_> = lanes.collect();
        let lanes: Vec<_> = lanes.into_iter().map(thread::ScopedJoinHandle::join).collect();
        over.store(true, Ordering::Relaxed);
        for lane in lanes {
            lane.expect("no run fails");
        }
        readers.into_iter().map(|reader| reader.join().expect("every reading is whole")).sum::<usize>()
    });
    assert!(read > 100, "the files changed under the readers' eyes {read} times");
}

/// One run that is killed somewhere between its start and its third pass.
fn killed(url: &str, base: &Path, lane: u64, run: u64) {
    let name = format!("{lane}.toml");
    let mut program = Command::new(env!("CARGO_BIN_EXE_ecsroute"))
        .args(["render", "--watch", "--quiet", "--refresh-seconds=1", "--cluster=prod", "--max-rate=0", "-o", &name])
        .args(["--", "--providers.ecs", "--providers.providersThrottleDuration=0"])
        .env_clear()
        .envs(signed_in(url))
        .current_dir(base)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // Any spread will do, as long as it is another one in each run.
    thread::sleep(Duration::from_millis(200 + run.wrapping_mul(7919) % 2800));
    program.kill().expect("it runs");
    program.wait().expect("it ends");
}

/// Reads a file until it is over, and gives how often it changed; each time it is whole: it ends as every one does.
fn watch_the_file(path: &Path, over: &AtomicBool) -> usize {
    let (mut changes, mut last) = (0, String::new());
    while !over.load(Ordering::Relaxed) {
        if let Ok(now) = fs::read_to_string(path) {
            let routers = now.matches("[http.routers.").count();
            assert!(routers == 1 || routers == MANY, "{routers} routers in {}", path.display());
            // The last line of each service, after the routers.
            let services = now.matches("flushInterval = \"100ms\"\n").count();
            assert_eq!(services, routers, "half of {}: {now}", path.display());
            changes += usize::from(now != last);
            last = now;
        }
        thread::sleep(Duration::from_millis(3));
    }
    changes
}
