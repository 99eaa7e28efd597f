//! A v1 static configuration as two files of v3: the static one, and the dynamic one for what v3 keeps there, such as
//! certificates and the middlewares of entry points.
//!
//! Every option is in one of the two, or told with its reason.

mod acme;
mod entry_point;
mod own;
mod provider;
mod table;
mod tls;
mod tree;

use std::collections::BTreeMap;

use serde_json::json;

use self::table::Fate;
use super::container::EntryPoint;
use super::note::Said;
use crate::v1::toml::{Table, Toml};

pub use provider::migrate_provider;
pub use tree::Tree;

/// What takes the place of a static configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MigratedSettings {
    /// v3's static configuration.
    pub tree: Tree,
    /// v3's dynamic configuration, for its file provider; nothing in it where none is needed.
    pub dynamic: Tree,
    /// What is to be known of old options, by their paths.
    pub notes: Vec<(String, Said)>,
    /// Entry points by name.
    pub entry_points: BTreeMap<String, EntryPoint>,
    /// Credentials in it, which are not to be shown.
    pub credentials: Vec<String>,
    /// The domain of default rules.
    pub domain: String,
    /// Constraints that hold together.
    conditions: Vec<String>,
    /// Whether `debug` is on.
    is_debugging: bool,
}

/// Migrates a static configuration. The dynamic one, where there is one, is to be read from `dynamic`.
pub fn migrate_settings(file: &Table, dynamic: &str) -> MigratedSettings {
    let mut migrated = MigratedSettings { is_debugging: tree::is_on(file, "debug"), ..MigratedSettings::default() };
    migrated.doors(file);
    for (key, value) in file {
        match (key.to_ascii_lowercase().as_str(), value) {
            ("debug" | "entrypoints" | "defaultentrypoints", _) => {}
            ("ecs", Toml::Table(table)) => migrated.ecs(table),
            ("constraints", Toml::Array(items)) => migrated.constraints(key, items),
            ("api", Toml::Table(table)) => migrated.api(table),
            ("rest", Toml::Table(table)) => migrated.rest(table),
            ("web", Toml::Table(table)) => migrated.web(table, file),
            ("acme", Toml::Table(table)) => migrated.acme(table),
            ("retry", Toml::Table(table)) => migrated.retry(table),
            ("tls", list @ Toml::Tables(_)) => migrated.file_certificates(key, list),
            (lower, value) => migrated.plain(key, lower, value),
        }
    }
    if migrated.is_debugging {
        if tree::has(&migrated.tree, &["log", "level"]) {
            migrated.note("logLevel", Said::NoEffect("`debug` goes before it".to_owned()));
        }
        tree::put(&mut migrated.tree, &["log", "level"], json!("DEBUG"));
    }
    migrated.tell_timeouts(file);
    if !migrated.dynamic.is_empty() {
        tree::put(&mut migrated.tree, &["providers", "file", "filename"], json!(dynamic));
        let reason = "what v3 keeps in a dynamic configuration is in a file of its own: put it where Traefik starts, or \
                      write its full path";
        migrated.notes.insert(0, ("providers.file.filename".to_owned(), Said::ByHand(reason.to_owned())));
    }
    migrated
}

impl MigratedSettings {
    fn note(&mut self, path: &str, said: Said) {
        self.notes.push((path.to_owned(), said));
    }

    /// Entry points, and which of them a router without any of its own is on.
    fn doors(&mut self, file: &Table) {
        let http = Table::from([("address".to_owned(), Toml::Text(":80".to_owned()))]);
        match tree::find(file, "entryPoints") {
            Some(Toml::Table(points)) if !points.is_empty() => self.entry_points(points),
            _ => self.entry_points(&Table::from([("http".to_owned(), Toml::Table(http))])),
        }
        let names = match tree::find(file, "defaultEntryPoints") {
            Some(Toml::Array(names)) if !names.is_empty() => {
                names.iter().filter_map(Toml::as_text).map(str::to_owned).collect()
            }
            _ => vec!["http".to_owned()],
        };
        for name in names {
            if self.entry_points.contains_key(&name) {
                tree::put(&mut self.tree, &["entryPoints", &name, "asDefault"], json!(true));
            } else {
                let reason = format!("there is no entry point `{name}`");
                self.note("defaultEntryPoints", Said::NoEffect(reason));
            }
        }
        let defaults =
            self.entry_points.keys().filter(|name| tree::has(&self.tree, &["entryPoints", name, "asDefault"]));
        if defaults.count() == 0 {
            let reason = "v1 leaves out a frontend without entry points of its own; v3 has it on all of them: give one of \
                          them `asDefault`";
            self.note("defaultEntryPoints", Said::ByHand(reason.to_owned()));
        }
    }

    /// An option that stands for itself, or a section of such; `lower` is its path in lower case.
    fn plain(&mut self, path: &str, lower: &str, value: &Toml) {
        match table::find(lower) {
            Some(Fate::To(option)) => self.put(option, value),
            Some(Fate::Section(section)) => {
                let parts: Vec<&str> = section.split('.').collect();
                tree::open(&mut self.tree, &parts);
            }
            Some(Fate::OnEach(option)) => self.put_on_each(option, value),
            Some(Fate::Nothing(reason)) => self.note(path, Said::NoEquivalent(reason.to_owned())),
            Some(Fate::NoEffect(reason)) => self.note(path, Said::NoEffect(reason.to_owned())),
            Some(Fate::ByHand(reason)) => self.note(path, Said::ByHand(reason.to_owned())),
            None if table::has_below(lower) && matches!(value, Toml::Table(_)) => {}
            None => self.note(path, Said::NoEffect("v1 has no such option".to_owned())),
        }
        if let Toml::Table(options) = value
            && table::has_below(lower)
        {
            for (key, value) in options {
                self.plain(&format!("{path}.{key}"), &format!("{lower}.{}", key.to_ascii_lowercase()), value);
            }
        }
    }

    fn put(&mut self, option: &str, value: &Toml) {
        let path: Vec<&str> = option.split('.').collect();
        tree::put(&mut self.tree, &path, tree::json(value));
    }

    /// v3 has it at each entry point.
    fn put_on_each(&mut self, option: &str, value: &Toml) {
        for name in self.entry_points.keys() {
            let path: Vec<&str> = ["entryPoints", name].into_iter().chain(option.split('.')).collect();
            tree::put(&mut self.tree, &path, tree::json(value));
        }
    }

    /// What every backend has in v1 is a middleware of every entry point in v3.
    fn retry(&mut self, table: &Table) {
        let Some(Toml::Int(attempts)) = tree::find(table, "attempts").filter(|value| **value != Toml::Int(0)) else {
            let reason = "v1 tries as often as a backend has servers; v3's `retry` middleware takes a number, so give each \
                          entry point one";
            return self.note("retry", Said::ByHand(reason.to_owned()));
        };
        let names: Vec<String> = self.entry_points.keys().cloned().collect();
        for name in names {
            self.at_the_door(&name, "retry", "retry", json!({ "attempts": attempts }));
        }
    }

    /// v3 gives up reading a request, where v1 waits for ever.
    fn tell_timeouts(&mut self, file: &Table) {
        let given = matches!(tree::find(file, "respondingTimeouts"), Some(Toml::Table(timeouts))
            if tree::find(timeouts, "readTimeout").is_some());
        if !given {
            let reason = "v3 reads a request for 60s at most, v1 for ever unless `readTimeout` is set: raise \
                          `transport.respondingTimeouts.readTimeout` of an entry point that takes long uploads";
            self.note("respondingTimeouts", Said::Changed(reason.to_owned()));
        }
    }
}
