//! Makes a container's dynamic configuration: its labels, and what Traefik adds where they say nothing.
//!
//! All of it but the servers' addresses follows from the labels and the container's name, so that it is planned once
//! for all containers that share them; each is then placed on its machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decision::Made;
use super::reason::{Reason, RouterCause, RouterDrop};
use super::rules::Rules;
use super::server::Serving;
use super::verdict::Machine;
use crate::dynamic::{Configuration, Protocol, Router, RouterMut, Server, Service, Struct};
use crate::model::{Release, Text};

/// What containers of one name and the same labels contribute, but for their servers' addresses.
#[derive(Debug)]
pub(super) struct Plan {
    /// The configuration. Its services have what labels say of their servers, and no address. The merge takes out of
    /// it what no other plan defined before, and leaves the names.
    pub(super) configuration: Configuration,
    /// How many of the labels are Traefik's.
    pub(super) counted: usize,
    /// The routers that it defines.
    pub(super) routers: Vec<Made>,
    /// What is made, or lost, in Traefik's order.
    steps: Vec<Step>,
}

/// One thing that comes of building.
#[derive(Debug)]
enum Step {
    /// A service gets a server.
    Serve(Serving),
    /// A router is lost.
    Drop(RouterDrop),
    /// The container is.
    Fail(Reason),
}

/// Plans what labels come to for containers of a name.
pub(super) fn plan(decoded: Configuration, name: &Text, labels: &BTreeMap<Text, Text>, rules: &Rules<'_>) -> Plan {
    let counted = labels.keys().filter(|key| Configuration::counts(key)).count();
    let plan = Plan { configuration: decoded, counted, routers: Vec::with_capacity(1), steps: Vec::with_capacity(1) };
    let mut planning = Planning { name, labels, rules, plan };
    if let Err(reason) = planning.protocols() {
        planning.plan.steps.push(Step::Fail(reason));
    }
    planning.plan
}

impl Plan {
    /// The servers that a container's services get on its machine, in the order of [`servings`](Self::servings), and
    /// the routers that were lost until then, whatever becomes of the container.
    pub(super) fn place(&self, machine: &Machine, release: Release) -> (Result<Arc<[Made]>, Reason>, Vec<RouterDrop>) {
        let mut made = Vec::with_capacity(self.steps.len());
        let mut drops = Vec::new();
        for step in &self.steps {
            match step {
                Step::Serve(serving) => match serving.on(machine, release) {
                    Ok(server) => made.push(server),
                    Err(reason) => return (Err(reason), drops),
                },
                Step::Drop(drop) => drops.push(drop.clone()),
                Step::Fail(reason) => return (Err(reason.clone()), drops),
            }
        }
        (Ok(made.into()), drops)
    }

    /// What its services serve.
    pub(super) fn servings(&self) -> impl Iterator<Item = &Serving> {
        servings(&self.steps)
    }

    /// The same, with the configuration to take elements from.
    pub(super) fn served(&mut self) -> (&mut Configuration, impl Iterator<Item = &Serving>) {
        (&mut self.configuration, servings(&self.steps))
    }
}

fn servings(steps: &[Step]) -> impl Iterator<Item = &Serving> {
    steps.iter().filter_map(|step| match step {
        Step::Serve(serving) => Some(serving),
        _ => None,
    })
}

struct Planning<'a> {
    name: &'a Text,
    labels: &'a BTreeMap<Text, Text>,
    rules: &'a Rules<'a>,
    plan: Plan,
}

impl Planning<'_> {
    /// Services, then routers, of TCP, of UDP, and of HTTP, which every container has that isn't all TCP or UDP.
    fn protocols(&mut self) -> Result<(), Reason> {
        let mut other = false;
        for protocol in [Protocol::Tcp, Protocol::Udp] {
            let configuration = &self.plan.configuration;
            let defined = [protocol.routers(), protocol.services()].map(|section| configuration.entries(section).len());
            if defined == [0, 0] {
                continue;
            }
            other = true;
            self.services(protocol)?;
            self.routers(protocol, false);
        }
        let http =
            [Protocol::Http.routers(), Protocol::Http.services()].into_iter().chain(Protocol::Http.middlewares());
        if other && http.into_iter().all(|section| self.plan.configuration.entries(section).is_empty()) {
            return Ok(());
        }
        self.services(Protocol::Http)?;
        let by_default = self.make_router();
        self.routers(Protocol::Http, by_default);
        Ok(())
    }

    /// Gives every service a server; makes a service where there is none.
    fn services(&mut self, protocol: Protocol) -> Result<(), Reason> {
        let (section, release) = (protocol.services(), self.rules.release);
        let by_default = self.plan.configuration.entries(section).is_empty();
        if by_default {
            self.plan.configuration.insert(section, self.name.clone(), Service::fresh(protocol, release));
        }
        for (name, service) in self.plan.configuration.elements(section) {
            let Some(balancer) = Service::of(protocol, service).load_balancer() else {
                return Err(Reason::LoadBalancerMissing { protocol, service: name.clone() });
            };
            // Labels give a service one server at most.
            let given = balancer.server_values().first().and_then(|server| server.as_struct().cloned());
            let given: Struct = given.unwrap_or_else(|| Server::fresh(protocol, release));
            self.plan.steps.push(Step::Serve(Serving::new(protocol, name.clone(), by_default, given)));
        }
        Ok(())
    }

    /// Makes the HTTP router of a container that defines none; says whether there is one to make.
    fn make_router(&mut self) -> bool {
        let configuration = &mut self.plan.configuration;
        if !configuration.entries(Protocol::Http.routers()).is_empty() {
            return false;
        }
        let services = configuration.entries(Protocol::Http.services());
        if services.len() > 1 {
            let services = services.keys().cloned().collect();
            self.drop(Protocol::Http, self.name.clone(), RouterCause::TooManyServices { services });
            return false;
        }
        let router = Router::fresh(Protocol::Http, self.rules.release);
        configuration.insert(Protocol::Http.routers(), self.name.clone(), router);
        true
    }

    fn drop(&mut self, protocol: Protocol, router: Text, cause: RouterCause) {
        self.plan.steps.push(Step::Drop(RouterDrop { protocol, router, cause }));
    }

    /// Gives every router a rule and a service, and drops those that get none.
    fn routers(&mut self, protocol: Protocol, by_default: bool) {
        let names: Vec<Text> = self.plan.configuration.entries(protocol.routers()).keys().cloned().collect();
        for name in names {
            match self.complete(protocol, &name) {
                Ok((default_rule, default_service)) => {
                    self.plan.routers.push(Made::Router { protocol, name, by_default, default_rule, default_service });
                }
                Err(cause) => {
                    self.plan.configuration.remove(protocol.routers(), &name);
                    self.drop(protocol, name, cause);
                }
            }
        }
    }

    /// Gives a router its rule and its service where it has none; says which of them it was given.
    fn complete(&mut self, protocol: Protocol, name: &str) -> Result<(bool, bool), RouterCause> {
        let configuration = &self.plan.configuration;
        let Some(fields) = configuration.get(protocol.routers(), name) else { return Ok((false, false)) };
        let router = Router::of(protocol, fields);
        let rule = match protocol {
            Protocol::Http if router.rule().is_empty() => Some(self.default_rule()?),
            Protocol::Tcp if router.rule().is_empty() => return Err(RouterCause::RuleEmpty),
            _ => None,
        };
        let service = if router.service().is_empty() { self.only_service(protocol)? } else { None };
        let given = (rule.is_some(), service.is_some());
        if given == (false, false) {
            return Ok(given);
        }
        if let Some(fields) = self.plan.configuration.get_mut(protocol.routers(), name) {
            let mut router = RouterMut::of(protocol, fields);
            if let Some(rule) = rule {
                router.set_rule(rule);
                router.set_default_rule(true);
            }
            if let Some(service) = service {
                router.set_service(service);
            }
        }
        Ok(given)
    }

    fn default_rule(&self) -> Result<Text, RouterCause> {
        match self.rules.default_rule(self.name, self.labels) {
            Ok(rule) if rule.is_empty() => Err(RouterCause::DefaultRuleEmpty),
            Ok(rule) => Ok(rule),
            Err(message) => Err(RouterCause::Template { message }),
        }
    }

    /// The service of a router that names none: the only one there is.
    fn only_service(&self, protocol: Protocol) -> Result<Option<Text>, RouterCause> {
        let services = self.plan.configuration.entries(protocol.services());
        if services.len() > 1 {
            return Err(RouterCause::ServiceUndecided { services: services.keys().cloned().collect() });
        }
        Ok(services.keys().next().cloned())
    }
}
