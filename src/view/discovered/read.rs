//! From a pass to the shape that is shown.

use super::{
    Conflict, Container, Difference, Discovered, Failed, Missing, Permissions, Router, Server, Summary, Traefik,
    Variant,
};
use crate::dynamic::Section;
use crate::model::{Action, CallError, CallErrorKind, Text};
use crate::pipeline::{self, Crash, Ending, Reason, Run, Verdict};

/// What is known of a pass beside the pass itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// `live`, `snapshot` or `demo`.
    pub source: &'static str,
    /// When, as RFC 3339.
    pub time: Option<Text>,
    /// Who asked.
    pub identity: Option<Text>,
}

impl Discovered {
    /// The view of a pass.
    pub fn of(run: &Run, facts: Facts) -> Self {
        let mut containers: Vec<_> = run.verdicts.iter().map(|verdict| container(run, verdict)).collect();
        containers.sort_by(|a, b| key(a).cmp(&key(b)));
        let inventory = &run.inventory;
        let denied = denied(&inventory.errors);
        let used = inventory.calls.keys().filter(|action| !denied.contains(&action.iam()));
        Self {
            schema: "ecsroute.discover/1",
            complete: inventory.is_complete() && run.ending.is_published(),
            source: facts.source,
            region: inventory.region.clone(),
            account: inventory.account.clone(),
            identity: facts.identity,
            time: facts.time,
            traefik: Traefik { version: run.release.minor(), outcome: run.ending.id(), message: ending(&run.ending) },
            summary: summary(run),
            clusters: inventory.clusters.iter().map(|records| last(&records.cluster).into()).collect(),
            containers,
            conflicts: run.conflicts.iter().map(conflict).collect(),
            failures: inventory.errors.iter().map(failure).collect(),
            missing: inventory.missing.iter().map(missing).collect(),
            permissions: Permissions { used: used.map(|action| action.iam()).collect(), denied },
            calls: inventory.calls.iter().map(|(action, count)| (action.name(), *count)).collect(),
        }
    }
}

/// What containers are sorted by.
pub fn key(container: &Container) -> (&str, Option<&str>, &str, &str) {
    (&container.cluster, container.ecs_service.as_deref(), &container.container, &container.task)
}

fn summary(run: &Run) -> Summary {
    let listed = |records: &crate::model::ClusterRecords| records.listed.iter().map(Vec::len).sum::<usize>();
    let routed = run.routed().count();
    Summary {
        clusters: run.inventory.clusters.len(),
        tasks: run.inventory.clusters.iter().map(listed).sum(),
        containers: run.verdicts.len(),
        routed,
        skipped: run.verdicts.len() - routed,
    }
}

/// What stands behind the last slash of an ARN, or the name itself.
fn last(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

/// The view of one container.
pub fn container(run: &Run, verdict: &Verdict) -> Container {
    let (subject, reason) = (&verdict.subject, verdict.reason());
    let task = subject.task.as_ref();
    let servers: Vec<_> = verdict
        .servers
        .iter()
        .map(|server| Server {
            protocol: server.protocol.name(),
            service: server.service.clone(),
            url: server.address.clone(),
        })
        .collect();
    let routers = verdict.routers.iter().map(|router| Router {
        protocol: router.protocol.name(),
        name: router.name.clone(),
        rule: router.rule.clone(),
        service: router.service.clone(),
    });
    Container {
        cluster: last(&subject.cluster).into(),
        ecs_service: subject.ecs_service().map(Text::from),
        name: verdict.name.clone(),
        task: subject.task_arn.clone(),
        container: subject.container_name().into(),
        definition: task.map(|task| last(&task.task_definition_arn).into()),
        launch_type: task.and_then(|task| task.launch_type.clone()),
        network_mode: subject.definition.as_ref().and_then(|definition| definition.network_mode.clone()),
        address: verdict.machine.as_ref().map(|machine| machine.address.clone()).filter(|address| !address.is_empty()),
        port: servers.first().and_then(|server| server.url.rsplit(':').next()?.parse().ok()),
        routed: reason.is_none(),
        reason: reason.map(Reason::id),
        message: reason.map(Reason::sentence),
        traefik_log: log(run, verdict),
        routers: routers.collect(),
        servers,
        broken: reason.is_some_and(is_fault),
    }
}

/// The lines that Traefik logs about a container, those about what it defines otherwise than others included.
fn log(run: &Run, verdict: &Verdict) -> Option<String> {
    let mut lines = verdict.traefik_log();
    if let Some(Reason::MergedAway { elements, .. }) = verdict.reason() {
        let lost = run.conflicts.iter().filter(|known| elements.contains(&(known.section, known.name.clone())));
        lines.extend(lost.map(pipeline::Conflict::traefik_log));
    }
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// Whether a reason is a fault. The others are wished for, or pass by themselves.
fn is_fault(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::Disabled(_)
            | Reason::ConstraintFalse { .. }
            | Reason::ContainerDefinitionMissing { .. }
            | Reason::NotRunning { .. }
            | Reason::TaskUnhealthy { .. }
            | Reason::TaskNotDescribed { error: None }
    )
}

/// What an ending means for whoever waits for the routes.
/// What Traefik does with a pass that ends like this, in words that follow its name.
pub fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Published { wiped } if wiped.is_empty() => "publishes this configuration".to_owned(),
        Ending::Published { wiped } => format!(
            "publishes a smaller configuration: {} DescribeTasks call{} failed, and their tasks lose their routes",
            wiped.len(),
            if wiped.len() == 1 { "" } else { "s" }
        ),
        Ending::Stale { error, .. } => format!(
            "publishes nothing: {} failed, so the configuration before stays; one that has just started has none",
            error.action
        ),
        Ending::Crashed(crash) => format!("publishes nothing: {}, so its pass fails, again and again", cause(crash)),
        Ending::Refused { message } => format!("does not start: the default rule is wrong ({message})"),
    }
}

fn cause(crash: &Crash) -> String {
    match crash {
        Crash::Label { instance, label } => format!("it crashes on the label `{label}` of {instance}"),
        Crash::TaskArn { task } => format!("it crashes on the task ARN `{task}`, which is too short"),
        Crash::ContainerName { task } => format!("it crashes on a container without a name in {}", last(task)),
        Crash::InstanceState { instance } => format!("it crashes on {instance}, which has no state"),
    }
}

fn denied(errors: &[CallError]) -> Vec<&'static str> {
    let mut denied: Vec<Action> =
        errors.iter().filter(|error| error.kind == CallErrorKind::Denied).map(|error| error.action).collect();
    denied.sort_unstable();
    denied.dedup();
    denied.into_iter().map(Action::iam).collect()
}

/// The view of a conflict.
pub fn conflict(conflict: &pipeline::Conflict) -> Conflict {
    let (protocol, kind) = singular(conflict.section);
    let fields = conflict.fields.iter().map(|field| Difference {
        path: field.path.clone(),
        values: field
            .variants
            .iter()
            .map(|variant| Variant {
                value: variant.value.clone(),
                note: variant.note,
                containers: variant.containers.clone(),
            })
            .collect(),
    });
    Conflict {
        protocol,
        kind,
        name: conflict.name.clone(),
        fields: fields.collect(),
        traefik_log: conflict.traefik_log().to_string(),
    }
}

/// A section's protocol, and what one of its elements is called.
fn singular(section: Section) -> (&'static str, &'static str) {
    let (protocol, elements) = section.path().split_once('.').unwrap_or(("", section.path()));
    let kind = if elements == "options" { elements } else { elements.strip_suffix('s').unwrap_or(elements) };
    (protocol, kind)
}

/// The view of a failed call.
pub fn failure(error: &CallError) -> Failed {
    Failed {
        action: error.action.iam(),
        cluster: error.cluster.as_deref().map(|cluster| last(cluster).into()),
        code: error.code.clone(),
        message: error.message.clone(),
    }
}

fn missing(record: &crate::model::MissingRecord) -> Missing {
    Missing {
        action: record.action.iam(),
        cluster: record.cluster.as_deref().map(|cluster| last(cluster).into()),
        arn: record.arn.clone(),
        reason: record.reason.clone(),
    }
}
