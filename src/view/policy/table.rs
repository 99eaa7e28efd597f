//! `check-policy` for reading: where, then a table of the actions, then what explains each that isn't plainly allowed.

use std::fmt::Write as _;

use super::{ActionRow, FindingRow, PolicyReport, RequestRow};
use crate::failure::{Aside, Weight, marked};
use crate::render::{Mark, Styles, Table, printable};

impl PolicyReport {
    /// For reading.
    pub fn table(&self, width: Option<usize>, styles: Styles) -> Vec<u8> {
        let mut text = self.heading();
        if !self.actions.is_empty() {
            text.push_str(&self.actions_table(width, styles));
        }
        for action in &self.actions {
            for request in action.requests.iter().filter(|request| needs_words(action, request)) {
                text.push('\n');
                explain(&mut text, action, request, styles);
            }
            push_live(&mut text, action, styles);
        }
        for finding in &self.findings {
            text.push('\n');
            push_finding(&mut text, finding, styles);
        }
        if !self.excess.is_empty() {
            let _ = writeln!(text, "\n{}", styles.heading("More than needed"));
            for excess in &self.excess {
                let _ = writeln!(text, "  {}  {}", printable(&excess.statement.place()), printable(&excess.grants));
            }
        }
        for note in &self.notes {
            let _ = write!(text, "\nnote: {}", printable(note));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "\n{}", self.last_line(styles));
        text.into_bytes()
    }

    fn heading(&self) -> String {
        let site = &self.site;
        let clusters = if site.clusters.is_empty() { "none".to_owned() } else { site.clusters.join(", ") };
        let mut text = String::new();
        if let Some(identity) = &self.identity {
            let _ = writeln!(text, "caller {}", printable(&identity.arn));
        }
        let place = format!("account {}, region {}, clusters {clusters}", site.account, site.region);
        let _ = writeln!(text, "{}\n", printable(&place));
        text
    }

    fn actions_table(&self, width: Option<usize>, styles: Styles) -> String {
        let mut table = Table::new(&["ACTION", "NEEDED", "VERDICT", "IF DENIED", "DECIDED BY"], width, styles);
        for action in &self.actions {
            let needed = match action.need {
                "required" => "yes".to_owned(),
                "only-if" => format!("only if {}", action.because),
                "never-called" => "never called".to_owned(),
                _ => format!("no: {}", action.because),
            };
            let asked = matches!(action.need, "required" | "only-if");
            let mark = if asked { mark_of(action) } else { Mark::Aside };
            let decided = decided_by(action);
            table.row(&[
                (None, &action.action),
                (if asked { None } else { Some(Mark::Aside) }, &needed),
                (Some(mark), &verdict_text(action)),
                (None, action.consequence_sentence),
                (None, &decided),
            ]);
        }
        table.text()
    }

    fn last_line(&self, styles: Styles) -> String {
        let required = self.actions.iter().filter(|action| action.need == "required");
        let (granted, missing): (Vec<_>, Vec<_>) = required.partition(|action| mark_of(action) == Mark::Good);
        let names =
            |actions: &[&ActionRow]| actions.iter().map(|row| row.action.as_str()).collect::<Vec<_>>().join(", ");
        let excess = if self.excess.is_empty() { "" } else { "; more than needed is granted" };
        match self.verdict {
            "allowed" => {
                styles.paint(Mark::Good, &format!("Everything required is allowed ({}){excess}.", granted.len()))
            }
            "depends" => styles.paint(Mark::Look, &format!("It depends: {}{excess}.", names(&missing))),
            "unknown" => styles.paint(Mark::Look, &format!("Not known: {}.", names(&missing))),
            "refused" => styles.paint(Mark::Bad, "IAM refuses a document: nothing was evaluated."),
            _ => styles.paint(Mark::Bad, &format!("Not allowed: {}{excess}.", names(&missing))),
        }
    }
}

fn mark_of(action: &ActionRow) -> Mark {
    match action.verdict {
        "allowed" => Mark::Good,
        "depends" | "unknown" | "not-evaluated" => Mark::Look,
        _ => Mark::Bad,
    }
}

fn verdict_text(action: &ActionRow) -> String {
    match action.verdict {
        "allowed" => "allowed".to_owned(),
        "explicitly-denied" => "denied explicitly".to_owned(),
        "implicitly-denied" => "not granted".to_owned(),
        "partly" => "in part only".to_owned(),
        "not-evaluated" => "not evaluated".to_owned(),
        other => other.to_owned(),
    }
}

/// The first statement that decides, and how many more do.
fn decided_by(action: &ActionRow) -> String {
    let worst = action.requests.iter().find(|request| request.verdict == action.verdict);
    let Some(request) = worst.filter(|request| !matches!(request.verdict, "implicitly-denied")) else {
        return "–".to_owned();
    };
    match request.statements.as_slice() {
        [] => "–".to_owned(),
        [one] => one.place(),
        [one, others @ ..] => format!("{} and {} more", one.place(), others.len()),
    }
}

/// Whether a request has to be explained: it is asked for, and not plainly allowed.
fn needs_words(action: &ActionRow, request: &RequestRow) -> bool {
    matches!(action.need, "required" | "only-if") && !matches!(request.verdict, "allowed" | "not-evaluated")
}

fn explain(text: &mut String, action: &ActionRow, request: &RequestRow, styles: Styles) {
    let where_ = request.cluster.as_ref().map(|cluster| format!(" in {cluster}")).unwrap_or_default();
    let title = format!("{}{where_}: {}", action.action, request.message);
    let weight = match (action.need, request.verdict) {
        ("required", verdict) if verdict != "depends" => Weight::Error,
        _ => Weight::Warning,
    };
    let mut asides: Vec<Aside> = vec![Aside::Note(format!("it is authorised on {}", request.resource))];
    asides.extend(request.conditions.iter().map(|condition| Aside::Note(condition.clone())));
    let mut marks = request.marks.iter();
    let first = marks.next();
    let (title, place) = match first {
        Some(mark) => (title, Some(&mark.place)),
        None => (title, None),
    };
    text.push_str(&marked(weight, &title, place, &asides, styles.colored()));
    for mark in marks {
        text.push_str(&marked(Weight::Note, &mark.title, Some(&mark.place), &[], styles.colored()));
    }
    if let Some(addition) = &request.addition {
        let _ = writeln!(text, "add:");
        for line in format!("{addition:#}").lines() {
            let _ = writeln!(text, "  {}", printable(line));
        }
    }
}

fn push_live(text: &mut String, action: &ActionRow, styles: Styles) {
    if !matches!(action.need, "required" | "only-if") {
        return;
    }
    for live in action.live.iter().filter(|live| live.verdict != "allowed" || live.caveat.is_some()) {
        let where_ = live.cluster.as_ref().map(|cluster| format!(" in {cluster}")).unwrap_or_default();
        let layer = match (&live.layer, live.is_explicit) {
            (Some(layer), Some(true)) => format!(": a {layer} denies it"),
            (Some(layer), _) => format!(": no {layer} allows it"),
            (None, Some(true)) => ": a policy denies it".to_owned(),
            (None, _) => String::new(),
        };
        let title = format!("{}{where_}: AWS says {}{layer}", action.action, live.verdict);
        let weight = match live.verdict {
            "allowed" => Weight::Note,
            "denied" if action.need == "required" => Weight::Error,
            _ => Weight::Warning,
        };
        let mut asides = vec![Aside::Note(live.caveat.as_ref().unwrap_or(&live.probe).clone())];
        let code = live.code.as_deref().unwrap_or_default();
        match (code, &live.message) {
            ("", _) => {}
            (code, None) => asides.push(Aside::Note(code.to_owned())),
            (code, Some(message)) => asides.push(Aside::Note(format!("{code}: {message}"))),
        }
        asides.extend(live.hint.iter().cloned().map(Aside::Help));
        text.push('\n');
        text.push_str(&marked(weight, &title, None, &asides, styles.colored()));
    }
}

fn push_finding(text: &mut String, finding: &FindingRow, styles: Styles) {
    let weight = match finding.severity {
        "error" => Weight::Error,
        "warning" => Weight::Warning,
        _ => Weight::Note,
    };
    let title = format!("{}: {}", finding.code, finding.message);
    let mut asides: Vec<Aside> = finding.also.iter().cloned().map(Aside::Note).collect();
    asides.extend(finding.hint.iter().cloned().map(Aside::Help));
    text.push_str(&marked(weight, &title, Some(&finding.place), &asides, styles.colored()));
}
