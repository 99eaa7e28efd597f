//! `ECS010`: labels that Traefik never looks at.

use super::label_other_generation::is_of_v1;
use crate::decode::starts_with_any;
use crate::dynamic::Configuration;
use crate::lint::decoded::LabelAt;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Release;
use crate::nearest::nearest;
use crate::settings::is_static_option;

pub static RULE: Rule = Rule {
    id: "ECS010",
    name: "label-ignored",
    severity: Severity::Warning,
    what: "A label begins with `traefik.` and is none that the ECS provider reads: an option of the static \
           configuration, another provider's, or a slip in `http`, `tcp` or `udp`.",
    why: "Traefik ignores it without a word.",
    example: r#""traefik.entrypoints.web.address": ":80""#,
    fix: "Set static options in Traefik's own configuration; spell `traefik.http`, `traefik.tcp`, `traefik.udp`.",
    check,
};

const READ: [&str; 5] = ["http", "tcp", "udp", "tls", "enable"];

/// What every label of Traefik's begins with.
const ROOT: &str = "traefik.";

fn check(world: &World<'_>) -> Vec<Finding> {
    if world.run.release == Release::V1_7 {
        return Vec::new();
    }
    let ignored = world.labels().filter(|of| of.key.starts_with(ROOT) && !is_read(of.key) && !is_of_v1(of.key));
    ignored.map(finding).collect()
}

fn is_read(key: &str) -> bool {
    Configuration::counts(key) || starts_with_any(key, &["traefik.enable", "traefik.ecs."])
}

fn finding(LabelAt { at, label, key, .. }: LabelAt<'_>) -> Finding {
    let rest = &key[ROOT.len()..];
    let first = rest.split(['.', '[']).next().unwrap_or(rest);
    let site = label.key.part(ROOT.len()..ROOT.len() + first.len());
    let of = |message: String| Finding::of(&RULE, message).about(at.title()).at(site.clone(), "ignored");
    if is_static_option(first) {
        return of(format!("`{key}` is an option of the static configuration: as a label it does nothing"))
            .help("set it in Traefik's file, flags or environment");
    }
    match nearest(first, READ) {
        Some(meant) => {
            let found = of(format!("`{key}` is no label that Traefik reads"));
            found.help(format!("did you mean `traefik.{meant}`?")).mended_by(site.clone(), meant)
        }
        None => of(format!("`{key}` is no label that the ECS provider reads")).as_severe_as(Severity::Note),
    }
}
