//! What `migrate --verify` says: how many requests were compared, and which are answered differently, by reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::migrate::Difference;
use crate::migrate::verify::{Differing, Outcome, Verified};
use crate::render::printable;

/// How many requests are shown of each reason.
const SHOWN: usize = 3;

/// Requests that are answered differently, by the reason's name and sentence.
fn by_reason(verified: &Verified) -> BTreeMap<(&'static str, &'static str), Vec<&Differing>> {
    let mut groups: BTreeMap<_, Vec<&Differing>> = BTreeMap::new();
    for one in &verified.differing {
        let reason = one.reason.map_or(("unexplained", "not a known reason: a fault of the migration"), |reason| {
            (reason.id(), reason.sentence())
        });
        groups.entry(reason).or_default().push(one);
    }
    groups
}

/// For people.
pub fn text(verified: &Verified) -> Vec<u8> {
    let differing = verified.differing.len();
    let mut text = format!("{} requests compared: {} alike", verified.compared, verified.compared - differing);
    let _ = write!(text, ", {differing} different, {} of them without a known reason", verified.unexplained().count());
    if verified.undecided > 0 {
        let _ = write!(text, "; {} left out, whose answer v1 doesn't fix", verified.undecided);
    }
    text.push('\n');
    for ((id, sentence), requests) in by_reason(verified) {
        let _ = writeln!(text, "\n{id} ({}): {sentence}", requests.len());
        for one in requests.iter().take(SHOWN) {
            let (probe, before, after) = (one.probe.to_string(), said(&one.before), said(&one.after));
            let _ = writeln!(
                text,
                "  {}\n    v1: {}\n    v3: {}",
                printable(&probe),
                printable(&before),
                printable(&after)
            );
        }
        if requests.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", requests.len() - SHOWN);
        }
    }
    text.into_bytes()
}

fn said(outcome: &Outcome) -> String {
    let taken = outcome.taken_by.as_deref().map_or_else(|| "no route".to_owned(), |name| format!("`{name}`"));
    match &outcome.target {
        Some(target) => {
            let servers: Vec<&str> = outcome.servers.iter().map(String::as_str).collect();
            format!("{taken}, {target} at {}", servers.join(", "))
        }
        None => format!("{taken}, {}", outcome.status),
    }
}

/// For programs.
pub fn json(verified: &Verified) -> Vec<u8> {
    let differing: Vec<Value> = verified.differing.iter().map(different).collect();
    let document = json!({
        "schema": "ecsroute.migrate-verify/1", "compared": verified.compared, "undecided": verified.undecided,
        "unexplained": verified.unexplained().count(), "differing": differing,
    });
    crate::render::json(&document)
}

fn different(one: &Differing) -> Value {
    let probe = &one.probe;
    let headers: BTreeMap<&str, &str> =
        probe.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    json!({
        "reason": one.reason.map(Difference::id),
        "request": { "entryPoint": probe.entry_point, "method": probe.method, "host": probe.host, "path": probe.path,
                     "query": probe.query, "headers": headers },
        "before": outcome(&one.before), "after": outcome(&one.after),
    })
}

fn outcome(outcome: &Outcome) -> Value {
    json!({ "takenBy": outcome.taken_by, "status": outcome.status, "target": outcome.target,
            "forwardedPrefix": outcome.prefix, "servers": outcome.servers })
}
