//! Puts together, for each container, what Traefik knows of it: its definition, and where it runs.
//!
//! Decides only what Traefik decides while it reads: whether a task counts at all, and whether a container can be
//! placed. Whether it is wanted is decided later.

use std::sync::{Arc, LazyLock};

use super::decision::{Evidence, Stage};
use super::definition::{Places, defined};
use super::ending::Crash;
use super::known::{Known, LabelsId};
use super::reason::{EnabledBy, Reason, StateOf};
use super::verdict::{Found, Machine, Port, Subject, Verdict};
use crate::decode::DecodeError;
use crate::model::{
    Action, CallError, ClusterRecords, Container, Index, Inventory, Release, Seen, Task, TaskDefinition, Text,
};
use crate::settings::Provider;
use crate::template::normalize;

/// What is known of a container that Traefik can place; only [`assemble`] makes one.
#[derive(Debug)]
pub(super) struct Standing {
    /// Whose state counts.
    pub(super) state_of: StateOf,
    /// That state, in lower case.
    pub(super) state: Text,
    /// The task's health, where Traefik looks at it.
    pub(super) health: Option<Text>,
    /// Whether it is wanted, and who says so.
    pub(super) enabled: Arc<EnabledBy>,
    /// Its labels.
    pub(super) labels: LabelsId,
}

/// A container as far as it came: with a standing where it goes on.
pub(super) struct Candidate {
    pub(super) verdict: Verdict,
    pub(super) standing: Option<Standing>,
}

/// What is left once every container was handed on.
pub(super) struct Assembled<'a> {
    pub(super) known: Known<'a>,
    /// What makes Traefik crash while it reads, with the place of its cluster.
    pub(super) crash: Option<(usize, Crash)>,
}

/// Assembles every container of an inventory and hands one after the other on, in the order of clusters, tasks and
/// containers.
pub(super) fn assemble<'a>(
    inventory: &'a Inventory,
    settings: &Provider,
    release: Release,
    take: &mut dyn FnMut(&mut Known<'a>, Candidate),
) -> Assembled<'a> {
    let definitions = inventory.task_definitions.iter().collect();
    let done = Assembled { known: Known::default(), crash: None };
    let mut assembly = Assembly { inventory, settings, release, definitions, failed: failed(inventory), take, done };
    for (index, records) in inventory.clusters.iter().enumerate() {
        assembly.cluster(index, records);
    }
    assembly.done
}

/// How many containers the records hold.
pub(super) fn contained(inventory: &Inventory) -> usize {
    inventory.clusters.iter().flat_map(|records| &records.tasks).map(|task| task.containers.len()).sum()
}

struct Assembly<'a, 't> {
    inventory: &'a Inventory,
    settings: &'t Provider,
    release: Release,
    definitions: Index<&'a Text, &'a Arc<TaskDefinition>>,
    /// The calls that failed, by the tasks that they were to describe.
    failed: Index<&'a Text, &'a CallError>,
    take: &'t mut dyn FnMut(&mut Known<'a>, Candidate),
    done: Assembled<'a>,
}

/// The first DescribeTasks that failed, of every task that one was to describe.
fn failed(inventory: &Inventory) -> Index<&Text, &CallError> {
    let mut failed = Index::default();
    for error in inventory.errors.iter().filter(|error| error.action == Action::DescribeTasks) {
        for task in &error.subjects {
            failed.entry(task).or_insert(error);
        }
    }
    failed
}

impl<'a> Assembly<'a, '_> {
    fn hand_on(&mut self, verdict: Verdict, standing: Option<Standing>) {
        (self.take)(&mut self.done.known, Candidate { verdict, standing });
    }

    fn cluster(&mut self, index: usize, records: &'a ClusterRecords) {
        let mut described = Seen::default();
        described.reserve(records.tasks.len());
        for task in &records.tasks {
            if described.insert(&task.task_arn) {
                self.task(index, records, task);
            }
        }
        for arn in records.listed.iter().flatten().filter(|arn| !described.contains(arn)) {
            self.missing(index, records, arn);
        }
    }

    /// A task that was listed and not described.
    fn missing(&mut self, index: usize, records: &ClusterRecords, arn: &Text) {
        let error = self.failed.get(arn).copied().cloned();
        let mut verdict = Verdict::open(subject(index, &records.cluster, arn));
        verdict.id = last_twelve(arn).unwrap_or_default();
        verdict.step(Stage::Describe, Err(Reason::TaskNotDescribed { error }));
        self.hand_on(verdict, None);
    }

    fn task(&mut self, index: usize, records: &ClusterRecords, task: &'a Arc<Task>) {
        if task.containers.is_empty() {
            return self.empty(index, records, task);
        }
        let definition = self.definitions.get(&task.task_definition_arn).copied();
        let places = definition.map(|definition| Places::of(definition, task.containers.len()));
        for container in 0..task.containers.len() {
            let mut verdict = Verdict::open(Subject {
                task: Some(task.clone()),
                container_index: Some(container),
                definition: definition.cloned(),
                ..subject(index, &records.cluster, &task.task_arn)
            });
            let container = &task.containers[container];
            let place = places.as_ref().and_then(|places| places.find(container));
            let assigned = Assigned { records, task, container, definition, place };
            let standing = self.container(&assigned, &mut verdict);
            self.hand_on(verdict, standing);
        }
    }

    /// A task without containers leaves no trace, unless it doesn't even count.
    fn empty(&mut self, index: usize, records: &ClusterRecords, task: &Arc<Task>) {
        let subject = subject(index, &records.cluster, &task.task_arn);
        let mut verdict = Verdict::open(Subject { task: Some(task.clone()), ..subject });
        verdict.id = last_twelve(&task.task_arn).unwrap_or_default();
        verdict.step(Stage::Describe, Ok(Evidence::Described));
        if verdict.step(Stage::TaskHealth, self.task_counts(task, None)).is_none() {
            self.hand_on(verdict, None);
        }
    }

    fn container(&mut self, assigned: &Assigned<'a, '_>, verdict: &mut Verdict) -> Option<Standing> {
        let Assigned { task, container, definition, place: at, .. } = *assigned;
        name(verdict, task, container);
        verdict.step(Stage::Describe, Ok(Evidence::Described))?;
        verdict.step(Stage::TaskHealth, self.task_counts(task, definition.map(Arc::as_ref)))?;
        self.crash_on_name(task, container, verdict);
        verdict.subject.definition_index = at;
        let found = definition.zip(at);
        verdict.step(Stage::Definition, defined(task, definition, at))?;
        let (definition, at) = found?;
        let labels = self.done.known.labels(definition, at, self.settings.exposed_by_default);
        let Place { machine, state_of, state, health } = match self.place(assigned, definition, labels) {
            Ok(place) => place,
            Err(reason) => {
                verdict.step(Stage::Machine, Err(reason))?;
                return None;
            }
        };
        verdict.step(Stage::Machine, Ok(Evidence::Machine(machine.clone())))?;
        verdict.machine = Some(machine);
        self.identify(task, verdict)?;
        let enabled = self.enabled(labels, verdict);
        let outcome = enabled.clone().map(Evidence::EnableLabel);
        verdict.step(Stage::EnableLabel, outcome.map_err(|error| Reason::EnableLabelInvalid { error }))?;
        Some(Standing { state_of, state, health, enabled: enabled.ok()?, labels })
    }

    /// What the labels say of `traefik.enable`; Traefik crashes on some.
    fn enabled(&mut self, labels: LabelsId, verdict: &Verdict) -> Result<Arc<EnabledBy>, DecodeError> {
        let enabled = self.done.known.get(labels).enabled.clone();
        if let Err(error) = &enabled
            && error.problem.is_panic()
        {
            self.crash(verdict, Crash::label(verdict, error));
        }
        enabled
    }

    /// Whether a task counts: v2.11 takes those alone that run, later releases can be told to take healthy ones alone.
    fn task_counts(&self, task: &Task, definition: Option<&TaskDefinition>) -> Result<Evidence, Reason> {
        let health = task.health_status.clone();
        if self.release < Release::V3_0 {
            let state = task.last_status.clone().unwrap_or_default();
            if &*state != "RUNNING" {
                return Err(Reason::NotRunning { of: StateOf::Task, state: state.to_lowercase().into() });
            }
            return Ok(Evidence::TaskHealth { required: false, health });
        }
        let required = self.settings.healthy_tasks_only;
        if required && health.as_deref() != Some("HEALTHY") {
            let health_check =
                definition.map(|definition| definition.container_definitions.iter().any(|one| one.health_check));
            return Err(Reason::TaskUnhealthy { health, health_check });
        }
        Ok(Evidence::TaskHealth { required, health })
    }

    /// Three releases read the name of every container without asking whether there is one.
    fn crash_on_name(&mut self, task: &Task, container: &Container, verdict: &Verdict) {
        let reads_blindly = (Release::V3_0..=Release::V3_2).contains(&self.release);
        let compared = verdict.subject.definition.as_ref().is_some_and(|known| !known.container_definitions.is_empty());
        if reads_blindly && compared && container.name.is_none() {
            self.crash(verdict, Crash::ContainerName { task: task.task_arn.clone() });
        }
    }

    fn crash(&mut self, verdict: &Verdict, crash: Crash) {
        self.done.crash.get_or_insert((verdict.subject.cluster_index, crash));
    }

    /// Cuts the end off the task's ARN, by which Traefik tells replicas apart; it crashes where there isn't enough.
    fn identify(&mut self, task: &Task, verdict: &mut Verdict) -> Option<()> {
        if last_twelve(&task.task_arn).is_none() {
            self.crash(verdict, Crash::TaskArn { task: task.task_arn.clone() });
            return verdict.step(Stage::EnableLabel, Err(Reason::TaskArnTooShort));
        }
        Some(())
    }

    /// Where a container runs.
    fn place(
        &mut self,
        assigned: &Assigned<'_, '_>,
        definition: &TaskDefinition,
        labels: LabelsId,
    ) -> Result<Place, Reason> {
        let Assigned { records, task, container, .. } = *assigned;
        // Any attachment counts, of whatever type and in whatever state.
        if definition.network_mode.as_deref() == Some("awsvpc") && !task.attachments.is_empty() {
            return self.on_interface(task, container, self.done.known.get(labels).ports.clone());
        }
        self.on_instance(records, task, container)
    }

    fn on_interface(&self, task: &Task, container: &Container, ports: Arc<[Port]>) -> Result<Place, Reason> {
        let interface = container.network_interfaces.first().ok_or(Reason::NetworkInterfaceMissing)?;
        let ipv4 = interface.private_ipv4_address.clone().filter(|address| !address.is_empty());
        let ipv6 = interface.ipv6_address.clone().filter(|_| self.release >= Release::V3_6);
        Ok(Place {
            machine: Arc::new(Machine { found: Found::Interface, address: ipv4.or(ipv6).unwrap_or_default(), ports }),
            state_of: StateOf::Task,
            state: lower(task.last_status.as_ref()),
            health: task.health_status.clone(),
        })
    }

    fn on_instance(&mut self, records: &ClusterRecords, task: &Task, container: &Container) -> Result<Place, Reason> {
        let instance = task.container_instance_arn.as_ref().and_then(|arn| records.container_instances.get(arn));
        let id = instance.and_then(|instance| instance.ec2_instance_id.clone());
        let ports = container.network_bindings.iter();
        let ports = ports.map(|binding| Port::of(binding.container_port, binding.host_port)).collect();
        let ec2 = id.as_ref().filter(|id| !id.starts_with("mi-")).and_then(|id| self.inventory.ec2_instances.get(id));
        if let (Some(ec2), Some(id)) = (ec2, &id) {
            if ec2.state.is_none() {
                self.done.crash.get_or_insert((self.index_of(records), Crash::InstanceState { instance: id.clone() }));
            }
            let address = ec2.private_ip_address.clone().unwrap_or_default();
            let state = ec2.state.as_ref().and_then(|state| state.name.clone()).unwrap_or_default();
            let machine = Arc::new(Machine { found: Found::Ec2 { instance: id.clone() }, address, ports });
            return Ok(Place { machine, state_of: StateOf::Ec2Instance, state, health: None });
        }
        let external = id.as_ref().filter(|_| self.settings.ecs_anywhere);
        if let Some((id, ssm)) = external.and_then(|id| Some((id, self.inventory.ssm_instances.get(id)?))) {
            let address = ssm.ip_address.clone().unwrap_or_default();
            let machine = Arc::new(Machine { found: Found::External { instance: id.clone() }, address, ports });
            let state = lower(task.last_status.as_ref());
            return Ok(Place { machine, state_of: StateOf::ExternalInstance, state, health: None });
        }
        Err(Reason::ContainerInstanceMissing {
            instance: task.container_instance_arn.clone(),
            machine: id,
            ecs_anywhere: self.settings.ecs_anywhere,
        })
    }

    fn index_of(&self, records: &ClusterRecords) -> usize {
        self.inventory.clusters.iter().position(|known| std::ptr::eq(known, records)).unwrap_or_default()
    }
}

/// A container with the records around it.
struct Assigned<'a, 'r> {
    records: &'r ClusterRecords,
    task: &'a Arc<Task>,
    container: &'a Container,
    /// The revision that the task runs, where it was read.
    definition: Option<&'a Arc<TaskDefinition>>,
    /// Its own place there.
    place: Option<usize>,
}

/// Where a container runs, and what of its state counts there.
struct Place {
    machine: Arc<Machine>,
    state_of: StateOf,
    state: Text,
    health: Option<Text>,
}

fn subject(index: usize, cluster: &Text, arn: &Text) -> Subject {
    Subject {
        cluster: cluster.clone(),
        cluster_index: index,
        task_arn: arn.clone(),
        task: None,
        container_index: None,
        definition: None,
        definition_index: None,
    }
}

/// The names by which Traefik knows a container: the task's group, its first colon as a dash, a dash, and the
/// container's name.
fn name(verdict: &mut Verdict, task: &Task, container: &Container) {
    let (group, name) = (task.group.as_deref().unwrap_or_default(), container.name.as_deref().unwrap_or_default());
    let mut text = String::with_capacity(group.len() + name.len() + 16);
    match group.split_once(':') {
        Some((before, behind)) => text.extend([before, "-", behind]),
        None => text.push_str(group),
    }
    text.extend(["-", name]);
    verdict.raw_name = text.as_str().into();
    verdict.name = if is_normal(&text) {
        verdict.raw_name.clone()
    } else {
        text = String::from_utf8_lossy(&normalize(text.as_bytes())).into_owned();
        text.as_str().into()
    };
    verdict.id = last_twelve(&task.task_arn).unwrap_or_default();
    text.extend(["-", &verdict.id]);
    verdict.instance = text.into();
}

/// Whether a name surely is what `normalize` makes of it: most are.
fn is_normal(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain && !name.starts_with('-') && !name.ends_with('-') && !name.contains("--")
}

fn last_twelve(arn: &str) -> Option<Text> {
    let start = arn.len().checked_sub(12)?;
    Some(match arn.get(start..) {
        Some(end) => end.into(),
        None => String::from_utf8_lossy(&arn.as_bytes()[start..]).into(),
    })
}

/// A state as Traefik compares it.
fn lower(state: Option<&Text>) -> Text {
    match state.map(AsRef::as_ref) {
        None => Text::default(),
        Some("RUNNING") => RUNNING.clone(),
        Some(other) => other.to_lowercase().into(),
    }
}

/// What nearly every state is, once.
static RUNNING: LazyLock<Text> = LazyLock::new(|| "running".into());
