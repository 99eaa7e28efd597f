//! Entry points: what v1 does at the door is middlewares there in v3, kept in the dynamic file.

use serde_json::{Value, json};

use super::super::container::EntryPoint;
use super::super::note::Said;
use super::MigratedSettings;
use super::tree::{self, find, is_on, push, text};
use crate::v1::toml::{Table, Toml};

/// The provider of what stands in the dynamic file.
const FILE: &str = "file";

/// Options of a kind of authentication, and those of the middleware that takes its place.
const AUTHENTICATION: [(&str, &str, &[&str]); 3] = [
    ("basic", "basicAuth", &["users", "usersFile", "removeHeader"]),
    ("digest", "digestAuth", &["users", "usersFile", "removeHeader"]),
    ("forward", "forwardAuth", &["address", "trustForwardHeader", "authResponseHeaders"]),
];

impl MigratedSettings {
    /// Every entry point.
    pub(super) fn entry_points(&mut self, table: &Table) {
        let mut points = Vec::new();
        for (name, value) in table {
            match value {
                Toml::Table(options) => points.push((name, options)),
                other => self.note(&format!("entryPoints.{name}"), Said::NoEffect(format!("it is {}", other.kind()))),
            }
        }
        // Redirections ask for others, wherever these stand.
        for (name, options) in &points {
            self.listening(name, options);
        }
        for (name, options) in points {
            self.entry_point(name, options);
        }
    }

    /// What redirections to an entry point need to know of it.
    fn listening(&mut self, name: &str, options: &Table) {
        let address = text(options, "address").unwrap_or_default();
        let known = EntryPoint {
            port: address.rsplit(':').next().unwrap_or_default().to_owned(),
            scheme: if find(options, "tls").is_some() { "https" } else { "http" },
        };
        self.entry_points.insert(name.to_owned(), known);
    }

    fn entry_point(&mut self, name: &str, options: &Table) {
        let point = |option: &'static str| ["entryPoints", name, option];
        for (key, value) in options {
            let path = format!("entryPoints.{name}.{key}");
            match (key.to_ascii_lowercase().as_str(), value) {
                ("address", value) => tree::put(&mut self.tree, &point("address"), tree::json(value)),
                ("tls", Toml::Table(tls)) => self.tls(name, &path, tls),
                ("proxyprotocol", Toml::Table(table)) => self.trusting(name, "proxyProtocol", &path, table),
                ("forwardedheaders", Toml::Table(table)) => self.trusting(name, "forwardedHeaders", &path, table),
                ("auth" | "compress" | "whitelist" | "whitelistsourcerange" | "redirect", _) => {}
                _ => self.note(&path, Said::NoEffect("v1 has no such option".to_owned())),
            }
        }
        if find(options, "forwardedHeaders").is_none() {
            tree::put(&mut self.tree, &["entryPoints", name, "forwardedHeaders", "insecure"], json!(true));
            self.note(
                &format!("entryPoints.{name}.forwardedHeaders"),
                Said::Changed(
                    "v1 believes the `X-Forwarded` headers of everyone unless it is told whom; that is kept as \
                     `insecure`: name the proxies before Traefik in `trustedIPs` instead"
                        .to_owned(),
                ),
            );
        }
        // The order in which v1 has them.
        self.authentication(name, options);
        if is_on(options, "compress") {
            self.at_the_door(name, "compress", "compress", json!({}));
        }
        self.allowed(name, options);
        self.redirection(name, options);
    }

    /// Whose word counts: of the proxy protocol, or of forwarded headers.
    fn trusting(&mut self, name: &str, section: &str, path: &str, table: &Table) {
        tree::open(&mut self.tree, &["entryPoints", name, section]);
        for (key, value) in table {
            let option = match key.to_ascii_lowercase().as_str() {
                "insecure" => "insecure",
                "trustedips" => "trustedIPs",
                _ => {
                    self.note(&format!("{path}.{key}"), Said::NoEffect("v1 has no such option".to_owned()));
                    continue;
                }
            };
            tree::put(&mut self.tree, &["entryPoints", name, section, option], tree::json(value));
        }
    }

    /// A middleware that every router of an entry point has, kept in the dynamic file.
    pub(super) fn at_the_door(&mut self, name: &str, suffix: &str, kind: &str, options: Value) {
        let middleware = format!("{name}-{suffix}");
        tree::put(&mut self.dynamic, &["http", "middlewares", &middleware, kind], options);
        let listed = json!(format!("{middleware}@{FILE}"));
        push(&mut self.tree, &["entryPoints", name, "http", "middlewares"], listed);
    }

    /// Of basic, digest and forward v1 takes the first that is there.
    fn authentication(&mut self, name: &str, options: &Table) {
        let Some(Toml::Table(auth)) = find(options, "auth") else { return };
        let path = format!("entryPoints.{name}.auth");
        let given: Vec<_> = AUTHENTICATION
            .iter()
            .filter_map(|(section, kind, known)| match find(auth, section) {
                Some(Toml::Table(table)) => Some((*section, *kind, *known, table)),
                _ => None,
            })
            .collect();
        for (section, ..) in given.iter().skip(1) {
            let said = Said::NoEffect("another kind of authentication goes before it".to_owned());
            self.note(&format!("{path}.{section}"), said);
        }
        let Some((section, kind, known, table)) = given.first() else { return };
        let mut made = tree::Tree::new();
        for (key, value) in *table {
            let option = known.iter().find(|option| option.eq_ignore_ascii_case(key));
            match (option, value) {
                (Some(option), value) => tree::put(&mut made, &[option], tree::json(value)),
                (None, Toml::Table(tls)) if *section == "forward" && key.eq_ignore_ascii_case("tls") => {
                    self.client_tls(&format!("{path}.forward.{key}"), tls, &mut made);
                }
                _ => self.note(&format!("{path}.{section}.{key}"), Said::NoEffect("v1 has no such option".to_owned())),
            }
        }
        if let Some(field) = text(auth, "headerField") {
            tree::put(&mut made, &["headerField"], json!(field));
        }
        self.at_the_door(name, "auth", kind, Value::Object(made));
    }

    fn client_tls(&mut self, path: &str, table: &Table, made: &mut tree::Tree) {
        for (key, value) in table {
            let known = ["ca", "cert", "key", "insecureSkipVerify"];
            match known.iter().find(|option| option.eq_ignore_ascii_case(key)) {
                Some(option) => tree::put(made, &["tls", option], tree::json(value)),
                None if key.eq_ignore_ascii_case("caOptional") => {
                    let reason = "v3 always verifies the server against `tls.ca` unless `tls.insecureSkipVerify` says \
                                  otherwise";
                    self.note(&format!("{path}.{key}"), Said::NoEquivalent(reason.to_owned()));
                }
                None => self.note(&format!("{path}.{key}"), Said::NoEffect("v1 has no such option".to_owned())),
            }
        }
    }

    /// Addresses that may come in. The older name counts where the newer isn't there.
    fn allowed(&mut self, name: &str, options: &Table) {
        let older = find(options, "whitelistSourceRange");
        let newer = match find(options, "whiteList") {
            Some(Toml::Table(list)) => Some(list),
            _ => None,
        };
        if older.is_some() && newer.is_some() {
            let said = Said::NoEffect("`whiteList` is there too, and goes before it".to_owned());
            self.note(&format!("entryPoints.{name}.whitelistSourceRange"), said);
        }
        let ranges = newer.map_or(older, |list| find(list, "sourceRange"));
        let Some(ranges) = ranges else { return };
        let mut made = tree::Tree::new();
        tree::put(&mut made, &["sourceRange"], tree::json(ranges));
        if newer.is_some_and(|list| is_on(list, "useXForwardedFor")) {
            tree::put(&mut made, &["ipStrategy", "depth"], json!(1));
            let reason = "v1 looks at every address in `X-Forwarded-For`, v3 at the last one; behind more proxies raise \
                          the depth";
            let path = format!("entryPoints.{name}.whiteList.useXForwardedFor");
            self.note(&path, Said::Changed(reason.to_owned()));
        }
        self.at_the_door(name, "allow-list", "ipAllowList", Value::Object(made));
    }

    /// A redirection to an entry point is v3's own; one by an expression is a middleware.
    fn redirection(&mut self, name: &str, options: &Table) {
        let Some(Toml::Table(redirect)) = find(options, "redirect") else { return };
        let path = format!("entryPoints.{name}.redirect");
        let permanent = is_on(redirect, "permanent");
        let Some(target) = text(redirect, "entryPoint") else {
            let (Some(regex), Some(replacement)) = (text(redirect, "regex"), text(redirect, "replacement")) else {
                let said =
                    Said::NoEffect("a redirection takes an entry point, or a regex and a replacement".to_owned());
                return self.note(&path, said);
            };
            let made = json!({ "regex": regex, "replacement": replacement, "permanent": permanent });
            return self.at_the_door(name, "redirect", "redirectRegex", made);
        };
        let Some(known) = self.entry_points.get(target) else {
            let said = Said::NoEffect(format!("there is no entry point `{target}`, so v1 redirects nothing"));
            return self.note(&path, said);
        };
        let made = json!({ "to": target, "scheme": known.scheme, "permanent": permanent });
        tree::put(&mut self.tree, &["entryPoints", name, "http", "redirections", "entryPoint"], made);
        if text(redirect, "regex").is_some() {
            let said =
                Said::NoEffect("the redirection goes to an entry point, so its regex counts for nothing".to_owned());
            self.note(&format!("{path}.regex"), said);
        }
    }
}
