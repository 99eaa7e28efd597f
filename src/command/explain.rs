//! `explain`: why a container is routed, or why it isn't.

use super::Exit;
use super::legacy;
use super::output::deliver;
use super::pass::{Pass, read_pass, styles};
use super::route::{assumed_entry_points, table};
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
    let view = with_shadows(view, &pass, console);
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

/// Of more routers it is not looked into which of them never get a request: that takes time, and nobody reads as much.
const MOST_ROUTERS: usize = 1000;

/// Says which routers never get a request, where a configuration is published.
fn with_shadows(view: Explained, pass: &Pass, console: &mut Console<'_>) -> Explained {
    let routers = view.routers();
    if routers > MOST_ROUTERS {
        console.note(&format!(
            "which of {routers} routers never get a request is not looked into: give a pattern, or use `lint`"
        ));
    }
    if pass.run.published().is_none() || !(1..=MOST_ROUTERS).contains(&routers) {
        return view;
    }
    let settings = &pass.settings.effective;
    let assumed = assumed_entry_points(settings);
    view.with_shadows(&table(pass, assumed.as_ref().unwrap_or(&settings.entry_points)))
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
