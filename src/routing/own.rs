//! Traefik's own routers, middlewares and services: API, dashboard, health, metrics, challenges of certificates, and
//! the redirections of entry points. They compete with all others, mostly with priorities that no other may have.

use std::collections::{BTreeMap, BTreeSet};

use crate::dynamic::Configuration;
use crate::golang::unicode::{is_letter, is_number};
use crate::model::{Release, Text};
use crate::settings::{EntryPoint, EntryPoints, INTERNAL, OwnRoutes, Rest, Served};

/// The provider that they are from.
pub(super) const PROVIDER: &str = "internal";

const CHALLENGE: &str = "PathPrefix(`/.well-known/acme-challenge/`)";

/// Traefik's own part of the configuration.
#[derive(Debug)]
pub(super) struct Own {
    /// Routers and middlewares.
    pub(super) configuration: Configuration,
    /// The services that there are, with their provider.
    pub(super) services: BTreeSet<Text>,
}

/// The same in the making, as the labels that would say it.
struct Making {
    labels: BTreeMap<Text, Text>,
    services: BTreeSet<Text>,
    release: Release,
}

/// A router in the making.
struct Route<'a> {
    name: &'a str,
    rule: &'a str,
    entry_point: &'a str,
    service: &'a str,
    priority: i64,
}

impl Own {
    /// What Traefik adds by these settings.
    pub(super) fn new(routes: &OwnRoutes, entry_points: &EntryPoints, release: Release) -> Self {
        let mut making = Making { labels: BTreeMap::new(), services: BTreeSet::new(), release };
        making.serve("noop");
        making.api(routes);
        making.answer("ping", "PathPrefix(`/ping`)", routes.ping.as_ref());
        making.answer("prometheus", "PathPrefix(`/metrics`)", routes.prometheus.as_ref());
        if let Some(rest) = routes.rest {
            let at = Served { at: (rest == Rest::Insecure).then(|| INTERNAL.into()) };
            making.answer("rest", "PathPrefix(`/api/providers`)", Some(&at));
        }
        making.challenges(routes, entry_points);
        for (name, entry_point) in entry_points {
            making.redirect(name, entry_point, entry_points);
        }
        // All of it is written here, in fields that every release has.
        let configuration = Configuration::from_labels(&making.labels, release).unwrap_or_default();
        Self { configuration, services: making.services }
    }
}

impl Making {
    fn label(&mut self, key: &str, value: &str) {
        self.labels.insert(format!("traefik.http.{key}").into(), value.into());
    }

    fn serve(&mut self, service: &str) {
        self.services.insert(format!("{service}@{PROVIDER}").into());
    }

    fn route(&mut self, route: &Route<'_>) {
        let Route { name, rule, entry_point, service, priority } = route;
        let mut set = |option: &str, value: &str| self.label(&format!("routers.{name}.{option}"), value);
        set("rule", rule);
        set("entrypoints", entry_point);
        set("service", &format!("{service}@{PROVIDER}"));
        set("priority", &priority.to_string());
        if self.release >= Release::V3_0 {
            self.label(&format!("routers.{name}.rulesyntax"), "default");
        }
    }

    fn answer(&mut self, name: &str, rule: &str, served: Option<&Served>) {
        let Some(served) = served else { return };
        self.serve(name);
        if let Some(entry_point) = &served.at {
            self.route(&Route { name, rule, entry_point, service: name, priority: i64::MAX });
        }
    }

    fn api(&mut self, routes: &OwnRoutes) {
        let Some(api) = routes.api else { return };
        self.serve("api");
        let own = |name, rule, service, priority| Route { name, rule, entry_point: INTERNAL, service, priority };
        if api.insecure {
            self.route(&own("api", "PathPrefix(`/api`)", "api", i64::MAX - 1));
        }
        if api.insecure && api.debug {
            self.route(&own("debug", "PathPrefix(`/debug`)", "api", i64::MAX - 1));
        }
        if !api.dashboard {
            return;
        }
        self.serve("dashboard");
        if api.insecure {
            self.route(&own("dashboard", "PathPrefix(`/`)", "dashboard", i64::MAX - 2));
            self.label("routers.dashboard.middlewares", "dashboard_redirect@internal,dashboard_stripprefix@internal");
            let regex = r"^(http:\/\/(\[[\w:.]+\]|[\w\._-]+)(:\d+)?)\/$";
            self.label("middlewares.dashboard_redirect.redirectregex.regex", regex);
            self.label("middlewares.dashboard_redirect.redirectregex.replacement", "${1}/dashboard/");
            self.label("middlewares.dashboard_redirect.redirectregex.permanent", "true");
            self.label("middlewares.dashboard_stripprefix.stripprefix.prefixes", "/dashboard/,/dashboard");
        }
    }

    /// The challenges of certificates come before everything, unless the entry point lets others answer them.
    fn challenges(&mut self, routes: &OwnRoutes, entry_points: &EntryPoints) {
        let bypassed = |name: &&Text| entry_points.get(*name).is_some_and(|known| known.allow_acme_by_pass);
        let (free, own): (Vec<&Text>, Vec<&Text>) = routes.challenges.iter().partition(bypassed);
        for (name, at, priority) in [("acme-http", own, i64::MAX), ("acme-http-bypass", free, 0)] {
            if at.is_empty() {
                continue;
            }
            let at: Vec<&str> = at.into_iter().map(|name| &**name).collect();
            self.route(&Route { name, rule: CHALLENGE, entry_point: &at.join(","), service: "acme-http", priority });
            self.serve("acme-http");
        }
    }

    /// The router that sends everything at an entry point to another one.
    fn redirect(&mut self, name: &Text, entry_point: &EntryPoint, entry_points: &EntryPoints) {
        let Some(redirection) = &entry_point.http.redirection else { return };
        let to = &redirection.to;
        let port = match to.strip_prefix(':').filter(|port| port.bytes().all(|byte| byte.is_ascii_digit())) {
            Some(port) => port,
            None => match entry_points.get(to) {
                Some(to) => to.port(),
                None => return,
            },
        };
        let all = if self.release >= Release::V3_0 { "HostRegexp(`^.+$`)" } else { "HostRegexp(`{host:.+}`)" };
        let rule = if entry_point.allow_acme_by_pass { format!("{all} && !{CHALLENGE}") } else { all.to_owned() };
        let own_name = words(&format!("{name}-to-{to}"));
        self.route(&Route {
            name: &own_name,
            rule: &rule,
            entry_point: name,
            service: "noop",
            priority: redirection.priority,
        });
        self.label(&format!("routers.{own_name}.middlewares"), &format!("redirect-{own_name}@{PROVIDER}"));
        let mut set = |option: &str, value: &str| {
            self.label(&format!("middlewares.redirect-{own_name}.redirectscheme.{option}"), value);
        };
        set("scheme", &redirection.scheme);
        set("port", port);
        set("permanent", if redirection.permanent { "true" } else { "false" });
    }
}

/// Letters and digits, with a dash for all between them, as Traefik makes names.
fn words(text: &str) -> String {
    let parts = text.split(|letter: char| !is_letter(letter) && !is_number(letter));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
