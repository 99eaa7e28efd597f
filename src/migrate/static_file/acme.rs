//! Certificates by ACME: a resolver, and the entry point whose routers use it.

use serde_json::{Value, json};

use super::super::note::Said;
use super::MigratedSettings;
use super::tree::{self, find, is_on, tables, text};
use crate::v1::toml::{Table, Toml};

/// The resolver's name.
const RESOLVER: &str = "acme";

impl MigratedSettings {
    pub(super) fn acme(&mut self, table: &Table) {
        tree::open(&mut self.tree, &["certificatesResolvers", RESOLVER, "acme"]);
        for (key, value) in table {
            let path = format!("acme.{key}");
            match (key.to_ascii_lowercase().as_str(), value) {
                ("email", value) => self.resolver(&["email"], value),
                ("storage", value) => {
                    self.resolver(&["storage"], value);
                    let reason = "v3 writes the file in another form: let it begin with a new one";
                    self.note(&path, Said::ByHand(reason.to_owned()));
                }
                ("storagefile", value) if find(table, "storage").is_none() => self.resolver(&["storage"], value),
                ("caserver", Toml::Text(server)) => self.ca_server(&path, server),
                ("keytype", value) => self.resolver(&["keyType"], value),
                ("preferredchain", value) => self.resolver(&["preferredChain"], value),
                ("dnschallenge", Toml::Table(challenge)) => self.dns_challenge(&path, challenge),
                ("dnsprovider", value) if find(table, "dnsChallenge").is_none() => {
                    self.resolver(&["dnsChallenge", "provider"], value);
                }
                ("httpchallenge", Toml::Table(challenge)) => {
                    tree::open(&mut self.tree, &below(&["httpChallenge"]));
                    if let Some(point) = find(challenge, "entryPoint") {
                        self.resolver(&["httpChallenge", "entryPoint"], point);
                    }
                }
                ("tlschallenge", _) => tree::open(&mut self.tree, &below(&["tlsChallenge"])),
                ("entrypoint" | "onhostrule" | "domains", _) => {}
                ("ondemand", Toml::Bool(true)) => self.note(
                    &path,
                    Said::NoEquivalent("v3 asks for certificates of the hosts that rules name alone".to_owned()),
                ),
                ("acmelogging", _) => {
                    self.note(&path, Said::NoEffect("v3 logs it at the level of `log.level`".to_owned()));
                }
                ("overridecertificates", _) => {
                    self.note(&path, Said::NoEquivalent("v3 keeps no certificates in a key-value store".to_owned()));
                }
                _ => self.note(&path, Said::NoEffect("it is off, or another option goes before it".to_owned())),
            }
        }
        self.wanted_certificates(table);
    }

    fn resolver(&mut self, path: &[&str], value: &Toml) {
        tree::put(&mut self.tree, &below(path), tree::json(value));
    }

    /// The first version of ACME is gone; 1.7 asks the second in its place.
    fn ca_server(&mut self, path: &str, server: &str) {
        let now = server
            .replacen("https://acme-v01.api.letsencrypt.org", "https://acme-v02.api.letsencrypt.org", 1)
            .replacen("https://acme-staging.api.letsencrypt.org", "https://acme-staging-v02.api.letsencrypt.org", 1);
        if now != server {
            self.note(path, Said::Changed("1.7 asks the second version of that server in its place".to_owned()));
        }
        tree::put(&mut self.tree, &below(&["caServer"]), json!(now));
    }

    fn dns_challenge(&mut self, path: &str, challenge: &Table) {
        tree::open(&mut self.tree, &below(&["dnsChallenge"]));
        for (key, value) in challenge {
            let option: &[&str] = match key.to_ascii_lowercase().as_str() {
                "provider" => &["dnsChallenge", "provider"],
                "resolvers" => &["dnsChallenge", "resolvers"],
                "delaybeforecheck" => &["dnsChallenge", "propagation", "delayBeforeChecks"],
                "disablepropagationcheck" => &["dnsChallenge", "propagation", "disableChecks"],
                _ => {
                    self.note(&format!("{path}.{key}"), Said::NoEffect("v1 has no such option".to_owned()));
                    continue;
                }
            };
            self.resolver(option, value);
        }
    }

    /// Whose certificates are asked for: the hosts of rules, or domains that are listed. v3 takes one of the two.
    fn wanted_certificates(&mut self, table: &Table) {
        let Some(point) = text(table, "entryPoint").filter(|point| self.entry_points.contains_key(*point)) else {
            let reason =
                "no entry point is named, so no router uses the resolver `acme`: name it in `http.tls.certResolver`";
            return self.note("acme.entryPoint", Said::ByHand(reason.to_owned()));
        };
        let domains: Vec<Value> =
            find(table, "domains").map(tables).unwrap_or_default().into_iter().filter_map(domain).collect();
        let of_hosts = is_on(table, "onHostRule");
        if of_hosts || !domains.is_empty() {
            tree::put(&mut self.tree, &["entryPoints", point, "http", "tls", "certResolver"], json!(RESOLVER));
        }
        if domains.is_empty() {
            return;
        }
        if of_hosts {
            let reason = "v3 asks for certificates of the hosts of rules or of listed domains, not both; the hosts are \
                          kept: give the domains to a router of their own (`tls.domains`)";
            return self.note("acme.domains", Said::ByHand(reason.to_owned()));
        }
        tree::put(&mut self.tree, &["entryPoints", point, "http", "tls", "domains"], Value::Array(domains));
    }
}

fn below<'p>(path: &[&'p str]) -> Vec<&'p str> {
    ["certificatesResolvers", RESOLVER, "acme"].into_iter().chain(path.iter().copied()).collect()
}

fn domain(table: &Table) -> Option<Value> {
    let main = text(table, "main")?;
    Some(match find(table, "sans") {
        Some(names) => json!({ "main": main, "sans": tree::json(names) }),
        None => json!({ "main": main }),
    })
}
