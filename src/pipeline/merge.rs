//! Brings the containers' configurations together: what they agree on is published, what they disagree on is deleted.

use std::collections::{BTreeSet, HashMap};

use super::build::Plan;
use super::conflict::Conflict;
use super::decision::Made;
use super::known::PlanId;
use super::server::Serving;
use crate::dynamic::{Configuration, Protocol, Section, Server, Service, ServiceMut, Struct, Value};
use crate::model::{Index, Release, Seen, Text};

/// What one container contributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fragment<'a> {
    /// The name that its log lines give it.
    pub(super) instance: &'a Text,
    /// Its configuration, but for the servers.
    pub(super) plan: PlanId,
    /// Its servers, one for each [serving](Plan::servings).
    pub(super) servers: &'a [Made],
}

/// An element of a configuration, by its section and its name.
pub(super) type Element = (Section, Text);

/// What containers say of one element, each by its name.
type Definitions<'a> = Vec<(&'a Text, &'a Struct)>;

/// What the fragments come to.
pub(super) struct Merged {
    pub(super) configuration: Configuration,
    /// In the order of sections and names.
    pub(super) conflicts: Vec<Conflict>,
}

/// Merges fragments, which come in the order of their names. What a plan is the first to define is taken out of it
/// rather than copied: its name stays, with nothing under it.
pub(super) fn merge(fragments: &[Fragment<'_>], plans: &mut [Plan], release: Release) -> Merged {
    let mut merging = Merging { sections: Default::default(), refused: BTreeSet::new() };
    let sections: Vec<Section> = sections(release).filter(|of| protocol_of_services(*of).is_none()).collect();
    let mut before = None;
    for fragment in fragments {
        let plan = &mut plans[fragment.plan.0];
        // What a container of the same plan said before it says again.
        if before.replace(fragment.plan) != Some(fragment.plan) {
            for section in &sections {
                merging.section(*section, &mut plan.configuration);
            }
        }
        merging.services(plan, fragment.servers);
    }
    merging.finish(fragments, plans, release)
}

/// The sections that are merged; what containers say of others is lost.
fn sections(release: Release) -> impl Iterator<Item = Section> {
    Section::ALL.into_iter().filter(move |section| match section {
        Section::HttpModels => release >= Release::V3_7,
        Section::TcpModels | Section::TlsOptions => false,
        _ => true,
    })
}

struct Merging {
    sections: [Elements; Section::ALL.len()],
    refused: BTreeSet<Element>,
}

/// The elements of a section, in the order in which they came.
#[derive(Default)]
struct Elements {
    found: Vec<Found>,
    /// Their places by name.
    places: Index<Text, usize>,
}

/// An element as the first container defines it, and where it is a service, all its servers.
struct Found {
    name: Text,
    /// A structure.
    element: Value,
    servers: Vec<Value>,
    /// The addresses of its servers, once there is more than one container to give it some.
    addresses: Seen<Text>,
}

impl Elements {
    /// The element of a name.
    fn get(&self, name: &Text) -> Option<&Found> {
        self.places.get(name).map(|at| &self.found[*at])
    }

    /// The element of a name: the one that is there, or else the one that a plan says, taken out of it. Of one that is
    /// there, what the plan says, unless it was taken from there.
    fn known_or<'p>(&mut self, name: &Text, said: &'p mut Value) -> (&mut Found, Saying<'p>) {
        if let Some(at) = self.places.get(name) {
            let saying = said.as_struct().map_or(Saying::Same, Saying::Again);
            return (&mut self.found[*at], saying);
        }
        let at = self.found.len();
        self.places.insert(name.clone(), at);
        let element = std::mem::take(said);
        self.found.push(Found { name: name.clone(), element, servers: Vec::new(), addresses: Seen::default() });
        (&mut self.found[at], Saying::New)
    }
}

/// What a plan says of an element.
enum Saying<'p> {
    /// The first to say anything.
    New,
    /// What it said when it was the first.
    Same,
    /// This, where there was something.
    Again(&'p Struct),
}

impl Merging {
    /// Adds a plan's elements of a section to those that are there, where they agree.
    fn section(&mut self, section: Section, from: &mut Configuration) {
        if from.entries(section).is_empty() {
            return;
        }
        for (name, said) in from.entries_mut(section).iter_mut() {
            let (found, saying) = self.sections[section as usize].known_or(name, said);
            if let Saying::Again(element) = saying
                && found.element.as_struct() != Some(element)
            {
                self.refused.insert((section, name.clone()));
            }
        }
    }

    /// Adds a container's servers to the services that are there, where those are the same but for their servers.
    fn services(&mut self, plan: &mut Plan, servers: &[Made]) {
        let (configuration, servings) = plan.served();
        for (serving, made) in servings.zip(servers) {
            let (section, name) = (serving.protocol.services(), &serving.service);
            let Some(said) = configuration.entries_mut(section).get_mut(name) else { continue };
            let Made::Server { address, .. } = made else { continue };
            let (found, saying) = self.sections[section as usize].known_or(name, said);
            match saying {
                Saying::New => found.servers = vec![serving.at(address)],
                Saying::Again(element) if !found.is_mergeable(serving.protocol, element) => {
                    self.refused.insert((section, name.clone()));
                }
                Saying::Same | Saying::Again(_) => found.add(serving, address),
            }
        }
    }

    fn finish(self, fragments: &[Fragment<'_>], plans: &[Plan], release: Release) -> Merged {
        let mut definitions = self.definitions(fragments, plans);
        let conflicts = self.refused.iter().map(|element| {
            let definitions = definitions.remove(element).unwrap_or_default();
            Conflict::of(element.0, element.1.clone(), &definitions, release)
        });
        let conflicts = conflicts.collect();
        let mut configuration = Configuration::default();
        for (section, elements) in Section::ALL.into_iter().zip(self.sections) {
            if elements.found.is_empty() {
                continue;
            }
            let is_left =
                |found: &Found| self.refused.is_empty() || !self.refused.contains(&(section, found.name.clone()));
            let left = elements.found.into_iter().filter(is_left);
            configuration.fill(section, left.filter_map(|found| found.into_element(section)));
        }
        Merged { configuration, conflicts }
    }

    /// What each container says of the elements that are refused.
    fn definitions<'a>(&'a self, fragments: &[Fragment<'a>], plans: &'a [Plan]) -> HashMap<Element, Definitions<'a>> {
        let mut found: HashMap<Element, Definitions<'_>> = HashMap::new();
        let sections: BTreeSet<Section> = self.refused.iter().map(|(section, _)| *section).collect();
        for fragment in fragments {
            for section in &sections {
                for (name, said) in plans[fragment.plan.0].configuration.entries(*section) {
                    let element = (*section, name.clone());
                    if !self.refused.contains(&element) {
                        continue;
                    }
                    let taken = || self.sections[*section as usize].get(name)?.element.as_struct();
                    if let Some(fields) = said.as_struct().or_else(taken) {
                        found.entry(element).or_default().push((fragment.instance, fields));
                    }
                }
            }
        }
        found
    }
}

impl Found {
    /// Adds a server whose address is not there yet.
    fn add(&mut self, serving: &Serving, address: &Text) {
        if self.addresses.is_empty() {
            let known = self.servers.iter().filter_map(Value::as_struct);
            self.addresses = known.map(|server| Server::of(serving.protocol, server).shared_place()).collect();
        }
        if self.addresses.insert(address.clone()) {
            self.servers.push(serving.at(address));
        }
    }

    /// Whether a service is the same but for its servers.
    fn is_mergeable(&self, protocol: Protocol, other: &Struct) -> bool {
        let own = self.element.as_struct().and_then(|own| Service::of(protocol, own).load_balancer());
        match (own, Service::of(protocol, other).load_balancer()) {
            (Some(a), Some(b)) => a.is_mergeable(b),
            _ => true,
        }
    }

    fn into_element(self, section: Section) -> Option<(Text, Struct)> {
        let Value::Struct(mut element) = self.element else { return None };
        if let Some(protocol) = protocol_of_services(section)
            && let Some(mut balancer) = ServiceMut::of(protocol, &mut element).load_balancer()
        {
            *balancer.servers() = self.servers;
        }
        Some((self.name, element))
    }
}

/// The protocol whose services a section holds.
pub(super) fn protocol_of_services(section: Section) -> Option<Protocol> {
    Protocol::ALL.into_iter().find(|protocol| protocol.services() == section)
}
