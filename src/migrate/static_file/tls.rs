//! TLS: certificates and options of entry points stand in v3's dynamic file, for all entry points alike.

use serde_json::{Value, json};

use super::super::note::Said;
use super::MigratedSettings;
use super::tree::{self, Tree, find, is_on, push, tables, text};
use crate::v1::toml::{Table, Toml};

impl MigratedSettings {
    /// The TLS of an entry point.
    pub(super) fn tls(&mut self, name: &str, path: &str, table: &Table) {
        tree::open(&mut self.tree, &["entryPoints", name, "http", "tls"]);
        let mut options = Tree::new();
        for (key, value) in table {
            let option = format!("{path}.{key}");
            match (key.to_ascii_lowercase().as_str(), value) {
                ("certificates", list) => self.certificates(&option, list, find(table, "defaultCertificate")),
                ("defaultcertificate", Toml::Table(certificate)) => self.default_certificate(&option, certificate),
                ("minversion", version) => tree::put(&mut options, &["minVersion"], tree::json(version)),
                ("ciphersuites", suites) => tree::put(&mut options, &["cipherSuites"], tree::json(suites)),
                ("snistrict", strict) => tree::put(&mut options, &["sniStrict"], tree::json(strict)),
                ("clientca", Toml::Table(clients)) => client_ca(clients, &mut options),
                ("clientcafiles", files) if find(table, "clientCA").is_none() => {
                    tree::put(&mut options, &["clientAuth", "caFiles"], tree::json(files));
                    tree::put(&mut options, &["clientAuth", "clientAuthType"], json!(REQUIRED));
                }
                _ => self.note(&option, Said::NoEffect("v1 has no such option, or another goes before it".to_owned())),
            }
        }
        if !options.contains_key("minVersion") {
            let reason = "v1 takes TLS 1.0 and 1.1 unless `minVersion` says otherwise, v3 takes 1.2 and later";
            self.note(path, Said::Changed(reason.to_owned()));
        }
        if !options.is_empty() {
            self.tls_options(name, path, options);
        }
    }

    /// The options of the only entry point with TLS are the default ones; others have a name.
    fn tls_options(&mut self, name: &str, path: &str, options: Tree) {
        let with_tls = self.entry_points.values().filter(|point| point.scheme == "https").count();
        if with_tls == 1 {
            return tree::put(&mut self.dynamic, &["tls", "options", "default"], Value::Object(options));
        }
        tree::put(&mut self.dynamic, &["tls", "options", name], Value::Object(options));
        let named = json!(format!("{name}@file"));
        tree::put(&mut self.tree, &["entryPoints", name, "http", "tls", "options"], named);
        let reason = "v3 has the options of a host: a router without a `Host` in its rule, and what no router takes, has \
                      those named `default`";
        self.note(path, Said::Changed(reason.to_owned()));
    }

    /// Certificates, the first of which v1 shows to clients that ask for none of them.
    fn certificates(&mut self, path: &str, list: &Toml, default: Option<&Toml>) {
        let pairs: Vec<Value> = tables(list).into_iter().filter_map(|table| self.pair(path, table)).collect();
        if let Some(first) = pairs.first().filter(|_| default.is_none()) {
            self.put_default(path, first.clone());
        }
        for pair in pairs {
            push(&mut self.dynamic, &["tls", "certificates"], pair);
        }
        if self.entry_points.values().filter(|point| point.scheme == "https").count() > 1 {
            let reason = "v1 has it on this entry point alone, v3 on all that have TLS";
            self.note(path, Said::Changed(reason.to_owned()));
        }
    }

    fn default_certificate(&mut self, path: &str, table: &Table) {
        if let Some(pair) = self.pair(path, table) {
            self.put_default(path, pair);
        }
    }

    fn put_default(&mut self, path: &str, pair: Value) {
        const DEFAULT: [&str; 4] = ["tls", "stores", "default", "defaultCertificate"];
        if tree::has(&self.dynamic, &DEFAULT) {
            let reason = "v3 has one default certificate for all entry points, and another one's is it";
            return self.note(path, Said::NoEquivalent(reason.to_owned()));
        }
        tree::put(&mut self.dynamic, &DEFAULT, pair);
    }

    /// A certificate with its key: files, or what would stand in them.
    fn pair(&mut self, path: &str, table: &Table) -> Option<Value> {
        let (Some(certificate), Some(key)) = (text(table, "certFile"), text(table, "keyFile")) else {
            self.note(path, Said::NoEffect("a certificate takes a `certFile` and a `keyFile`".to_owned()));
            return None;
        };
        Some(json!({ "certFile": certificate, "keyFile": key }))
    }

    /// Certificates of the file provider, which stand at the root of 1.7's own file.
    pub(super) fn file_certificates(&mut self, path: &str, list: &Toml) {
        for table in tables(list) {
            if let Some(Toml::Table(certificate)) = find(table, "certificate")
                && let Some(pair) = self.pair(path, certificate)
            {
                push(&mut self.dynamic, &["tls", "certificates"], pair);
            }
            if find(table, "entryPoints").is_some() {
                let reason = "v3 shows a certificate on every entry point that has TLS";
                self.note(&format!("{path}.entryPoints"), Said::Changed(reason.to_owned()));
            }
        }
    }
}

/// What clients must show.
const REQUIRED: &str = "RequireAndVerifyClientCert";

fn client_ca(clients: &Table, options: &mut Tree) {
    if let Some(files) = find(clients, "files") {
        tree::put(options, &["clientAuth", "caFiles"], tree::json(files));
    }
    let kind = if is_on(clients, "optional") { "VerifyClientCertIfGiven" } else { REQUIRED };
    tree::put(options, &["clientAuth", "clientAuthType"], json!(kind));
}
