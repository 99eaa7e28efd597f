//! The `[ecs]` options of Traefik 1.7, as they take effect, wherever they are said: a file, then flags over it. There
//! are no variables.

mod advice;
mod effective;
mod file;
mod flags;
mod option;

use super::toml::Table;
use crate::model::Text;
use crate::settings::{Provider, Secret};

pub use advice::REMARKS;
pub use effective::{Effective, load};

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
    /// Those at the root of the static configuration, which hold for every provider beside its own.
    pub root_constraints: Vec<Text>,
    /// Whether the fleet is read again after the first time.
    pub watch: bool,
    /// The file that holds a template of one's own; empty for the built-in one.
    pub filename: Text,
    /// The text of the template that `filename` names.
    pub template: Option<Text>,
    /// Which template and functions.
    pub template_version: TemplateVersion,
    /// The polling interval in seconds.
    pub refresh_seconds: i64,
    /// Empty: the instance's metadata.
    pub region: Text,
    /// Empty: the default credential chain.
    pub access_key_id: Text,
    /// Empty: the default credential chain.
    pub secret_access_key: Secret,
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
            root_constraints: Vec::new(),
            watch: true,
            filename: Text::default(),
            template: None,
            template_version: TemplateVersion::default(),
            refresh_seconds: 15,
            region: Text::default(),
            access_key_id: Text::default(),
            secret_access_key: Secret::default(),
        }
    }
}

impl Settings {
    /// The `[ecs]` options of a static configuration, and the file that holds the template, where one is named. A value
    /// of another type than the option's counts for nothing: Traefik itself would refuse it.
    pub fn from_file(table: &Table) -> (Self, Option<String>) {
        let settings = file::leniently(table).settings;
        let filename = Some(settings.filename.to_string()).filter(|name| !name.is_empty());
        (settings, filename)
    }

    /// Every constraint that counts, in the order in which they are asked.
    pub fn all_constraints(&self) -> impl Iterator<Item = &Text> {
        self.constraints.iter().chain(&self.root_constraints)
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
            access_key_id: self.access_key_id.clone(),
            secret_access_key: self.secret_access_key.clone(),
            ..Provider::default()
        }
    }
}
