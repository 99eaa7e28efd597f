//! The `[ecs]` options of Traefik 1.7, as they take effect.

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
