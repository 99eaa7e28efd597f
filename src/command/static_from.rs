//! `--static-from`: Traefik's settings from its own task definition, in a file, a snapshot, or live ECS.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::live::connected;
use super::output::read_text;
use crate::cli::{FleetArgs, SettingsArgs, SourceArgs};
use crate::console::{Console, Surroundings};
use crate::discover::cluster_names;
use crate::failure::{Failure, Place};
use crate::model::{TaskDefinition, Text};
use crate::settings::{NotStarted, Provider, Started};
use crate::source::live::NoService;
use crate::source::{Snapshot, offset_of};

/// Where a service is looked up.
#[derive(Clone, Copy)]
pub(super) enum Among<'a> {
    /// In live ECS.
    Live(&'a SourceArgs),
    /// In a snapshot.
    Snapshot(&'a Snapshot),
    /// Nowhere: there are files alone.
    Nowhere,
}

/// What Traefik is started with, where `--static-from` is given.
///
/// # Errors
/// When there is no such definition, or it doesn't start Traefik.
pub(super) fn started(
    arguments: &SettingsArgs,
    among: Among<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Option<Started>, Failure> {
    let Some(from) = &arguments.static_from else { return Ok(None) };
    let definition = if is_file(from, surroundings) {
        read_definition(Path::new(from), surroundings)?
    } else {
        match among {
            Among::Live(source) => live(source, arguments, from, console)?,
            Among::Snapshot(snapshot) => recorded(snapshot, from)?.as_ref().clone(),
            Among::Nowhere => return Err(no_file(from)),
        }
    };
    Started::by(&definition).map(Some).map_err(|error| not_started(&error))
}

/// What Traefik is started with over live ECS.
///
/// # Errors
/// As [`started`].
pub(super) fn live_started(
    fleet: &FleetArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Option<Started>, Failure> {
    started(&fleet.settings, Among::Live(&fleet.source), surroundings, console)
}

/// Whether `--static-from` names a file, and not a service.
pub(super) fn is_file(from: &str, surroundings: &Surroundings) -> bool {
    let path = Path::new(from);
    let named_as_one = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    named_as_one || surroundings.directory.join(path).exists()
}

fn no_file(from: &str) -> Failure {
    Failure::input(format!("there is no file {from}")).hint("name the task definition's file, as it is registered")
}

/// Reads a task definition as it is registered or described.
fn read_definition(path: &Path, surroundings: &Surroundings) -> Result<TaskDefinition, Failure> {
    let text = read_text(path, surroundings)?;
    let name = path.display();
    let wrong = |error: &serde_json::Error, what: &str| {
        let at = offset_of(&text, error.line(), error.column());
        let message = error.to_string();
        let label = message.split(" at line ").next().unwrap_or(&message).to_owned();
        let place =
            Place { first_line: 1, first_column: 1, origin: name.to_string(), text: text.clone(), span: at..at, label };
        Failure::input(format!("{name} {what}")).at(place)
    };
    let document: Value = serde_json::from_str(&text).map_err(|error| wrong(&error, "is not JSON"))?;
    let definition = document.get("taskDefinition").unwrap_or(&document);
    if definition.get("containerDefinitions").and_then(Value::as_array).is_none() {
        return Err(Failure::input(format!("{name} is no task definition: it has no `containerDefinitions`"))
            .hint("`aws ecs describe-task-definition --task-definition NAME` prints one"));
    }
    // The text is read once more for the place of what doesn't fit.
    let read = if document.get("taskDefinition").is_some() {
        serde_json::from_str::<Described>(&text).map(|described| described.task_definition)
    } else {
        serde_json::from_str(&text)
    };
    read.map_err(|error| wrong(&error, "is no task definition"))
}

/// The answer of `DescribeTaskDefinition`.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Described {
    task_definition: TaskDefinition,
}

/// The definition that a service's tasks run in a snapshot; the newest where there are several.
fn recorded(snapshot: &Snapshot, service: &str) -> Result<Arc<TaskDefinition>, Failure> {
    let name = service.rsplit('/').next().unwrap_or(service);
    let group = format!("service:{name}");
    let tasks = snapshot.tasks.iter().flatten().filter(|task| task.group.as_deref() == Some(&group));
    let run: Vec<&Text> = tasks.map(|task| &task.task_definition_arn).collect();
    let definitions = snapshot.task_definitions.iter().flatten();
    let found = definitions.filter(|definition| run.contains(&&definition.task_definition_arn));
    found.max_by_key(|definition| definition.revision).cloned().ok_or_else(|| {
        let mut services: Vec<&str> = snapshot
            .tasks
            .iter()
            .flatten()
            .filter_map(|task| task.group.as_deref()?.strip_prefix("service:"))
            .collect();
        services.sort_unstable();
        services.dedup();
        let failure = Failure::input(format!("there is no file and no service `{service}` in the snapshot"));
        if services.is_empty() { failure } else { failure.hint(format!("its services are {}", services.join(", "))) }
    })
}

/// The definition that a service runs in live ECS, looked for in the clusters that are named here, else in all.
fn live(
    source: &SourceArgs,
    arguments: &SettingsArgs,
    service: &str,
    console: &mut Console<'_>,
) -> Result<TaskDefinition, Failure> {
    let named: Vec<Text> = arguments.clusters.iter().map(|name| Text::from(name.as_str())).collect();
    let found = connected(source, &Provider::default(), console, async |connection, _| {
        let clusters = if named.is_empty() && !service.contains('/') {
            cluster_names(&connection.source).await.unwrap_or_else(|_| Provider::default().clusters)
        } else {
            named.clone()
        };
        connection.service_definition(service, &clusters).await
    })?;
    found.map_err(|error| match error {
        NoService::NotThere { .. } => Failure::input(format!("there is no file {service}, and {error}"))
            .hint("name it as CLUSTER/SERVICE, or choose the cluster with --cluster NAME"),
        NoService::Unread { .. } => Failure::system(error.to_string())
            .hint("--static-from takes a file, too: `aws ecs describe-task-definition` prints one"),
    })
}

fn not_started(error: &NotStarted) -> Failure {
    let failure = Failure::input(error.to_string());
    match error {
        NotStarted::NoContainer { .. } => {
            failure.hint("Traefik's container is known by its image's name, or by what its command starts")
        }
        NotStarted::Several { .. } => failure.hint("give a definition that holds one of them"),
        NotStarted::Script { .. } => failure,
    }
}
