//! The sentence of a reason: what is the case, and what to change.

use std::fmt::Write;

use super::{EnabledBy, Reason, RouterCause, RouterDrop, StateOf};
use crate::decode::DecodeError;
use crate::dynamic::{Protocol, Section};
use crate::model::Text;
use crate::pipeline::decision::Made;

impl Reason {
    /// Why, and what to change, for people who have never read Traefik's source.
    pub fn sentence(&self) -> String {
        match self {
            Self::TaskNotDescribed { .. }
            | Self::TaskUnhealthy { .. }
            | Self::TaskArnTooShort
            | Self::NotRunning { .. }
            | Self::Unhealthy => self.about_the_task(),
            Self::ContainerDefinitionMissing { .. }
            | Self::NetworkInterfaceMissing
            | Self::ContainerInstanceMissing { .. }
            | Self::AddressMissing { .. } => self.about_the_machine(),
            Self::EnableLabelInvalid { error } => format!(
                "`{}` can't be read ({error}){}; the container is skipped. Write `traefik.enable` as `true` or `false`",
                error.path,
                meant(error)
            ),
            Self::Disabled(EnabledBy::Label { key, value, .. }) => {
                format!("the label `{key}` is `{value}`; set it to `true` to expose the container")
            }
            Self::Disabled(EnabledBy::Default { .. }) => "`exposedByDefault` is false and the container has no label \
                `traefik.enable`; add `traefik.enable` = `true`"
                .to_owned(),
            Self::ConstraintFalse { expression } => format!(
                "the labels don't satisfy the setting `constraints` ({expression}); add the labels that it asks for, or \
                 change it"
            ),
            Self::ConstraintInvalid { expression, error } => format!(
                "the setting `constraints` can't be read ({error}), so Traefik takes no container at all; correct \
                 `{expression}`"
            ),
            Self::LabelsInvalid { error } => about_labels(error),
            Self::LoadBalancerMissing { protocol, service } => format!(
                "the labels name the {} service `{service}` but give it no load balancer; add `traefik.{}.services.\
                 {service}.loadbalancer.server.port`",
                upper(*protocol),
                protocol.name()
            ),
            Self::PortMissing { protocol, service } => format!(
                "no port is known for the {} service `{service}`: the container has no port mapping and no label \
                 gives one. Add a mapping to the task definition, or `traefik.{}.services.{service}.loadbalancer.\
                 server.port`",
                upper(*protocol),
                protocol.name()
            ),
            Self::ServerUrlConflict { service } => format!(
                "the labels give the server of service `{service}` a URL and, beside it, a port or a scheme; keep one \
                 or the other"
            ),
            Self::RouterDropped { drops, elsewhere } => about_routers(drops, elsewhere),
            Self::MergedAway { elements, overwritten_by } => about_merge(elements, overwritten_by.as_ref()),
        }
    }

    fn about_the_task(&self) -> String {
        match self {
            Self::TaskNotDescribed { error: Some(error) } => format!(
                "{} failed ({}), which Traefik only logs: it goes on without these tasks and takes their routes away. \
                 Allow the call, or find out why it fails",
                error.action, error.code
            ),
            Self::TaskNotDescribed { error: None } => {
                "ListTasks named the task, but DescribeTasks knows it no more: it has probably ended meanwhile"
                    .to_owned()
            }
            Self::TaskUnhealthy { health, health_check } => {
                let hint =
                    if *health_check == Some(false) { ". No container of it has a health check: add one" } else { "" };
                format!(
                    "`healthyTasksOnly` is on and the task's health is {}, not HEALTHY{hint}{} `healthyTasksOnly` off",
                    health.as_deref().filter(|health| !health.is_empty()).unwrap_or("not known"),
                    if hint.is_empty() { "; wait until it is, or turn" } else { ", or turn" },
                )
            }
            Self::TaskArnTooShort => {
                "the task's ARN has less than 12 characters; Traefik crashes on it and its pass fails".to_owned()
            }
            Self::NotRunning { of: StateOf::Ec2Instance, state } => {
                format!("the EC2 instance that the task runs on is {}; only `running` is routed", named(state))
            }
            Self::NotRunning { state, .. } => {
                format!("the task's status is {}; only `running` is routed", named(state))
            }
            _ => "the task's health check fails (UNHEALTHY); mend the container or its health check".to_owned(),
        }
    }

    fn about_the_machine(&self) -> String {
        match self {
            Self::ContainerDefinitionMissing { definition, known } if known.is_empty() => format!(
                "nothing is known of the task definition {}: the call for it failed, or AWS has it no more",
                short(definition)
            ),
            Self::ContainerDefinitionMissing { definition, known } => format!(
                "the task definition {} has no container of this name (it has {}): AWS adds such containers itself, as \
                 Service Connect's proxy or GuardDuty's agent; nothing to do, unless it was meant to be routed",
                short(definition),
                known.join(", ")
            ),
            Self::NetworkInterfaceMissing => "the network mode is `awsvpc` and the container has no network interface \
                yet (or any more); wait until the task is running"
                .to_owned(),
            Self::ContainerInstanceMissing { instance: None, .. } => "the task names no container instance, and its \
                network mode is not `awsvpc` with an attachment, so there is no address"
                .to_owned(),
            Self::ContainerInstanceMissing { machine: Some(machine), ecs_anywhere: false, .. }
                if machine.starts_with("mi-") =>
            {
                format!("the task runs on the external instance {machine}; turn `ecsAnywhere` on")
            }
            Self::ContainerInstanceMissing { instance: Some(instance), machine, .. } => format!(
                "nothing is known of the container instance {}{}: it has left the cluster, or it may not be read",
                short(instance),
                machine.as_ref().map(|machine| format!(" ({machine})")).unwrap_or_default()
            ),
            Self::AddressMissing { of: StateOf::Task } => {
                "the container's network interface has no private address".to_owned()
            }
            Self::AddressMissing { of: StateOf::ExternalInstance } => {
                "SSM knows no address of the external instance; check that its agent reports one".to_owned()
            }
            _ => "the EC2 instance has no private address".to_owned(),
        }
    }
}

fn about_labels(error: &DecodeError) -> String {
    if error.problem.is_panic() {
        return format!(
            "the label `{}` has a `]` without its `[`: Traefik crashes on it and its whole pass fails, for every \
             container, until the label is corrected",
            error.path
        );
    }
    format!(
        "the label `{}` doesn't decode ({error}){}; one such label makes Traefik drop the container with all its routers",
        error.path,
        meant(error)
    )
}

fn meant(error: &DecodeError) -> String {
    error.problem.nearest().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

fn about_routers(drops: &[RouterDrop], elsewhere: &[Made]) -> String {
    let mut text = match drops.first() {
        Some(drop) => drop.sentence(),
        None => "no router leads to the container".to_owned(),
    };
    if drops.len() > 1 {
        let _ = write!(text, " (and {} more)", drops.len() - 1);
    }
    for router in elsewhere {
        if let Made::Router { name, .. } = router {
            let _ = write!(text, "; router `{name}` leads elsewhere");
        }
    }
    text
}

impl RouterDrop {
    /// Why the router is not there, and what to change.
    pub fn sentence(&self) -> String {
        let (router, protocol) = (&self.router, upper(self.protocol));
        match &self.cause {
            RouterCause::Template { message } => format!(
                "the default rule can't be rendered for router `{router}` ({message}); give it a rule by label, or \
                 correct `defaultRule`"
            ),
            RouterCause::DefaultRuleEmpty => format!(
                "the default rule renders to nothing for router `{router}`; give it a rule by label, or correct \
                 `defaultRule`"
            ),
            RouterCause::RuleEmpty => format!(
                "the {protocol} router `{router}` has no rule; add `traefik.{}.routers.{router}.rule`",
                self.protocol.name()
            ),
            RouterCause::ServiceUndecided { services } => format!(
                "the {protocol} router `{router}` names no service and there are several ({}); add \
                 `traefik.{}.routers.{router}.service`",
                services.join(", "),
                self.protocol.name()
            ),
            RouterCause::TooManyServices { services } => format!(
                "the labels define several services ({}) and no router, so Traefik makes none; define a router with a \
                 service",
                services.join(", ")
            ),
            RouterCause::NoneDefined => format!(
                "the labels define no {protocol} router, and Traefik makes one for HTTP alone; add a router with a rule \
                 and a service"
            ),
        }
    }
}

fn about_merge(elements: &[(Section, Text)], overwritten_by: Option<&Text>) -> String {
    if let Some(other) = overwritten_by {
        return format!("another container has the same name for Traefik ({other}) and takes its place; rename one");
    }
    let names: Vec<_> = elements.iter().map(|(section, name)| format!("{} `{name}`", singular(*section))).collect();
    format!(
        "another container defines {} differently, so Traefik deletes it for all of them; make the definitions equal, \
         or give them different names",
        names.join(", ")
    )
}

fn singular(section: Section) -> String {
    let (protocol, what) = section.path().split_once('.').unwrap_or_default();
    format!("{} {}", protocol.to_uppercase(), what.trim_end_matches('s'))
}

fn upper(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Http => "HTTP",
        Protocol::Tcp => "TCP",
        Protocol::Udp => "UDP",
    }
}

fn named(state: &str) -> String {
    if state.is_empty() { "not known".to_owned() } else { format!("`{state}`") }
}

/// What stands behind the last slash of an ARN.
fn short(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}
