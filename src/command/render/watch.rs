//! `render --watch`: keeps a file at what Traefik's ECS provider would publish, until the end is asked for. It opens no
//! port, and writes nothing but that file.

mod aws;
mod settings;
mod shell;
mod voice;

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};

use self::shell::Shell;
use self::voice::{Listener, Voice};
use super::super::Exit;
use super::super::diff::{Form, tree_of};
use super::super::output::sweep;
use super::super::settings::Settings;
use super::template_text;
use crate::cli::{RenderArgs, RenderFormat};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::view::watched::Happened;
use crate::watch::{Pace, Watch, Wiped, follow};

/// What a file can't keep away.
const NO_GUARD: &str = "Traefik's file provider lacks the guard of its ECS provider against routing Traefik to itself: \
                        keep Traefik's own task out with the label traefik.enable=false";

/// Watches.
///
/// # Errors
/// When it can't begin: wrong settings, an endpoint or a profile that is none, no place for the file. Once it has begun
/// it ends by a signal alone, and that is no error.
pub(super) fn run(
    arguments: &RenderArgs,
    output: &Path,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let target = surroundings.directory.join(output);
    check(arguments, output, &target)?;
    if let Some(name) = &arguments.template {
        template_text(name, surroundings)?;
    }
    sweep(&target);
    let listener = if arguments.events.is_some() { Listener::Programs } else { Listener::People };
    let mut shell = Shell::start(arguments, output, surroundings, Voice::new(console, listener))?;
    shell.voice.tell(Happened::watching(&output.display().to_string(), shell.pace));
    if arguments.template.is_none() {
        shell.voice.console.note(NO_GUARD);
    }
    let wiped = if arguments.as_traefik { Wiped::Publishes } else { Wiped::Keeps };
    follow(Watch::new(shell.pace, wiped, held(arguments, &target)), &mut shell);
    if let Some(failure) = shell.failure.take() {
        return Err(failure);
    }
    shell.voice.tell(Happened::Ended);
    Ok(Exit::Yes)
}

/// Whether the file can be kept at all.
fn check(arguments: &RenderArgs, output: &Path, target: &Path) -> Result<(), Failure> {
    let name = output.display();
    if arguments.template_data {
        return Err(Failure::input("--watch renders for a proxy, and --template-data is for people"));
    }
    if arguments.fleet.source.snapshot.as_deref().is_some_and(|path| path.as_os_str() == "-") {
        return Err(Failure::input("standard input can be read once, and --watch reads again and again")
            .hint("give --snapshot a file"));
    }
    if fs::metadata(target).is_ok_and(|known| !known.is_file()) {
        return Err(Failure::input(format!("{name} is no regular file, which --watch needs to replace it as a whole")));
    }
    let folder = target.parent().filter(|folder| folder.is_dir());
    folder.map(|_| ()).ok_or_else(|| Failure::input(format!("the folder of {name} is not there")))
}

/// What the file holds already, where it is one that `render` wrote in this form.
fn held(arguments: &RenderArgs, target: &Path) -> Option<Map<String, Value>> {
    if arguments.template.is_some() {
        return None;
    }
    let form = if arguments.format == RenderFormat::Json { Form::Traefik } else { Form::File };
    tree_of(&target.to_string_lossy(), &fs::read(target).ok()?, form)
}

/// The pace that the settings have.
///
/// # Errors
/// When there is none.
fn pace(settings: &Settings) -> Result<Pace, Failure> {
    let refresh = settings.provider.refresh_seconds;
    let interval = u64::try_from(refresh).ok().filter(|seconds| *seconds > 0).ok_or_else(|| {
        Failure::input(format!("`refreshSeconds` is {refresh}, and a pass needs a second at least"))
            .hint("--refresh-seconds N sets it for this watch")
    })?;
    let throttle = u64::try_from(settings.effective.throttle.0).unwrap_or_default();
    Ok(Pace { interval: Duration::from_secs(interval), throttle: Duration::from_nanos(throttle) })
}
