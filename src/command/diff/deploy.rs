//! `diff --deploy`: what a revision would change, and what is published while old and new tasks overlap.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::super::Exit;
use super::super::fleet::read_fleet;
use super::super::output::{deliver, read_text};
use super::super::pass::styles;
use super::super::settings::ambient;
use crate::cli::{DiffArgs, DiffFormat};
use crate::console::{Console, Surroundings};
use crate::diff::{Rollout, changes, rollout};
use crate::failure::{Failure, Place};
use crate::model::{Inventory, Release, TaskDefinition};
use crate::pipeline::{self, Run};
use crate::view::differed::{DeletedV1, Deployed, Differed};

pub(super) fn run(
    path: &Path,
    arguments: &DiffArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let format = arguments.format;
    if !matches!(format, DiffFormat::Table | DiffFormat::Json) {
        return Err(Failure::input("--deploy has two steps, which `table` and `json` show").hint("leave --format out"));
    }
    if arguments.fleet.settings.traefik == Release::V1_7 {
        return Err(Failure::input("--deploy plays what Traefik v2 and v3 publish, not v1"));
    }
    let definition = Arc::new(definition(path, surroundings)?);
    let fleet = read_fleet(&arguments.fleet, surroundings, console)?;
    let Some(Rollout { overlap, after, groups }) = rollout(&fleet.inventory, &definition) else {
        let family = definition.family.as_deref().unwrap_or(&definition.task_definition_arn);
        return Err(Failure::input(format!("no task of the family `{family}` runs in this fleet"))
            .hint("a family that runs nowhere changes no route: `ecsroute lint` looks at a definition alone"));
    };
    let ambient = ambient(fleet.settings.environment.clone(), surroundings);
    let settings = &fleet.settings;
    let play = |inventory: Inventory| pipeline::run(inventory, &settings.provider, settings.release, &ambient);
    let (now, overlap, after) = (play(fleet.inventory), play(overlap), play(after));
    let complete = now.inventory.is_complete() && now.ending.is_published();
    for error in &now.inventory.errors {
        console.warn(&error.to_string());
    }
    let found = between(&now, &after);
    let during = between(&now, &overlap);
    let equal = found.is_empty() && during.is_empty();
    let differed = Differed::of("now".to_owned(), name(&definition), complete, found);
    let view =
        Deployed::of(differed, groups.iter().map(ToString::to_string).collect(), during, deleted(&now, &overlap));
    let width = surroundings.width.filter(|_| arguments.output.output.is_none());
    let bytes = match format {
        DiffFormat::Json => view.json(),
        _ => view.table(width, styles(&arguments.output, console)),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(if complete { Exit::holds(equal) } else { Exit::System })
}

fn between(before: &Run, after: &Run) -> Vec<crate::diff::Change> {
    let tree = |run: &Run| run.configuration.file_form(run.release).tree;
    changes(&tree(before), &tree(after))
}

/// What is deleted during the overlap and not now.
fn deleted(now: &Run, overlap: &Run) -> Vec<DeletedV1> {
    let new = overlap.conflicts.iter().filter(|conflict| {
        !now.conflicts.iter().any(|known| (known.section, &known.name) == (conflict.section, &conflict.name))
    });
    new.map(|conflict| DeletedV1 {
        section: conflict.section.path().to_owned(),
        name: conflict.name.to_string(),
        fields: conflict.fields.iter().map(|field| field.path.clone()).collect(),
    })
    .collect()
}

/// Reads a task definition: as it is registered, or as `aws ecs describe-task-definition` prints it.
fn definition(path: &Path, surroundings: &Surroundings) -> Result<TaskDefinition, Failure> {
    let text = read_text(path, surroundings)?;
    let name = path.display().to_string();
    let mut tree: Value = serde_json::from_str(&text).map_err(|error| no_json(&name, &text, &error))?;
    let inner = tree.get_mut("taskDefinition").filter(|inner| inner.is_object()).map(Value::take);
    let mut definition: TaskDefinition = serde_json::from_value(inner.unwrap_or(tree))
        .map_err(|error| Failure::input(format!("{name} is no task definition")).because(&error))?;
    if definition.task_definition_arn.is_empty() {
        let Some(family) = &definition.family else {
            return Err(Failure::input(format!("{name} names no `family`"))
                .hint("a deployment replaces the tasks of the family: add it to the definition"));
        };
        let revision = definition.revision.map_or_else(|| "new".to_owned(), |revision| revision.to_string());
        definition.task_definition_arn = format!("{family}:{revision}").into();
    }
    if definition.container_definitions.is_empty() {
        return Err(Failure::input(format!("{name} has no `containerDefinitions`")));
    }
    Ok(definition)
}

fn no_json(name: &str, text: &str, error: &serde_json::Error) -> Failure {
    let start = crate::source::offset_of(text, error.line(), error.column());
    let place = Place {
        first_line: 1,
        origin: name.to_owned(),
        text: text.to_owned(),
        span: start..start,
        label: error.to_string(),
    };
    Failure::input(format!("{name} is not JSON")).at(place)
}

/// `api:42`
fn name(definition: &TaskDefinition) -> String {
    let arn = &*definition.task_definition_arn;
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}
