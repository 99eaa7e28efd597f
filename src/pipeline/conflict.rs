//! Elements that containers define differently: Traefik deletes them for all.

use super::log::{Field, Level, LogLine};
use crate::dynamic::Section;
use crate::model::Text;

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
