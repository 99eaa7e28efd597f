//! What Traefik answers itself: its API and dashboard, and the deprecated section that turned all of it on.

use serde_json::json;

use super::super::note::Said;
use super::MigratedSettings;
use super::tree::{self, find, is_on, text};
use crate::v1::toml::{Table, Toml};

/// The entry point that both generations make for what they answer themselves.
const OWN: &str = "traefik";

impl MigratedSettings {
    pub(super) fn api(&mut self, table: &Table) {
        let dashboard = find(table, "dashboard").map_or(json!(true), tree::json);
        tree::put(&mut self.tree, &["api", "dashboard"], dashboard);
        if self.is_debugging {
            tree::put(&mut self.tree, &["api", "debug"], json!(true));
        }
        for key in table.keys() {
            let reason = match key.to_ascii_lowercase().as_str() {
                "entrypoint" | "dashboard" => continue,
                "statistics" => Said::NoEquivalent("v3 counts in `metrics` alone".to_owned()),
                "debug" => Said::NoEffect("v1 takes `debug` of the root for it".to_owned()),
                _ => Said::NoEffect("v1 has no such option".to_owned()),
            };
            self.note(&format!("api.{key}"), reason);
        }
        let point = text(table, "entryPoint").unwrap_or(OWN);
        self.answer(point, "api", "PathPrefix(`/api`) || PathPrefix(`/dashboard`)", &["api", "insecure"]);
        let reason = "what it answers has another form in v3: `/api/http/routers` and the like for `/api/providers`";
        self.note("api", Said::Changed(reason.to_owned()));
    }

    /// The provider that takes configurations by HTTP.
    pub(super) fn rest(&mut self, table: &Table) {
        tree::open(&mut self.tree, &["providers", "rest"]);
        let point = text(table, "entryPoint").unwrap_or(OWN);
        self.answer(point, "rest", "PathPrefix(`/api/providers`)", &["providers", "rest", "insecure"]);
        let reason = "it takes v3's routers and services now, so what is sent to it has to be written anew";
        self.note("rest", Said::ByHand(reason.to_owned()));
    }

    /// Where the entry point is the one that Traefik makes itself, v3 makes the router too.
    fn answer(&mut self, point: &str, name: &str, rule: &str, insecure: &[&str]) {
        if point == OWN && !self.entry_points.contains_key(OWN) {
            return tree::put(&mut self.tree, insecure, json!(true));
        }
        let router = json!({ "entryPoints": [point], "rule": rule, "service": format!("{name}@internal") });
        tree::put(&mut self.dynamic, &["http", "routers", name], router);
    }

    /// The section of before 1.5, which counts where none of those is there that took its place.
    pub(super) fn web(&mut self, web: &Table, root: &Table) {
        let newer = ["api", "metrics", "ping", "rest"];
        if newer.iter().any(|section| find(root, section).is_some()) {
            let reason = "v1 passes over it where `api`, `rest`, `ping` or `metrics` is there";
            return self.note("web", Said::NoEffect(reason.to_owned()));
        }
        let (mut point, mut tls) = (Table::new(), Table::new());
        for (key, value) in web {
            let lower = key.to_ascii_lowercase();
            match lower.as_str() {
                "address" | "auth" => drop(point.insert(lower, value.clone())),
                "certfile" | "keyfile" => drop(tls.insert(lower, value.clone())),
                "metrics" => self.plain("web.metrics", "metrics", value),
                "debug" if is_on(web, "debug") => self.is_debugging = true,
                "debug" => {}
                "readonly" => self.note(&format!("web.{key}"), Said::NoEffect("v3's API only reads".to_owned())),
                "statistics" => {
                    self.note(&format!("web.{key}"), Said::NoEquivalent("v3 counts in `metrics` alone".to_owned()));
                }
                "path" => tree::put(&mut self.tree, &["api", "basePath"], tree::json(value)),
                _ => self.note(&format!("web.{key}"), Said::NoEffect("v1 has no such option".to_owned())),
            }
        }
        if !tls.is_empty() {
            let certificates = Table::from([("certificates".to_owned(), Toml::Tables(vec![tls]))]);
            point.insert("tls".to_owned(), Toml::Table(certificates));
        }
        self.entry_points(&Table::from([(OWN.to_owned(), Toml::Table(point))]));
        self.api(&Table::new());
        tree::open(&mut self.tree, &["ping"]);
    }
}
