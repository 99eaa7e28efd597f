//! The `[ecs]` options of Traefik 1.7, as they take effect.

use super::toml::{Table, Toml};
use crate::model::Text;
use crate::settings::Provider;

/// Which built-in template, and which functions templates have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TemplateVersion {
    /// That of the time of the v1.4 document: no segments, no constraints, names as they are.
    One,
    /// That of 1.7.
    #[default]
    Two,
}

/// Every option of `[ecs]`, effective: defaults are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Names or ARNs.
    pub clusters: Vec<Text>,
    /// The deprecated single name; where it isn't empty, it takes the place of `clusters`.
    pub cluster: Text,
    /// Whether every cluster is searched, whatever is named.
    pub auto_discover_clusters: bool,
    /// Whether a container without `traefik.enable` is taken.
    pub exposed_by_default: bool,
    /// What the default rule's host ends with.
    pub domain: Text,
    /// Expressions on tags, unread.
    pub constraints: Vec<Text>,
    /// The text of the template that `filename` names.
    pub template: Option<Text>,
    /// Which template and functions.
    pub template_version: TemplateVersion,
    /// The polling interval in seconds.
    pub refresh_seconds: i64,
    /// Empty: the instance's metadata.
    pub region: Text,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clusters: vec!["default".into()],
            cluster: Text::default(),
            auto_discover_clusters: false,
            exposed_by_default: true,
            domain: Text::default(),
            constraints: Vec::new(),
            template: None,
            template_version: TemplateVersion::default(),
            refresh_seconds: 15,
            region: Text::default(),
        }
    }
}

impl Settings {
    /// The `[ecs]` options of a static configuration, and the file that holds the template, where one is named. A value
    /// of another type than the option's counts for nothing.
    pub fn from_file(file: &Table) -> (Self, Option<String>) {
        let mut settings = Self::default();
        let Some(Toml::Table(ecs)) = option(file, "ecs") else { return (settings, None) };
        let texts = |name| match option(ecs, name) {
            Some(Toml::Array(items)) => {
                Some(items.iter().filter_map(Toml::as_text).map(Text::from).collect::<Vec<_>>())
            }
            _ => None,
        };
        let text = |name| option(ecs, name).and_then(Toml::as_text).map(Text::from).unwrap_or_default();
        let flag = |name, default| match option(ecs, name) {
            Some(Toml::Bool(value)) => *value,
            _ => default,
        };
        let number = |name| match option(ecs, name) {
            Some(Toml::Int(number)) => Some(*number),
            _ => None,
        };
        settings.clusters = texts("clusters").unwrap_or(settings.clusters);
        settings.cluster = text("cluster");
        settings.auto_discover_clusters = flag("autoDiscoverClusters", false);
        settings.exposed_by_default = flag("exposedByDefault", true);
        settings.domain = text("domain");
        settings.constraints = texts("constraints").unwrap_or_default();
        settings.refresh_seconds = number("refreshSeconds").unwrap_or(settings.refresh_seconds);
        settings.region = text("region");
        let filename = Some(text("filename").to_string()).filter(|name| !name.is_empty());
        if filename.is_some() && number("templateVersion") != Some(2) {
            settings.template_version = TemplateVersion::One;
        }
        (settings, filename)
    }

    /// The clusters that are searched where none are discovered.
    pub fn searched(&self) -> Vec<Text> {
        if self.cluster.is_empty() { self.clusters.clone() } else { vec![self.cluster.clone()] }
    }

    /// What the reading of records follows, in the terms of the later provider.
    pub fn provider(&self) -> Provider {
        Provider {
            clusters: self.searched(),
            auto_discover_clusters: self.auto_discover_clusters,
            exposed_by_default: self.exposed_by_default,
            refresh_seconds: self.refresh_seconds,
            region: self.region.clone(),
            ..Provider::default()
        }
    }
}

/// An option by its name, in any case.
fn option<'t>(table: &'t Table, name: &str) -> Option<&'t Toml> {
    table.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
