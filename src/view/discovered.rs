//! What `discover` says: the fleet, what becomes of it, and why. `ecsroute.discover/1`.

mod lines;
mod read;
mod replicas;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Text;

pub use read::{Facts, conflict, container, ending, failure, key};
pub use table::Paper;

/// The document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Discovered {
    /// `ecsroute.discover/1`.
    pub schema: &'static str,
    /// Whether every call was answered and the pass came to its end.
    pub complete: bool,
    /// `live`, `snapshot` or `demo`.
    pub source: &'static str,
    /// The region that was asked.
    pub region: Option<Text>,
    /// The account that answered.
    pub account: Option<Text>,
    /// Who asked, as STS knows them.
    pub identity: Option<Text>,
    /// When, as RFC 3339.
    pub time: Option<Text>,
    /// What Traefik would do.
    pub traefik: Traefik,
    /// Figures.
    pub summary: Summary,
    /// The clusters that were searched, by name.
    pub clusters: Vec<Text>,
    /// Every container, sorted by cluster, service and name.
    pub containers: Vec<Container>,
    /// What containers define differently.
    pub conflicts: Vec<Conflict>,
    /// Calls that failed.
    pub failures: Vec<Failed>,
    /// Records that AWS said it doesn't have.
    pub missing: Vec<Missing>,
    /// What the caller may do, as far as the pass has shown.
    pub permissions: Permissions,
    /// Requests by call.
    pub calls: BTreeMap<&'static str, u64>,
}

/// What Traefik would do with this pass.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Traefik {
    /// Whose behaviour: `v3.7`.
    pub version: &'static str,
    /// `published`, `wiped`, `stale` or `refused`.
    pub outcome: &'static str,
    /// What that means, for people.
    pub message: String,
}

/// Figures of a pass.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Clusters that were searched.
    pub clusters: usize,
    /// Tasks that were listed.
    pub tasks: usize,
    /// Containers that were judged.
    pub containers: usize,
    /// Those that are routed.
    pub routed: usize,
    /// Those that aren't.
    pub skipped: usize,
}

/// One container.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// The cluster's name.
    pub cluster: Text,
    /// The ECS service; absent for a task without one.
    pub ecs_service: Option<Text>,
    /// The default service's name, `.Name` of the default rule.
    pub name: Text,
    /// The task's ARN.
    pub task: Text,
    /// The container's name; empty where the task's record is missing.
    pub container: Text,
    /// The task definition as `family:revision`.
    pub definition: Option<Text>,
    /// `EC2`, `FARGATE` or `EXTERNAL`.
    pub launch_type: Option<Text>,
    /// `awsvpc`, `bridge`, `host`, …
    pub network_mode: Option<Text>,
    /// Where Traefik would reach it.
    pub address: Option<Text>,
    /// The port of its first server.
    pub port: Option<u16>,
    /// Whether a router of the published configuration leads to a server of it.
    pub routed: bool,
    /// Why not: a stable id.
    pub reason: Option<&'static str>,
    /// Why not, and what to change, for people.
    pub message: Option<String>,
    /// The line that Traefik itself would log.
    pub traefik_log: Option<String>,
    /// The routers that lead to it.
    pub routers: Vec<Router>,
    /// Its servers.
    pub servers: Vec<Server>,
    /// Whether the reason is a fault, not a wish; for the order of the table.
    #[serde(skip)]
    pub broken: bool,
}

/// One router.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Router {
    /// `http`, `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its name, without `@ecs`.
    pub name: Text,
    /// Its rule; empty for UDP.
    pub rule: Text,
    /// Its service.
    pub service: Text,
}

/// One server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// `http`, `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its service.
    pub service: Text,
    /// `http://10.0.0.1:80`, or `10.0.0.1:80` for TCP and UDP.
    pub url: Text,
}

/// One element that containers define differently.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// `http`, `tcp`, `udp` or `tls`.
    pub protocol: &'static str,
    /// `router`, `service`, `middleware`, …
    pub kind: &'static str,
    /// Its name.
    pub name: Text,
    /// The fields that differ.
    pub fields: Vec<Difference>,
    /// The line that Traefik itself would log.
    pub traefik_log: String,
}

/// One field that differs.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// The field: `rule`.
    pub path: String,
    /// Its values.
    pub values: Vec<Variant>,
}

/// One value of a field that differs.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Variant {
    /// As JSON has it; null where it is absent.
    pub value: serde_json::Value,
    /// What JSON doesn't show.
    pub note: Option<&'static str>,
    /// The containers that have it.
    pub containers: Vec<Text>,
}

/// A call that failed.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Failed {
    /// The action as IAM knows it.
    pub action: &'static str,
    /// The cluster that it was for.
    pub cluster: Option<Text>,
    /// AWS's code.
    pub code: Text,
    /// AWS's message.
    pub message: Text,
}

/// A record that AWS said it doesn't have.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// The action as IAM knows it.
    pub action: &'static str,
    /// The cluster that it was for.
    pub cluster: Option<Text>,
    /// What was asked for.
    pub arn: Text,
    /// AWS's reason.
    pub reason: Text,
}

/// What the caller may do, as far as the pass has shown.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Permissions {
    /// Actions that were used.
    pub used: Vec<&'static str>,
    /// Actions that were denied.
    pub denied: Vec<&'static str>,
}

impl Discovered {
    /// Keeps the containers that fit; the figures stay those of the whole pass.
    pub fn keep(&mut self, fits: impl Fn(&Container) -> bool) {
        self.containers.retain(fits);
    }

    /// For programs, as one document.
    pub fn json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl Variant {
    /// The value for people, with what JSON doesn't show.
    pub fn shown(&self) -> String {
        let value = match &self.value {
            serde_json::Value::Null => "absent".to_owned(),
            serde_json::Value::String(text) => format!("`{text}`"),
            other => other.to_string(),
        };
        self.note.map(|note| format!("{value} ({note})")).unwrap_or(value)
    }
}

impl Container {
    /// The ECS service and the container, as the table names it: `api/web`.
    pub fn title(&self) -> String {
        let family = self.definition.as_deref().and_then(|definition| definition.split(':').next());
        match (self.ecs_service.as_deref().or(family), &*self.container) {
            (Some(service), "") => service.to_owned(),
            (Some(service), container) => format!("{service}/{container}"),
            (None, _) => format!("task {}", self.task_id()),
        }
    }

    /// What the container is, in short: task, definition, launch type, network mode, address, as far as known.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        let known = [
            Some(self.task_id()),
            self.definition.as_deref(),
            self.launch_type.as_deref(),
            self.network_mode.as_deref(),
            self.address.as_deref(),
        ];
        known.into_iter().flatten()
    }

    /// The last part of the task's ARN.
    pub fn task_id(&self) -> &str {
        self.task.rsplit('/').next().unwrap_or(&self.task)
    }
}
