//! Asks AWS itself: who the caller is, and one harmless call for each action that is asked for.
//!
//! What one call finds the next one uses, so that real tasks, instances and revisions are asked for; where there are
//! none, made-up ones are, which shows as much of the permission as there is to see.

use std::collections::BTreeSet;

use super::super::live::connected;
use super::super::settings::Settings;
use crate::cli::SourceArgs;
use crate::console::Console;
use crate::discover::cluster_names;
use crate::failure::Failure;
use crate::iam::FleetFacts;
use crate::model::{Action, CallError, CallErrorKind, Text};
use crate::source::Source;
use crate::source::live::{Connection, Identity, LiveSource};

/// What AWS said.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) region: Text,
    /// Whose permissions were tried, where STS said so in time.
    pub(super) identity: Option<Identity>,
    /// The clusters that were looked at.
    pub(super) clusters: Vec<Text>,
    /// What was seen of the fleet. There may be more that wasn't.
    pub(super) facts: FleetFacts,
    /// Every call, in the order in which they were made.
    pub(super) probes: Vec<Probe>,
}

/// One call, and what came of it.
#[derive(Debug)]
pub(super) struct Probe {
    pub(super) tried: Tried,
    pub(super) outcome: Result<(), CallError>,
}

/// What was asked for.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) action: Action,
    pub(super) cluster: Option<Text>,
    /// In words: `the tasks were listed`.
    pub(super) what: String,
    pub(super) subject: Subject,
}

/// Whether what was asked for is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Real,
    /// There was nothing real to ask for. Conditions on its tags or its id may still refuse a real one.
    MadeUp,
}

impl Tried {
    fn real(action: Action, cluster: Option<&Text>, what: impl Into<String>) -> Self {
        Self { action, cluster: cluster.cloned(), what: what.into(), subject: Subject::Real }
    }

    fn made_up(action: Action, cluster: Option<&Text>, what: impl Into<String>) -> Self {
        Self { subject: Subject::MadeUp, ..Self::real(action, cluster, what) }
    }
}

/// Asks AWS for each of these actions.
///
/// # Errors
/// When there is no connection to be had, or AWS doesn't take the credentials.
pub(super) fn survey(
    arguments: &SourceArgs,
    settings: &Settings,
    actions: &BTreeSet<Action>,
    console: &mut Console<'_>,
) -> Result<Survey, Failure> {
    let provider = &settings.provider;
    let found =
        connected(arguments, provider, console, async |connection, _| ask(connection, settings, actions).await)?;
    let refused = |probe: &Probe| match &probe.outcome {
        Err(error) if error.kind == CallErrorKind::Credentials => Some(error.clone()),
        _ => None,
    };
    match found.probes.iter().find_map(refused) {
        Some(error) => Err(Failure::system("AWS does not take these credentials").because(&error)),
        None => Ok(found),
    }
}

async fn ask(connection: &Connection, settings: &Settings, actions: &BTreeSet<Action>) -> Survey {
    let source = &connection.source;
    let identity = connection.identity().await;
    let facts = FleetFacts { has_tasks: false, on_instances: false, on_ec2: false, on_external: false };
    let mut asking = Asking { source, actions, probes: Vec::new(), facts, definition: None, external: None };
    let clusters = asking.clusters(settings).await;
    for cluster in &clusters {
        asking.cluster(cluster).await;
    }
    asking.elsewhere().await;
    let Asking { probes, facts, .. } = asking;
    Survey { region: connection.region().0, identity, clusters, facts, probes }
}

/// The number of digits of an id that ECS makes.
const MADE_UP: &str = "00000000000000000000000000000000";

/// A family that nobody has.
const MADE_UP_FAMILY: &str = "ecsroute-permission-probe";

/// An external instance that nobody has.
const MADE_UP_EXTERNAL: &str = "mi-00000000000000000";

/// The most records that one call may name.
const BATCH: usize = 100;

/// Calls under way, and what they found for those to come.
struct Asking<'a> {
    source: &'a LiveSource,
    actions: &'a BTreeSet<Action>,
    probes: Vec<Probe>,
    facts: FleetFacts,
    definition: Option<Text>,
    external: Option<Text>,
}

impl Asking<'_> {
    /// Notes a call; gives its answer.
    fn note<T>(&mut self, tried: Tried, outcome: Result<T, CallError>) -> Option<T> {
        let (answer, outcome) = match outcome {
            Ok(answer) => (Some(answer), Ok(())),
            Err(error) => (None, Err(error)),
        };
        self.probes.push(Probe { tried, outcome });
        answer
    }

    /// The clusters to look at: those that are set, or all that are listed.
    async fn clusters(&mut self, settings: &Settings) -> Vec<Text> {
        let provider = &settings.provider;
        let mut listed = None;
        if self.actions.contains(&Action::ListClusters) {
            let outcome = cluster_names(self.source).await;
            listed = self.note(Tried::real(Action::ListClusters, None, "the clusters were listed"), outcome);
        }
        match listed.filter(|_| provider.auto_discover_clusters) {
            Some(listed) if !listed.is_empty() => listed,
            _ => provider.clusters.clone(),
        }
    }

    async fn cluster(&mut self, cluster: &Text) {
        if self.actions.contains(&Action::DescribeClusters) {
            let outcome = self.source.describe_cluster(cluster).await;
            self.note(Tried::real(Action::DescribeClusters, Some(cluster), "the cluster was asked for"), outcome);
        }
        let outcome = self.source.list_tasks(cluster, None).await;
        // What may not be listed may be there.
        self.facts.has_tasks |= outcome.as_ref().is_err_and(|error| error.kind != CallErrorKind::NotFound);
        let page = self.note(Tried::real(Action::ListTasks, Some(cluster), "the tasks were listed"), outcome);
        let mut tasks = page.map(|page| page.items).unwrap_or_default();
        tasks.truncate(BATCH);
        self.facts.has_tasks |= !tasks.is_empty();
        let instances = self.tasks(cluster, tasks).await;
        self.instances(cluster, instances).await;
    }

    /// Asks for tasks; gives the container instances that they run on.
    async fn tasks(&mut self, cluster: &Text, tasks: Vec<Text>) -> Vec<Text> {
        const ACTION: Action = Action::DescribeTasks;
        let (asked, tried) = if tasks.is_empty() {
            let what = "a made-up task was asked for, since none was seen running";
            (vec![MADE_UP.into()], Tried::made_up(ACTION, Some(cluster), what))
        } else {
            let what = format!("running tasks were asked for ({})", tasks.len());
            (tasks, Tried::real(ACTION, Some(cluster), what))
        };
        let outcome = self.source.describe_tasks(cluster, &asked).await;
        let tasks = self.note(tried, outcome).map(|described| described.records).unwrap_or_default();
        if self.definition.is_none() {
            self.definition = tasks.first().map(|task| task.task_definition_arn.clone());
        }
        let on = tasks.iter().filter_map(|task| task.container_instance_arn.clone()).filter(|arn| !arn.is_empty());
        let on: BTreeSet<Text> = on.collect();
        self.facts.on_instances |= !on.is_empty();
        on.into_iter().take(BATCH).collect()
    }

    async fn instances(&mut self, cluster: &Text, instances: Vec<Text>) {
        const ACTION: Action = Action::DescribeContainerInstances;
        let (asked, tried) = if instances.is_empty() {
            let what = "a made-up container instance was asked for, since no task was seen on one";
            (vec![MADE_UP.into()], Tried::made_up(ACTION, Some(cluster), what))
        } else {
            let what = format!("container instances were asked for ({})", instances.len());
            (instances, Tried::real(ACTION, Some(cluster), what))
        };
        let outcome = self.source.describe_container_instances(cluster, &asked).await;
        let records = self.note(tried, outcome).map(|described| described.records).unwrap_or_default();
        for id in records.iter().filter_map(|instance| instance.ec2_instance_id.clone()) {
            if id.starts_with("mi-") {
                self.facts.on_external = true;
                self.external = Some(id);
            } else {
                self.facts.on_ec2 = true;
            }
        }
    }

    /// Asks for what belongs to no cluster.
    async fn elsewhere(&mut self) {
        const DEFINITION: Action = Action::DescribeTaskDefinition;
        let (definition, tried) = if let Some(definition) = self.definition.clone() {
            (definition, Tried::real(DEFINITION, None, "the definition of a running task was asked for"))
        } else {
            let what = "a made-up task definition was asked for, since no running task was seen";
            (MADE_UP_FAMILY.into(), Tried::made_up(DEFINITION, None, what))
        };
        let outcome = self.source.describe_task_definition(&definition).await;
        self.note(tried, outcome);
        if self.actions.contains(&Action::DescribeInstances) {
            let outcome = self.source.rehearse_describe_instances().await;
            let what = "instances were asked for, as a dry run";
            self.note(Tried::real(Action::DescribeInstances, None, what), outcome);
        }
        if self.actions.contains(&Action::DescribeInstanceInformation) {
            self.external().await;
        }
    }

    async fn external(&mut self) {
        const ACTION: Action = Action::DescribeInstanceInformation;
        let (instance, tried) = if let Some(instance) = self.external.clone() {
            (instance, Tried::real(ACTION, None, "an external instance was asked for"))
        } else {
            let what = "a made-up external instance was asked for, since none was seen";
            (MADE_UP_EXTERNAL.into(), Tried::made_up(ACTION, None, what))
        };
        let outcome = self.source.describe_instance_information(&[instance], None).await;
        self.note(tried, outcome);
    }
}
