//! What a step looked at, in words.

use super::Branch;
use crate::dynamic::{Protocol, Section};
use crate::model::Text;
use crate::pipeline::{EnabledBy, Evidence, Found, Machine, Made, PortFrom, RouterDrop, Run, StateOf, Verdict};

/// What a step looked at, and what that rests on.
pub(super) fn evidence(run: &Run, verdict: &Verdict, passed: &Evidence) -> (String, Vec<Branch>) {
    match passed {
        Evidence::Described => ("DescribeTasks gave the task's record".to_owned(), Vec::new()),
        Evidence::TaskHealth { health, .. } => {
            (format!("the task's health is {}", known(health.as_deref())), Vec::new())
        }
        Evidence::Definition { definition, labels } => {
            (format!("{} has the container, with {}", last(definition), counted(*labels as usize, "label")), Vec::new())
        }
        Evidence::Machine(machine) => (runs_on(machine), ports(verdict)),
        Evidence::EnableLabel(by) | Evidence::Enabled(by) => (enabled(by), Vec::new()),
        Evidence::State { of, state } => (format!("the {} is `{state}`", whose(*of)), Vec::new()),
        Evidence::Health(None) => {
            ("not looked at: only tasks with a network interface have one here".to_owned(), Vec::new())
        }
        Evidence::Health(Some(health)) => (format!("the task's health is {}", known(Some(health))), Vec::new()),
        Evidence::Address(address) => (format!("its address is {address}"), Vec::new()),
        Evidence::Constraint { expression } if expression.is_empty() => {
            ("there are no constraints".to_owned(), Vec::new())
        }
        Evidence::Constraint { expression } => ("the labels satisfy them".to_owned(), proof(expression, verdict)),
        Evidence::Labels { decoded: 0 } => ("none is Traefik's".to_owned(), Vec::new()),
        Evidence::Labels { decoded } => {
            (format!("{} of Traefik's decoded", counted(*decoded, "label")), told(verdict, "traefik."))
        }
        Evidence::Services(made) => {
            (counted(made.len(), "server"), made.iter().map(|made| made_of(verdict, made)).collect())
        }
        Evidence::Routers(of) => routers(verdict, &of.kept, &of.lost),
        Evidence::Merge { defined, lost } => merged(run, *defined as usize, lost),
        Evidence::Routed(routers) => (leading(routers), Vec::new()),
    }
}

/// The labels below a path, as they are given.
pub(super) fn told(verdict: &Verdict, path: &str) -> Vec<Branch> {
    let path = path.to_lowercase();
    let labels = verdict.subject.container_definition().into_iter().flat_map(|definition| &definition.docker_labels);
    let below = labels.filter(|(key, _)| key.to_lowercase().starts_with(&path));
    below.map(|(key, value)| Branch::leaf(format!("label: {key} = {value}"))).collect()
}

/// The ports that there are to choose from.
pub(super) fn ports(verdict: &Verdict) -> Vec<Branch> {
    let Some(machine) = &verdict.machine else { return Vec::new() };
    if machine.ports.is_empty() {
        return vec![Branch::leaf("no port mapping")];
    }
    let ports = machine.ports.iter().map(|port| {
        let host =
            if port.host == 0 { "none that is known, which counts as 0".to_owned() } else { port.host.to_string() };
        Branch::leaf(format!("port mapping: container port {}, host port {host}", port.container))
    });
    ports.collect()
}

/// The parts of a constraint on the container's labels.
pub(super) fn proof(expression: &str, verdict: &Verdict) -> Vec<Branch> {
    let definition = verdict.subject.container_definition();
    super::constraint::proof(expression, definition.map(|definition| &definition.docker_labels))
}

fn runs_on(machine: &Machine) -> String {
    let found = match &machine.found {
        Found::Interface => "network interface".to_owned(),
        Found::Ec2 { instance } | Found::External { instance } => format!("instance {instance}"),
    };
    let address = if machine.address.is_empty() { "no address" } else { &machine.address };
    format!("{found}, {address}")
}

fn enabled(by: &EnabledBy) -> String {
    match by {
        EnabledBy::Label { key, value, .. } => format!("the label `{key}` is `{value}`"),
        EnabledBy::Default { enabled } => format!("no label says; `exposedByDefault` is {enabled}"),
    }
}

fn whose(of: StateOf) -> &'static str {
    match of {
        StateOf::Task => "task",
        StateOf::Ec2Instance => "EC2 instance",
        StateOf::ExternalInstance => "external instance",
    }
}

/// A server or router, and where what matters about it came from.
fn made_of(verdict: &Verdict, made: &Made) -> Branch {
    match made {
        Made::Server { protocol, service, by_default, address, port } => {
            let default = if *by_default { ", made by default" } else { "" };
            let text = format!("{} service `{service}`{default}: {address}", protocol.name());
            Branch { holds: None, text, details: vec![Branch::leaf(port_from(port))] }
        }
        Made::Router { protocol, name, by_default, default_rule, default_service } => {
            let default = if *by_default { ", made by default" } else { "" };
            let mut details = Vec::new();
            if *default_rule {
                details.push(Branch::leaf(format!("default rule: .Name = {}", verdict.name)));
            }
            if let Some(published) =
                verdict.routers.iter().find(|router| router.name == *name && router.protocol == *protocol)
            {
                details.push(Branch::leaf(format!("rule: {}", published.rule)));
                let how = if *default_service { ", the only one there is" } else { "" };
                details.push(Branch::leaf(format!("service: {}{how}", published.service)));
            }
            Branch { holds: None, text: format!("{} router `{name}`{default}", protocol.name()), details }
        }
    }
}

fn port_from(port: &PortFrom) -> String {
    match port {
        PortFrom::Url => "the label gives the whole URL".to_owned(),
        PortFrom::Mapped { label } => format!("the label gives container port {label}; this is its host port"),
        PortFrom::Label => {
            "the label gives it; no mapping has this container port, so it is used as it stands".to_owned()
        }
        PortFrom::Lowest { of: 1 } => "no label gives a port; this is the only mapping".to_owned(),
        PortFrom::Lowest { of } => format!("no label gives a port; this is the lowest host port of {of} mappings"),
    }
}

fn routers(verdict: &Verdict, kept: &[Made], lost: &[RouterDrop]) -> (String, Vec<Branch>) {
    let kept_branches = kept.iter().map(|made| made_of(verdict, made));
    let lost_branches =
        lost.iter().map(|drop| Branch { holds: Some(false), text: drop.sentence(), details: Vec::new() });
    let text = match lost.len() {
        0 => counted(kept.len(), "router"),
        lost => format!("{}, {lost} lost", counted(kept.len(), "router")),
    };
    (text, kept_branches.chain(lost_branches).collect())
}

fn merged(run: &Run, defined: usize, lost: &[(Section, Text)]) -> (String, Vec<Branch>) {
    let details = lost.iter().flat_map(|(section, name)| super::merge::conflict(run, *section, name)).collect();
    let text = match lost.len() {
        0 => format!("none of the {} that it defines is contradicted", counted(defined, "element")),
        lost => format!(
            "{lost} of the {} that it defines deleted, another container contradicts",
            counted(defined, "element")
        ),
    };
    (text, details)
}

fn leading(routers: &[(Protocol, Text)]) -> String {
    let names: Vec<_> = routers.iter().map(|(protocol, name)| format!("{} router `{name}`", protocol.name())).collect();
    format!("{} leads to it", names.join(", "))
}

fn known(value: Option<&str>) -> &str {
    value.filter(|value| !value.is_empty()).unwrap_or("not known")
}

fn last(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
