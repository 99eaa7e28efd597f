//! A v1 static configuration as one of v3, as far as it concerns entry points and the ECS provider.

use std::collections::BTreeMap;

use super::container::EntryPoint;
use super::note::Said;
use crate::settings::Provider;
use crate::v1;
use crate::v1::constraint::Constraint;
use crate::v1::toml::{Table, Toml};

/// A v3 static configuration, as a tree that prints as TOML or YAML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MigratedSettings {
    /// Options by their dotted paths, with values as TOML writes them.
    pub options: BTreeMap<String, String>,
    /// What is to be known of old options, by their paths.
    pub notes: Vec<(String, Said)>,
    /// Entry points by name.
    pub entry_points: BTreeMap<String, EntryPoint>,
    /// The domain of default rules.
    pub domain: String,
}

/// Migrates a static configuration.
pub fn migrate_settings(file: &Table) -> MigratedSettings {
    let mut migrated = MigratedSettings::default();
    for (key, value) in file {
        match (key.to_ascii_lowercase().as_str(), value) {
            ("ecs", Toml::Table(table)) => migrated.ecs(table),
            ("entrypoints", Toml::Table(table)) => migrated.entry_points(table),
            ("defaultentrypoints", Toml::Array(names)) => migrated.default_entry_points(names),
            ("loglevel", Toml::Text(level)) => migrated.set("log.level", quoted(level)),
            ("debug", Toml::Bool(true)) => migrated.set("log.level", quoted("DEBUG")),
            ("keeptrailingslash", _) => migrated.note(key, Said::NoEffect("v3 never redirects slashes".to_owned())),
            ("api", Toml::Table(table)) => migrated.api(table),
            ("ping", Toml::Table(_)) => migrated.set("ping", "{}".to_owned()),
            _ => migrated.note(
                key,
                Said::ByHand("it is not about ECS; see Traefik's own guide from v1 to v2 for it".to_owned()),
            ),
        }
    }
    migrated
}

/// The provider's options that take the place of v1's.
pub fn migrate_provider(settings: &v1::Settings) -> Provider {
    // The template of v1.4 looks at no constraints.
    let looks = settings.template_version == v1::TemplateVersion::Two;
    let conditions: Vec<String> = settings
        .constraints
        .iter()
        .filter(|_| looks)
        .filter_map(|text| Constraint::parse(text).ok())
        .map(|one| condition(&one))
        .collect();
    Provider {
        constraints: conditions.join(" && ").into(),
        default_rule: default_rule(&settings.domain).into(),
        ..settings.provider()
    }
}

/// A default rule that names hosts as v1 does.
fn default_rule(domain: &str) -> String {
    let dot = if domain.is_empty() { String::new() } else { format!(".{domain}") };
    format!("Host(`{{{{ lower (normalize .Name) }}}}{dot}`)")
}

impl MigratedSettings {
    fn set(&mut self, path: &str, value: String) {
        self.options.insert(path.to_owned(), value);
    }

    fn note(&mut self, path: &str, said: Said) {
        self.notes.push((path.to_owned(), said));
    }

    /// The options as TOML, with a table for each group.
    pub fn toml(&self) -> String {
        let mut tables: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (path, value) in &self.options {
            let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
            tables.entry(table).or_default().push((key, value));
        }
        let written = tables.into_iter().map(|(table, options)| {
            let header = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
            let lines = options.into_iter().map(|(key, value)| format!("{key} = {value}\n"));
            header + &lines.collect::<String>()
        });
        written.collect::<Vec<_>>().join("\n")
    }

    fn ecs(&mut self, table: &Table) {
        for (key, value) in table {
            let path = format!("ecs.{key}");
            match (key.to_ascii_lowercase().as_str(), value) {
                ("clusters", value) => self.set("providers.ecs.clusters", written(value)),
                ("cluster", Toml::Text(cluster)) if !cluster.is_empty() => {
                    self.set("providers.ecs.clusters", format!("[{}]", quoted(cluster)));
                }
                ("autodiscoverclusters", value) => self.set("providers.ecs.autoDiscoverClusters", written(value)),
                ("exposedbydefault", value) => self.set("providers.ecs.exposedByDefault", written(value)),
                ("refreshseconds", value) => self.set("providers.ecs.refreshSeconds", written(value)),
                ("region", value) => self.set("providers.ecs.region", written(value)),
                ("accesskeyid", value) => self.set("providers.ecs.accessKeyID", written(value)),
                ("secretaccesskey", value) => self.set("providers.ecs.secretAccessKey", written(value)),
                ("domain", Toml::Text(domain)) => self.domain(domain),
                ("constraints", Toml::Array(items)) => self.constraints(items),
                ("watch", Toml::Bool(false)) => {
                    self.note(&path, Said::NoEquivalent("v3 always watches".to_owned()));
                }
                ("watch" | "cluster", _) => self.note(&path, Said::NoEffect("it is the default".to_owned())),
                ("filename", _) => self.note(
                    &path,
                    Said::NoEquivalent(
                        "v3 has no templates of whole configurations; only the default rule is one".to_owned(),
                    ),
                ),
                ("templateversion" | "debugloggeneratedtemplate" | "trace", _) => {
                    self.note(
                        &path,
                        Said::NoEquivalent("it belongs to templates and logs that v3 doesn't have".to_owned()),
                    );
                }
                _ => self.note(&path, Said::NoEffect("v1 has no such option".to_owned())),
            }
        }
        if !self.options.contains_key("providers.ecs.defaultRule") {
            self.domain("");
        }
    }

    /// The default rule that names hosts as v1 does.
    fn domain(&mut self, domain: &str) {
        domain.clone_into(&mut self.domain);
        self.set("providers.ecs.defaultRule", quoted(&default_rule(domain)));
        self.note(
            "ecs.domain",
            Said::Changed("v1 keeps dots and spaces of names, v3's names have `-` in their place".to_owned()),
        );
    }

    fn constraints(&mut self, items: &[Toml]) {
        let mut conditions = Vec::new();
        for item in items {
            let Toml::Text(text) = item else { continue };
            match Constraint::parse(text) {
                Ok(constraint) => conditions.push(condition(&constraint)),
                Err(error) => self.note("ecs.constraints", Said::NoEffect(error.to_string())),
            }
        }
        if !conditions.is_empty() {
            self.set("providers.ecs.constraints", quoted(&conditions.join(" && ")));
        }
    }

    fn default_entry_points(&mut self, names: &[Toml]) {
        for name in names {
            if let Toml::Text(name) = name {
                self.set(&format!("entryPoints.{name}.asDefault"), "true".to_owned());
            }
        }
    }

    fn entry_points(&mut self, table: &Table) {
        let points = table.iter().filter_map(|(name, value)| match value {
            Toml::Table(options) => Some((name, options)),
            _ => None,
        });
        for (name, options) in points {
            for (key, value) in options {
                self.entry_point(name, key, value);
            }
        }
    }

    fn known(&mut self, name: &str) -> &mut EntryPoint {
        let plain = || EntryPoint { port: String::new(), scheme: "http" };
        self.entry_points.entry(name.to_owned()).or_insert_with(plain)
    }

    fn entry_point(&mut self, name: &str, key: &str, value: &Toml) {
        let path = format!("entryPoints.{name}.{key}");
        let to = |option: &str| format!("entryPoints.{name}.{option}");
        match (key.to_ascii_lowercase().as_str(), value) {
            ("address", Toml::Text(address)) => {
                let port = address.rsplit(':').next().unwrap_or_default();
                port.clone_into(&mut self.known(name).port);
                self.set(&to("address"), quoted(address));
            }
            ("tls", Toml::Table(tls)) => {
                self.known(name).scheme = "https";
                self.set(&to("http.tls"), "{}".to_owned());
                if !tls.is_empty() {
                    let by_hand = "certificates and TLS options go into the dynamic configuration of v3 (`tls`)";
                    self.note(&path, Said::ByHand(by_hand.to_owned()));
                }
            }
            ("redirect", Toml::Table(redirect)) => {
                match redirect.iter().find(|(key, _)| key.eq_ignore_ascii_case("entryPoint")) {
                    Some((_, Toml::Text(target))) => {
                        self.set(&to("http.redirections.entryPoint.to"), quoted(target));
                        self.set(&to("http.redirections.entryPoint.scheme"), quoted("https"));
                    }
                    _ => self.note(
                        &path,
                        Said::ByHand(
                            "make a `redirectRegex` middleware of it and name it in `http.middlewares`".to_owned(),
                        ),
                    ),
                }
            }
            _ => self.note(&path, Said::ByHand("entry points have options of another form in v3".to_owned())),
        }
    }

    fn api(&mut self, table: &Table) {
        let on = table.iter().find(|(key, _)| key.eq_ignore_ascii_case("dashboard")).map(|(_, value)| value);
        self.set("api.dashboard", on.map_or_else(|| "true".to_owned(), written));
        self.note("api", Said::Changed("v3's API has no entry point of its own: give it a router".to_owned()));
    }
}

/// A constraint on the label that tags are in now.
fn condition(constraint: &Constraint) -> String {
    let never = constraint.pattern.is_empty();
    // No tag is empty, so a lone `*` wants one that is there; and nothing is the empty tag.
    if never {
        return format!("{}LabelRegex(`tags`, ``)", if constraint.must_match { "!" } else { "" });
    }
    if constraint.pattern.bytes().all(|byte| byte == b'*') {
        return format!("{}LabelRegex(`tags`, `[^,]`)", if constraint.must_match { "" } else { "!" });
    }
    let pattern: Vec<String> = constraint.pattern.split('*').map(crate::golang::regexp::quote_meta).collect();
    let regexp = format!("(^|,){}(,|$)", pattern.join("[^,]*"));
    let negated = if constraint.must_match { "" } else { "!" };
    format!("{negated}LabelRegex(`tags`, `{regexp}`)")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn written(value: &Toml) -> String {
    match value {
        Toml::Text(text) => quoted(text),
        Toml::Int(number) => number.to_string(),
        Toml::Float(number) => number.to_string(),
        Toml::Bool(value) => value.to_string(),
        Toml::Date(date) => date.clone(),
        Toml::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Toml::Tables(_) | Toml::Table(_) => "{}".to_owned(),
    }
}
