//! `ECS000`: a document that can't be read.

use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Site;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS000",
    name: "document-broken",
    severity: Severity::Error,
    what: "A file is no valid JSON, YAML or UTF-8, so nothing in it is judged.",
    why: "ECS, CloudFormation and Terraform refuse such a file; until then every other finding in it is hidden.",
    example: "{ \"family\": \"api\", \"containerDefinitions\": [",
    fix: "Mend the document at the place that is underlined.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let broken = world.broken.iter().map(|broken| {
        let text = &world.files[broken.file].text;
        let at = (0..=broken.at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let site = Site::of(broken.file, None, at..end);
        Finding::of(&RULE, &*broken.message).at(Some(site), "here").so("nothing in this file is judged")
    });
    broken.collect()
}
