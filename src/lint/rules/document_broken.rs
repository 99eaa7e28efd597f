//! `ECS000`: a document that can't be read.

use crate::document::Form;
use crate::lint::finding::{Finding, Severity};
use crate::lint::place::Site;
use crate::lint::rule::Rule;
use crate::lint::world::World;

pub static RULE: Rule = Rule {
    id: "ECS000",
    name: "document-broken",
    severity: Severity::Error,
    what: "A file is no valid JSON or YAML, so nothing in it is judged.",
    why: "ECS, CloudFormation and Terraform refuse such a file; until then every other finding in it is hidden.",
    example: "{ \"family\": \"api\", \"containerDefinitions\": [",
    fix: "Mend the document at the place that is underlined.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let broken = world.broken.iter().map(|(file, error)| {
        let form = match error.form {
            Form::Json => "JSON",
            Form::Yaml => "YAML",
        };
        let length = world.files[*file].text.len();
        let at = error.at.min(length);
        let site = Site::of(*file, None, at..(at + 1).min(length));
        Finding::of(&RULE, format!("this is no valid {form}: {}", error.message))
            .at(Some(site), "here")
            .so("nothing in this file is judged")
    });
    broken.collect()
}
