//! `discover` for reading: first where and what, then what is not routed, then what is, the verdict last.

use std::fmt::Write as _;

use super::replicas::{Cause, Replicas, causes, replicas, short, times};
use super::{Discovered, Permissions, Router, Summary};
use crate::render::{Mark, Styles, Table};

/// So many different causes of one reason are listed; the rest is counted. `--wide` lists all.
const CAUSES_OF_A_REASON: usize = 6;

/// So many titles stand beside a cause.
const TITLES: usize = 2;

/// How the table is printed.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    /// Columns; `None` where there is no limit.
    pub width: Option<usize>,
    /// Colours.
    pub styles: Styles,
    /// Whether every replica has a line of its own.
    pub wide: bool,
}

impl Discovered {
    /// For reading.
    pub fn table(&self, paper: Paper) -> Vec<u8> {
        let mut text = String::new();
        for line in self.heading() {
            push_line(&mut text, paper, None, &line);
        }
        let mark = if self.traefik.outcome == "published" { Mark::Good } else { Mark::Bad };
        push_line(&mut text, paper, Some(mark), &format!("Traefik {} {}", self.traefik.version, self.traefik.message));
        self.push_skipped(&mut text, paper);
        self.push_routed(&mut text, paper);
        push_list(&mut text, paper, "Conflicts", &self.conflict_lines());
        push_list(&mut text, paper, "Failures", &self.failure_lines());
        text.push('\n');
        push_line(&mut text, paper, None, &self.verdict());
        if !self.complete {
            push_line(&mut text, paper, Some(Mark::Bad), "the pass is not complete, so this is not the whole of it");
        }
        if let Some(line) = self.permission_line() {
            push_line(&mut text, paper, Some(Mark::Bad), &line);
        }
        text.into_bytes()
    }

    /// Account, region, identity, clusters, time.
    pub(super) fn heading(&self) -> Vec<String> {
        let account = self.account.as_deref().map(|account| format!("account {account}"));
        let who = [account.as_deref(), self.region.as_deref(), self.identity.as_deref()];
        let who = who.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let source = if self.source == "live" { String::new() } else { format!(" ({})", self.source) };
        let time = self.time.as_deref().map(|time| format!(" · {time}")).unwrap_or_default();
        let summary = &self.summary;
        let figures = format!(
            "{} · {} · {}",
            names(&self.clusters),
            counted(summary.tasks, "task"),
            counted(summary.containers, "container")
        );
        // A snapshot put together by hand names neither account nor region nor time.
        let first = format!("{who}{time}{source}").trim_start_matches([' ', '·']).to_owned();
        [first, figures].into_iter().filter(|line| !line.trim().is_empty()).collect()
    }

    fn push_skipped(&self, text: &mut String, paper: Paper) {
        let causes = causes(&self.containers);
        if causes.is_empty() {
            return;
        }
        let count: usize = causes.iter().map(|cause| cause.count).sum();
        let _ = writeln!(text, "\n{}", paper.styles.heading(&format!("Not routed ({count})")));
        if paper.wide {
            self.push_skipped_wide(text, paper);
            return;
        }
        let mut table = Table::new(&["", "REASON", "WHERE", "WHY"], paper.width, paper.styles);
        table.align_right(0);
        for (index, cause) in causes.iter().enumerate() {
            let before = causes[..index].iter().filter(|other| other.reason == cause.reason).count();
            if before < CAUSES_OF_A_REASON {
                push_cause(&mut table, cause);
            } else if before == CAUSES_OF_A_REASON {
                push_rest(&mut table, &causes[index..], cause.reason);
            }
        }
        text.push_str(&table.text());
    }

    fn push_skipped_wide(&self, text: &mut String, paper: Paper) {
        let mut table =
            Table::new(&["CLUSTER", "CONTAINER", "TASK", "ADDRESS", "REASON", "WHY"], paper.width, paper.styles);
        for container in self.containers.iter().filter(|container| !container.routed) {
            let mark = Some(if container.broken { Mark::Bad } else { Mark::Aside });
            table.row(&[
                (None, &container.cluster),
                (None, &container.title()),
                (None, container.task_id()),
                (None, container.address.as_deref().unwrap_or_default()),
                (mark, container.reason.unwrap_or_default()),
                (None, container.message.as_deref().unwrap_or_default()),
            ]);
        }
        text.push_str(&table.text());
    }

    fn push_routed(&self, text: &mut String, paper: Paper) {
        let groups = replicas(&self.containers);
        if groups.is_empty() {
            return;
        }
        let count: usize = groups.iter().map(|group| group.members.len()).sum();
        let _ = writeln!(text, "\n{}", paper.styles.heading(&format!("Routed ({count})")));
        if paper.wide {
            self.push_routed_wide(text, paper);
            return;
        }
        let mut table = Table::new(&["CLUSTER", "CONTAINER", "RULE", "SERVERS"], paper.width, paper.styles);
        for group in &groups {
            push_group(&mut table, group);
        }
        text.push_str(&table.text());
    }

    fn push_routed_wide(&self, text: &mut String, paper: Paper) {
        let mut table = Table::new(&["CLUSTER", "CONTAINER", "TASK", "RULE", "SERVERS"], paper.width, paper.styles);
        for container in self.containers.iter().filter(|container| container.routed) {
            let servers: Vec<_> = container.servers.iter().map(|server| short(&server.url)).collect();
            table.row(&[
                (None, &container.cluster),
                (None, &container.title()),
                (None, container.task_id()),
                (None, &container.rules()),
                (None, &servers.join(" ")),
            ]);
        }
        text.push_str(&table.text());
    }

    /// One line for each conflict.
    pub(super) fn conflict_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for conflict in &self.conflicts {
            for field in &conflict.fields {
                let values =
                    field.values.iter().map(|variant| format!("{} in {}", variant.shown(), names(&variant.containers)));
                let values = values.collect::<Vec<_>>().join("; ");
                lines.push(format!(
                    "{} {} `{}`: {} is {values}",
                    conflict.protocol, conflict.kind, conflict.name, field.path
                ));
            }
        }
        lines
    }

    /// One line for each failed call, and for each record that is missing.
    pub(super) fn failure_lines(&self) -> Vec<String> {
        let within = |cluster: Option<&str>| cluster.map(|cluster| format!(" in {cluster}")).unwrap_or_default();
        let failed = self.failures.iter().map(|failed| {
            let cluster = within(failed.cluster.as_deref());
            let said = if failed.message.is_empty() { String::new() } else { format!(": {}", failed.message) };
            format!("{}{cluster}: {}{said}", failed.action, failed.code)
        });
        let missing = self.missing.iter().map(|missing| {
            format!("{}{}: {} {}", missing.action, within(missing.cluster.as_deref()), missing.reason, missing.arn)
        });
        failed.chain(missing).collect()
    }

    /// The last line: how it stands.
    pub(super) fn verdict(&self) -> String {
        let Summary { routed, skipped, containers, .. } = &self.summary;
        match (containers, skipped) {
            (0, _) => "no container was found".to_owned(),
            (1, 0) => "the one container is routed".to_owned(),
            (_, 0) => format!("all {containers} containers are routed"),
            _ => format!(
                "{routed} of {} routed, {skipped} not; `ecsroute explain NAME` says why",
                counted(*containers, "container")
            ),
        }
    }

    /// What the caller may not do.
    fn permission_line(&self) -> Option<String> {
        let Permissions { used, denied } = &self.permissions;
        (!denied.is_empty()).then(|| {
            format!(
                "permissions: {} of {} worked; missing {}: `ecsroute check-policy`",
                used.len(),
                used.len() + denied.len(),
                denied.join(", ")
            )
        })
    }
}

fn push_cause(table: &mut Table, cause: &Cause<'_>) {
    let mark = Some(if cause.broken { Mark::Bad } else { Mark::Aside });
    table.row(&[
        (None, &cause.count.to_string()),
        (mark, cause.reason),
        (None, &cause.whose(TITLES)),
        (None, cause.message),
    ]);
}

/// What is left of one reason, counted.
fn push_rest(table: &mut Table, causes: &[Cause<'_>], reason: &'static str) {
    let rest: Vec<_> = causes.iter().filter(|cause| cause.reason == reason).collect();
    let count: usize = rest.iter().map(|cause| cause.count).sum();
    let text = format!("{} more causes of this kind: --wide lists them", rest.len());
    table.row(&[(None, &count.to_string()), (Some(Mark::Aside), reason), (None, ""), (None, &text)]);
}

fn push_group(table: &mut Table, group: &Replicas<'_>) {
    let first = group.first();
    let title = times(&first.title(), group.members.len());
    let servers = group.servers();
    let mut row = (&*first.cluster, title.as_str(), servers.as_str());
    for router in &first.routers {
        table.row(&[(None, row.0), (None, row.1), (None, &router.title()), (None, row.2)]);
        row = ("", "", "");
    }
}

fn push_list(text: &mut String, paper: Paper, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", paper.styles.heading(&format!("{heading} ({})", lines.len())));
    for line in lines {
        push_line(text, paper, Some(Mark::Bad), line);
    }
}

/// A line, wrapped where the paper ends.
fn push_line(text: &mut String, paper: Paper, mark: Option<Mark>, line: &str) {
    let mut table = Table::new(&[], paper.width, paper.styles);
    table.row(&[(mark, line)]);
    text.push_str(&table.text());
}

impl Router {
    /// The rule; where there is none, what leads to it.
    pub(super) fn title(&self) -> String {
        match (self.protocol, &*self.rule) {
            ("http", rule) => rule.to_owned(),
            (protocol, "") => format!("{protocol} {}", self.name),
            (protocol, rule) => format!("{protocol} {rule}"),
        }
    }
}

/// A few names, and how many more there are.
fn names(names: &[crate::model::Text]) -> String {
    const MOST: usize = 4;
    let mut text = names.iter().take(MOST).map(|name| &**name).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        let _ = write!(text, " and {} more", names.len() - MOST);
    }
    text
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
