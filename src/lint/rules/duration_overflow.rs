//! `ECS006`: an integer duration that overflows.

use crate::decode::Shape;
use crate::golang::duration::Duration;
use crate::lint::decoded::LabelAt;
use crate::lint::fields::field;
use crate::lint::finding::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS006",
    name: "duration-overflow",
    severity: Severity::Error,
    what: "A duration is given as a number of seconds that is too large: as nanoseconds it overflows.",
    why: "Traefik takes what is left after the overflow, often a negative duration, and says nothing.",
    example: r#""traefik.http.services.api.loadbalancer.healthcheck.interval": "10000000000""#,
    fix: "Write the duration with its unit: `10s`, `500ms`.",
    check,
};

const NANOSECONDS: i64 = 1_000_000_000;

fn check(world: &World<'_>) -> Vec<Finding> {
    let found = world.labels().filter_map(|LabelAt { at, label, key, value }| {
        let seconds = value.parse::<i64>().ok().filter(|given| given.checked_mul(NANOSECONDS).is_none())?;
        field(key, world.run.release).filter(|field| field.shape == Shape::Duration)?;
        let left = Duration(seconds.wrapping_mul(NANOSECONDS));
        let message = format!("`{key}`: {seconds} seconds overflow, and Traefik takes {left}");
        let finding = Finding::of(&RULE, message).about(at.title()).at(label.value.site(), "too many seconds");
        Some(finding.help("write it with a unit: `10s`"))
    });
    found.collect()
}
