//! `render`: the dynamic configuration that results.

use super::Exit;
use super::pass::{Pass, read_pass};
use crate::cli::{RenderArgs, RenderFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::render;

pub(super) fn run(
    arguments: &RenderArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    if !pass.is_complete() {
        pass.tell_failures(console);
    }
    let bytes = written(&pass, arguments.format, console)?;
    pass.deliver(&arguments.output, arguments.as_traefik, &bytes, surroundings, console)
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
