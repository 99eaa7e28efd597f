//! `discover` for other programs and places: lines of JSON, a spreadsheet, a ticket.

use std::fmt::Write as _;

use super::{Container, Discovered};
use crate::render::{csv_field, markdown_cell};

/// The columns of CSV.
const COLUMNS: [&str; 15] = [
    "cluster",
    "ecsService",
    "name",
    "task",
    "container",
    "definition",
    "launchType",
    "networkMode",
    "address",
    "port",
    "routed",
    "reason",
    "message",
    "rules",
    "servers",
];

impl Discovered {
    /// A line of JSON for each container.
    pub fn jsonl(&self) -> Vec<u8> {
        let mut text = String::new();
        for container in &self.containers {
            text.push_str(&serde_json::to_string(container).unwrap_or_default());
            text.push('\n');
        }
        text.into_bytes()
    }

    /// For spreadsheets: a row for each container.
    pub fn csv(&self) -> Vec<u8> {
        let mut text = COLUMNS.join(",") + "\n";
        for container in &self.containers {
            let fields = container.fields().map(|field| csv_field(&field));
            text.push_str(&fields.join(","));
            text.push('\n');
        }
        text.into_bytes()
    }

    /// For tickets: the same as the table says.
    pub fn markdown(&self) -> Vec<u8> {
        let mut text = String::new();
        for line in self.heading() {
            let _ = writeln!(text, "{}  ", markdown_cell(&line));
        }
        let causes = super::replicas::causes(&self.containers);
        if !causes.is_empty() {
            text.push_str("\n| containers | reason | where | why |\n|---:|---|---|---|\n");
        }
        for cause in &causes {
            let cells = [cause.reason, &cause.whose(3), cause.message].map(markdown_cell);
            let _ = writeln!(text, "| {} | {} |", cause.count, cells.join(" | "));
        }
        let replicas = super::replicas::replicas(&self.containers);
        if !replicas.is_empty() {
            text.push_str("\n| cluster | container | rule | servers |\n|---|---|---|---|\n");
        }
        for group in &replicas {
            let (first, rules) = (group.first(), group.first().rules());
            let title = super::replicas::times(&first.title(), group.members.len());
            let cells = [&*first.cluster, &title, &rules, &group.servers()].map(markdown_cell);
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text.push('\n');
        for line in self.conflict_lines().into_iter().chain(self.failure_lines()) {
            let _ = writeln!(text, "- {}", markdown_cell(&line));
        }
        let _ = writeln!(text, "\n**{}**", markdown_cell(&self.verdict()));
        text.into_bytes()
    }
}

impl Container {
    fn fields(&self) -> [String; 15] {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        [
            self.cluster.to_string(),
            text(self.ecs_service.as_deref()),
            self.name.to_string(),
            self.task.to_string(),
            self.container.to_string(),
            text(self.definition.as_deref()),
            text(self.launch_type.as_deref()),
            text(self.network_mode.as_deref()),
            text(self.address.as_deref()),
            self.port.map(|port| port.to_string()).unwrap_or_default(),
            self.routed.to_string(),
            text(self.reason),
            text(self.message.as_deref()),
            self.rules(),
            self.servers.iter().map(|server| &*server.url).collect::<Vec<_>>().join(" "),
        ]
    }

    /// The rules of its routers; where there is no rule, which protocol.
    pub(super) fn rules(&self) -> String {
        self.routers.iter().map(super::Router::title).collect::<Vec<_>>().join(" ; ")
    }
}
