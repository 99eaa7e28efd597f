//! `migrate`: v1 labels and settings as v3's, as a diff, as files, or in place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Exit;
use super::fleet::read_fleet;
use super::output::{deliver, read_text};
use crate::cli::{MigrateArgs, TextOrJson};
use crate::console::{Console, Surroundings};
use crate::document;
use crate::failure::{Failure, Place};
use crate::migrate::document::{Change, Found, find, rewrite};
use crate::migrate::{Container, MigratedSettings, Rules, migrate_labels, migrate_settings};
use crate::model::Release;
use crate::render;
use crate::v1::{self, toml};
use crate::view::migrated::{MigratedContainer, MigratedFile, MigratedFiles};
use crate::view::verified;

mod fleet;
mod verify;

/// What everything is migrated with.
#[derive(Debug, Default)]
struct Work {
    /// What the static configuration tells of every container.
    base: Container,
    /// v1's own options.
    settings: v1::Settings,
    /// Whether a pass of v1 is played, for which its template must be there.
    plays: bool,
}

pub(super) fn run(
    arguments: &MigrateArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let mut work = Work { plays: arguments.verify, ..Work::default() };
    if arguments.fleet.settings.traefik == Release::V2_11 {
        work.base.rules = Rules::OfV2;
    }
    let mut files = MigratedFiles::default();
    let texts: Vec<(&Path, String)> = documents(arguments)
        .into_iter()
        .map(|path| Ok((path, read_text(path, surroundings)?)))
        .collect::<Result<_, Failure>>()?;
    // The static configuration first, since entry points and domain are in it.
    for (path, text) in texts.iter().filter(|(path, _)| is_toml(path)) {
        files.files.extend(work.settings(path, text, surroundings)?);
    }
    for (path, text) in texts.iter().filter(|(path, _)| !is_toml(path)) {
        files.files.push(work.labels(path, text)?);
    }
    let asks_fleet = texts.iter().all(|(path, _)| is_toml(path)) || arguments.fleet.source.snapshot.is_some();
    let fleet = if asks_fleet && (arguments.verify || !is_given(arguments)) {
        Some(read_fleet(&arguments.fleet, surroundings, console)?)
    } else {
        None
    };
    let complete = fleet.as_ref().is_none_or(|fleet| fleet.inventory.is_complete());
    for error in fleet.iter().flat_map(|fleet| &fleet.inventory.errors) {
        console.warn(&error.to_string());
    }
    let exit = move |exit: Exit| if complete { exit } else { Exit::System };
    if arguments.verify {
        let verified = match &fleet {
            Some(fleet) => verify::of_fleet(fleet, &work, surroundings)?,
            None => verify::of_labels(files.files.iter().flat_map(|file| &file.containers))?,
        };
        console.print(&match arguments.format {
            TextOrJson::Text => verified::text(&verified),
            TextOrJson::Json => verified::json(&verified),
        })?;
        return Ok(exit(Exit::holds(verified.unexplained().next().is_none())));
    }
    if let Some(fleet) = &fleet {
        let name = if arguments.fleet.source.demo { "demo" } else { "live" };
        files.files.push(fleet::containers(fleet, name, &work));
    }
    if files.files.iter().all(|file| file.before == file.after && file.containers.is_empty()) {
        console.note("no v1 labels or settings were found");
    }
    place(arguments, &files, surroundings, console)?;
    files.say(console);
    Ok(exit(Exit::holds(true)))
}

/// Files that are named; a snapshot is one of them.
fn documents(arguments: &MigrateArgs) -> Vec<&Path> {
    arguments.paths.iter().chain(&arguments.fleet.source.snapshot).map(PathBuf::as_path).collect()
}

/// Whether files are named, so that no fleet is asked.
fn is_given(arguments: &MigrateArgs) -> bool {
    !documents(arguments).is_empty() && !arguments.fleet.source.demo
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

impl Work {
    /// The static configuration, and the dynamic one that v3 needs beside it.
    fn settings(&mut self, path: &Path, text: &str, surroundings: &Surroundings) -> Result<Vec<MigratedFile>, Failure> {
        let table = toml::parse(text).map_err(|error| {
            Failure::input(format!("{} is not TOML as Traefik 1.7 reads it", path.display())).at(Place {
                first_line: 1,
                first_column: 1,
                origin: path.display().to_string(),
                text: text.to_owned(),
                span: error.at..error.at,
                label: error.problem,
            })
        })?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!("{stem}-dynamic.toml"));
        let name = beside.file_name().unwrap_or_default().to_string_lossy();
        let migrated = migrate_settings(&table, &name);
        self.base.entry_points.extend(migrated.entry_points.clone());
        self.base.domain.clone_from(&migrated.domain);
        let (settings, template) = v1::Settings::from_file(&table);
        self.settings = settings;
        if let Some(template) = template.filter(|_| self.plays) {
            self.settings.template = Some(read_text(Path::new(&template), surroundings)?.into());
        }
        let MigratedSettings { tree, dynamic, notes, credentials, .. } = migrated;
        let (before, after) = (text.to_owned(), render::static_toml(&tree));
        let dynamic = Some(render::toml(&dynamic)).filter(|text| !text.is_empty());
        let of_file = |path, before, after| MigratedFile { path, before, after, ..MigratedFile::default() };
        let file = MigratedFile { settings: notes, credentials, ..of_file(path.to_owned(), before, after) };
        let made = dynamic.map(|text| MigratedFile { is_new: true, ..of_file(beside.clone(), String::new(), text) });
        Ok(std::iter::once(file).chain(made).collect())
    }

    fn labels(&self, path: &Path, text: &str) -> Result<MigratedFile, Failure> {
        let (_, tree) = document::read(text).map_err(|error| {
            Failure::input(format!("{} can't be read", path.display())).at(Place {
                first_line: 1,
                first_column: 1,
                origin: path.display().to_string(),
                text: text.to_owned(),
                span: error.at..error.at,
                label: error.message,
            })
        })?;
        if let Some(option) = tree.members().iter().find(|member| is_of_static_file(&member.key)) {
            return Err(Failure::input(format!("{} is no TOML, and Traefik 1.7 reads TOML alone", path.display()))
                .at(Place {
                    first_line: 1, first_column: 1,
                    origin: path.display().to_string(),
                    text: text.to_owned(),
                    span: option.key_span.clone(),
                    label: "an option of a static configuration".to_owned(),
                })
                .hint("1.7 knows no other form of its configuration, so nothing runs with this file: is it one of v2 or v3?"));
        }
        let mut containers = Vec::new();
        for found in find(&tree) {
            let container = container(&found, &self.base);
            let migrated = migrate_labels(&container, &found.labels);
            let is_read = !found.unread.iter().any(|label| label.to_ascii_lowercase().starts_with("traefik."));
            if migrated.labels == found.labels && migrated.notes.is_empty() && is_read {
                continue;
            }
            let in_place = found.changeable().is_some();
            containers.push(MigratedContainer { container, found, migrated, in_place });
        }
        let changes: Vec<Change<'_>> = containers.iter().filter_map(MigratedContainer::change).collect();
        let after = rewrite(text, &changes);
        Ok(MigratedFile {
            path: path.to_owned(),
            before: text.to_owned(),
            after,
            containers,
            ..MigratedFile::default()
        })
    }
}

/// Whether a name at the root of a document is an option of Traefik's, which no document with task definitions has there.
fn is_of_static_file(name: &str) -> bool {
    ["defaultEntryPoints", "entryPoints", "ecs"].iter().any(|option| option.eq_ignore_ascii_case(name))
}

fn container(found: &Found, base: &Container) -> Container {
    let group = found.group.as_deref();
    Container { ports: Some(found.ports.clone()), ..Container::new(&found.family, &found.container, group, base) }
}

/// Puts the result where it was asked for.
fn place(
    arguments: &MigrateArgs,
    files: &MigratedFiles,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    if arguments.write || arguments.output.is_some() {
        return write(arguments.output.as_deref(), &files.files, surroundings, console);
    }
    let bytes = match arguments.format {
        TextOrJson::Text => files.diff(),
        TextOrJson::Json => files.json(),
    };
    console.print(&bytes)
}

/// Writes what changes: into a folder, or over what was read, unless that has changed meanwhile.
fn write(
    folder: Option<&Path>,
    files: &[MigratedFile],
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let target = |file: &MigratedFile| match folder {
        Some(folder) => folder.join(file.path.file_name().unwrap_or_default()),
        None => file.path.clone(),
    };
    let changed: Vec<&MigratedFile> = files.iter().filter(|file| file.before != file.after).collect();
    let mut targets = BTreeSet::new();
    for file in &changed {
        if !targets.insert(target(file)) {
            return Err(Failure::input(format!("{} would be written twice", target(file).display()))
                .hint("files of one name can't go into one folder: migrate them one after the other"));
        }
        if folder.is_none() {
            unchanged(file, surroundings)?;
        }
    }
    if let Some(folder) = folder {
        let folder = surroundings.directory.join(folder);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::system(format!("{} could not be made", folder.display())).because(&error))?;
    }
    changed.iter().try_for_each(|file| deliver(Some(&target(file)), file.after.as_bytes(), surroundings, console))
}

/// Whether a file is still as it was read; one that is to be made must not be there.
fn unchanged(file: &MigratedFile, surroundings: &Surroundings) -> Result<(), Failure> {
    let path = file.path.display();
    let exists = surroundings.directory.join(&file.path).exists();
    if file.is_new {
        let is_same = !exists || read_text(&file.path, surroundings)? == file.after;
        let there = || Failure::input(format!("{path} is there already, and --write would make it anew"));
        return is_same.then_some(()).ok_or_else(|| there().hint("move it away, or write into a folder with -o DIR"));
    }
    let is_same = exists && read_text(&file.path, surroundings)? == file.before;
    let changed = || Failure::system(format!("{path} has changed while it was migrated, and is left as it is"));
    is_same.then_some(()).ok_or_else(|| changed().hint("migrate it again"))
}
