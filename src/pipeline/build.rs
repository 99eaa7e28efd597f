//! Makes one container's dynamic configuration: its labels, and what Traefik adds where they say nothing.

use super::assemble::Standing;
use super::decision::{Evidence, Made, Stage};
use super::reason::{Reason, RouterCause, RouterDrop};
use super::rules::Rules;
use super::server::give_server;
use super::verdict::{Machine, Verdict};
use crate::dynamic::{Configuration, Protocol, Router, RouterMut, Service, ServiceMut, Value};
use crate::model::Text;

/// What one container contributes.
#[derive(Debug)]
pub(super) struct Fragment {
    /// Its configuration.
    pub(super) configuration: Configuration,
    /// The servers that it adds to its services.
    pub(super) servers: Vec<Made>,
    /// The routers that it defines.
    pub(super) routers: Vec<Made>,
}

/// Builds the configuration of a container that was admitted; nothing where Traefik drops it after all.
pub(super) fn build(verdict: &mut Verdict, mut standing: Standing, rules: &Rules<'_>) -> Option<Fragment> {
    let decoded = match standing.labels.decoded(rules.release) {
        Ok(decoded) => decoded,
        Err(error) => {
            verdict.step(Stage::Labels, Err(Reason::LabelsInvalid { error }));
            return None;
        }
    };
    verdict.step(Stage::Labels, Ok(Evidence::Labels { decoded: standing.labels.counted() }))?;
    let machine = verdict.machine.clone()?;
    let fragment = Fragment { configuration: decoded, servers: Vec::with_capacity(1), routers: Vec::with_capacity(1) };
    let mut building = Building {
        name: verdict.name.clone(),
        machine: &machine,
        standing: &standing,
        rules,
        fragment,
        drops: Vec::new(),
    };
    let built = building.protocols();
    let Building { fragment, drops, .. } = building;
    verdict.dropped_routers = drops;
    verdict.step(Stage::Services, built.map(|()| Evidence::Services(fragment.servers.clone())))?;
    Some(fragment)
}

struct Building<'a> {
    name: Text,
    machine: &'a Machine,
    standing: &'a Standing,
    rules: &'a Rules<'a>,
    fragment: Fragment,
    drops: Vec<RouterDrop>,
}

impl Building<'_> {
    /// Services, then routers, of TCP, of UDP, and of HTTP, which every container has that isn't all TCP or UDP.
    fn protocols(&mut self) -> Result<(), Reason> {
        let mut other = false;
        for protocol in [Protocol::Tcp, Protocol::Udp] {
            let configuration = &self.fragment.configuration;
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
        if other && http.into_iter().all(|section| self.fragment.configuration.entries(section).is_empty()) {
            return Ok(());
        }
        self.services(Protocol::Http)?;
        let by_default = self.make_router();
        self.routers(Protocol::Http, by_default);
        Ok(())
    }

    /// Gives every service its server; makes a service where there is none.
    fn services(&mut self, protocol: Protocol) -> Result<(), Reason> {
        let release = self.rules.release;
        let services = self.fragment.configuration.entries_mut(protocol.services());
        let by_default = services.is_empty();
        if by_default {
            let fresh = Service::fresh(protocol, release);
            services.insert(self.name.clone(), Value::Struct(fresh));
        }
        for (name, service) in services.iter_mut() {
            let balancer =
                service.as_struct_mut().and_then(|service| ServiceMut::of(protocol, service).load_balancer());
            let Some(balancer) = balancer else {
                return Err(Reason::LoadBalancerMissing { protocol, service: name.clone() });
            };
            let (address, port) = give_server(protocol, name, balancer, self.machine, release)?;
            self.fragment.servers.push(Made::Server { protocol, service: name.clone(), by_default, address, port });
        }
        Ok(())
    }

    /// Makes the HTTP router of a container that defines none; says whether there is one to make.
    fn make_router(&mut self) -> bool {
        let configuration = &mut self.fragment.configuration;
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
        self.drops.push(RouterDrop { protocol, router, cause });
    }

    /// Gives every router a rule and a service, and drops those that get none.
    fn routers(&mut self, protocol: Protocol, by_default: bool) {
        let names: Vec<Text> = self.fragment.configuration.entries(protocol.routers()).keys().cloned().collect();
        for name in names {
            match self.complete(protocol, &name) {
                Ok((default_rule, default_service)) => {
                    self.fragment.routers.push(Made::Router {
                        protocol,
                        name,
                        by_default,
                        default_rule,
                        default_service,
                    });
                }
                Err(cause) => {
                    self.fragment.configuration.remove(protocol.routers(), &name);
                    self.drop(protocol, name, cause);
                }
            }
        }
    }

    /// Gives a router its rule and its service where it has none; says which of them it was given.
    fn complete(&mut self, protocol: Protocol, name: &str) -> Result<(bool, bool), RouterCause> {
        let configuration = &self.fragment.configuration;
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
        if let Some(fields) = self.fragment.configuration.get_mut(protocol.routers(), name) {
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
        match self.rules.default_rule(&self.name, self.standing.labels.map()) {
            Ok(rule) if rule.is_empty() => Err(RouterCause::DefaultRuleEmpty),
            Ok(rule) => Ok(rule),
            Err(message) => Err(RouterCause::Template { message }),
        }
    }

    /// The service of a router that names none: the only one there is.
    fn only_service(&self, protocol: Protocol) -> Result<Option<Text>, RouterCause> {
        let services = self.fragment.configuration.entries(protocol.services());
        if services.len() > 1 {
            return Err(RouterCause::ServiceUndecided { services: services.keys().cloned().collect() });
        }
        Ok(services.keys().next().cloned())
    }
}
