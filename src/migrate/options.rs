//! One segment's options: a router, a service, and middlewares between them.

mod access;
mod limits;
mod redirect;

use std::collections::{BTreeMap, BTreeSet};

use super::container::{Container, name, nearest};
use super::note::{Note, Said};
use super::rule::migrate_rule;
use super::table::{As, To, find};
use super::verify::Before;
use crate::golang::duration::{Duration, InvalidDuration};
use crate::golang::strconv::{parse_bool, parse_int};
use crate::v1::configuration::period;
use crate::v1::labels::{Labels, Reader};
use crate::v1::options::{FRONTEND, Section};
use crate::v1::toml::{self, Toml};

const RULE: &str = "traefik.frontend.rule";

/// The order in which a router's middlewares act, by their suffixes. v1 changes the path first of all, and its
/// redirections undo that for themselves; what asks another server sees the changed path.
const ORDER: [&str; 18] = [
    "errors",
    "allow-list",
    "rate",
    "max-conn",
    "redirect",
    "https",
    "headers",
    "strip-regex",
    "strip",
    "add-prefix",
    "replace-regex",
    "replace",
    "basic-auth",
    "digest-auth",
    "forward-auth",
    "client-cert",
    "buffering",
    "circuit-breaker",
];

/// A step of a migration, with the label, or the beginning of those, that it is about.
type Step<'a> = (&'static str, fn(&mut Unit<'a>));

/// One segment on its way.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    container: &'a Container,
    own: &'a Labels,
    router: String,
    service: String,
    middlewares: BTreeSet<String>,
    pub(super) labels: BTreeMap<String, String>,
    /// The label that each of them comes from.
    pub(super) sources: BTreeMap<String, String>,
    /// Those of its own labels that became others by themselves.
    pub(super) used: BTreeSet<String>,
    pub(super) notes: BTreeSet<Note>,
    /// The label, or the beginning of those, that is being migrated.
    at: String,
}

impl<'a> Unit<'a> {
    pub(super) fn new(container: &'a Container, segment: &str, own: &'a Labels) -> Self {
        let router = name(&[&container.name, segment]);
        let backend = own.get("traefik.backend").filter(|backend| !backend.is_empty());
        let service = match (backend, segment) {
            (None, _) => router.clone(),
            // Containers that name one backend share it, as they did.
            (Some(backend), "") => name(&[backend]),
            (Some(backend), _) => name(&[&container.name, backend]),
        };
        Self {
            container,
            own,
            router,
            service,
            middlewares: BTreeSet::new(),
            labels: BTreeMap::new(),
            sources: BTreeMap::new(),
            used: BTreeSet::new(),
            notes: BTreeSet::new(),
            at: String::new(),
        }
    }

    pub(super) fn migrate(&mut self) {
        for (label, value) in self.own {
            self.at.clone_from(label);
            self.one(label, value);
        }
        let steps: [Step<'a>; 9] = [
            ("traefik.port", Self::port),
            (RULE, Self::route),
            ("traefik.frontend.auth.", Self::access),
            ("traefik.frontend.redirect.", Self::redirect),
            ("traefik.frontend.headers.SSLRedirect", Self::secure),
            ("traefik.frontend.rateLimit.", Self::limits),
            ("traefik.frontend.errors.", Self::error_pages),
            ("traefik.frontend.passTLSClientCert.infos.", Self::tell_changes),
            (RULE, Self::finish),
        ];
        for (at, step) in steps {
            at.clone_into(&mut self.at);
            step(self);
        }
    }

    /// The frontend that it is to v1, as far as that is known.
    pub(super) fn before(mut self) -> Option<Before> {
        let rule = self.rule()?;
        let priority = self.filled("traefik.frontend.priority").and_then(|text| parse_int(text, 64).ok());
        Some(Before {
            entry_points: Reader::new(self.own).list("traefik.frontend.entryPoints"),
            servers: BTreeSet::from([self.service]),
            ..Before::new(&self.router, &rule, priority.unwrap_or_default())
        })
    }

    fn note(&mut self, label: &str, said: Said) {
        let value = self.own.get(label).cloned().unwrap_or_default();
        self.notes.insert(Note { label: label.to_owned(), value, said });
    }

    fn filled(&self, label: &str) -> Option<&'a str> {
        Reader::new(self.own).filled(label)
    }

    fn set(&mut self, label: String, value: String) {
        if let Some(source) = nearest(self.own.keys(), &self.at) {
            self.sources.entry(label.clone()).or_insert_with(|| source.clone());
        }
        self.labels.insert(label, value);
    }

    fn set_service(&mut self, option: &str, value: impl Into<String>) {
        self.set(format!("traefik.http.services.{}.{option}", self.service), value.into());
    }

    fn set_router(&mut self, option: &str, value: impl Into<String>) {
        self.set(format!("traefik.http.routers.{}.{option}", self.router), value.into());
    }

    fn set_middleware(&mut self, suffix: &str, option: &str, value: impl Into<String>) {
        let name = format!("{}-{suffix}", self.router);
        self.set(format!("traefik.http.middlewares.{name}.{option}"), value.into());
        self.middlewares.insert(suffix.to_owned());
    }

    fn remove_middleware(&mut self, suffix: &str) {
        let prefix = format!("traefik.http.middlewares.{}-{suffix}.", self.router);
        let gone: Vec<String> = self.labels.keys().filter(|label| label.starts_with(&prefix)).cloned().collect();
        for label in gone {
            self.labels.remove(&label);
            if let Some(source) = self.sources.remove(&label) {
                self.used.remove(&source);
            }
        }
        self.middlewares.remove(suffix);
    }

    /// What becomes of one label by itself.
    fn one(&mut self, label: &str, value: &str) {
        let short = label.strip_prefix("traefik.").unwrap_or(label);
        if short.starts_with("frontend.errors.") || short.starts_with("frontend.rateLimit.rateSet.") {
            return;
        }
        let Some(row) = find(short) else {
            self.note(label, Said::NoEffect("v1 knows no such label".to_owned()));
            return;
        };
        let met = row.needs.is_none_or(|needed| self.holds(&format!("traefik.{needed}")));
        match row.to {
            To::Together => {}
            To::Unused => self.note(label, Said::NoEffect("v1 never read it".to_owned())),
            To::Nothing(reason) if !value.is_empty() => self.note(label, Said::NoEquivalent(reason.to_owned())),
            _ if value.is_empty() => self.note(label, Said::NoEffect("it is empty".to_owned())),
            _ if !met => {
                let needed = row.needs.unwrap_or_default();
                self.note(label, Said::NoEffect(format!("v1 reads it only with `traefik.{needed}`")));
            }
            to => self.write(label, to, row.value, value),
        }
    }

    /// Whether a label that others need does what it should.
    fn holds(&self, label: &str) -> bool {
        let Some(value) = self.filled(label) else { return false };
        match find(label.strip_prefix("traefik.").unwrap_or(label)).map(|row| row.value) {
            Some(As::Bool) => parse_bool(value) == Ok(true),
            Some(As::Int) => parse_int(value, 64).is_ok(),
            _ => true,
        }
    }

    fn write(&mut self, label: &str, to: To, form: As, value: &str) {
        let reader = Reader::new(self.own);
        let text = match form {
            As::Text => Ok(self.toml_text(label, value)),
            As::Bool => parse_bool(value).map(|read| read.to_string()).map_err(|error| error.to_string()),
            As::Int => parse_int(value, 64).map(|read| read.to_string()).map_err(|error| error.to_string()),
            As::Duration => positive_duration(value),
            As::Seconds => period(value).map(|read| Duration(read).to_string()),
            As::List => Ok(self.toml_text(label, &reader.list(label).join(","))),
            As::Headers => {
                for (header, text) in reader.map(label) {
                    let text = self.toml_text(label, &text);
                    self.put(to, &format!(".{header}"), text);
                }
                return;
            }
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.note(label, Said::NoEffect(format!("{why}; v1 uses the default"))),
        };
        // A cookie that isn't wanted is one that isn't named.
        if !(label.contains("loadbalancer.stick") && text == "false") {
            self.put(to, "", text);
        }
    }

    /// What a label's text is once it has been through v1's TOML; as it stands where it would not get through.
    fn toml_text(&mut self, label: &str, text: &str) -> String {
        if let Ok(table) = toml::parse(&format!("x = \"{text}\""))
            && let Some(Toml::Text(read)) = table.get("x")
        {
            return read.clone();
        }
        let why = "it breaks the TOML that v1 makes of it, and with it v1's whole configuration; it is taken as meant";
        self.note(label, Said::Changed(why.to_owned()));
        text.to_owned()
    }

    fn put(&mut self, to: To, below: &str, value: String) {
        self.used.insert(self.at.clone());
        match to {
            To::Service(option) => self.set_service(&format!("{option}{below}"), value),
            To::Router(option) => self.set_router(&format!("{option}{below}"), value),
            To::Middleware(suffix, option) => self.set_middleware(suffix, &format!("{option}{below}"), value),
            To::Together | To::Nothing(_) | To::Unused => {}
        }
    }

    /// The port to look for. v1 looks among the ports of containers and hosts, v3 among those of containers alone; one
    /// that is mapped nowhere is taken as it is written by both.
    fn port(&mut self) {
        const PORT: &str = "traefik.port";
        let Some(written) = self.filled(PORT) else { return };
        let number = match parse_int(written, 64) {
            Ok(number) => number,
            Err(error) => return self.note(PORT, Said::NoEffect(format!("{error}; v1 uses the first port"))),
        };
        let known = self.container.ports.as_deref();
        let ports = known.unwrap_or_default();
        let port = match ports.iter().find(|port| port.host == number || port.container == number) {
            Some(mapped) if ports.iter().any(|port| port.container == number) => mapped.container.to_string(),
            None if known.is_some() => written.to_owned(),
            _ => number.to_string(),
        };
        self.set_service("loadbalancer.server.port", port);
    }

    /// The rule that v1 reads.
    fn rule(&mut self) -> Option<String> {
        let given = self.filled(RULE).map(|rule| self.toml_text(RULE, rule));
        given.or_else(|| self.default_rule())
    }

    /// Rule and priority.
    fn route(&mut self) {
        let Some(rule) = self.rule() else {
            self.set_router("service", self.service.clone());
            return self.tell_default_rule();
        };
        match migrate_rule(&rule) {
            Err(error) => {
                self.note(RULE, Said::NoEffect(format!("{error}; v1 gives it no route, so there is no router")));
            }
            Ok(migrated) => {
                for difference in &migrated.differences {
                    self.note(RULE, Said::Changed(difference.sentence().to_owned()));
                }
                if migrated.left_out {
                    self.note(RULE, Said::NoEffect("what v1 never matches in it is left out".to_owned()));
                }
                let Some(text) = migrated.rule else { return };
                self.set_router("rule", text);
                self.set_router("service", self.service.clone());
                for middleware in migrated.middlewares {
                    for (option, value) in &middleware.options {
                        self.set_middleware(middleware.suffix, option, value);
                    }
                }
                let given = self.filled("traefik.frontend.priority").and_then(|text| parse_int(text, 64).ok());
                let priority = given.filter(|priority| *priority > 0);
                let length = i64::try_from(migrated.priority).unwrap_or(i64::MAX);
                self.set_router("priority", priority.unwrap_or(length).to_string());
            }
        }
    }

    /// The rule that v1 makes where a container has none.
    fn default_rule(&self) -> Option<String> {
        let host = self.container.default_host.as_ref()?;
        let domain = self.filled("traefik.domain").unwrap_or(&self.container.domain);
        let dot = if domain.is_empty() { "" } else { "." };
        Some(format!("Host:{host}{dot}{domain}"))
    }

    /// The default rule can't be written out where the task's group isn't known.
    fn tell_default_rule(&mut self) {
        let domain = self.filled("traefik.domain").unwrap_or("DOMAIN").to_owned();
        let label = if domain == "DOMAIN" { "traefik.frontend.rule" } else { "traefik.domain" };
        self.note(
            label,
            Said::ByHand(format!(
                "there is no rule, so v1 makes one of the task's group, which is not known here: set \
                 `providers.ecs.defaultRule` to Host(`{{{{ lower (normalize .Name) }}}}.{domain}`), or give the router \
                 a rule"
            )),
        );
    }

    /// A frontend's section, as v1 reads it.
    fn section(&self, function: &str) -> Option<Section> {
        FRONTEND.iter().find(|spec| spec.function == function)?.read(&Reader::new(self.own))
    }

    /// Says what servers and clients may notice.
    fn tell_changes(&mut self) {
        const INFOS: &str = "traefik.frontend.passTLSClientCert.infos";
        if Reader::new(self.own).any(INFOS) {
            let reason = "the header is `X-Forwarded-Tls-Client-Cert-Info` now, and what stands in it is put together \
                          otherwise";
            self.note(INFOS, Said::Changed(reason.to_owned()));
        }
        if self.middlewares.contains("redirect")
            && self.filled("traefik.frontend.redirect.replacement").is_some_and(|text| text.contains("{{"))
        {
            let reason = "v1 fills in templates such as {{.Request.Host}}, v3 doesn't";
            self.note("traefik.frontend.redirect.replacement", Said::NoEquivalent(reason.to_owned()));
        }
    }

    /// Names the middlewares in the router, in the order in which they act.
    fn finish(&mut self) {
        const METHOD: &str = "traefik.backend.loadbalancer.method";
        if self.filled(METHOD).is_some_and(|method| !method.eq_ignore_ascii_case("wrr")) {
            let reason = "v3 has weighted round robin, power of two choices and others, but no dynamic round robin";
            self.note(METHOD, Said::NoEquivalent(reason.to_owned()));
        }
        let place = |suffix: &String| {
            let known = ORDER.iter().position(|known| *known == suffix);
            let named = || ORDER.iter().position(|known| suffix.starts_with(&format!("{known}-")));
            known.or_else(named).unwrap_or(ORDER.len())
        };
        let mut ordered: Vec<&String> = self.middlewares.iter().collect();
        ordered.sort_by_key(|suffix| place(suffix));
        let named: Vec<String> = ordered.iter().map(|suffix| format!("{}-{suffix}", self.router)).collect();
        let routed = self.labels.contains_key(&format!("traefik.http.routers.{}.service", self.router));
        if !named.is_empty() && routed {
            self.set_router("middlewares", named.join(","));
        }
        let service = format!("traefik.http.services.{}.", self.service);
        if !self.labels.keys().any(|label| label.starts_with(&service)) {
            // A service is there by being named.
            self.set_service("loadbalancer.passhostheader", "true");
        }
    }
}

/// A duration that v1 takes for one: Go's spelling, with a unit, more than nothing.
fn positive_duration(text: &str) -> Result<String, String> {
    let read: Duration = text.parse().map_err(|error: InvalidDuration| error.to_string())?;
    if read.0 > 0 { Ok(read.to_string()) } else { Err("it is not longer than nothing".to_owned()) }
}
