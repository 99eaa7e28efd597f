//! The fleet of a case: AWS records, with the faults, pages and metadata that the case puts around them.
//!
//! It answers as a snapshot does, and in front of it stand the faults: each hits a numbered request of its action,
//! retries included, so the retries of Traefik's SDK are played here too.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::Malformed;
use crate::discover::{self, Scope};
use crate::model::{
    Action, CallError, CallErrorKind, ContainerInstance, Ec2Instance, Inventory, PassNote, Release, SsmInstance, Task,
    TaskDefinition, Text, codes,
};
use crate::settings::Provider;
use crate::source::{
    Answer, Counter, Described, Page, PageSizes, RegionOrigin, Snapshot, SnapshotSource, Source, resolve_region,
};

/// What AWS holds, and how it answers.
#[derive(Debug, Clone)]
pub struct World {
    snapshot: Snapshot,
    faults: Vec<Fault>,
    page_sizes: PageSizes,
    metadata_region: Option<Text>,
}

/// What surrounds the records in a case.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Surroundings {
    page_size: BTreeMap<String, usize>,
    faults: Vec<FaultForm>,
    imds_region: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultForm {
    action: String,
    call: Value,
    times: Option<u64>,
    #[serde(default)]
    status: u16,
    #[serde(default)]
    code: String,
    message: Option<String>,
    body: Option<String>,
}

/// An error that AWS returns to some requests of an action.
#[derive(Debug, Clone)]
struct Fault {
    action: Action,
    first: u64,
    /// `None`: for ever.
    last: Option<u64>,
    status: u16,
    code: Text,
    message: Text,
    garbled: bool,
}

impl World {
    /// Reads the `world` of a case.
    ///
    /// # Errors
    /// When a record has a field of the wrong type, or a fault names no action.
    pub fn read(world: &Value) -> Result<Self, Malformed> {
        let malformed = |error: serde_json::Error| Malformed(format!("the world can't be read: {error}"));
        let mut snapshot = Snapshot::deserialize(world).map_err(malformed)?;
        snapshot.fill_sections();
        let around = Surroundings::deserialize(world).map_err(malformed)?;
        let mut page_sizes = PageSizes::default();
        for (name, size) in &around.page_size {
            page_sizes.set(action(name)?, *size);
        }
        let faults = around.faults.into_iter().map(Fault::read).collect::<Result<_, _>>()?;
        Ok(Self { snapshot, faults, page_sizes, metadata_region: around.imds_region })
    }

    /// One pass of a release over this fleet, one call at a time. The inventory's region is the one that requests are
    /// signed for.
    pub fn pass(&self, provider: &Provider, environment: &BTreeMap<String, String>, release: Release) -> Inventory {
        let region = resolve_region(&provider.region, environment, self.metadata_region.as_deref(), release);
        let source = FaultySource {
            records: SnapshotSource::with_pages(self.snapshot.clone(), self.page_sizes.clone()),
            faults: &self.faults,
            attempts: attempts(release),
            region: region.as_ref().map(|(region, _)| region.clone()),
            calls: Counter::default(),
        };
        let mut inventory = discover::run_ready(&source, &Scope::new(provider, release));
        if !matches!(region, Some((_, RegionOrigin::Setting))) {
            inventory.notes.insert(0, PassNote::RegionFromMetadata);
        }
        inventory
    }
}

fn action(name: &str) -> Result<Action, Malformed> {
    Action::parse(name).ok_or_else(|| Malformed(format!("there is no action `{name}`")))
}

/// How often a release's SDK tries a request that is throttled or that AWS fails.
fn attempts(release: Release) -> u32 {
    if (Release::V3_0..=Release::V3_2).contains(&release) { 4 } else { 3 }
}

impl Fault {
    fn read(form: FaultForm) -> Result<Self, Malformed> {
        let (first, times) = match &form.call {
            Value::String(every) if every == "every" => (1, form.times),
            call => match call.as_u64().filter(|number| *number > 0) {
                Some(number) => (number, Some(form.times.unwrap_or(1))),
                None => return Err(Malformed(format!("a fault's `call` is a number from 1 or \"every\", not {call}"))),
            },
        };
        let throttled = CallErrorKind::of_code(&form.code) == CallErrorKind::Throttled;
        let message = form.message.unwrap_or_else(|| if throttled { "Rate exceeded" } else { "" }.to_owned());
        Ok(Self {
            action: action(&form.action)?,
            first,
            last: times.map(|times| first.saturating_add(times).saturating_sub(1)),
            status: form.status,
            code: form.code.into(),
            message: form.body.clone().unwrap_or(message).into(),
            garbled: form.body.is_some(),
        })
    }

    fn hits(&self, action: Action, number: u64) -> bool {
        self.action == action && number >= self.first && self.last.is_none_or(|last| number <= last)
    }

    /// Whether the SDK tries again.
    fn is_passing(&self) -> bool {
        let throttled = CallErrorKind::of_code(&self.code) == CallErrorKind::Throttled;
        !self.garbled && (throttled || matches!(self.status, 500 | 502 | 503 | 504))
    }

    fn error(&self) -> CallError {
        if self.garbled {
            return CallError::new(self.action, codes::GARBLED, self.message.clone());
        }
        let mut error = CallError::new(self.action, self.code.clone(), self.message.clone());
        if error.kind == CallErrorKind::Refused && self.status >= 500 {
            error.kind = CallErrorKind::Server;
        }
        error
    }
}

/// A source that fails where a case says so.
struct FaultySource<'a> {
    records: SnapshotSource,
    faults: &'a [Fault],
    attempts: u32,
    region: Option<Text>,
    calls: Counter,
}

impl FaultySource<'_> {
    /// Makes the attempts of one call; passes where one of them gets through.
    fn attempt(&self, action: Action, cluster: Option<&Text>, subjects: &[Text]) -> Answer<()> {
        let named = |mut error: CallError| {
            error.cluster = cluster.cloned();
            error.about(subjects)
        };
        if self.region.is_none() {
            return Err(named(CallError::new(action, codes::NO_REGION, "no region is set")));
        }
        let mut left = self.attempts;
        loop {
            let number = self.calls.count(action);
            let Some(fault) = self.faults.iter().find(|fault| fault.hits(action, number)) else { return Ok(()) };
            left -= 1;
            if left == 0 || !fault.is_passing() {
                return Err(named(fault.error()));
            }
        }
    }
}

impl Source for FaultySource<'_> {
    fn region(&self) -> Option<Text> {
        self.region.clone()
    }

    fn calls(&self) -> BTreeMap<Action, u64> {
        self.calls.counts()
    }

    async fn list_clusters(&self, token: Option<Text>) -> Answer<Page<Text>> {
        self.attempt(Action::ListClusters, None, &[])?;
        self.records.list_clusters(token).await
    }

    async fn list_tasks(&self, cluster: &Text, token: Option<Text>) -> Answer<Page<Text>> {
        self.attempt(Action::ListTasks, Some(cluster), &[])?;
        self.records.list_tasks(cluster, token).await
    }

    async fn describe_tasks(&self, cluster: &Text, arns: &[Text]) -> Answer<Described<Arc<Task>>> {
        self.attempt(Action::DescribeTasks, Some(cluster), arns)?;
        self.records.describe_tasks(cluster, arns).await
    }

    async fn describe_container_instances(
        &self,
        cluster: &Text,
        arns: &[Text],
    ) -> Answer<Described<Arc<ContainerInstance>>> {
        self.attempt(Action::DescribeContainerInstances, Some(cluster), arns)?;
        self.records.describe_container_instances(cluster, arns).await
    }

    async fn describe_instances(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<Ec2Instance>> {
        self.attempt(Action::DescribeInstances, None, ids)?;
        self.records.describe_instances(ids, token).await
    }

    async fn describe_instance_information(&self, ids: &[Text], token: Option<Text>) -> Answer<Page<SsmInstance>> {
        self.attempt(Action::DescribeInstanceInformation, None, ids)?;
        self.records.describe_instance_information(ids, token).await
    }

    async fn describe_task_definition(&self, name: &Text) -> Answer<Arc<TaskDefinition>> {
        self.attempt(Action::DescribeTaskDefinition, None, std::slice::from_ref(name))?;
        self.records.describe_task_definition(name).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A case of the reference answers as far as it concerns reading: its provider, environment and world.
    fn passes(table: &str) -> Vec<(Value, Inventory)> {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(table);
        let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("it is here")).expect("it is JSON");
        cases
            .into_iter()
            .map(|case| {
                let inventory = World::read(&case["world"]).expect("the world is well formed").pass(
                    &provider(&case["settings"]),
                    &BTreeMap::deserialize(&case["env"]).unwrap_or_default(),
                    Release::V3_7,
                );
                (case, inventory)
            })
            .collect()
    }

    fn provider(settings: &Value) -> Provider {
        let text = |name: &str| settings[name].as_str().unwrap_or_default().into();
        let flag = |name: &str| settings[name].as_bool().unwrap_or_default();
        let mut provider = Provider {
            region: text("region"),
            auto_discover_clusters: flag("autoDiscoverClusters"),
            healthy_tasks_only: flag("healthyTasksOnly"),
            ecs_anywhere: flag("ecsAnywhere"),
            ..Provider::default()
        };
        if let Some(clusters) = settings["clusters"].as_array() {
            provider.clusters = clusters.iter().filter_map(Value::as_str).map(Text::from).collect();
        }
        provider
    }

    #[test]
    fn a_pass_fails_where_the_reference_fails_and_never_asks_more() {
        for (case, inventory) in passes("pipeline.json") {
            let name = &case["name"];
            let fatal = inventory.errors.iter().find(|error| error.action != Action::DescribeTasks);
            // A pass may also fail later: by a record that makes the provider crash.
            let told = case["error"]["message"].as_str().unwrap_or_default();
            let fails = told.contains("operation error");
            assert_eq!(fatal.is_some(), fails, "{name}: {:?}", inventory.errors);
            if fails {
                let fatal = fatal.expect("it fails");
                let named = match fatal.action.service() {
                    "ec2" => "EC2",
                    "ssm" => "SSM",
                    _ => "ECS",
                };
                assert!(told.contains(&format!("operation error {named}: {}", fatal.action.name())), "{name}: {fatal}");
                assert!(fatal.kind == CallErrorKind::Garbled || told.contains(&*fatal.code), "{name}: {fatal}");
            } else if case["error"].is_null() {
                for (action, calls) in &inventory.calls {
                    let most = case["calls"][action.name()].as_u64();
                    assert!(most.is_none_or(|most| *calls <= most), "{name}: {calls} of {action}, not {most:?}");
                    let varies = case["nondeterministic"].to_string().contains(action.name());
                    assert!(most.is_some() || varies, "{name}: {action} is not called");
                }
            }
            if let Some(regions) = case["requestRegions"].as_array() {
                assert_eq!(regions[0].as_str(), inventory.region.as_deref(), "{name}");
            }
        }
    }

    #[test]
    fn what_was_listed_and_not_described_is_what_the_reference_logs() {
        let mut lost = 0;
        for (case, inventory) in passes("pipeline.json") {
            if case["error"]["stage"] == "provide" {
                continue;
            }
            let logs = case["logs"].as_array().cloned().unwrap_or_default();
            let logged = |subjects: &str| {
                logs.iter().any(|log| log["message"] == format!("Unable to describe tasks for [{subjects}]"))
            };
            for error in &inventory.errors {
                lost += 1;
                assert!(logged(&error.subjects.join(" ")), "{}: {error}", case["name"]);
            }
        }
        assert!(lost > 0, "some calls fail");
    }

    #[test]
    fn a_fault_with_a_wrong_number_is_refused() {
        let world = serde_json::json!({ "faults": [{ "action": "ListTasks", "call": 0, "code": "X", "status": 400 }] });
        assert!(World::read(&world).is_err());
    }
}
