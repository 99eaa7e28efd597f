//! `[ecs]` as `providers.ecs`: clusters, constraints on tags, and the default rule.

use serde_json::{Value, json};

use super::super::note::Said;
use super::MigratedSettings;
use super::tree;
use crate::golang::regexp::quote_meta;
use crate::settings::Provider;
use crate::v1;
use crate::v1::constraint::Constraint;
use crate::v1::toml::{Table, Toml};

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

/// Options that keep their value, by their names in lower case.
const KEPT: [(&str, &str); 7] = [
    ("clusters", "clusters"),
    ("autodiscoverclusters", "autoDiscoverClusters"),
    ("exposedbydefault", "exposedByDefault"),
    ("refreshseconds", "refreshSeconds"),
    ("region", "region"),
    ("accesskeyid", "accessKeyID"),
    ("secretaccesskey", "secretAccessKey"),
];

/// Options that hold credentials.
const CREDENTIALS: [&str; 2] = ["accesskeyid", "secretaccesskey"];

impl MigratedSettings {
    pub(super) fn ecs(&mut self, table: &Table) {
        self.ecs_option("defaultRule", json!(default_rule("")));
        for (key, value) in table {
            let path = format!("ecs.{key}");
            let lower = key.to_ascii_lowercase();
            if let (true, Toml::Text(credential)) = (CREDENTIALS.contains(&lower.as_str()), value) {
                self.credentials.push(credential.clone());
            }
            if let Some((_, option)) = KEPT.iter().find(|(known, _)| *known == lower) {
                if *option == "clusters" && tree::has(&self.tree, &["providers", "ecs", "clusters"]) {
                    self.note(&path, Said::NoEffect("the older `cluster` goes before it".to_owned()));
                } else {
                    self.ecs_option(option, tree::json(value));
                }
                continue;
            }
            match (lower.as_str(), value) {
                ("cluster", Toml::Text(cluster)) if !cluster.is_empty() => {
                    self.ecs_option("clusters", json!([cluster]));
                }
                ("domain", Toml::Text(domain)) => self.domain(domain),
                ("constraints", Toml::Array(items)) => self.constraints(&path, items),
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
        self.note(
            "ecs.domain",
            Said::Changed("v1 keeps dots and spaces of names, v3's names have `-` in their place".to_owned()),
        );
    }

    fn ecs_option(&mut self, option: &str, value: Value) {
        tree::put(&mut self.tree, &["providers", "ecs", option], value);
    }

    /// The default rule that names hosts as v1 does.
    fn domain(&mut self, domain: &str) {
        domain.clone_into(&mut self.domain);
        self.ecs_option("defaultRule", json!(default_rule(domain)));
    }

    /// Constraints of the provider, and those at the root, which hold for every provider: all of them must.
    pub(super) fn constraints(&mut self, path: &str, items: &[Toml]) {
        for item in items {
            let Toml::Text(text) = item else { continue };
            match Constraint::parse(text) {
                Ok(constraint) => self.conditions.push(condition(&constraint)),
                Err(error) => self.note(path, Said::NoEffect(error.to_string())),
            }
        }
        if !self.conditions.is_empty() {
            self.ecs_option("constraints", json!(self.conditions.join(" && ")));
        }
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
    let pattern: Vec<String> = constraint.pattern.split('*').map(quote_meta).collect();
    let regexp = format!("(^|,){}(,|$)", pattern.join("[^,]*"));
    let negated = if constraint.must_match { "" } else { "!" };
    format!("{negated}LabelRegex(`tags`, `{regexp}`)")
}
