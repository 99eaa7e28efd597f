//! Containers that share an outcome are one line: replicas of a service, and services with one cause.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Container, Router};

/// Containers that aren't routed for one cause.
#[derive(Debug)]
pub(super) struct Cause<'a> {
    /// The reason's id.
    pub(super) reason: &'static str,
    /// The sentence that they share.
    pub(super) message: &'a str,
    /// Whether it is a fault.
    pub(super) broken: bool,
    /// How many.
    pub(super) count: usize,
    /// Whose: title and how many, most first.
    pub(super) whose: Vec<(String, usize)>,
}

/// The causes, faults before wishes, the larger before the smaller.
pub(super) fn causes(containers: &[Container]) -> Vec<Cause<'_>> {
    let mut groups: BTreeMap<(&'static str, &str), Vec<&Container>> = BTreeMap::new();
    for container in containers {
        if let Some(reason) = container.reason {
            groups.entry((reason, container.message.as_deref().unwrap_or_default())).or_default().push(container);
        }
    }
    let mut causes: Vec<_> = groups
        .into_iter()
        .map(|((reason, message), members)| Cause {
            reason,
            message,
            broken: members[0].broken,
            count: members.len(),
            whose: titles(&members),
        })
        .collect();
    causes.sort_by_key(|cause| (!cause.broken, std::cmp::Reverse(cause.count), cause.reason, cause.message));
    causes
}

/// Titles with their counts, most first.
fn titles(members: &[&Container]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        *counts.entry(member.title()).or_default() += 1;
    }
    let mut titles: Vec<_> = counts.into_iter().collect();
    titles.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    titles
}

impl Cause<'_> {
    /// The first titles, and how many more there are.
    pub(super) fn whose(&self, most: usize) -> String {
        let mut text =
            self.whose.iter().take(most).map(|(title, count)| times(title, *count)).collect::<Vec<_>>().join(", ");
        if let Some(more) = self.whose.len().checked_sub(most).filter(|more| *more > 0) {
            let _ = write!(text, " and {more} more");
        }
        text
    }
}

/// A title with how often it is there.
pub(super) fn times(title: &str, count: usize) -> String {
    if count == 1 { title.to_owned() } else { format!("{title} ×{count}") }
}

/// Routed containers with one cluster, title and set of routers.
#[derive(Debug)]
pub(super) struct Replicas<'a> {
    /// They.
    pub(super) members: Vec<&'a Container>,
}

/// The routed containers, folded, in their order.
pub(super) fn replicas(containers: &[Container]) -> Vec<Replicas<'_>> {
    let mut groups: BTreeMap<(&str, String, Vec<&Router>), Vec<&Container>> = BTreeMap::new();
    for container in containers.iter().filter(|container| container.routed) {
        let routers = container.routers.iter().collect();
        groups.entry((&container.cluster, container.title(), routers)).or_default().push(container);
    }
    groups.into_values().map(|members| Replicas { members }).collect()
}

impl Replicas<'_> {
    /// The first of them.
    pub(super) fn first(&self) -> &Container {
        self.members[0]
    }

    /// The first server, and how many more there are.
    pub(super) fn servers(&self) -> String {
        let mut servers: Vec<&str> =
            self.members.iter().flat_map(|member| &member.servers).map(|server| short(&server.url)).collect();
        servers.sort_unstable();
        servers.dedup();
        match servers.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first, rest @ ..] => format!("{first} +{}", rest.len()),
        }
    }
}

/// A server's URL without the scheme that nearly all have.
pub(super) fn short(url: &str) -> &str {
    url.strip_prefix("http://").unwrap_or(url)
}
