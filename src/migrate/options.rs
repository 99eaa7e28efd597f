//! One segment's options: a router, a service, and middlewares between them.

use std::collections::{BTreeMap, BTreeSet};

use super::container::{Container, name};
use super::note::{Note, Said};
use super::rule::{Difference, migrate_rule};
use super::table::{As, To, find};
use crate::golang::strconv::{parse_bool, parse_int};
use crate::v1::labels::{Labels, Reader};
use crate::v1::options::{FRONTEND, Section, Setting};

/// The order in which a router's middlewares act, by their suffixes: what refuses first, what changes paths last,
/// since v1's other options see the request as it came.
const ORDER: [&str; 15] = [
    "errors",
    "allow-list",
    "rate",
    "max-conn",
    "redirect",
    "https",
    "headers",
    "basic-auth",
    "digest-auth",
    "forward-auth",
    "client-cert",
    "buffering",
    "circuit-breaker",
    "strip-regex",
    "strip",
];

/// One segment on its way.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    container: &'a Container,
    own: &'a Labels,
    router: String,
    service: String,
    middlewares: BTreeSet<String>,
    rewrites: Vec<String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) notes: BTreeSet<Note>,
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
            rewrites: Vec::new(),
            labels: BTreeMap::new(),
            notes: BTreeSet::new(),
        }
    }

    pub(super) fn migrate(&mut self) {
        for (label, value) in self.own {
            self.one(label, value);
        }
        self.route();
        self.access();
        self.redirect();
        self.secure();
        self.limits();
        self.error_pages();
        self.finish();
    }

    fn note(&mut self, label: &str, said: Said) {
        let value = self.own.get(label).cloned().unwrap_or_default();
        self.notes.insert(Note { label: label.to_owned(), value, said });
    }

    fn filled(&self, label: &str) -> Option<&'a str> {
        Reader::new(self.own).filled(label)
    }

    fn set_service(&mut self, option: &str, value: impl Into<String>) {
        self.labels.insert(format!("traefik.http.services.{}.{option}", self.service), value.into());
    }

    fn set_router(&mut self, option: &str, value: impl Into<String>) {
        self.labels.insert(format!("traefik.http.routers.{}.{option}", self.router), value.into());
    }

    fn set_middleware(&mut self, suffix: &str, option: &str, value: impl Into<String>) {
        let name = format!("{}-{suffix}", self.router);
        self.labels.insert(format!("traefik.http.middlewares.{name}.{option}"), value.into());
        self.middlewares.insert(suffix.to_owned());
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
        let unread = |why: String| Said::NoEffect(format!("{why}; v1 uses the default, so it is left out"));
        let text = match form {
            As::Text => toml_text(value),
            As::Bool => match parse_bool(value) {
                Ok(read) => read.to_string(),
                Err(error) => return self.note(label, unread(error.to_string())),
            },
            As::Int => match parse_int(value, 64) {
                Ok(read) => read.to_string(),
                Err(error) => return self.note(label, unread(error.to_string())),
            },
            As::List => toml_text(&reader.list(label).join(",")),
            As::Headers => {
                for (header, text) in reader.map(label) {
                    self.put(to, &format!(".{header}"), toml_text(&text));
                }
                return;
            }
        };
        // A cookie that isn't wanted is one that isn't named.
        if !(label.contains("loadbalancer.stick") && text == "false") {
            self.put(to, "", text);
        }
    }

    fn put(&mut self, to: To, below: &str, value: String) {
        match to {
            To::Service(option) => self.set_service(&format!("{option}{below}"), value),
            To::Router(option) => self.set_router(&format!("{option}{below}"), value),
            To::Middleware(suffix, option) => self.set_middleware(suffix, &format!("{option}{below}"), value),
            To::Together | To::Nothing(_) | To::Unused => {}
        }
    }

    /// Rule and priority.
    fn route(&mut self) {
        const RULE: &str = "traefik.frontend.rule";
        let given = self.filled(RULE).map(toml_text);
        let Some(rule) = given.or_else(|| self.default_rule()) else {
            self.set_router("service", self.service.clone());
            return self.note(
                RULE,
                Said::ByHand(
                    "there is no rule, so v1 makes one of the task's group, which is not known here: set \
                     `providers.ecs.defaultRule` to a template such as Host(`{{ normalize .Name }}.DOMAIN`)"
                        .to_owned(),
                ),
            );
        };
        match migrate_rule(&rule) {
            Err(error) => self.note(RULE, Said::NoEffect(format!("{error}; {}", Difference::Invalid.sentence()))),
            Ok(migrated) => {
                for difference in &migrated.differences {
                    self.note(RULE, Said::Changed(difference.sentence().to_owned()));
                }
                let Some(text) = migrated.rule else { return };
                self.set_router("rule", text);
                self.set_router("service", self.service.clone());
                for middleware in migrated.middlewares {
                    for (option, value) in &middleware.options {
                        self.set_middleware(middleware.suffix, option, value);
                    }
                    self.rewrites.push(middleware.suffix.to_owned());
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
        Some(format!("Host:{host}"))
    }

    /// A frontend's section, as v1 reads it.
    fn section(&self, function: &str) -> Option<Section> {
        FRONTEND.iter().find(|spec| spec.function == function)?.read(&Reader::new(self.own))
    }

    /// Who may come in: of basic, digest and forward v1 takes the first that has a label.
    fn access(&mut self) {
        if let Some(auth) = self.section("getAuth") {
            let kinds = [("Basic", "basic-auth"), ("Digest", "digest-auth"), ("Forward", "forward-auth")];
            for (field, suffix) in kinds {
                let used = matches!(auth.get(field), Some(Setting::Section(Some(_))));
                if !used && self.middlewares.remove(suffix) {
                    self.drop_middleware(suffix);
                }
            }
            if let Some(Setting::Section(Some(basic))) = auth.get("Basic")
                && let Some(Setting::List(users)) = basic.get("Users")
            {
                self.set_middleware("basic-auth", "basicauth.users", users.join(","));
            }
            self.header_field();
        }
        if let Some(list) = self.section("getWhiteList") {
            if let Some(Setting::List(ranges)) = list.get("SourceRange") {
                self.set_middleware("allow-list", "ipallowlist.sourcerange", ranges.join(","));
            }
            if list.get("UseXForwardedFor") == Some(&Setting::Bool(true)) {
                self.set_middleware("allow-list", "ipallowlist.ipstrategy.depth", "1");
                self.note(
                    "traefik.frontend.whiteList.useXForwardedFor",
                    Said::Changed(
                        "v1 looks at every address in `X-Forwarded-For`, v3 at the last one; behind more proxies raise \
                         the depth"
                            .to_owned(),
                    ),
                );
            }
        }
    }

    fn header_field(&mut self) {
        const FIELD: &str = "traefik.frontend.auth.headerField";
        let Some(field) = self.filled(FIELD).map(str::to_owned) else { return };
        let kinds = [("basic-auth", "basicauth"), ("digest-auth", "digestauth"), ("forward-auth", "forwardauth")];
        for (suffix, kind) in kinds {
            if self.middlewares.contains(suffix) {
                self.set_middleware(suffix, &format!("{kind}.headerfield"), field.clone());
            }
        }
    }

    /// Takes out what an option set that v1 passes over.
    fn drop_middleware(&mut self, suffix: &str) {
        let prefix = format!("traefik.http.middlewares.{}-{suffix}.", self.router);
        self.labels.retain(|label, _| !label.starts_with(&prefix));
        let kind = suffix.trim_end_matches("-auth");
        let given: Vec<String> = Reader::new(self.own)
            .beginning(&format!("traefik.frontend.auth.{kind}."))
            .map(|(label, _)| label.to_owned())
            .collect();
        for label in given {
            self.note(&label, Said::NoEffect("another kind of authentication goes before it".to_owned()));
        }
    }

    fn redirect(&mut self) {
        const ENTRY_POINT: &str = "traefik.frontend.redirect.entryPoint";
        let Some(redirect) = self.section("getRedirect") else {
            for label in ["regex", "replacement", "permanent"].map(|part| format!("traefik.frontend.redirect.{part}")) {
                if self.own.contains_key(&label) {
                    self.note(&label, Said::NoEffect("a redirection takes a regex and a replacement".to_owned()));
                }
            }
            return;
        };
        let text = |name| match redirect.get(name) {
            Some(Setting::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let permanent = (redirect.get("Permanent") == Some(&Setting::Bool(true))).to_string();
        let entry_point = text("EntryPoint");
        if entry_point.is_empty() {
            self.set_middleware("redirect", "redirectregex.regex", toml_text(&text("Regex")));
            self.set_middleware("redirect", "redirectregex.replacement", toml_text(&text("Replacement")));
            return self.set_middleware("redirect", "redirectregex.permanent", permanent);
        }
        let address = self.container.entry_points.get(&entry_point).cloned();
        let port = address.as_deref().and_then(|address| address.rsplit(':').next()).unwrap_or("443").to_owned();
        if address.is_none() {
            self.note(
                ENTRY_POINT,
                Said::ByHand(format!(
                    "the address of `{entry_point}` is not known here, so https on port 443 is taken; migrate the \
                     static configuration along"
                )),
            );
        }
        self.set_middleware("redirect", "redirectscheme.scheme", "https");
        if port != "443" {
            self.set_middleware("redirect", "redirectscheme.port", port);
        }
        self.set_middleware("redirect", "redirectscheme.permanent", permanent);
    }

    /// v3's headers redirect no more; a redirection by scheme does.
    fn secure(&mut self) {
        const PREFIX: &str = "traefik.frontend.headers.";
        let reader = Reader::new(self.own);
        let on = |name: &str| reader.bool(&format!("{PREFIX}{name}"), false);
        if on("SSLRedirect") {
            let permanent = !on("SSLTemporaryRedirect");
            self.set_middleware("https", "redirectscheme.scheme", "https");
            self.set_middleware("https", "redirectscheme.permanent", permanent.to_string());
        } else if self.own.contains_key("traefik.frontend.headers.SSLTemporaryRedirect") {
            let label = format!("{PREFIX}SSLTemporaryRedirect");
            self.note(&label, Said::NoEffect("nothing redirects without `SSLRedirect`".to_owned()));
        }
        for name in ["SSLHost", "SSLForceHost"] {
            let label = format!("{PREFIX}{name}");
            if self.own.contains_key(&label) {
                let reason = "v3 redirects by scheme and keeps the host; add a `redirectRegex` for another host";
                self.note(&label, Said::NoEquivalent(reason.to_owned()));
            }
        }
    }

    /// Rates and connections, each counted by what an extractor function names.
    fn limits(&mut self) {
        const AMOUNT: &str = "traefik.backend.maxconn.amount";
        const CONNECTIONS: &str = "traefik.backend.maxconn.extractorfunc";
        const RATES: &str = "traefik.frontend.rateLimit.extractorFunc";
        if self.holds(AMOUNT) {
            let by = self.filled(CONNECTIONS).unwrap_or("request.host").to_owned();
            self.criterion("max-conn", "inflightreq", CONNECTIONS, &by);
        }
        let Some(limit) = self.section("getRateLimit") else {
            return self.without(
                "traefik.frontend.rateLimit.rateSet.",
                "v1 reads it only with `traefik.frontend.rateLimit.extractorFunc`",
            );
        };
        let by = self.filled(RATES).unwrap_or_default().to_owned();
        let Some(Setting::Sections(rates)) = limit.get("RateSet") else { return };
        for (rate, set) in rates {
            let suffix = format!("rate-{rate}");
            for (field, option) in [("Average", "average"), ("Burst", "burst")] {
                if let Some(Setting::Int(number)) = set.get(field) {
                    self.set_middleware(&suffix, &format!("ratelimit.{option}"), number.to_string());
                }
            }
            if let Some(Setting::Duration(period)) = set.get("Period") {
                let period = crate::golang::duration::Duration(*period).to_string();
                self.set_middleware(&suffix, "ratelimit.period", period);
            }
            self.criterion(&suffix, "ratelimit", RATES, &by);
        }
    }

    fn criterion(&mut self, suffix: &str, kind: &str, label: &str, by: &str) {
        let option = |name: &str| format!("{kind}.sourcecriterion.{name}");
        if by == "request.host" {
            self.set_middleware(suffix, &option("requesthost"), "true");
        } else if let Some(header) = by.strip_prefix("request.header.") {
            self.set_middleware(suffix, &option("requestheadername"), header);
        } else if by == "client.ip" {
            self.set_middleware(suffix, &option("ipstrategy.depth"), "0");
        } else {
            self.note(label, Said::ByHand(format!("`{by}` is no extractor that v1 knows, so v1 counts nothing")));
        }
    }

    fn without(&mut self, prefix: &str, reason: &str) {
        let labels: Vec<String> = Reader::new(self.own).beginning(prefix).map(|(label, _)| label.to_owned()).collect();
        for label in labels {
            self.note(&label, Said::NoEffect(reason.to_owned()));
        }
    }

    fn error_pages(&mut self) {
        let Some(Setting::Sections(pages)) = self.section("getErrorPages").and_then(|section| section.get("").cloned())
        else {
            return self.without("traefik.frontend.errors.", "v1 makes no page of it");
        };
        for (page, set) in pages {
            let suffix = format!("errors-{page}");
            if let Some(Setting::List(statuses)) = set.get("Status") {
                self.set_middleware(&suffix, "errors.status", statuses.join(","));
            }
            if let Some(Setting::Text(query)) = set.get("Query") {
                self.set_middleware(&suffix, "errors.query", query.clone());
            }
            if let Some(Setting::Backend(backend)) = set.get("Backend") {
                self.set_middleware(&suffix, "errors.service", name(&[backend]));
                self.note(
                    &format!("traefik.frontend.errors.{page}.backend"),
                    Said::ByHand(format!("a service named `{}` has to exist", name(&[backend]))),
                );
            }
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
            let known = ORDER.iter().position(|known| *known == suffix || suffix.starts_with(&format!("{known}-")));
            let rewrite = self.rewrites.iter().position(|rewrite| rewrite == suffix);
            (rewrite.map_or(0, |at| at + 1), known.unwrap_or(ORDER.len()))
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

/// What a label's text is once it has been through v1's TOML; as it stands where it would not get through.
fn toml_text(text: &str) -> String {
    match crate::v1::toml::parse(&format!("x = \"{text}\"")) {
        Ok(table) => match table.get("x") {
            Some(crate::v1::toml::Toml::Text(read)) => read.clone(),
            _ => text.to_owned(),
        },
        Err(_) => text.to_owned(),
    }
}
