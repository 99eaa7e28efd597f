//! Writes down what a pass read, so that it can be replayed anywhere, failures included.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::masking::{Environment, masked};
use super::snapshot::{RecordedError, RecordedFailure, Snapshot, VERSION};
use super::snapshot_source::means;
use crate::model::{Action, CallError, CallErrorKind, Cluster, ContainerInstance, Inventory, PassNote, Task, Text};
use crate::settings::Provider;

/// What goes beside the records.
#[derive(Debug, Clone)]
pub struct Recording<'a> {
    /// What the pass was made with.
    pub settings: &'a Provider,
    /// Every cluster there is, or why they could not be listed.
    pub listed: Result<Vec<Text>, CallError>,
    /// The account, where it is known.
    pub account: Option<Text>,
    /// When, as RFC 3339.
    pub recorded_at: Text,
    /// What becomes of the environment of container definitions.
    pub environment: Environment,
}

impl Snapshot {
    /// The snapshot of a pass that asked for everything.
    pub fn record(inventory: &Inventory, recording: Recording<'_>) -> Self {
        let (clusters, refusal) = match recording.listed {
            Ok(listed) => (Some(with_searched(listed, inventory)), None),
            Err(error) => (None, Some(error).filter(|error| !inventory.errors.contains(error))),
        };
        let searched = inventory.notes.iter().any(|note| matches!(note, PassNote::Clusters(_)));
        let unread = clusters
            .iter()
            .flatten()
            .filter(|listed| !inventory.clusters.iter().any(|records| means(&records.cluster, listed)));
        let unread: Vec<Text> = unread.cloned().collect();
        let tasks = tasks(inventory);
        let stopping: Vec<Text> =
            tasks.iter().filter(|task| is_stopping(task)).map(|task| task.task_arn.clone()).collect();
        let read = |action: Action| searched && !inventory.errors.iter().any(|error| is_gap(error, action));
        Self {
            version: Some(VERSION),
            region: inventory.region.clone(),
            account: recording.account.or_else(|| inventory.account.clone()),
            recorded_at: Some(recording.recorded_at),
            settings: Some(settings(recording.settings)),
            clusters: clusters.map(|listed| listed.into_iter().map(cluster).collect()),
            unread_clusters: (!unread.is_empty()).then_some(unread),
            tasks: read(Action::ListTasks).then_some(tasks),
            stopping_tasks: (!stopping.is_empty()).then_some(stopping),
            container_instances: read(Action::DescribeContainerInstances).then(|| container_instances(inventory)),
            task_definitions: read(Action::DescribeTaskDefinition).then(|| {
                let known = inventory.task_definitions.values();
                known.map(|definition| masked(definition, recording.environment)).collect()
            }),
            ec2_instances: read(Action::DescribeInstances).then(|| inventory.ec2_instances.values().cloned().collect()),
            ssm_instances: read(Action::DescribeInstanceInformation)
                .then(|| inventory.ssm_instances.values().cloned().collect()),
            failures: Some(failures(inventory)),
            errors: Some(refusal.iter().chain(&inventory.errors).filter_map(error).collect()),
        }
    }

    /// Writes it: a record on each line, so that two snapshots can be compared as text.
    ///
    /// # Errors
    /// When the output can't be written.
    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let mut sections = Sections { output, first: true };
        sections.field("version", self.version.as_ref())?;
        sections.field("region", self.region.as_ref())?;
        sections.field("account", self.account.as_ref())?;
        sections.field("recordedAt", self.recorded_at.as_ref())?;
        sections.field("settings", self.settings.as_ref())?;
        sections.records("clusters", self.clusters.as_deref())?;
        sections.records("unreadClusters", self.unread_clusters.as_deref())?;
        sections.records("tasks", self.tasks.as_deref())?;
        sections.records("stoppingTasks", self.stopping_tasks.as_deref())?;
        sections.records("containerInstances", self.container_instances.as_deref())?;
        sections.records("taskDefinitions", self.task_definitions.as_deref())?;
        sections.records("ec2Instances", self.ec2_instances.as_deref())?;
        sections.records("ssmInstances", self.ssm_instances.as_deref())?;
        sections.records("failures", self.failures.as_deref())?;
        sections.records("errors", self.errors.as_deref())?;
        sections.output.write_all(b"\n}\n")
    }
}

/// Writes one section after another.
struct Sections<'a, W> {
    output: &'a mut W,
    first: bool,
}

impl<W: Write> Sections<'_, W> {
    fn name(&mut self, name: &str) -> io::Result<()> {
        let before = if self.first { "{\n" } else { ",\n" };
        self.first = false;
        write!(self.output, "{before}\"{name}\": ")
    }

    fn field(&mut self, name: &str, value: Option<&impl Serialize>) -> io::Result<()> {
        let Some(value) = value else { return Ok(()) };
        self.name(name)?;
        Ok(serde_json::to_writer(&mut *self.output, value)?)
    }

    fn records(&mut self, name: &str, records: Option<&[impl Serialize]>) -> io::Result<()> {
        let Some(records) = records else { return Ok(()) };
        self.name(name)?;
        for (at, record) in records.iter().enumerate() {
            self.output.write_all(if at == 0 { b"[\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *self.output, record)?;
        }
        self.output.write_all(if records.is_empty() { b"[]" } else { b"\n]" })
    }
}

/// The provider's options under Traefik's names, without credentials.
fn settings(provider: &Provider) -> Map<String, Value> {
    let clusters = provider.clusters.iter().map(|cluster| Value::from(&**cluster)).collect::<Vec<_>>();
    let options: [(&str, Value); 9] = [
        ("constraints", Value::from(&*provider.constraints)),
        ("exposedByDefault", Value::from(provider.exposed_by_default)),
        ("refreshSeconds", Value::from(provider.refresh_seconds)),
        ("defaultRule", Value::from(&*provider.default_rule)),
        ("clusters", Value::from(clusters)),
        ("autoDiscoverClusters", Value::from(provider.auto_discover_clusters)),
        ("healthyTasksOnly", Value::from(provider.healthy_tasks_only)),
        ("ecsAnywhere", Value::from(provider.ecs_anywhere)),
        ("region", Value::from(&*provider.region)),
    ];
    options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The clusters that were listed, and those that answered although they were not.
fn with_searched(mut listed: Vec<Text>, inventory: &Inventory) -> Vec<Text> {
    let failed = |cluster: &Text| {
        let mut errors = inventory.errors.iter().filter(|error| error.action == Action::ListTasks);
        errors.any(|error| error.cluster.as_ref() == Some(cluster))
    };
    for records in inventory.clusters.iter().filter(|records| !failed(&records.cluster)) {
        if !listed.iter().any(|known| means(&records.cluster, known)) {
            listed.push(records.cluster.clone());
        }
    }
    listed
}

fn cluster(arn: Text) -> Cluster {
    let name = arn.rsplit('/').next().map(Text::from);
    Cluster { cluster_arn: arn, cluster_name: name, status: None }
}

/// Every described task once, in the order of the search.
fn tasks(inventory: &Inventory) -> Vec<Arc<Task>> {
    let mut seen = BTreeSet::new();
    let all = inventory.clusters.iter().flat_map(|records| &records.tasks);
    all.filter(|task| seen.insert(&task.task_arn)).cloned().collect()
}

/// Whether the task is to stop by now, although it was listed among those that are to run.
fn is_stopping(task: &Task) -> bool {
    task.desired_status.as_deref().is_some_and(|status| status != "RUNNING")
}

fn container_instances(inventory: &Inventory) -> Vec<Arc<ContainerInstance>> {
    let all = inventory.clusters.iter().flat_map(|records| &records.container_instances);
    all.collect::<BTreeMap<_, _>>().into_values().cloned().collect()
}

fn failures(inventory: &Inventory) -> Vec<RecordedFailure> {
    let recorded = inventory.missing.iter().map(|missing| RecordedFailure {
        action: Some(missing.action.name().into()),
        cluster: missing.cluster.clone(),
        arn: Some(missing.arn.clone()),
        reason: Some(missing.reason.clone()),
    });
    recorded.collect()
}

/// Whether a section can't be written because what was replayed doesn't hold it.
fn is_gap(error: &CallError, action: Action) -> bool {
    error.action == action && error.kind == CallErrorKind::NotRecorded
}

fn error(error: &CallError) -> Option<RecordedError> {
    (error.kind != CallErrorKind::NotRecorded).then(|| RecordedError {
        action: error.action.name().into(),
        cluster: error.cluster.clone(),
        subjects: error.subjects.clone(),
        code: error.code.clone(),
        message: error.message.clone(),
    })
}
