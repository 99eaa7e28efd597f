//! What Traefik 1.7 makes of a fleet: containers with what became of them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::render::{Mark, Styles, Table, csv_field, markdown_cell, printable};
use crate::v1::{Outcome, Run, Verdict};

/// Containers whose name, id, cluster, labels or servers hold a text.
pub fn matching<'r>(run: &'r Run, pattern: Option<&str>) -> Vec<&'r Verdict> {
    let pattern = pattern.unwrap_or_default().to_lowercase();
    let holds = |verdict: &&Verdict| container(verdict).to_string().to_lowercase().contains(&pattern);
    run.verdicts.iter().filter(holds).collect()
}

/// The cells of a container: cluster, name, task, frontends, servers, and why not.
fn cells(verdict: &Verdict) -> [String; 6] {
    let joined = |parts: Vec<String>| parts.join(", ");
    let reason = verdict.reason().map(|reason| format!("{}: {reason}", reason.id())).unwrap_or_default();
    let servers = verdict.units.iter().filter_map(|unit| unit.server.as_ref()).map(|server| server.url.clone());
    [
        verdict.cluster.to_string(),
        verdict.name.clone(),
        verdict.id.clone(),
        joined(verdict.units.iter().map(|unit| unit.rule.clone()).collect()),
        joined(servers.collect()),
        reason,
    ]
}

const HEADINGS: [&str; 6] = ["cluster", "name", "task", "rules", "servers", "reason"];

/// A table for people.
pub fn table(verdicts: &[&Verdict], width: Option<usize>, styles: Styles) -> Vec<u8> {
    let mut table = Table::new(&HEADINGS, width, styles);
    for verdict in verdicts {
        let mark = if verdict.is_kept() { Mark::Good } else { Mark::Bad };
        let cells = cells(verdict);
        let row: Vec<(Option<Mark>, &str)> =
            cells.iter().enumerate().map(|(at, cell)| ((at == 1).then_some(mark), cell.as_str())).collect();
        table.row(&row);
    }
    let routed = verdicts.iter().filter(|verdict| verdict.is_kept()).count();
    format!("{}\n{routed} of {} containers are routed by Traefik 1.7\n", table.text(), verdicts.len()).into_bytes()
}

/// Lines of CSV.
pub fn csv(verdicts: &[&Verdict]) -> Vec<u8> {
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let rows = verdicts.iter().map(|verdict| line(cells(verdict).iter().map(|cell| csv_field(cell)).collect()));
    (HEADINGS.join(",") + "\n" + &rows.collect::<String>()).into_bytes()
}

/// A table in Markdown.
pub fn markdown(verdicts: &[&Verdict]) -> Vec<u8> {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let rows = verdicts.iter().map(|verdict| line(cells(verdict).iter().map(|cell| markdown_cell(cell)).collect()));
    let head = line(HEADINGS.map(str::to_owned).to_vec()) + "|---|---|---|---|---|---|\n";
    (head + &rows.collect::<String>()).into_bytes()
}

/// For programs; the schema's name is the command's.
pub fn json(run: &Run, verdicts: &[&Verdict], schema: &str) -> Vec<u8> {
    let containers: Vec<Value> = verdicts.iter().map(|verdict| container(verdict)).collect();
    let outcome = if run.published().is_some() { "published" } else { "stale" };
    crate::render::json(&json!({
        "schema": schema, "complete": run.published().is_some() && run.inventory.is_complete(),
        "traefik": { "version": "v1.7", "outcome": outcome }, "containers": containers,
    }))
}

/// One line of JSON for each container.
pub fn jsonl(verdicts: &[&Verdict]) -> Vec<u8> {
    verdicts.iter().map(|verdict| container(verdict).to_string() + "\n").collect::<String>().into_bytes()
}

fn container(verdict: &Verdict) -> Value {
    let units: Vec<Value> = verdict
        .units
        .iter()
        .map(|unit| {
            json!({ "segment": unit.segment, "frontend": format!("frontend-{}", unit.frontend), "rule": unit.rule,
                    "backend": format!("backend-{}", unit.service),
                    "server": unit.server.as_ref().map(|server| json!({ "name": server.name, "url": server.url, "weight": server.weight })) })
        })
        .collect();
    let notes: Vec<Value> = verdict
        .notes
        .iter()
        .map(|note| json!({ "label": note.label, "value": note.value, "message": note.problem.to_string() }))
        .collect();
    let reason = verdict.reason();
    json!({
        "cluster": verdict.cluster, "name": verdict.name, "task": verdict.task.task_arn, "container": verdict.container,
        "definition": verdict.task.task_definition_arn, "routed": verdict.is_kept(),
        "reason": reason.map(crate::v1::Reason::id), "message": reason.map(ToString::to_string),
        "traefikLog": reason.and_then(|reason| reason.log_line(&verdict.name, &verdict.id)),
        "units": units, "notes": notes,
    })
}

/// Every step of each container, for people.
pub fn steps(verdicts: &[&Verdict]) -> Vec<u8> {
    let mut text = String::new();
    for verdict in verdicts {
        let _ = writeln!(
            text,
            "{} ({}) in {}",
            printable(&verdict.name),
            printable(&verdict.id),
            printable(&verdict.cluster)
        );
        for step in &verdict.steps {
            let (sign, evidence) = match &step.outcome {
                Outcome::Passed(evidence) => ("yes", evidence.clone()),
                Outcome::Dropped(reason) => ("no", reason.to_string()),
                Outcome::NotReached => ("-", String::new()),
            };
            let line = format!("  {:<4}{} {}", sign, step.stage.question(), printable(&evidence));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        for unit in &verdict.units {
            let server = unit.server.as_ref().map_or("no port", |server| server.url.as_str());
            let _ = writeln!(
                text,
                "  frontend-{}: {} to {}",
                printable(&unit.frontend),
                printable(&unit.rule),
                printable(server)
            );
        }
        for note in &verdict.notes {
            let _ = writeln!(text, "  label {}: {}", printable(&note.label), printable(&note.problem.to_string()));
        }
        text.push('\n');
    }
    text.into_bytes()
}
