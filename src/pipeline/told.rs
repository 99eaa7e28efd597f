//! What Traefik would log of a pass, read off its decisions.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::decision::Outcome;
use super::ending::{Crash, Ending, cluster_of};
use super::log::{Field, Level, LogLine};
use super::reason::{Reason, RouterCause, RouterDrop};
use super::run::Run;
use super::verdict::Verdict;
use crate::dynamic::Protocol;
use crate::golang::quote::quote;
use crate::model::{Action, CallError, PassNote, Text};

/// Every line of a pass.
pub(super) fn told(run: &Run) -> Vec<LogLine> {
    let mut lines: Vec<_> = run.inventory.notes.iter().map(note).collect();
    let mut reached = Reached::of(run);
    lines.extend(run.inventory.errors[..reached.errors].iter().filter_map(undescribed));
    let mut tasks = BTreeSet::new();
    for verdict in &run.verdicts {
        let of_task = matches!(verdict.reason(), Some(Reason::TaskUnhealthy { .. }));
        if of_task && !tasks.insert((verdict.subject.cluster_index, &verdict.subject.task_arn)) {
            continue;
        }
        if reached.holds(verdict) {
            lines.extend(verdict.traefik_log());
        }
        reached.past_crash |= reached.label.as_ref() == Some(verdict.instance());
    }
    if run.ending.is_published() {
        lines.extend(run.conflicts.iter().map(super::conflict::Conflict::traefik_log));
    }
    lines.extend(end(&run.ending));
    lines
}

/// How far Traefik gets.
struct Reached {
    /// So many failed calls are met.
    errors: usize,
    /// The cluster in which a call fails for good; containers of it are not looked at any more.
    failing: Option<usize>,
    /// The cluster in which it crashes while it reads.
    crashing: Option<usize>,
    /// The container on whose labels it crashes, once everything is read.
    label: Option<Text>,
    /// Whether that container was met; which others were looked at before it depends on the order of maps.
    past_crash: bool,
}

impl Reached {
    fn of(run: &Run) -> Self {
        let all =
            Self { errors: run.inventory.errors.len(), failing: None, crashing: None, label: None, past_crash: false };
        match &run.ending {
            Ending::Stale { error, wiped } => {
                Self { errors: wiped.len(), failing: Some(cluster_of(error, &run.inventory)), ..all }
            }
            Ending::Crashed(_) if run.crashed_in.is_some() => Self { crashing: run.crashed_in, ..all },
            Ending::Crashed(Crash::Label { instance, .. }) => Self { label: Some(instance.clone()), ..all },
            Ending::Published { .. } | Ending::Refused { .. } | Ending::Crashed(_) => all,
        }
    }

    /// Whether the line of a verdict is logged before the pass ends.
    fn holds(&self, verdict: &Verdict) -> bool {
        let index = verdict.subject.cluster_index;
        let Some(reason) = verdict.reason() else { return self.is_whole() && !self.past_crash };
        let read = Reading::of(reason);
        if let Some(failing) = self.failing {
            return index < failing && read != Reading::No || index == failing && read == Reading::Task;
        }
        if let Some(crashing) = self.crashing {
            return index < crashing && read != Reading::No || index == crashing && read == Reading::Task;
        }
        read != Reading::No || !self.past_crash
    }

    fn is_whole(&self) -> bool {
        self.failing.is_none() && self.crashing.is_none()
    }
}

/// Whether a reason is found while Traefik reads, before it looks at any container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// With the tasks.
    Task,
    /// With their containers.
    Container,
    /// Later.
    No,
}

impl Reading {
    fn of(reason: &Reason) -> Self {
        match reason {
            Reason::TaskNotDescribed { .. } | Reason::TaskUnhealthy { .. } => Self::Task,
            Reason::ContainerDefinitionMissing { .. }
            | Reason::NetworkInterfaceMissing
            | Reason::ContainerInstanceMissing { .. }
            | Reason::EnableLabelInvalid { .. } => Self::Container,
            _ => Self::No,
        }
    }
}

fn note(note: &PassNote) -> LogLine {
    match note {
        PassNote::RegionFromMetadata => {
            LogLine::new(Level::Info, "No region provided, will retrieve region from the EC2 Metadata service")
        }
        PassNote::Clusters(clusters) => LogLine::new(Level::Debug, format!("ECS Clusters: [{}]", clusters.join(" "))),
    }
}

/// A DescribeTasks that fails is only logged.
fn undescribed(error: &CallError) -> Option<LogLine> {
    let tasks = error.subjects.join(" ");
    (error.action == Action::DescribeTasks)
        .then(|| LogLine::new(Level::Error, format!("Unable to describe tasks for [{tasks}]")))
}

fn end(ending: &Ending) -> Vec<LogLine> {
    let failed = |error: String| LogLine::new(Level::Error, "Provider error, retrying in <delay>").with("error", error);
    match ending {
        Ending::Published { .. } | Ending::Refused { .. } => Vec::new(),
        Ending::Stale { error, .. } => vec![failed(format!("failed to get ECS configuration: {}", operation(error)))],
        Ending::Crashed(_) => {
            let mut crash = LogLine::new(Level::Error, "Error in Go routine");
            crash.fields = vec![("error", Field::Object)];
            vec![crash, failed("panic in operation: %!w(<nil>)".to_owned())]
        }
    }
}

/// A failed call as the provider and the SDK word it, as far as that doesn't depend on the answer's form.
fn operation(error: &CallError) -> String {
    let doing = match error.action {
        Action::ListTasks => "listing tasks: ",
        Action::DescribeContainerInstances => "describing container instances: ",
        Action::DescribeInstances | Action::DescribeInstanceInformation => "describing instances: ",
        Action::DescribeTaskDefinition => "describing task definition: ",
        Action::ListClusters | Action::DescribeClusters | Action::DescribeTasks => "",
    };
    let (service, name) = (error.action.service().to_uppercase(), error.action.name());
    format!("{doing}operation error {service}: {name}, {}: {}", error.code, error.message)
}

impl Verdict {
    /// The lines that Traefik logs about this container, in its own words.
    pub fn traefik_log(&self) -> Vec<LogLine> {
        let mut lines: Vec<_> = self.dropped_routers.iter().map(|drop| self.router_line(drop)).collect();
        let dropped = self.decisions.iter().find_map(|decision| match &decision.outcome {
            Outcome::Dropped(reason) => Some(reason.as_ref()),
            _ => None,
        });
        lines.extend(dropped.and_then(|reason| self.line(reason)));
        lines
    }

    fn of_instance(&self, level: Level, message: impl Into<String>) -> LogLine {
        LogLine::new(level, message).with("ecs-instance", &**self.instance())
    }

    fn line(&self, reason: &Reason) -> Option<LogLine> {
        let container = self.subject.container_name();
        let filtered = |what: &str| {
            let message = format!("Filtering {what} {} ({})", self.raw_name, self.id);
            self.of_instance(Level::Debug, message)
        };
        Some(match reason {
            Reason::TaskUnhealthy { .. } => {
                LogLine::new(Level::Debug, format!("Skipping unhealthy task {}", self.subject.task_arn))
            }
            Reason::ContainerDefinitionMissing { .. } => {
                LogLine::new(Level::Debug, format!("Unable to find container definition for {container}"))
            }
            Reason::NetworkInterfaceMissing => {
                LogLine::new(Level::Error, format!("Skip container {container}: no network interfaces"))
            }
            Reason::ContainerInstanceMissing { .. } => {
                LogLine::new(Level::Error, format!("Unable to find container instance information for {container}"))
            }
            Reason::EnableLabelInvalid { error } | Reason::LabelsInvalid { error } if error.problem.is_panic() => {
                return None;
            }
            Reason::EnableLabelInvalid { error } => {
                LogLine::new(Level::Error, format!("Skip container {}", self.name)).with("error", error.to_string())
            }
            Reason::NotRunning { state, .. } if self.machine.is_some() => {
                let mut line = filtered("ecs instance with an incorrect state");
                let _ = write!(line.message, " (state = {state})");
                line
            }
            Reason::Unhealthy => filtered("unhealthy ecs instance"),
            Reason::AddressMissing { .. } => filtered("ecs instance without an ip address"),
            Reason::Disabled(_) => filtered("disabled ecs instance"),
            Reason::ConstraintFalse { expression } => {
                let quoted = quote(expression.as_bytes());
                self.of_instance(Level::Debug, format!("Container pruned by constraint expression: {quoted}"))
            }
            Reason::ConstraintInvalid { error, .. } => {
                self.of_instance(Level::Error, "Error matching constraint expression").with("error", error.clone())
            }
            Reason::LabelsInvalid { error } => self.of_instance(Level::Error, "").with("error", error.to_string()),
            Reason::LoadBalancerMissing { service, .. } => self.service_line(service, "load-balancer is not defined"),
            Reason::PortMissing { service, .. } => self.service_line(service, "port is missing"),
            Reason::ServerUrlConflict { service } => {
                self.service_line(service, "defining scheme or port is not allowed when URL is defined")
            }
            Reason::TaskNotDescribed { .. }
            | Reason::TaskArnTooShort
            | Reason::NotRunning { .. }
            | Reason::RouterDropped { .. }
            | Reason::MergedAway { .. } => return None,
        })
    }

    fn service_line(&self, service: &str, problem: &str) -> LogLine {
        let error = format!("service {} error: {problem}", quote(service.as_bytes()));
        self.of_instance(Level::Error, "").with("error", error)
    }

    fn router_line(&self, drop: &RouterDrop) -> LogLine {
        let error = |message: String| {
            let line = match drop.protocol {
                Protocol::Http => LogLine::new(Level::Error, message),
                Protocol::Tcp | Protocol::Udp => self.of_instance(Level::Error, message),
            };
            line.with("routerName", &*drop.router)
        };
        match &drop.cause {
            RouterCause::Template { message } => {
                error("Error while parsing default rule".to_owned()).with("error", message.clone())
            }
            RouterCause::DefaultRuleEmpty => error("Undefined rule".to_owned()),
            RouterCause::RuleEmpty => error("Empty rule".to_owned()),
            RouterCause::ServiceUndecided { services } => {
                let names: Vec<_> = services.iter().map(|name| quote(name.as_bytes())).collect();
                error(format!(
                    "Router {} cannot be linked automatically with multiple Services: [{}]",
                    drop.router,
                    names.join(" ")
                ))
            }
            RouterCause::TooManyServices { .. } | RouterCause::NoneDefined => {
                LogLine::new(Level::Info, "Could not create a router for the container: too many services")
            }
        }
    }
}
