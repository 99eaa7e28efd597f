//! What a pattern finds: part of a task id, service, container, definition, address, router or host name.

use serde::Serialize;

use crate::nearest::nearest;
use crate::pipeline::Verdict;
use crate::view::discovered::{Container, Discovered};

/// What was searched in vain.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Nothing {
    /// The clusters that were searched.
    pub clusters: Vec<String>,
    /// How many tasks were listed there.
    pub tasks: usize,
    /// How many containers were looked at.
    pub containers: usize,
    /// The cluster of this name, and how many containers there are in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<(String, usize)>,
    /// Names that may have been meant.
    pub nearest: Vec<String>,
}

/// Whether a container is meant by a pattern, whatever the case.
pub(super) fn matches(pattern: &str, container: &Container, verdict: &Verdict) -> bool {
    let pattern = pattern.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&pattern);
    let optional = |text: Option<&str>| text.is_some_and(has);
    has(container.task_id())
        || container.task.to_lowercase() == pattern
        || has(&container.title())
        || has(&container.name)
        || optional(container.definition.as_deref())
        || optional(container.address.as_deref())
        || container.routers.iter().any(|router| has(&router.name) || has(&router.rule))
        || container.servers.iter().any(|server| has(&server.url))
        || labelled(verdict).any(|(key, value)| has(key) || has(value))
}

/// The labels that are Traefik's: a router that was lost on the way is found by them still.
fn labelled(verdict: &Verdict) -> impl Iterator<Item = (&str, &str)> {
    let labels = verdict.subject.container_definition().into_iter().flat_map(|definition| &definition.docker_labels);
    labels.filter(|(key, _)| key.to_lowercase().starts_with("traefik.")).map(|(key, value)| (&**key, &**value))
}

/// What to say where a pattern finds nothing.
pub fn nothing(pattern: &str, searched: &Discovered) -> Nothing {
    let mut names: Vec<String> = searched
        .containers
        .iter()
        .flat_map(|container| {
            let service = container.ecs_service.as_deref().map(str::to_owned);
            let routers = container.routers.iter().map(|router| router.name.to_string());
            [Some(container.container.to_string()), service, Some(container.name.to_string())]
                .into_iter()
                .flatten()
                .chain(routers)
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    Nothing {
        clusters: searched.clusters.iter().map(ToString::to_string).collect(),
        tasks: searched.summary.tasks,
        containers: searched.summary.containers,
        cluster: searched.clusters.iter().find(|cluster| cluster.eq_ignore_ascii_case(pattern)).map(|cluster| {
            let within = searched.containers.iter().filter(|container| *container.cluster == **cluster);
            (cluster.to_string(), within.count())
        }),
        nearest: several(pattern, &mut names),
    }
}

/// The nearest names, nearest first.
fn several(pattern: &str, names: &mut Vec<String>) -> Vec<String> {
    const MOST: usize = 3;
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some(name) = nearest(pattern, names.iter().map(String::as_str)).map(str::to_owned) else { break };
        names.retain(|other| *other != name);
        found.push(name);
    }
    found
}
