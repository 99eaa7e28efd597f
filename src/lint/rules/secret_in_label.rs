//! `ECS012`: secrets in labels.

use crate::lint::decoded::LabelAt;
use crate::lint::finding::{Finding, Severity};
use crate::lint::given::is_traefik;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS012",
    name: "secret-in-label",
    severity: Severity::Warning,
    what: "A label holds a password in plain text, a password's hash or a key.",
    why: "Whoever may describe task definitions reads labels, and old revisions keep them for ever.",
    example: r#""traefik.http.middlewares.auth.basicauth.users": "admin:secret""#,
    fix: "Keep users in a file (`usersFile`) or in a middleware of the file provider, and name that.",
    check,
};

/// The last parts of names whose values are secrets.
const SECRETS: [&str; 6] = ["users", "password", "hmacencoded", "key", "token", "secret"];

/// How a hash of a password begins.
const HASHES: [&str; 6] = ["$apr1$", "$2a$", "$2b$", "$2y$", "{SHA}", "$1$"];

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.labels().filter(|of| is_traefik(of.key)).filter_map(|LabelAt { at, label, key, value }| {
        let lower = key.to_lowercase();
        let last = lower.rsplit('.').next().unwrap_or_default();
        let is_users = last == "users";
        if !SECRETS.contains(&last) || value.is_empty() || is_users && !lower.contains("auth.") {
            return None;
        }
        let hashed = HASHES.iter().any(|start| value.contains(start)) || lower.contains("digestauth");
        let (what, severity) = match (is_users, hashed) {
            (true, false) => ("a password in plain text, which basicAuth doesn't even accept", Severity::Error),
            (true, true) => ("the hash of a password", Severity::Note),
            (false, _) => ("a secret", Severity::Warning),
        };
        let finding = Finding::of(&RULE, format!("`{key}` holds {what}")).about(at.title());
        Some(finding.at(label.key.site(), "readable to many").as_severe_as(severity))
    });
    found.collect()
}
