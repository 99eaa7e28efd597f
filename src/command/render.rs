//! `render`: the dynamic configuration that results.

mod watch;

use std::path::Path;

use serde_json::{Map, Value};

use super::Exit;
use super::legacy;
use super::output::read_text;
use super::pass::{Pass, read_pass};
use crate::cli::{RenderArgs, RenderFormat};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::nearest::nearest;
use crate::render;
use crate::view::templated::Templated;

pub(super) fn run(
    arguments: &RenderArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if legacy::is_asked(&arguments.fleet) {
        if arguments.template.is_some() || arguments.template_data || arguments.watch {
            return Err(Failure::input("templates and --watch take what Traefik v2 and v3 publish, not v1")
                .hint("`ecsroute migrate` rewrites v1"));
        }
        return run_legacy(arguments, surroundings, console);
    }
    if let Some(output) = arguments.output.output.as_deref().filter(|_| arguments.watch) {
        return watch::run(arguments, output, surroundings, console);
    }
    let mut pass = read_pass(&arguments.fleet, surroundings, console)?;
    if !pass.is_complete() {
        pass.tell_failures(console);
    }
    if arguments.template.is_none() && !arguments.template_data {
        pass.forget_why();
    }
    let bytes = rendered(arguments, &pass, surroundings, console)?;
    let exit = pass.deliver(&arguments.output, arguments.as_traefik, &bytes, surroundings, console);
    pass.leave();
    exit
}

/// What a pass comes to, in the form that is asked for.
fn rendered(
    arguments: &RenderArgs,
    pass: &Pass,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Vec<u8>, Failure> {
    match &arguments.template {
        _ if arguments.template_data => Ok(render::json(&templated(pass).with_schema())),
        Some(name) => through(name, pass, surroundings),
        None => written(pass, arguments.format, console),
    }
}

/// The same for Traefik 1.7: the rendered template as TOML, or the frontends and backends that it stands for.
fn run_legacy(arguments: &RenderArgs, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let run = legacy::read_pass(&arguments.fleet, surroundings, console)?;
    let configuration = run.published().map(crate::v1::configuration::Configuration::json).unwrap_or_default();
    let bytes = match (arguments.format, configuration.as_object()) {
        (RenderFormat::Toml, _) => run.text.clone().unwrap_or_default().into_bytes(),
        (RenderFormat::Yaml, Some(tree)) => render::yaml(tree)
            .map_err(|error| Failure::system("the configuration can't be written as YAML").because(&error))?
            .into_bytes(),
        _ => render::json(&configuration),
    };
    legacy::give(&run, &bytes, &arguments.output, surroundings, console)
}

/// The configuration in one of its forms. What leads out of a file is told.
fn written(pass: &Pass, format: RenderFormat, console: &mut Console<'_>) -> Result<Vec<u8>, Failure> {
    let (configuration, release) = (&pass.run.configuration, pass.run.release);
    if format == RenderFormat::Json {
        return Ok(render::json(&configuration.json(release)));
    }
    let form = configuration.file_form(release);
    for name in &form.elsewhere {
        console.note(&format!("`{name}` is not of this fleet: the file needs it from elsewhere"));
    }
    if format == RenderFormat::Toml {
        return Ok(render::toml(&form.tree).into_bytes());
    }
    let text = render::yaml(&form.tree)
        .map_err(|error| Failure::system("the configuration can't be written as YAML").because(&error))?;
    Ok(text.into_bytes())
}

/// A pass's configuration as a tree, in the form that the format has.
fn tree(pass: &Pass, format: RenderFormat) -> Map<String, Value> {
    let (configuration, release) = (&pass.run.configuration, pass.run.release);
    match configuration.json(release) {
        Value::Object(tree) if format == RenderFormat::Json => tree,
        _ => configuration.file_form(release).tree,
    }
}

/// What a template gets.
fn templated(pass: &Pass) -> Templated {
    Templated::of(&pass.run, pass.facts.clone(), &pass.settings.effective.entry_points)
}

/// The configuration through a template: one that is built in, by its name, or a file.
fn through(name: &str, pass: &Pass, surroundings: &Surroundings) -> Result<Vec<u8>, Failure> {
    let (origin, text) = template_text(name, surroundings)?;
    let result = render::through_template(&text, &templated(pass)).map_err(|error| {
        let failure = Failure::input(error.message)
            .hint("`ecsroute render --template-data` shows what a template gets, with its schema");
        match error.at {
            Some(at) => failure.at(Place {
                first_line: 1,
                first_column: 1,
                origin,
                text: text.clone(),
                span: at..at + 1,
                label: "here".to_owned(),
            }),
            None => failure,
        }
    });
    Ok(result?.into_bytes())
}

/// A template's text, with what it is called.
fn template_text(name: &str, surroundings: &Surroundings) -> Result<(String, String), Failure> {
    match render::built_in_template(name) {
        Some(text) => Ok((format!("the template {name}"), text.to_owned())),
        None => Ok((name.to_owned(), template_file(name, surroundings)?)),
    }
}

fn template_file(name: &str, surroundings: &Surroundings) -> Result<String, Failure> {
    read_text(Path::new(name), surroundings).map_err(|failure| {
        let known = render::built_in_templates().collect::<Vec<_>>().join(", ");
        match nearest(name, render::built_in_templates()) {
            Some(near) => failure.hint(format!("did you mean the built-in template `{near}`?")),
            None => failure.hint(format!("built in are {known}")),
        }
    })
}
