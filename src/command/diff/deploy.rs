//! `diff --deploy`: what a revision would change, and what is published while old and new tasks overlap.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::super::Exit;
use super::super::fleet::read_fleet;
use super::super::legacy::read_pass as read_legacy;
use super::super::output::{deliver, read_text};
use super::super::pass::styles;
use super::super::settings::ambient;
use super::side::tree_of_run;
use crate::cli::{DiffArgs, DiffFormat};
use crate::console::{Console, Surroundings};
use crate::diff::{Change, Rollout, changes, rollout};
use crate::failure::{Failure, Place};
use crate::model::{Inventory, Release, TaskDefinition, Text};
use crate::pipeline::{self, Run};
use crate::v1::{self, Ambiguity, Ambiguous, Ending};
use crate::view::differed::{ChanceV1, DeletedV1, Deployed, Differed};

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
    let definition = Arc::new(definition(path, surroundings)?);
    let steps = match arguments.fleet.settings.traefik {
        Release::V1_7 => legacy(&definition, arguments, surroundings, console)?,
        _ => current(&definition, arguments, surroundings, console)?,
    };
    let equal = steps.after.is_empty() && steps.overlap.is_empty() && !steps.fails;
    let differed = Differed::of("now".to_owned(), name(&definition), steps.complete, steps.after);
    let groups = steps.groups.iter().map(ToString::to_string).collect();
    let view = Deployed::of(differed, groups, steps.overlap).deleting(steps.deleted).by_chance(steps.chance);
    let width = surroundings.width.filter(|_| arguments.output.output.is_none());
    let bytes = match format {
        DiffFormat::Json => view.json(),
        _ => view.table(width, styles(&arguments.output, console)),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(if steps.complete { Exit::holds(equal) } else { Exit::System })
}

/// What a deployment comes to.
struct Steps {
    groups: BTreeSet<Text>,
    complete: bool,
    /// Whether a step publishes nothing, so that what was published before stays.
    fails: bool,
    overlap: Vec<Change>,
    after: Vec<Change>,
    deleted: Vec<DeletedV1>,
    chance: Vec<ChanceV1>,
}

/// What v2 and v3 make of it.
fn current(
    definition: &Arc<TaskDefinition>,
    arguments: &DiffArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Steps, Failure> {
    let fleet = read_fleet(&arguments.fleet, surroundings, console)?;
    let Rollout { overlap, after, groups } = rolled_out(&fleet.inventory, definition)?;
    let ambient = ambient(fleet.settings.environment.clone(), surroundings);
    let settings = &fleet.settings;
    let play = |inventory: Inventory| pipeline::run(inventory, &settings.provider, settings.release, &ambient);
    let (now, overlap, after) = (play(fleet.inventory), play(overlap), play(after));
    tell(&now.inventory, console);
    let tree = |run: &Run| run.configuration.file_form(run.release).tree;
    Ok(Steps {
        groups,
        complete: now.inventory.is_complete() && now.ending.is_published(),
        fails: false,
        overlap: changes(&tree(&now), &tree(&overlap)),
        after: changes(&tree(&now), &tree(&after)),
        deleted: deleted(&now, &overlap),
        chance: Vec::new(),
    })
}

/// What 1.7 makes of it: it deletes nothing, and takes what tasks of one backend disagree on from any of them.
fn legacy(
    definition: &Arc<TaskDefinition>,
    arguments: &DiffArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Steps, Failure> {
    let now = read_legacy(&arguments.fleet, surroundings, console)?;
    let Rollout { overlap, after, groups } = rolled_out(&now.inventory, definition)?;
    let ambient = ambient(BTreeMap::new(), surroundings);
    let play = |inventory: Inventory| v1::run(&now.settings, inventory, &ambient);
    let (overlap, after) = (play(overlap), play(after));
    tell(&now.inventory, console);
    let mut fails = false;
    for (step, run) in [("while old and new tasks overlap", &overlap), ("then", &after)] {
        if let Ending::Failed(failed) = &run.ending {
            console.warn(&format!("{step} Traefik 1.7 publishes nothing, and what it has stays as it is: {failed}"));
            fails = true;
        }
    }
    let published = tree_of_run(&now).unwrap_or_default();
    let of = |run: &v1::Run| changes(&published, &tree_of_run(run).unwrap_or_else(|| published.clone()));
    let known =
        |one: &Ambiguity| now.ambiguities.iter().any(|known| (&known.service, known.what) == (&one.service, one.what));
    let new = overlap.ambiguities.iter().filter(|one| !known(one));
    Ok(Steps {
        groups,
        complete: now.inventory.is_complete() && now.published().is_some(),
        fails,
        overlap: of(&overlap),
        after: of(&after),
        deleted: Vec::new(),
        chance: new.map(chance).collect(),
    })
}

fn chance(one: &Ambiguity) -> ChanceV1 {
    let what = match one.what {
        Ambiguous::BackendOptions => "backend",
        Ambiguous::Frontend => "frontend",
        Ambiguous::Server => "server",
    };
    ChanceV1 { service: one.service.clone(), what, between: one.between.clone() }
}

fn rolled_out(now: &Inventory, definition: &Arc<TaskDefinition>) -> Result<Rollout, Failure> {
    rollout(now, definition).ok_or_else(|| {
        let family = definition.family.as_deref().unwrap_or(&definition.task_definition_arn);
        Failure::input(format!("no task of the family `{family}` runs in this fleet"))
            .hint("a family that runs nowhere changes no route: `ecsroute lint` looks at a definition alone")
    })
}

/// Says which calls failed.
fn tell(inventory: &Inventory, console: &mut Console<'_>) {
    for error in &inventory.errors {
        console.warn(&error.to_string());
    }
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
        first_column: 1,
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
