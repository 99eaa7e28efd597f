//! `lint --upgrade`: what changes for this fleet between two releases.

use super::choice::Choice;
use crate::cli::LintFormat;
use crate::command::Exit;
use crate::command::output::deliver;
use crate::command::pass::styles;
use crate::command::settings::{Settings, ambient};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::lint::upgrade::{InvalidRange, Range, Upgrade};
use crate::lint::{Inputs, World};
use crate::model::{Inventory, Release};
use crate::settings::Effective;
use crate::view::upgraded;

/// What is looked at: what was written, what Traefik is set to, and what runs.
type Looked<'a> = (&'a Inputs, &'a Settings, Inventory);

pub(super) fn run(
    text: &str,
    (inputs, settings, inventory): Looked<'_>,
    choice: &Choice<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let range = range(text)?;
    for broken in &inputs.broken {
        let file = &inputs.files[broken.file];
        let failure = Failure::input(format!("{} can't be read", file.name)).at(Place {
            first_line: 1,
            first_column: 1,
            origin: file.name.clone(),
            text: file.text.to_string(),
            span: broken.at..broken.at,
            label: broken.message.clone(),
        });
        console.fail(&failure);
    }
    let arguments = choice.arguments;
    let complete = inventory.is_complete();
    let ambient = ambient(settings.environment.clone(), surroundings);
    let of_releases: Vec<(Release, Effective)> =
        range.releases().map(|release| (release, of_release(&settings.effective, release))).collect();
    let worlds: Vec<World<'_>> = of_releases
        .iter()
        .map(|(release, settings)| World::new(inputs, inventory.clone(), settings, *release, &ambient))
        .collect();
    let upgrade = Upgrade::of(range, &worlds);
    let bytes = match arguments.format {
        LintFormat::Text => upgraded::text(&upgrade, styles(&arguments.output, console)),
        _ => upgraded::document(&upgrade),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    let counts = upgrade.changes.iter().any(|change| choice.counts(change.severity));
    let whole = if inputs.broken.is_empty() { Exit::Yes } else { Exit::Input };
    Ok(Exit::holds(!counts).max(whole).max(if complete { Exit::Yes } else { Exit::System }))
}

/// Reads the range, before anything else is read.
pub(super) fn range(text: &str) -> Result<Range, Failure> {
    text.parse().map_err(|error: InvalidRange| {
        let span = match &error {
            InvalidRange::Unknown { span, .. } => span.clone(),
            _ => 0..text.len(),
        };
        let hint = if error == InvalidRange::V1 {
            "`ecsroute migrate` rewrites v1 labels, and `migrate --verify` compares".to_owned()
        } else {
            let known: Vec<&str> = Release::ALL[1..].iter().map(|release| release.minor()).collect();
            format!("give two of {}, the older first: --upgrade v2.11..v3.7", known.join(", "))
        };
        Failure::input(error.to_string())
            .at(Place {
                first_line: 1,
                first_column: 1,
                origin: "--upgrade".to_owned(),
                text: text.to_owned(),
                span,
                label: String::new(),
            })
            .hint(hint)
    })
}

/// The settings as a release has them: v2 knows no `healthyTasksOnly`.
fn of_release(settings: &Effective, release: Release) -> Effective {
    let mut settings = settings.clone();
    settings.provider.healthy_tasks_only &= release >= Release::V3_0;
    settings
}
