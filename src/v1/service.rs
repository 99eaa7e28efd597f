//! What containers bring to services: a backend's server and a frontend, for each segment.

use std::collections::BTreeMap;

use super::digest::md5;
use super::labels::{Labels, Reader};
use super::names::normalize;
use super::segment::segments;
use super::settings::{Settings, TemplateVersion};
use super::verdict::{Machine, Verdict};
use crate::golang::strconv::parse_int;

/// One container's part in one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The segment; empty for the container itself.
    pub segment: String,
    /// The labels that count for it, under the container's names.
    pub labels: Labels,
    /// The service: the backend's name without `backend-`.
    pub service: String,
    /// The frontend's name without `frontend-`.
    pub frontend: String,
    /// The rule of that frontend.
    pub rule: String,
    /// Its server; nothing where there is no port, which fails the rendering.
    pub server: Option<Server>,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name, unique within the backend.
    pub name: String,
    /// `http://10.0.0.1:80`.
    pub url: String,
    /// Its share.
    pub weight: i64,
}

/// Units by service, each with the place of its container among the verdicts.
pub type Services<'v> = BTreeMap<&'v str, Vec<(usize, &'v Unit)>>;

/// What a container that passed every filter brings.
pub(super) fn units(settings: &Settings, verdict: &Verdict, machine: &Machine) -> Vec<Unit> {
    let build = |segment: String, labels: Labels| Naming { settings, verdict, machine, segment, labels }.unit();
    match settings.template_version {
        TemplateVersion::One => vec![build(String::new(), verdict.labels.clone())],
        TemplateVersion::Two => segments(&verdict.labels).into_iter().map(|(name, own)| build(name, own)).collect(),
    }
}

struct Naming<'a> {
    settings: &'a Settings,
    verdict: &'a Verdict,
    machine: &'a Machine,
    segment: String,
    labels: Labels,
}

impl Naming<'_> {
    fn unit(self) -> Unit {
        let service = self.service();
        let frontend = self.frontend(&service);
        let (rule, server) = (self.rule(), self.server());
        Unit { segment: self.segment, labels: self.labels, service, frontend, rule, server }
    }

    fn filled(&self, label: &str) -> Option<&str> {
        self.labels.get(label).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn service(&self) -> String {
        let name = &self.verdict.name;
        let given = self.filled("traefik.backend");
        match (self.settings.template_version, self.segment.as_str()) {
            (TemplateVersion::One, _) => given.unwrap_or(name).to_owned(),
            (TemplateVersion::Two, "") => normalize(given.unwrap_or(name)),
            (TemplateVersion::Two, segment) => normalize(&format!("{name}-{}", given.unwrap_or(segment))),
        }
    }

    fn frontend(&self, service: &str) -> String {
        match (self.settings.template_version, self.segment.as_str()) {
            (TemplateVersion::One, _) => service.to_owned(),
            (TemplateVersion::Two, "") => normalize(service),
            (TemplateVersion::Two, segment) => normalize(&format!("{segment}-{service}")),
        }
    }

    /// The rule that a label gives, or the host that group, container and domain make.
    fn rule(&self) -> String {
        if let Some(rule) = self.filled("traefik.frontend.rule") {
            return rule.to_owned();
        }
        let domain = self.filled("traefik.domain").unwrap_or(&self.settings.domain);
        let dot = if domain.is_empty() && self.settings.template_version == TemplateVersion::Two { "" } else { "." };
        let host = self.verdict.name.replace('_', "-").to_lowercase();
        format!("Host:{host}{dot}{domain}")
    }

    fn server(&self) -> Option<Server> {
        let port = self.port()?;
        let (Verdict { name, id, .. }, host) = (self.verdict, &self.machine.address);
        let protocol = self.filled("traefik.protocol").unwrap_or("http");
        let (server, url) = match self.settings.template_version {
            TemplateVersion::One => (format!("server-{name}{id}"), format!("{protocol}://{host}:{port}")),
            TemplateVersion::Two => {
                let url = format!("{protocol}://{}:{port}", bracketed(host));
                let segment = if self.segment.is_empty() { String::new() } else { format!("-{}", md5(url.as_bytes())) };
                (normalize(&format!("server-{name}-{id}{segment}")), url)
            }
        };
        Some(Server { name: server, url, weight: Reader::new(&self.labels).int("traefik.weight", 1) })
    }

    /// The port that a label gives: the host's one for it where it is mapped, else as it is written. A label that is
    /// no integer counts for nothing.
    fn port(&self) -> Option<String> {
        let ports = &self.machine.ports;
        let shared = || self.verdict.labels.get("traefik.port").map(String::as_str).filter(|port| !port.is_empty());
        let label = self.filled("traefik.port").or_else(shared);
        if let Some((text, Ok(number))) = label.map(|text| (text, parse_int(text, 64))) {
            let mapped = ports.iter().find(|port| port.host == number || port.container == number);
            return Some(mapped.map_or_else(|| text.to_owned(), |port| port.host.to_string()));
        }
        ports.first().map(|port| port.host.to_string())
    }
}

/// A host as it stands before a port.
fn bracketed(host: &str) -> String {
    if host.contains([':', '%']) { format!("[{host}]") } else { host.to_owned() }
}
