//! `ECS101`: a label whose value breaks the configuration of all.

use super::{Rule, judged};
use crate::lint::finding::{Finding, Severity};
use crate::lint::world::World;
use crate::v1::toml;

pub static RULE: Rule = Rule {
    id: "ECS101",
    name: "v1-label-breaks-all",
    severity: Severity::Error,
    what: "A label's value breaks the TOML that Traefik 1.7 renders.",
    why: "Values go into the template as they are written: a `\"`, a line break or a `\\` that begins no escape ends the \
          configuration of the whole fleet, not only the container's.",
    example: r#""traefik.frontend.rule": "HostRegexp:{x:a\\.b}""#,
    fix: "Write it without, or double every `\\`: `\\\\.` in the label is `\\.` to the rule.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for judged in judged(world).into_iter().filter(|judged| judged.verdict.is_kept()) {
        let rendered = judged.verdict.labels.iter().filter(|(label, _)| {
            // That one goes through Go's unquoting first.
            label.starts_with("traefik.") && !label.ends_with(".redirect.regex")
        });
        for (label, value) in rendered {
            if let Err(error) = toml::parse(&format!("x = \"{value}\"")) {
                let message = format!("`{label}` breaks the configuration of the whole fleet: {}", error.problem);
                found.push(judged.finding(&RULE, label, message).so("nothing is published any more"));
            }
        }
    }
    found
}
