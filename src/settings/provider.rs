//! The options of Traefik's ECS provider, as they take effect.

use std::fmt;

use crate::model::Text;

/// Every option of `providers.ecs`, effective: defaults are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one independent option each, as Traefik has them")]
pub struct Provider {
    /// The expression that containers' labels must satisfy; empty keeps all.
    pub constraints: Text,
    /// Whether a container without `traefik.enable` is taken.
    pub exposed_by_default: bool,
    /// The polling interval in seconds.
    pub refresh_seconds: i64,
    /// The Go template of a rule for routers that have none.
    pub default_rule: Text,
    /// Names or ARNs; ignored when clusters are discovered.
    pub clusters: Vec<Text>,
    /// Whether every cluster of the account and region is searched.
    pub auto_discover_clusters: bool,
    /// Whether only tasks that are `HEALTHY` are taken; `UNKNOWN` is not.
    pub healthy_tasks_only: bool,
    /// Whether SSM is asked for the addresses of external instances.
    pub ecs_anywhere: bool,
    /// Empty: found by the environment or the instance's metadata.
    pub region: Text,
    /// Empty: the default credential chain.
    pub access_key_id: Text,
    /// Empty: the default credential chain.
    pub secret_access_key: Secret,
}

impl Default for Provider {
    /// The defaults of the v3 document.
    fn default() -> Self {
        Self {
            constraints: Text::default(),
            exposed_by_default: true,
            refresh_seconds: 15,
            default_rule: "Host(`{{ normalize .Name }}`)".into(),
            clusters: vec!["default".into()],
            auto_discover_clusters: false,
            healthy_tasks_only: false,
            ecs_anywhere: false,
            region: Text::default(),
            access_key_id: Text::default(),
            secret_access_key: Secret::default(),
        }
    }
}

/// A credential: it can be used, never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Text);

impl Secret {
    /// Wraps a credential.
    pub fn new(value: impl Into<Text>) -> Self {
        Self(value.into())
    }

    /// The credential itself, for the one place that signs requests.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether none was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "not set" } else { "set (hidden)" })
    }
}
