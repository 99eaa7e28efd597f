//! Composes what the built-in templates render: TOML, with labels put in as they stand.

use std::fmt::{Display, Write as _};

use super::labels::{LabelNote, Reader};
use super::options::{BACKEND, FRONTEND, Rendered, Section, SetField, Setting};
use super::service::{Services, Unit};
use super::settings::TemplateVersion;
use crate::golang::duration::Duration;

/// What rendering failed on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the service `{service}` has a container without a port: its label gives none, and it has none of its own")]
pub struct NoPort {
    /// The service.
    pub service: String,
}

/// A rendered template, line by line.
#[derive(Debug, Default)]
struct Document {
    text: String,
}

/// Renders services as the built-in template of a version does.
pub(super) fn compose(services: &Services<'_>, version: TemplateVersion) -> Result<String, NoPort> {
    let mut document = Document::default();
    document.line("[backends]");
    for (service, units) in services {
        let units: Vec<&Unit> = units.iter().map(|(_, unit)| *unit).collect();
        match version {
            TemplateVersion::One => document.old_backend(service, &units)?,
            TemplateVersion::Two => document.backend(service, &units)?,
        }
    }
    document.line("[frontends]");
    for (service, units) in services {
        for unit in first_of_each_segment(units.iter().map(|(_, unit)| *unit)) {
            match version {
                TemplateVersion::One => document.old_frontend(service, unit),
                TemplateVersion::Two => document.frontend(service, unit),
            }
        }
    }
    Ok(document.text)
}

/// The options of a unit's backend, rendered by themselves: what depends on which unit comes first.
pub(super) fn backend_options(service: &str, unit: &Unit, version: TemplateVersion) -> String {
    let mut document = Document::default();
    match version {
        TemplateVersion::One => document.old_backend_options(service, unit),
        TemplateVersion::Two => document.backend_options(service, unit),
    }
    document.text
}

/// A unit's frontend, rendered by itself.
pub(super) fn frontend(service: &str, unit: &Unit, version: TemplateVersion) -> String {
    let mut document = Document::default();
    match version {
        TemplateVersion::One => document.old_frontend(service, unit),
        TemplateVersion::Two => document.frontend(service, unit),
    }
    document.text
}

/// What is wrong with a unit's labels, as far as rendering reads them.
pub(super) fn notes(unit: &Unit) -> Vec<LabelNote> {
    let reader = Reader::new(&unit.labels);
    for spec in BACKEND.iter().chain(FRONTEND) {
        spec.read(&reader);
    }
    reader.int("traefik.weight", 1);
    reader.int("traefik.frontend.priority", 0);
    reader.bool("traefik.frontend.passHostHeader", true);
    reader.bool("traefik.frontend.passTLSCert", false);
    reader.list("traefik.frontend.entryPoints");
    reader.into_notes()
}

/// Frontends come from the first unit of each segment.
fn first_of_each_segment<'u>(units: impl Iterator<Item = &'u Unit>) -> Vec<&'u Unit> {
    let mut first: Vec<&Unit> = Vec::new();
    for unit in units {
        if first.iter().all(|known| known.segment != unit.segment) {
            first.push(unit);
        }
    }
    first
}

impl Document {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn table(&mut self, path: impl Display) {
        let _ = writeln!(self.text, "[{path}]");
    }

    fn plain(&mut self, key: &str, value: impl Display) {
        let _ = writeln!(self.text, "{key} = {value}");
    }

    fn quoted(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = \"{value}\"");
    }

    fn list(&mut self, key: &str, items: &[String]) {
        let _ = write!(self.text, "{key} = [");
        for item in items {
            let _ = write!(self.text, "\n\"{item}\",\n");
        }
        let _ = writeln!(self.text, "]");
    }

    fn backend(&mut self, service: &str, units: &[&Unit]) -> Result<(), NoPort> {
        if let Some(first) = units.first() {
            self.backend_options(service, first);
        }
        let mut servers = std::collections::BTreeMap::new();
        for unit in units {
            let server = unit.server.as_ref().ok_or_else(|| NoPort { service: service.to_owned() })?;
            servers.entry(&server.name).or_insert(server);
        }
        for server in servers.values() {
            self.table(format_args!("backends.\"backend-{service}\".servers.\"{}\"", server.name));
            self.quoted("url", &server.url);
            self.plain("weight", server.weight);
        }
        Ok(())
    }

    fn backend_options(&mut self, service: &str, unit: &Unit) {
        let reader = Reader::new(&unit.labels);
        for spec in BACKEND {
            if let Some(section) = spec.read(&reader) {
                self.section(&format!("backends.\"backend-{service}\".{}", spec.key), &section);
            }
        }
    }

    fn frontend(&mut self, service: &str, unit: &Unit) {
        let reader = Reader::new(&unit.labels);
        let path = format!("frontends.\"frontend-{}\"", unit.frontend);
        self.table(&path);
        self.quoted("backend", &format!("backend-{service}"));
        self.plain("priority", reader.int("traefik.frontend.priority", 0));
        self.plain("passHostHeader", reader.bool("traefik.frontend.passHostHeader", true));
        self.plain("passTLSCert", reader.bool("traefik.frontend.passTLSCert", false));
        self.list("entryPoints", &reader.list("traefik.frontend.entryPoints"));
        for spec in FRONTEND {
            if let Some(section) = spec.read(&reader) {
                self.section(&format!("{path}.{}", spec.key), &section);
            }
        }
        self.table(format_args!("{path}.routes.\"route-frontend-{}\"", unit.frontend));
        self.quoted("rule", &unit.rule);
    }

    fn section(&mut self, path: &str, section: &Section) {
        self.table(path);
        for field in &section.fields {
            if field.rendered == Rendered::Always || !field.setting.is_empty() {
                self.field(path, field);
            }
        }
    }

    fn field(&mut self, path: &str, field: &SetField) {
        let key = field.key;
        match &field.setting {
            Setting::Text(text) => self.quoted(key, text),
            Setting::Lines(text) => self.plain(key, format_args!("\"\"\"{text}\"\"\"")),
            Setting::Backend(name) => self.quoted(key, &format!("backend-{name}")),
            Setting::Bool(value) => self.plain(key, value),
            Setting::Int(number) => self.plain(key, number),
            Setting::Duration(nanoseconds) => self.quoted(key, &Duration(*nanoseconds).to_string()),
            Setting::List(items) => self.list(key, items),
            Setting::Map(entries) => {
                self.table(format_args!("{path}.{key}"));
                for (name, value) in entries {
                    self.quoted(name, value);
                }
            }
            Setting::Section(section) => {
                if let Some(section) = section {
                    self.section(&format!("{path}.{key}"), section);
                }
            }
            Setting::Sections(sections) => {
                let path = if key.is_empty() { path.to_owned() } else { format!("{path}.{key}") };
                if !key.is_empty() {
                    self.table(&path);
                }
                for (name, section) in sections {
                    self.section(&format!("{path}.\"{name}\""), section);
                }
            }
        }
    }

    fn old_backend(&mut self, service: &str, units: &[&Unit]) -> Result<(), NoPort> {
        if let Some(first) = units.first() {
            self.old_backend_options(service, first);
        }
        for unit in units {
            let server = unit.server.as_ref().ok_or_else(|| NoPort { service: service.to_owned() })?;
            self.table(format_args!("backends.\"backend-{service}\".servers.\"{}\"", server.name));
            self.quoted("url", &server.url);
            self.plain("weight", server.weight);
        }
        Ok(())
    }

    fn old_backend_options(&mut self, service: &str, unit: &Unit) {
        let reader = Reader::new(&unit.labels);
        let text = |label, default| reader.filled(label).unwrap_or(default);
        self.table(format_args!("backends.\"backend-{service}\".loadBalancer"));
        self.quoted("method", text("traefik.backend.loadbalancer.method", "wrr"));
        self.plain("sticky", reader.bool("traefik.backend.loadbalancer.sticky", false));
        if reader.bool("traefik.backend.loadbalancer.stickiness", false) {
            self.table(format_args!("backends.\"backend-{service}\".loadBalancer.stickiness"));
            self.quoted("cookieName", text("traefik.backend.loadbalancer.stickiness.cookieName", ""));
        }
        if let Some(path) = reader.filled("traefik.backend.healthcheck.path") {
            self.table(format_args!("backends.\"backend-{service}\".healthCheck"));
            self.quoted("path", path);
            self.quoted("interval", text("traefik.backend.healthcheck.interval", ""));
        }
    }

    fn old_frontend(&mut self, service: &str, unit: &Unit) {
        let reader = Reader::new(&unit.labels);
        let path = format!("frontends.\"frontend-{service}\"");
        self.table(&path);
        self.quoted("backend", &format!("backend-{service}"));
        self.plain("passHostHeader", reader.bool("traefik.frontend.passHostHeader", true));
        self.plain("priority", reader.int("traefik.frontend.priority", 0));
        self.list("entryPoints", &reader.list("traefik.frontend.entryPoints"));
        self.list("basicAuth", &reader.list("traefik.frontend.auth.basic"));
        self.table(format_args!("{path}.routes.\"route-frontend-{service}\""));
        self.quoted("rule", &unit.rule);
    }
}
