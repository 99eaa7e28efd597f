//! What `lint --upgrade` says. `ecsroute.lint-upgrade/1`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::lint::Severity;
use crate::lint::upgrade::{Change, Upgrade};
use crate::render::{Mark, Styles, printable};

/// How many names are shown of those that a change is for.
const SHOWN: usize = 5;

/// For people.
pub fn text(upgrade: &Upgrade, styles: Styles) -> Vec<u8> {
    let mut text = String::new();
    for change in &upgrade.changes {
        write(&mut text, change, styles);
    }
    let _ = writeln!(text, "{}", sentence(upgrade));
    text.into_bytes()
}

fn write(text: &mut String, change: &Change, styles: Styles) {
    let mark = match change.severity {
        Severity::Error => Mark::Bad,
        Severity::Warning => Mark::Look,
        Severity::Note => Mark::Aside,
    };
    let head = styles.paint(mark, &format!("{}[{}]", change.severity.word(), change.subject.id()));
    let _ = writeln!(text, "{head} since {}: {}", change.since, printable(&change.message));
    for name in change.of.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", printable(name));
    }
    if change.of.len() > SHOWN {
        let _ = writeln!(text, "  … and {} more", change.of.len() - SHOWN);
    }
    if let Some(help) = &change.help {
        let _ = writeln!(text, "  help: {}", printable(help));
    }
    text.push('\n');
}

/// What it comes to.
fn sentence(upgrade: &Upgrade) -> String {
    let range = upgrade.range;
    if upgrade.changes.is_empty() {
        return format!("nothing changes for this fleet from {} to {}", range.from, range.to);
    }
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = counts.iter().map(|(severity, word)| (upgrade.count(*severity), word)).filter(|(count, _)| *count > 0);
    let counts: Vec<String> =
        counts.map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" })).collect();
    format!("from {} to {}: {}", range.from, range.to, counts.join(", "))
}

/// For programs.
pub fn document(upgrade: &Upgrade) -> Vec<u8> {
    let releases: Vec<&str> = upgrade.range.releases().map(crate::model::Release::name).collect();
    let changes: Vec<Value> = upgrade.changes.iter().map(change).collect();
    crate::render::json(&json!({
        "schema": "ecsroute.lint-upgrade/1", "from": upgrade.range.from.name(), "to": upgrade.range.to.name(),
        "releases": releases, "changes": changes,
        "summary": { "errors": upgrade.count(Severity::Error), "warnings": upgrade.count(Severity::Warning),
                     "notes": upgrade.count(Severity::Note) },
    }))
}

fn change(change: &Change) -> Value {
    let of: &BTreeSet<String> = &change.of;
    json!({ "subject": change.subject.id(), "severity": change.severity.word(), "since": change.since.name(),
            "message": change.message, "help": change.help, "of": of })
}
