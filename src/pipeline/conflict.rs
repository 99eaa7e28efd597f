//! Elements that containers define differently: Traefik deletes them for all.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use super::log::{Field, Level, LogLine};
use super::merge::protocol_of_services;
use crate::decode::{Form, Schema, Shape, Struct};
use crate::dynamic::{Section, Service, Value, schema};
use crate::model::{Release, Text};

/// One element that is deleted because containers disagree about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// What sort of element.
    pub section: Section,
    /// Its name.
    pub name: Text,
    /// Every container that defines it, in Traefik's order, those that agree included.
    pub definers: Vec<Text>,
    /// The fields that differ.
    pub fields: Vec<Difference>,
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The field's path in the element: `rule`, `loadBalancer.sticky.cookie.name`.
    pub path: String,
    /// Its values, in the order of the first container that has each.
    pub variants: Vec<Variant>,
}

/// One value of a field that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// As JSON has it; null where it is absent.
    pub value: serde_json::Value,
    /// What JSON doesn't show but Traefik compares, in words: `made by the default rule`, `empty, not absent`.
    pub note: Option<&'static str>,
    /// The containers that have it.
    pub containers: Vec<Text>,
}

impl Conflict {
    /// What the containers that define an element disagree on; each container with its definition, in Traefik's order.
    pub(super) fn of(section: Section, name: Text, definitions: &[(&Text, &Struct)], release: Release) -> Self {
        let mut variants = Variants::default();
        for (instance, element) in definitions {
            variants.add(Value::Struct(compared(section, element)), std::slice::from_ref(*instance));
        }
        let mut differences = Differences { schema: schema(release), found: Vec::new() };
        let path = if protocol_of_services(section).is_some() { "loadBalancer" } else { "" };
        differences.between(&Shape::Struct(section.element()), path, &variants.found);
        let definers = definitions.iter().map(|(instance, _)| (*instance).clone()).collect();
        Self { section, name, definers, fields: differences.found }
    }

    /// The line that Traefik logs.
    pub fn traefik_log(&self) -> LogLine {
        let (what, field) = wording(self.section);
        let mut line =
            LogLine::new(Level::Error, format!("{what} defined multiple times with different configurations"))
                .with(field, &*self.name);
        line.fields.push(("configuration", Field::List(self.definers.iter().map(ToString::to_string).collect())));
        line
    }
}

/// How Traefik calls an element, and the field that holds its name.
fn wording(section: Section) -> (&'static str, &'static str) {
    match section {
        Section::HttpRouters => ("HTTP router", "routerName"),
        Section::HttpServices => ("HTTP service", "serviceName"),
        Section::HttpMiddlewares => ("HTTP middleware", "middlewareName"),
        Section::HttpModels => ("model", "modelName"),
        Section::HttpServersTransports => ("HTTP servers transport", "serversTransportName"),
        Section::TcpRouters => ("TCP router", "routerName"),
        Section::TcpServices => ("TCP service", "serviceName"),
        Section::TcpMiddlewares => ("TCP middleware", "middlewareName"),
        Section::TcpModels => ("TCP model", "modelName"),
        Section::TcpServersTransports => ("TCP servers transport", "serversTransportName"),
        Section::UdpRouters => ("UDP router", "routerName"),
        Section::UdpServices => ("UDP service", "serviceName"),
        Section::TlsOptions => ("TLS options", "tlsOptionsName"),
        Section::TlsStores => ("store", "storeName"),
    }
}

/// The part of an element that is compared: of a service its load balancer, without the servers.
fn compared(section: Section, element: &Struct) -> Struct {
    let balancer = protocol_of_services(section).and_then(|protocol| Service::of(protocol, element).load_balancer());
    balancer.map_or_else(|| element.clone(), crate::dynamic::LoadBalancer::without_servers)
}

/// Values with the containers that have each, in the order of the first of them. A fleet may have as many values as
/// containers, so that a new one isn't compared with all that are known.
#[derive(Default)]
struct Variants {
    found: Vec<(Value, Vec<Text>)>,
    /// The places of the values of one hash.
    places: HashMap<u64, Vec<usize>>,
    hasher: RandomState,
}

impl Variants {
    fn add(&mut self, value: Value, containers: &[Text]) {
        let places = self.places.entry(self.hasher.hash_one(&value)).or_default();
        if let Some(place) = places.iter().find(|place| self.found[**place].0 == value) {
            self.found[*place].1.extend(containers.iter().cloned());
        } else {
            places.push(self.found.len());
            self.found.push((value, containers.to_vec()));
        }
    }
}

/// Looks for the fields in which values differ.
struct Differences {
    schema: &'static Schema,
    found: Vec<Difference>,
}

impl Differences {
    /// Goes down where all are structures or maps of structures, and tells a difference where it can go no further.
    fn between(&mut self, shape: &Shape, path: &str, variants: &[(Value, Vec<Text>)]) {
        if variants.windows(2).all(|pair| pair[0].0 == pair[1].0) {
            return;
        }
        let structs: Option<Vec<_>> = variants.iter().map(|(value, _)| value.as_struct()).collect();
        if let Some(structs) = structs {
            for (slot, field) in self.schema.type_of(structs[0].kind()).slots() {
                let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                let inner: Vec<_> = structs
                    .iter()
                    .zip(variants)
                    .map(|(of, (_, names))| (of.get(slot).clone(), names.clone()))
                    .collect();
                self.between(&field.shape, &path, &inner);
            }
            return;
        }
        self.tell(shape, path, variants);
    }

    fn tell(&mut self, shape: &Shape, path: &str, variants: &[(Value, Vec<Text>)]) {
        let mut grouped = Variants::default();
        for (value, containers) in variants {
            grouped.add(value.clone(), containers);
        }
        let variant = |(value, mut containers): (Value, Vec<Text>)| {
            containers.sort();
            self.variant(shape, path, &value, containers)
        };
        let variants = grouped.found.into_iter().map(variant).collect();
        self.found.push(Difference { path: path.to_owned(), variants });
    }

    fn variant(&self, shape: &Shape, path: &str, value: &Value, containers: Vec<Text>) -> Variant {
        let note = match value {
            Value::Bool(true) if path == "defaultRule" => Some("the rule is the provider's default rule"),
            Value::Bool(false) if path == "defaultRule" => Some("the rule is given by a label"),
            Value::List(items) if items.is_empty() => Some("empty, not absent"),
            Value::Map(entries) if entries.is_empty() => Some("empty, not absent"),
            _ => None,
        };
        Variant { value: self.schema.encode_value(shape, value, Form::Json), note, containers }
    }
}
