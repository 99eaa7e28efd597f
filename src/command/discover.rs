//! `discover`: what Traefik would find, and what becomes of it.

use super::Exit;
use super::legacy;
use super::output::deliver;
use super::pass::{read_pass, styles};
use crate::cli::{DiscoverArgs, DiscoverFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::nearest::nearest;
use crate::view::discovered::{Container, Discovered, Paper};
use crate::view::legacy as view;
use crate::view::reasons::REASONS;
use crate::view::reported::Reported;

pub(super) fn run(
    arguments: &DiscoverArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if let Some(reason) = &arguments.reason {
        check_reason(reason)?;
    }
    if legacy::is_asked(&arguments.fleet) {
        return run_legacy(arguments, surroundings, console);
    }
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    if let Some(path) = &arguments.report {
        let page = Reported::of(&pass.run, &pass.facts, &pass.settings.effective.entry_points);
        deliver(Some(path), &page.html(), surroundings, console)?;
    }
    let mut view = Discovered::of(&pass.run, pass.facts.clone());
    let found = narrow(&mut view, arguments, console);
    let bytes = match arguments.format {
        DiscoverFormat::Table => view.table(paper(arguments, surroundings, console)),
        DiscoverFormat::Json => view.json(),
        DiscoverFormat::Jsonl => view.jsonl(),
        DiscoverFormat::Csv => view.csv(),
        DiscoverFormat::Markdown => view.markdown(),
    };
    let written = pass.deliver(&arguments.output, arguments.as_traefik, &bytes, surroundings, console);
    pass.leave();
    Ok(written?.max(Exit::holds(found)))
}

/// The same for Traefik 1.7.
fn run_legacy(
    arguments: &DiscoverArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if arguments.report.is_some() {
        return Err(Failure::input("--report shows what Traefik v2 and v3 publish, not v1"));
    }
    let run = legacy::read_pass(&arguments.fleet, surroundings, console)?;
    let mut found = view::matching(&run, None);
    if let Some(glob) = &arguments.service {
        found.retain(|verdict| matches(glob, &verdict.name));
    }
    found.retain(|verdict| !(arguments.routed && !verdict.is_kept() || arguments.skipped && verdict.is_kept()));
    if let Some(id) = &arguments.reason {
        found.retain(|verdict| verdict.reason().is_some_and(|reason| reason.id() == id));
    }
    let paper = paper(arguments, surroundings, console);
    let bytes = match arguments.format {
        DiscoverFormat::Table => view::table(&found, paper.width, paper.styles),
        DiscoverFormat::Json => view::json(&run, &found, "ecsroute.discover-v1/1"),
        DiscoverFormat::Jsonl => view::jsonl(&found),
        DiscoverFormat::Csv => view::csv(&found),
        DiscoverFormat::Markdown => view::markdown(&found),
    };
    let holds = Exit::holds(arguments.service.is_none() || !found.is_empty());
    Ok(legacy::give(&run, &bytes, &arguments.output, surroundings, console)?.max(holds))
}

/// How the table is printed: a file is as wide as it needs.
fn paper(arguments: &DiscoverArgs, surroundings: &Surroundings, console: &Console<'_>) -> Paper {
    let to_file = arguments.output.output.is_some();
    Paper {
        width: surroundings.width.filter(|_| !to_file),
        styles: styles(&arguments.output, console),
        wide: arguments.wide,
    }
}

/// Keeps what was asked for. Gives whether there is any of it; what `--service` finds nothing of is told, with the name
/// that may have been meant.
fn narrow(view: &mut Discovered, arguments: &DiscoverArgs, console: &mut Console<'_>) -> bool {
    if let Some(glob) = &arguments.service {
        let names: Vec<String> = view.containers.iter().map(|container| service(container).to_owned()).collect();
        view.keep(|container| matches(glob, service(container)) || matches(glob, &container.name));
        if view.containers.is_empty() {
            let meant = nearest(glob, names.iter().map(String::as_str));
            let meant = meant.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
            console.warn(&format!("no service matches `{glob}` among {} containers{meant}", names.len()));
            return false;
        }
    }
    if let Some(id) = &arguments.reason {
        view.keep(|container| container.reason == Some(id.as_str()));
    }
    if arguments.routed {
        view.keep(|container| container.routed);
    }
    if arguments.skipped {
        view.keep(|container| !container.routed);
    }
    true
}

/// An id that no container can have is a slip.
fn check_reason(id: &str) -> Result<(), Failure> {
    let known = || REASONS.iter().map(|reason| reason.id);
    if known().any(|known| known == id) {
        return Ok(());
    }
    let failure = Failure::input(format!("there is no reason `{id}`"));
    Err(match nearest(id, known()) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None => failure.hint(format!("the reasons are {}", known().collect::<Vec<_>>().join(", "))),
    })
}

fn service(container: &Container) -> &str {
    container.ecs_service.as_deref().unwrap_or(&container.name)
}

/// Whether a name matches a pattern in which `*` stands for any run of characters.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_run() {
        for (pattern, name) in
            [("api", "api"), ("api*", "api"), ("*", ""), ("a*c*e", "abcde"), ("*a*a", "aa"), ("**b", "ab")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("api", "apis"), ("a*a", "a"), ("*b*c", "cb"), ("", "a"), ("a*b", "abc")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
