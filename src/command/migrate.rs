//! `migrate`: v1 labels and settings as v3's, as a diff, as files, or in place.

use std::path::{Path, PathBuf};

use super::Exit;
use super::output::{deliver, read_text};
use crate::cli::{MigrateArgs, TextOrJson};
use crate::console::{Console, Surroundings};
use crate::document;
use crate::failure::{Failure, Place};
use crate::migrate::document::{Found, find, rewrite};
use crate::migrate::{Container, MigratedSettings, has_v1_labels, migrate_labels, migrate_settings};
use crate::v1::toml;
use crate::view::migrated::{MigratedContainer, MigratedFile, MigratedFiles};

pub(super) fn run(
    arguments: &MigrateArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if arguments.verify {
        return Err(Failure::input("`--verify` is not part of this version yet"));
    }
    let mut paths = arguments.paths.clone();
    paths.extend(arguments.fleet.source.snapshot.clone());
    if paths.is_empty() {
        return Err(Failure::input("nothing to migrate")
            .hint("name task definitions, templates, plans, snapshots or a v1 static configuration (TOML)"));
    }
    let files = migrate(&paths, surroundings)?;
    if files.files.iter().all(|file| file.before == file.after && file.containers.is_empty()) {
        console.note("no v1 labels or settings were found");
    }
    place(arguments, &files, surroundings, console)?;
    files.say(console);
    Ok(Exit::holds(true))
}

/// Reads every file; the static configuration first, since entry points and domain are in it.
fn migrate(paths: &[PathBuf], surroundings: &Surroundings) -> Result<MigratedFiles, Failure> {
    let mut texts = Vec::new();
    for path in paths {
        texts.push((path, read_text(path, surroundings)?));
    }
    let mut files = MigratedFiles::default();
    let mut base = Container::default();
    for (path, text) in texts.iter().filter(|(path, _)| is_toml(path)) {
        let (file, migrated) = settings(path, text)?;
        base.entry_points.extend(migrated.entry_points);
        base.domain = migrated.domain;
        files.files.push(file);
    }
    for (path, text) in texts.iter().filter(|(path, _)| !is_toml(path)) {
        files.files.push(labels(path, text, &base)?);
    }
    Ok(files)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

fn settings(path: &Path, text: &str) -> Result<(MigratedFile, MigratedSettings), Failure> {
    let table = toml::parse(text).map_err(|error| {
        Failure::input(format!("{} is not TOML as Traefik 1.7 reads it", path.display())).at(Place {
            origin: path.display().to_string(),
            text: text.to_owned(),
            span: error.at..error.at,
            label: error.problem,
        })
    })?;
    let migrated = migrate_settings(&table);
    let file = MigratedFile {
        path: path.to_owned(),
        before: text.to_owned(),
        after: migrated.toml(),
        containers: Vec::new(),
        settings: migrated.notes.clone(),
    };
    Ok((file, migrated))
}

fn labels(path: &Path, text: &str, base: &Container) -> Result<MigratedFile, Failure> {
    let (_, tree) = document::read(text).map_err(|error| {
        Failure::input(format!("{} can't be read", path.display())).at(Place {
            origin: path.display().to_string(),
            text: text.to_owned(),
            span: error.at..error.at,
            label: error.message,
        })
    })?;
    let mut changes = Vec::new();
    let mut containers = Vec::new();
    for found in find(&tree).into_iter().filter(|found| has_v1_labels(found.labels.keys().map(String::as_str))) {
        let container = container(&found, base);
        let migrated = migrate_labels(&container, &found.labels);
        // An object that holds more than text can't be written anew without losing it.
        let in_place = found.span.clone().filter(|_| found.unread.is_empty());
        changes.extend(in_place.clone().map(|span| (span, migrated.labels.clone())));
        containers.push(MigratedContainer { name: container.name, found, migrated, in_place: in_place.is_some() });
    }
    Ok(MigratedFile {
        path: path.to_owned(),
        before: text.to_owned(),
        after: rewrite(text, &changes),
        containers,
        settings: Vec::new(),
    })
}

/// What routers are named after: family and container, once where both are the same.
fn container(found: &Found, base: &Container) -> Container {
    let name = if found.family == found.container || found.family.is_empty() {
        found.container.clone()
    } else {
        format!("{}-{}", found.family, found.container)
    };
    Container { name, ..base.clone() }
}

/// Puts the result where it was asked for.
fn place(
    arguments: &MigrateArgs,
    files: &MigratedFiles,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    if arguments.write || arguments.output.is_some() {
        for file in files.files.iter().filter(|file| file.before != file.after) {
            let target = match &arguments.output {
                Some(folder) => folder.join(file.path.file_name().unwrap_or_default()),
                None => file.path.clone(),
            };
            if let Some(folder) = &arguments.output {
                let folder = surroundings.directory.join(folder);
                std::fs::create_dir_all(&folder).map_err(|error| {
                    Failure::system(format!("{} could not be made", folder.display())).because(&error)
                })?;
            }
            deliver(Some(&target), file.after.as_bytes(), surroundings, console)?;
        }
        return Ok(());
    }
    let bytes = match arguments.format {
        TextOrJson::Text => files.diff(),
        TextOrJson::Json => files.json(),
    };
    console.print(&bytes)
}
