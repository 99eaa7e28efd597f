//! `explain`: why a container is routed, or why it isn't.

use super::Exit;
use super::legacy;
use super::output::deliver;
use super::pass::{read_pass, styles};
use crate::cli::{ExplainArgs, TextOrJson};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::view::explained::{Explained, Nothing};
use crate::view::legacy as view;

pub(super) fn run(
    arguments: &ExplainArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if legacy::is_asked(&arguments.fleet) {
        return run_legacy(arguments, surroundings, console);
    }
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    let view = Explained::of(&pass.run, arguments.pattern.as_deref(), pass.facts.clone());
    let complete = pass.is_complete();
    if !complete {
        pass.tell_failures(console);
    }
    if let Some(nothing) = &view.nothing {
        tell_nothing(arguments.pattern.as_deref().unwrap_or_default(), nothing, console);
    }
    let bytes = match arguments.format {
        TextOrJson::Text => view.text(styles(&arguments.output, console)),
        TextOrJson::Json => view.json(),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    let holds = view.nothing.is_none() && (!arguments.require_routed || view.is_routed());
    Ok(Exit::holds(holds).max(if complete { Exit::Yes } else { Exit::System }))
}

/// The same for Traefik 1.7.
fn run_legacy(
    arguments: &ExplainArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let run = legacy::read_pass(&arguments.fleet, surroundings, console)?;
    let found = view::matching(&run, arguments.pattern.as_deref());
    let bytes = match arguments.format {
        TextOrJson::Text => view::steps(&found),
        TextOrJson::Json => view::json(&run, &found, "ecsroute.explain-v1/1"),
    };
    if found.is_empty() {
        console.warn(&format!("nothing matches among {} containers", run.verdicts.len()));
    }
    let routed = !arguments.require_routed || found.iter().all(|verdict| verdict.is_kept());
    let holds = Exit::holds(!found.is_empty() && routed);
    Ok(legacy::give(&run, &bytes, &arguments.output, surroundings, console)?.max(holds))
}

/// Says what was searched in vain, and what may have been meant.
fn tell_nothing(pattern: &str, nothing: &Nothing, console: &mut Console<'_>) {
    let clusters = nothing.clusters.join(", ");
    let searched = format!("{} containers of {} tasks in {clusters}", nothing.containers, nothing.tasks);
    let meant = match nothing.nearest.as_slice() {
        [] => String::new(),
        names => format!("; did you mean `{}`?", names.join("`, `")),
    };
    let meant = match &nothing.cluster {
        None => meant,
        Some((name, 0)) => format!("; `{name}` is a cluster, and no task runs in it"),
        Some((name, within)) => format!("; `{name}` is a cluster: `--cluster {name}` shows its {within} containers"),
    };
    console.warn(&format!("nothing matches `{pattern}` among {searched}{meant}"));
}
