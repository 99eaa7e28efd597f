//! What `diff` says: the elements that differ between two configurations. `ecsroute.diff/1`.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;
use similar::TextDiff;

use crate::diff::{Change, ChangeKind, Servers};
use crate::render::{Mark, Styles, Table, json, markdown_cell, printable};

/// The document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Differed {
    /// `ecsroute.diff/1`.
    pub schema: &'static str,
    /// What the first side is.
    pub a: String,
    /// What the second side is.
    pub b: String,
    /// Whether both passes were complete; a file always is.
    pub complete: bool,
    /// Whether there is no difference.
    pub equal: bool,
    /// Figures.
    pub summary: Summary,
    /// What differs, in the order of sections and names.
    pub changes: Vec<ChangeV1>,
}

/// Figures of a comparison.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Summary {
    /// Elements that only the second side has.
    pub added: usize,
    /// Elements that only the first side has.
    pub removed: usize,
    /// Elements that both have and that differ.
    pub changed: usize,
}

/// One element that differs.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeV1 {
    /// `http.routers`, `tls.stores`.
    pub section: String,
    /// Its name.
    pub name: String,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// The element, where it was added or removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The fields that differ, where it was changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldV1>,
    /// The servers that came and went, where it was changed.
    #[serde(skip_serializing_if = "ServersV1::is_empty")]
    pub servers: ServersV1,
}

/// One field that differs; null where it is absent.
#[derive(Debug, Clone, Serialize)]
pub struct FieldV1 {
    /// Its path in the element.
    pub path: String,
    /// What the first side has.
    pub a: Value,
    /// What the second side has.
    pub b: Value,
}

/// The servers that came and went.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ServersV1 {
    /// Those that only the second side has.
    pub added: Vec<Value>,
    /// Those that only the first side has.
    pub removed: Vec<Value>,
}

impl ServersV1 {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

impl Differed {
    /// The document of a comparison.
    pub fn of(a: String, b: String, complete: bool, changes: Vec<Change>) -> Self {
        let changes: Vec<ChangeV1> = changes.into_iter().map(ChangeV1::of).collect();
        let count = |what: &str| changes.iter().filter(|change| change.change == what).count();
        let summary = Summary { added: count("added"), removed: count("removed"), changed: count("changed") };
        Self { schema: "ecsroute.diff/1", a, b, complete, equal: changes.is_empty(), summary, changes }
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        json(&serde_json::to_value(self).unwrap_or_default())
    }

    /// For reading.
    pub fn table(&self, width: Option<usize>, styles: Styles) -> Vec<u8> {
        let mut text = format!("{} → {}\n", printable(&self.a), printable(&self.b));
        if !self.changes.is_empty() {
            let _ = write!(text, "\n{}\n", table(&self.changes, width, styles));
        }
        let _ = writeln!(text, "{}", self.verdict());
        text.into_bytes()
    }

    /// For tickets.
    pub fn markdown(&self) -> Vec<u8> {
        let mut text = format!("{} → {}\n\n", markdown_cell(&self.a), markdown_cell(&self.b));
        if !self.changes.is_empty() {
            text.push_str("| | what | name | change |\n|---|---|---|---|\n");
            for change in &self.changes {
                let lines: Vec<String> = change.lines().iter().map(|line| markdown_cell(line)).collect();
                let (sign, name) = (change.sign().0, markdown_cell(&change.name));
                let _ = writeln!(text, "| {sign} | {} | {name} | {} |", change.what(), lines.join("<br>"));
            }
            text.push('\n');
        }
        let _ = writeln!(text, "{}", self.verdict());
        text.into_bytes()
    }

    /// The last line: how it stands.
    fn verdict(&self) -> String {
        let Summary { added, removed, changed } = self.summary;
        if self.equal {
            return "no difference in the routes".to_owned();
        }
        format!("{added} added, {removed} removed, {changed} changed")
    }
}

fn table(changes: &[ChangeV1], width: Option<usize>, styles: Styles) -> String {
    let mut table = Table::new(&["", "WHAT", "NAME", "CHANGE"], width, styles);
    for change in changes {
        let (sign, mark) = change.sign();
        for (index, line) in change.lines().iter().enumerate() {
            let (sign, what, name) =
                if index == 0 { (sign, change.what(), change.name.as_str()) } else { ("", String::new(), "") };
            table.row(&[(Some(mark), sign), (None, &what), (None, name), (None, line)]);
        }
    }
    table.text()
}

/// What a deployment changes: in the end, and while old and new tasks overlap.
#[derive(Debug, Clone, Serialize)]
pub struct Deployed {
    /// The fleet now, and once the old tasks are gone.
    #[serde(flatten)]
    pub after: Differed,
    /// The groups whose tasks are replaced: `service:api`.
    pub groups: Vec<String>,
    /// The fleet now, and while old and new tasks run beside each other.
    pub overlap: Vec<ChangeV1>,
    /// What Traefik deletes for as long as both run, since they define it differently.
    pub deleted: Vec<DeletedV1>,
    /// What 1.7 takes from whichever task it sees first for as long as both run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chance: Vec<ChanceV1>,
}

/// A backend of 1.7 whose tasks differ.
#[derive(Debug, Clone, Serialize)]
pub struct ChanceV1 {
    /// Its name without `backend-`.
    pub service: String,
    /// What is taken from one of them: `backend`, `frontend`, `server`.
    pub what: &'static str,
    /// Tasks that say different things.
    pub between: Vec<String>,
}

/// An element that is deleted while definitions disagree.
#[derive(Debug, Clone, Serialize)]
pub struct DeletedV1 {
    /// `http.routers`
    pub section: String,
    /// Its name.
    pub name: String,
    /// The fields that differ.
    pub fields: Vec<String>,
}

impl Deployed {
    /// The document, from what differs after the deployment and during it.
    pub fn of(after: Differed, groups: Vec<String>, overlap: Vec<Change>) -> Self {
        let overlap = overlap.into_iter().map(ChangeV1::of).collect();
        Self { after, groups, overlap, deleted: Vec::new(), chance: Vec::new() }
    }

    /// The same with what is deleted meanwhile.
    #[must_use]
    pub fn deleting(self, deleted: Vec<DeletedV1>) -> Self {
        Self { deleted, ..self }
    }

    /// The same with what is left to chance meanwhile.
    #[must_use]
    pub fn by_chance(self, chance: Vec<ChanceV1>) -> Self {
        Self { chance, ..self }
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        json(&serde_json::to_value(self).unwrap_or_default())
    }

    /// For reading.
    pub fn table(&self, width: Option<usize>, styles: Styles) -> Vec<u8> {
        let groups: Vec<_> = self.groups.iter().map(|group| printable(group)).collect();
        let mut text = format!("{} replaces the tasks of {}\n", printable(&self.after.b), groups.join(", "));
        let steps = [("While old and new tasks overlap", &self.overlap), ("Then", &self.after.changes)];
        for (heading, changes) in steps {
            let _ = writeln!(text, "\n{}", styles.heading(heading));
            if changes.is_empty() {
                text.push_str("no difference in the routes\n");
            } else {
                text.push_str(&table(changes, width, styles));
            }
        }
        text.push('\n');
        for one in &self.deleted {
            let what = one.section.replace('.', " ");
            let what = what.strip_suffix('s').unwrap_or(&what);
            let line = format!(
                "the {what} `{}` is deleted for as long as both run, for they differ in {}",
                printable(&one.name),
                printable(&one.fields.join(", "))
            );
            let _ = writeln!(text, "{} {line}", styles.mark(Mark::Bad));
        }
        for one in &self.chance {
            let line = format!(
                "the {} of `{}` is left to chance for as long as both run, for {} differ",
                one.what,
                printable(&one.service),
                printable(&one.between.join(", "))
            );
            let _ = writeln!(text, "{} {line}", styles.mark(Mark::Bad));
        }
        let _ = writeln!(text, "{}", self.after.verdict());
        text.into_bytes()
    }
}

/// Two texts as `diff -u` compares them; nothing where they are equal.
pub fn unified(a: (&str, &str), b: (&str, &str)) -> Vec<u8> {
    let ((a, before), (b, after)) = (a, b);
    let (a, b) = (printable(a), printable(b));
    TextDiff::from_lines(before, after).unified_diff().header(&a, &b).to_string().into_bytes()
}

impl ChangeV1 {
    pub(super) fn of(change: Change) -> Self {
        let Change { section, name, kind } = change;
        let blank = Self { section, name, change: "", value: None, fields: Vec::new(), servers: ServersV1::default() };
        match kind {
            ChangeKind::Added(value) => Self { change: "added", value: Some(value), ..blank },
            ChangeKind::Removed(value) => Self { change: "removed", value: Some(value), ..blank },
            ChangeKind::Changed { fields, servers: Servers { added, removed } } => {
                let fields = fields.into_iter().map(|field| FieldV1 {
                    path: field.path,
                    a: field.before.unwrap_or_default(),
                    b: field.after.unwrap_or_default(),
                });
                let servers = ServersV1 { added, removed };
                Self { change: "changed", fields: fields.collect(), servers, ..blank }
            }
        }
    }

    /// The sign that it begins with, and what it means.
    pub(super) fn sign(&self) -> (&'static str, Mark) {
        match self.change {
            "added" => ("+", Mark::Good),
            "removed" => ("-", Mark::Bad),
            _ => ("~", Mark::Look),
        }
    }

    /// `http router`: the section in the singular.
    pub(super) fn what(&self) -> String {
        let section = self.section.replace('.', " ");
        section.strip_suffix('s').map(str::to_owned).unwrap_or(section)
    }

    /// What there is to say, a line for each thing.
    pub(super) fn lines(&self) -> Vec<String> {
        if let Some(value) = &self.value {
            return vec![short(value)];
        }
        let fields =
            self.fields.iter().map(|field| format!("{}: {} → {}", field.path, shown(&field.a), shown(&field.b)));
        let came = self.servers.added.iter().map(|server| format!("server {} comes", address(server)));
        let went = self.servers.removed.iter().map(|server| format!("server {} goes", address(server)));
        fields.chain(came).chain(went).collect()
    }
}

/// An element in a few words: a router's rule and service, a service's servers, all of anything else.
fn short(element: &Value) -> String {
    if let Some(service) = element.get("service").and_then(Value::as_str) {
        let rule = element.get("rule").and_then(Value::as_str).unwrap_or("all");
        return format!("{rule} → {service}");
    }
    match element.pointer("/loadBalancer/servers").and_then(Value::as_array) {
        Some(servers) => servers.iter().map(address).collect::<Vec<_>>().join(" "),
        None => element.to_string(),
    }
}

/// A server's address, with whatever else is said of it.
fn address(server: &Value) -> String {
    let address = server.get("url").or_else(|| server.get("address")).and_then(Value::as_str);
    match (address, server.as_object()) {
        (Some(address), Some(fields)) if fields.len() == 1 => address.to_owned(),
        _ => server.to_string(),
    }
}

/// A value in a line; nothing for one that is absent.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "(none)".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
