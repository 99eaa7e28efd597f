//! Brings the containers' configurations together: what they agree on is published, what they disagree on is deleted.

use std::collections::{BTreeSet, HashMap};

use super::build::Plan;
use super::conflict::Conflict;
use super::decision::Made;
use super::server::Serving;
use crate::dynamic::{Configuration, Protocol, Section, Server, Service, ServiceMut, Struct, Value};
use crate::model::{Index, Release, Seen, Text};

/// What one container contributes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fragment<'a> {
    /// The name that its log lines give it.
    pub(super) instance: &'a Text,
    /// Its configuration, but for the servers.
    pub(super) plan: &'a Plan,
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

/// Merges fragments, which come in the order of their names.
pub(super) fn merge(fragments: &[Fragment<'_>], release: Release) -> Merged {
    let mut merging = Merging { sections: Default::default(), refused: BTreeSet::new() };
    let sections: Vec<Section> = sections(release).filter(|of| protocol_of_services(*of).is_none()).collect();
    let mut before: Option<&Plan> = None;
    for fragment in fragments {
        // What a container of the same plan said before it says again.
        if !before.is_some_and(|before| std::ptr::eq(before, fragment.plan)) {
            for section in &sections {
                merging.section(*section, &fragment.plan.configuration);
            }
            before = Some(fragment.plan);
        }
        merging.services(fragment);
    }
    merging.finish(fragments, release)
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
    element: Struct,
    servers: Vec<Value>,
    /// The addresses of its servers, once there is more than one container to give it some.
    addresses: Seen<Text>,
}

impl Elements {
    /// The element of a name: the one that is there, or else this one.
    fn known_or(&mut self, name: &Text, element: &Struct) -> (&mut Found, bool) {
        if let Some(at) = self.places.get(name) {
            return (&mut self.found[*at], false);
        }
        let at = self.found.len();
        self.places.insert(name.clone(), at);
        let (name, element) = (name.clone(), element.clone());
        self.found.push(Found { name, element, servers: Vec::new(), addresses: Seen::default() });
        (&mut self.found[at], true)
    }
}

impl Merging {
    /// Adds a container's elements of a section to those that are there, where they agree.
    fn section(&mut self, section: Section, from: &Configuration) {
        for (name, element) in from.elements(section) {
            let (found, new) = self.sections[section as usize].known_or(name, element);
            if !new && found.element != *element {
                self.refused.insert((section, name.clone()));
            }
        }
    }

    /// Adds a container's servers to the services that are there, where those are the same but for their servers.
    fn services(&mut self, fragment: &Fragment<'_>) {
        for (serving, made) in fragment.plan.servings().zip(fragment.servers) {
            let (section, name) = (serving.protocol.services(), &serving.service);
            let Some(element) = fragment.plan.configuration.get(section, name) else { continue };
            let Made::Server { address, .. } = made else { continue };
            let (found, new) = self.sections[section as usize].known_or(name, element);
            if new {
                found.servers = vec![serving.at(address)];
            } else if are_mergeable(serving.protocol, &found.element, element) {
                found.add(serving, address);
            } else {
                self.refused.insert((section, name.clone()));
            }
        }
    }

    fn finish(self, fragments: &[Fragment<'_>], release: Release) -> Merged {
        let mut configuration = Configuration::default();
        for (section, elements) in Section::ALL.into_iter().zip(self.sections) {
            if elements.found.is_empty() {
                continue;
            }
            let is_left =
                |found: &Found| self.refused.is_empty() || !self.refused.contains(&(section, found.name.clone()));
            let left = elements.found.into_iter().filter(is_left);
            configuration.fill(section, left.map(|found| found.into_element(section)));
        }
        let mut definitions = definitions(&self.refused, fragments);
        let conflicts = self.refused.into_iter().map(|element| {
            let definitions = definitions.remove(&element).unwrap_or_default();
            Conflict::of(element.0, element.1, &definitions, release)
        });
        Merged { conflicts: conflicts.collect(), configuration }
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

    fn into_element(mut self, section: Section) -> (Text, Struct) {
        if let Some(protocol) = protocol_of_services(section)
            && let Some(mut balancer) = ServiceMut::of(protocol, &mut self.element).load_balancer()
        {
            *balancer.servers() = self.servers;
        }
        (self.name, self.element)
    }
}

/// Whether two services are the same but for their servers.
fn are_mergeable(protocol: Protocol, a: &Struct, b: &Struct) -> bool {
    match (Service::of(protocol, a).load_balancer(), Service::of(protocol, b).load_balancer()) {
        (Some(a), Some(b)) => a.is_mergeable(b),
        _ => true,
    }
}

/// What each container says of the elements that are refused.
fn definitions<'a>(refused: &BTreeSet<Element>, fragments: &[Fragment<'a>]) -> HashMap<Element, Definitions<'a>> {
    let mut found: HashMap<Element, Definitions<'_>> = HashMap::new();
    let sections: BTreeSet<Section> = refused.iter().map(|(section, _)| *section).collect();
    for fragment in fragments {
        for section in &sections {
            for (name, fields) in fragment.plan.configuration.elements(*section) {
                let element = (*section, name.clone());
                if refused.contains(&element) {
                    found.entry(element).or_default().push((fragment.instance, fields));
                }
            }
        }
    }
    found
}

/// The protocol whose services a section holds.
pub(super) fn protocol_of_services(section: Section) -> Option<Protocol> {
    Protocol::ALL.into_iter().find(|protocol| protocol.services() == section)
}
