//! Hours of watching on a clock that a script moves, over a source that changes and fails: no update is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ecsroute::diff::ChangeKind;
use ecsroute::discover::{Scope, run_ready};
use ecsroute::model::{
    Action, CallError, CallErrorKind, ContainerInstance, Ec2Instance, Inventory, Release, SsmInstance, Task,
    TaskDefinition, Text,
};
use ecsroute::pipeline;
use ecsroute::settings::Provider;
use ecsroute::source::{Answer, Described, KnownDefinitions, Page, Remembering, Snapshot, SnapshotSource, Source};
use ecsroute::template::Ambient;
use ecsroute::watch::{Came, Event, Pace, Rendered, Round, Trouble, Watch, Wiped, World, follow};
use serde_json::{Value, json};

use crate::fleet::{definition, one_task, task};

/// How long a call takes.
const CALL: u64 = 40;

/// Numbers that look like chance and are the same each time.
fn chance(seed: u64, number: u64) -> u64 {
    let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 31;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 29)
}

/// The fleet while its service runs a revision: a rule and an address that say which.
fn fleet(revision: u64) -> Snapshot {
    let arn = |revision: u64| format!("arn:aws:ecs:eu-west-1:123456789012:task-definition/api:{revision}");
    let mut task = task("api", "0123456789abcdef");
    task["taskDefinitionArn"] = arn(revision).into();
    task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"] =
        format!("10.0.{}.{}", revision / 200, revision % 200 + 1).into();
    // A pass that began before a deployment asks for the revision before.
    let definitions = (revision.saturating_sub(1)..=revision).map(|revision| {
        let rule = format!("Host(`r{revision}.example.com`)");
        let mut known = definition("api", &json!({ "traefik.http.routers.api.rule": rule }));
        known["taskDefinitionArn"] = arn(revision).into();
        known
    });
    let mut fleet = one_task();
    fleet["tasks"] = json!([task]);
    fleet["taskDefinitions"] = definitions.collect::<Vec<Value>>().into();
    Snapshot::read(fleet.to_string().as_bytes()).expect("it is a snapshot")
}

/// A source whose fleet is deployed to now and then, and of whose calls every few fail.
struct Scripted {
    seed: u64,
    /// Milliseconds since the beginning; each call moves it.
    clock: AtomicU64,
    /// The revisions, each with when it was deployed.
    revisions: Vec<(u64, SnapshotSource)>,
    calls: AtomicU64,
    /// From when on nothing fails.
    quiet_from: u64,
}

impl Scripted {
    /// Deployments somewhere between a few seconds and some minutes apart, until a time.
    fn new(seed: u64, quiet_from: u64) -> Self {
        let mut revisions = Vec::new();
        let mut at = 0;
        while at < quiet_from {
            let number = revisions.len() as u64;
            revisions.push((at, SnapshotSource::new(fleet(number + 1))));
            at += 1_000 + chance(seed, 1_000_000 + number) % 240_000;
        }
        Self { seed, clock: AtomicU64::new(0), revisions, calls: AtomicU64::new(0), quiet_from }
    }

    fn now(&self) -> u64 {
        self.clock.load(Ordering::Relaxed)
    }

    /// The fleet as it is, after the time that a call takes; or the call's failure.
    fn call(&self, action: Action) -> Answer<&SnapshotSource> {
        let now = self.clock.fetch_add(CALL, Ordering::Relaxed) + CALL;
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let chance = chance(self.seed, number);
        if now < self.quiet_from && chance.is_multiple_of(7) {
            let code = ["ThrottlingException", "AccessDeniedException", "InternalFailure", "Unreachable", "TimedOut"];
            return Err(CallError::new(action, code[usize::try_from(chance / 7 % 5).expect("it is small")], ""));
        }
        let at = self.revisions.partition_point(|(deployed, _)| *deployed <= now) - 1;
        Ok(&self.revisions[at].1)
    }
}

impl Source for Scripted {
    fn region(&self) -> Option<Text> {
        Some("eu-west-1".into())
    }

    fn calls(&self) -> BTreeMap<Action, u64> {
        BTreeMap::new()
    }

    async fn list_clusters(&self, token: Option<Text>) -> Answer<Page<Text>> {
        self.call(Action::ListClusters)?.list_clusters(token).await
    }

    async fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> Answer<Page<Text>> {
        self.call(Action::ListTasks)?.list_tasks(cluster, token).await
    }

    async fn describe_tasks(&self, cluster: &Text, arns: &[Text]) -> Answer<Described<Arc<Task>>> {
        self.call(Action::DescribeTasks)?.describe_tasks(cluster, arns).await
    }

    async fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> Answer<Described<Arc<ContainerInstance>>> {
        self.call(Action::DescribeContainerInstances)?.describe_container_instances(cluster, arns).await
    }

    async fn describe_instances(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<Ec2Instance>> {
        self.call(Action::DescribeInstances)?.describe_instances(ids, token).await
    }

    async fn describe_instance_information(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<SsmInstance>> {
        self.call(Action::DescribeInstanceInformation)?.describe_instance_information(ids, token).await
    }

    async fn describe_task_definition(&self, name: &Text) -> Answer<Arc<TaskDefinition>> {
        self.call(Action::DescribeTaskDefinition)?.describe_task_definition(name).await
    }
}

/// The world of a watch over a script.
struct Played {
    source: Scripted,
    known: KnownDefinitions,
    pace: Pace,
    until: u64,
    file: Option<Vec<u8>>,
    written_at: Option<Duration>,
    /// What the newest whole pass gave.
    newest: Option<Vec<u8>>,
    /// How often the file took a write, and how often it refused one.
    writes: u64,
    /// The newest rule that the events tell of.
    told: Option<String>,
    /// Every rule that they told of.
    all_told: BTreeSet<String>,
    passes: u64,
    incomplete: u64,
    slowed: u64,
}

impl Played {
    fn render(inventory: Inventory) -> Came {
        let throttled = inventory.errors.iter().any(|error| error.kind == CallErrorKind::Throttled);
        let run = pipeline::run(inventory, &Provider::default(), Release::default(), &Ambient::default());
        let reasons = run.inventory.errors.iter().map(ToString::to_string).collect();
        let trouble = Trouble { outcome: run.ending.id(), reasons, throttled };
        if !run.ending.is_published() {
            return Came::Nothing(trouble);
        }
        let tree = run.configuration.file_form(run.release).tree;
        let rendered = Rendered { bytes: ecsroute::render::toml(&tree).into_bytes(), tree };
        if run.inventory.is_complete() { Came::Whole(rendered) } else { Came::Wiped(rendered, trouble) }
    }
}

impl World for Played {
    fn now(&self) -> Duration {
        Duration::from_millis(self.source.now())
    }

    fn pass(&mut self) -> Option<Round> {
        self.passes += 1;
        let source = Remembering { source: &self.source, known: &self.known };
        let inventory = run_ready(&source, &Scope::new(&Provider::default(), Release::default()));
        if inventory.is_complete() {
            self.known.keep_those_of(&inventory);
        }
        let came = Self::render(inventory);
        match &came {
            Came::Whole(rendered) => self.newest = Some(rendered.bytes.clone()),
            Came::Wiped(..) | Came::Nothing(_) => self.incomplete += 1,
        }
        Some(Round { pace: self.pace, came })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<bool, String> {
        self.writes += 1;
        if self.source.now() < self.source.quiet_from && self.writes.is_multiple_of(11) {
            return Err("there is no room".to_owned());
        }
        let written = self.file.as_deref() != Some(bytes);
        if written {
            let (now, throttle) = (self.now(), self.pace.throttle);
            assert!(
                self.written_at.is_none_or(|before| now.saturating_sub(before) >= throttle),
                "too soon after the last"
            );
            self.written_at = Some(now);
            self.file = Some(bytes.to_vec());
        }
        Ok(written)
    }

    fn say(&mut self, event: &Event) {
        match event {
            Event::Published { changes, .. } => {
                assert!(!changes.is_empty(), "nobody else writes the file");
                let router = changes.iter().find(|change| change.section == "http.routers").expect("its rule changes");
                let rule = match &router.kind {
                    ChangeKind::Added(value) => value["rule"].clone(),
                    ChangeKind::Changed { fields, .. } => fields[0].after.clone().expect("the rule is there"),
                    ChangeKind::Removed(_) => panic!("no pass loses the router"),
                };
                self.told = rule.as_str().map(str::to_owned);
                self.all_told.extend(self.told.clone());
            }
            Event::Slowed(pause) => {
                self.slowed += 1;
                assert!(*pause > self.pace.interval && *pause <= Duration::from_mins(5), "{pause:?}");
            }
            Event::Kept(_) | Event::Recovered | Event::Unwritten(_) => {}
            Event::Lost(_) => panic!("a wiped pass is never published"),
        }
    }

    fn rest(&mut self, until: Duration) -> bool {
        // What a whole pass gave is in the file by now, or waits for no longer than it must.
        let behind = self.newest != self.file;
        let longest = self.now() + self.pace.throttle.max(Duration::from_secs(1));
        assert!(!behind || until <= longest, "an update waits until {until:?} at {:?}", self.now());
        if let (Some(file), Some(told)) = (&self.file, &self.told) {
            let file = String::from_utf8_lossy(file);
            assert!(file.contains(told), "the events tell of {told}, and the file holds {file}");
        }
        let until = u64::try_from(until.as_millis()).expect("hours fit");
        self.source.clock.fetch_max(until, Ordering::Relaxed);
        until < self.until
    }
}

fn play(seed: u64, pace: Pace, hours: u64) -> Played {
    let quiet_from = hours * 3_600_000;
    let mut played = Played {
        source: Scripted::new(seed, quiet_from),
        known: KnownDefinitions::default(),
        pace,
        until: quiet_from + 900_000,
        file: None,
        written_at: None,
        newest: None,
        writes: 0,
        told: None,
        all_told: BTreeSet::new(),
        passes: 0,
        incomplete: 0,
        slowed: 0,
    };
    follow(Watch::new(pace, Wiped::Keeps, None), &mut played);
    played
}

#[test]
fn hours_of_faults_lose_no_update() {
    let paces = [(15, 2), (1, 5), (5, 0)];
    for (seed, (interval, throttle)) in paces.into_iter().enumerate() {
        let pace = Pace { interval: Duration::from_secs(interval), throttle: Duration::from_secs(throttle) };
        let played = play(seed as u64 + 1, pace, 6);
        let Played { passes, incomplete, slowed, .. } = played;
        let deployed = played.source.revisions.len();
        assert!(incomplete * 10 > passes && slowed > 20, "{incomplete} of {passes} passes, {slowed} slowed");
        let last = format!("Host(`r{deployed}.example.com`)");
        assert_eq!(played.told.as_deref(), Some(last.as_str()), "the last deployment is published");
        // A revision that stands for ten minutes is seen, whatever fails.
        for (at, (deployed, _)) in played.source.revisions.iter().enumerate() {
            let replaced = played.source.revisions.get(at + 1).map_or(u64::MAX, |(next, _)| *next);
            let rule = format!("Host(`r{}.example.com`)", at + 1);
            assert!(replaced - deployed < 600_000 || played.all_told.contains(&rule), "{rule} was never published");
        }
        assert!(played.all_told.len() * 2 > deployed, "{} of {deployed} were published", played.all_told.len());
    }
}

#[test]
fn a_revision_is_asked_for_once() {
    let source = Scripted::new(1, 0);
    let known = KnownDefinitions::default();
    let source = Scripted { revisions: vec![(0, SnapshotSource::new(fleet(1)))], ..source };
    for _ in 0..3 {
        let pass = run_ready(
            &Remembering { source: &source, known: &known },
            &Scope::new(&Provider::default(), Release::default()),
        );
        assert!(pass.is_complete() && pass.task_definitions.len() == 1, "{:?}", pass.errors);
    }
    // Three passes list and describe tasks; one describes the definition.
    assert_eq!(source.calls.load(Ordering::Relaxed), 3 * 2 + 1);
    known.keep_those_of(&Inventory::default());
    run_ready(&Remembering { source: &source, known: &known }, &Scope::new(&Provider::default(), Release::default()));
    assert_eq!(source.calls.load(Ordering::Relaxed), 3 * 2 + 1 + 3, "what no task runs is forgotten");
}
