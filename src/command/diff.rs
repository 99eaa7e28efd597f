//! `diff`: what would change in the routes.

mod deploy;
mod settings_b;
mod side;

use serde_json::{Map, Value};

use self::settings_b::lay;
use self::side::{Contents, Side};
pub(super) use self::side::{Form, tree_of};
use super::Exit;
use super::output::deliver;
use super::pass::styles;
use crate::cli::{DiffArgs, DiffFormat, FleetArgs};
use crate::console::{Console, Surroundings};
use crate::diff::changes;
use crate::failure::Failure;
use crate::model::Release;
use crate::render;
use crate::view::differed::{Differed, unified};

/// A configuration as a tree.
type Tree = Map<String, Value>;

pub(super) fn run(
    arguments: &DiffArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if let Some(path) = &arguments.deploy {
        return deploy::run(path, arguments, surroundings, console);
    }
    let (a, b) = sides(arguments, surroundings, console)?;
    let complete = a.tell_failures(console) & b.tell_failures(console);
    let (before, after) = trees(&a, &b)?;
    let found = changes(&before, &after);
    let equal = found.is_empty();
    let bytes = match arguments.format {
        DiffFormat::Unified => written(&a, &before, &b, &after)?,
        format => {
            let view = Differed::of(a.name.clone(), b.name.clone(), complete, found);
            match format {
                DiffFormat::Json => view.json(),
                DiffFormat::Markdown => view.markdown(),
                DiffFormat::Table | DiffFormat::Unified => {
                    let width = surroundings.width.filter(|_| arguments.output.output.is_none());
                    view.table(width, styles(&arguments.output, console))
                }
            }
        }
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(if complete { Exit::holds(equal) } else { Exit::System })
}

/// Reads both sides. Where only settings are given for the second, it is the first with those.
fn sides(
    arguments: &DiffArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(Side, Side), Failure> {
    let source = &arguments.fleet.source;
    if source.demo || source.snapshot.is_some() {
        return Err(Failure::input("`diff` takes two fleets, and --snapshot or --demo would name one")
            .hint("give them as its arguments: `ecsroute diff before.json after.json`, `ecsroute diff demo live`"));
    }
    let a = arguments.a.as_deref().unwrap_or_default();
    let b = arguments.b.as_deref().unwrap_or(a);
    let mut other: FleetArgs = arguments.fleet.clone();
    for item in &arguments.settings_b {
        lay(&mut other.settings, item)?;
    }
    if arguments.fleet.settings.traefik != other.settings.traefik
        && [&arguments.fleet, &other].iter().any(|fleet| fleet.settings.traefik == Release::V1_7)
    {
        return Err(Failure::input("frontends and backends of Traefik 1 can't be compared with routers and services")
            .hint("`ecsroute migrate --verify` sends requests through both"));
    }
    let given_a = side::given(a, surroundings)?;
    let given_b = if b == a { given_a.clone() } else { side::given(b, surroundings)? };
    let first = Side::read(a, given_a, &arguments.fleet, surroundings, console)?;
    let mut second = Side::read(b, given_b, &other, surroundings, console)?;
    if !arguments.settings_b.is_empty() {
        if let Contents::File { .. } = second.contents {
            return Err(Failure::input(format!("{b} is a rendered file: --settings-b changes nothing in it")));
        }
        second.name = format!("{b} with {}", arguments.settings_b.join(", "));
    }
    Ok((first, second))
}

/// Both sides in one form: Traefik's own where one of them is a file in it, the file provider's otherwise.
fn trees(a: &Side, b: &Side) -> Result<(Tree, Tree), Failure> {
    let forms = [a.form(), b.form()];
    let form = forms.iter().flatten().next().copied().unwrap_or(Form::File);
    if forms.iter().flatten().any(|other| *other != form) {
        return Err(Failure::input(format!("{} and {} are in different forms", a.name, b.name))
            .hint("render both as TOML or YAML, or both as JSON, and both of one generation"));
    }
    Ok((a.tree(form), b.tree(form)))
}

fn written(a: &Side, before: &Tree, b: &Side, after: &Tree) -> Result<Vec<u8>, Failure> {
    let yaml = |tree: &Tree| {
        render::yaml(tree)
            .map_err(|error| Failure::system("the configuration can't be written as YAML").because(&error))
    };
    Ok(unified((&a.name, &yaml(before)?), (&b.name, &yaml(after)?)))
}
