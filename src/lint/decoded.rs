//! What containers' labels say, label by label: decoded once, for every rule that asks.
//!
//! Traefik stops at the first label that is wrong. Rules about what the others mean go on: a wrong label is left out
//! here, and one whose value isn't known yet counts as empty.

use std::collections::BTreeMap;

use super::given::{Container, Definition, Label};
use super::place::{Site, Word};
use super::world::{World, title};
use crate::decode::DecodeError;
use crate::dynamic::{Configuration, Protocol, Router, Section};
use crate::model::{Release, Text};

/// A container of a definition, with what its labels come to.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// Its definition.
    pub definition: &'a Definition,
    /// The container.
    pub container: &'a Container,
    /// What its labels decode to, as far as they are right.
    pub configuration: &'a Configuration,
    /// Why they don't decode: what stops Traefik first, then what else is wrong with labels on their own.
    pub errors: &'a [DecodeError],
}

/// What a container's labels come to.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    configuration: Configuration,
    errors: Vec<DecodeError>,
}

/// A label of a container whose key is known.
#[derive(Debug, Clone, Copy)]
pub struct LabelAt<'a> {
    /// Where it is.
    pub at: At<'a>,
    /// The label, with its places.
    pub label: &'a Label,
    /// Its key.
    pub key: &'a str,
    /// Its value; empty where that isn't known.
    pub value: &'a str,
}

/// A router that a container's labels define.
#[derive(Debug, Clone, Copy)]
pub struct Defined<'a> {
    /// The container.
    pub at: At<'a>,
    /// Of which protocol.
    pub protocol: Protocol,
    /// Its name.
    pub name: &'a Text,
    /// What is known of it.
    pub router: Router<'a>,
}

impl World<'_> {
    /// Every container, with what its labels come to.
    pub fn decoded(&self) -> impl Iterator<Item = At<'_>> {
        let configurations = self
            .configurations
            .get_or_init(|| self.containers().map(|(_, container)| decode(container, self.run.release)).collect());
        let pairs = self.containers().zip(configurations);
        pairs.map(|((definition, container), Decoded { configuration, errors })| At {
            definition,
            container,
            configuration,
            errors,
        })
    }

    /// Every label whose key is known.
    pub fn labels(&self) -> impl Iterator<Item = LabelAt<'_>> {
        self.decoded().flat_map(|at| {
            at.container.labels.iter().filter_map(move |label| {
                let (key, value) = (label.key.known()?, label.value.known().unwrap_or_default());
                Some(LabelAt { at, label, key, value })
            })
        })
    }

    /// Every router that labels define.
    pub fn routers(&self) -> impl Iterator<Item = Defined<'_>> {
        self.decoded().flat_map(|at| {
            Protocol::ALL.into_iter().flat_map(move |protocol| {
                let elements = at.configuration.elements(protocol.routers());
                elements.map(move |(name, fields)| Defined { at, protocol, name, router: Router::of(protocol, fields) })
            })
        })
    }
}

fn decode(container: &Container, release: Release) -> Decoded {
    let labels = container.labels.iter().filter_map(|label| Some((label.key.known()?, label.value.known())));
    let all: BTreeMap<Text, Text> = labels.map(|(key, value)| (key.into(), value.unwrap_or_default().into())).collect();
    let first = match Configuration::from_labels(&all, release) {
        Ok(configuration) => return Decoded { configuration, errors: Vec::new() },
        Err(error) => error,
    };
    let (mut right, mut errors) = (BTreeMap::new(), vec![first]);
    for (key, value) in all {
        let alone = BTreeMap::from([(key.clone(), value.clone())]);
        match Configuration::from_labels(&alone, release) {
            Ok(_) => drop(right.insert(key, value)),
            Err(error) if errors.iter().any(|known| known.path == error.path) => {}
            Err(error) => errors.push(error),
        }
    }
    // A value that isn't known yet was read as empty, which says nothing of it.
    errors.retain(|error| !error.is_about_a_value() || label(container, &error.path).is_none_or(Label::is_known));
    Decoded { configuration: Configuration::from_labels(&right, release).unwrap_or_default(), errors }
}

impl<'a> At<'a> {
    /// What a finding about it is about.
    pub fn title(&self) -> String {
        title(self.definition, self.container)
    }

    /// Where a label of this key, as it is spelled, has its value; the container where there is no such label.
    pub fn value_site(&self, key: &str) -> Option<Site> {
        self.container.label(key).map_or_else(|| self.container.site.clone(), |label| label.value.site())
    }

    /// Where a label's key stands; the container where there is no such label.
    pub fn key_site(&self, key: &str) -> Option<Site> {
        self.container.label(key).map_or_else(|| self.container.site.clone(), |label| label.key.site())
    }

    /// The label of a key, in whatever case.
    pub fn label(&self, key: &str) -> Option<&'a Label> {
        label(self.container, key)
    }
}

impl<'a> Defined<'a> {
    /// The label that sets a field of the router.
    pub fn label(&self, field: &str) -> Option<&'a Label> {
        self.at.label(&format!("traefik.{}.routers.{}.{field}", self.protocol.name(), self.name))
    }

    /// The label of a field, or else the first label of the router.
    pub fn label_or_any(&self, field: &str) -> Option<&'a Label> {
        self.label(field).or_else(|| label_of(self.at.container, self.protocol.routers(), self.name))
    }
}

/// The label of a key, in whatever case.
pub fn label<'a>(container: &'a Container, key: &str) -> Option<&'a Label> {
    container.labels.iter().find(|label| label.key.known().is_some_and(|known| known.eq_ignore_ascii_case(key)))
}

/// Where a container is told: at its name, or else where it begins.
pub fn place(container: &Container) -> Option<Site> {
    container.name.as_ref().and_then(Word::site).or_else(|| container.site.clone())
}

/// The first label that says something of an element of a section.
pub fn label_of<'a>(container: &'a Container, section: Section, name: &str) -> Option<&'a Label> {
    let start = format!("traefik.{}.{name}", section.path()).to_lowercase();
    container.labels.iter().find(|label| {
        let key = label.key.known().unwrap_or_default().to_lowercase();
        key.strip_prefix(&start).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
