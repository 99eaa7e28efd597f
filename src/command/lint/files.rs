//! Files to be judged: those that are named, and those below a directory.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::cli::LintArgs;
use crate::command::output::unreadable;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::{Inputs, Kind};

/// The largest file that is looked into while walking; a larger one is told, and read where it is named.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The output folder of CDK, which is looked into although it is ignored as a rule.
const CDK: &str = "cdk.out";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// Task definitions and services.
    pub(super) inputs: Inputs,
    /// Traefik's static configuration, where there is exactly one.
    pub(super) static_configuration: Option<PathBuf>,
    /// A snapshot.
    pub(super) snapshot: Option<PathBuf>,
    static_files: usize,
    problems: Vec<Failure>,
}

/// Reads everything that the arguments name, or this directory.
///
/// # Errors
/// When a named path can't be read, or holds nothing that can be judged; the others have been read then, so a file
/// that is no text doesn't hide them.
pub(super) fn read(
    arguments: &LintArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Given, Failure> {
    let mut given = Given::default();
    let here = PathBuf::from(".");
    let fleet_alone = arguments.live || arguments.fleet.source.demo || arguments.fleet.source.snapshot.is_some();
    let paths: Vec<&Path> = match arguments.paths.as_slice() {
        [] if fleet_alone => Vec::new(),
        [] => vec![&here],
        paths => paths.iter().map(PathBuf::as_path).collect(),
    };
    for path in paths {
        let full = surroundings.directory.join(path);
        if full.is_dir() {
            given.walk(path, surroundings, console);
        } else {
            given.named(path, surroundings)?;
        }
    }
    if given.static_files > 1 {
        given.static_configuration = None;
        console.warn("several files are static configurations of Traefik: none is taken; --static-config names one");
    }
    Ok(given)
}

impl Given {
    /// A file that was named must be something.
    fn named(&mut self, path: &Path, surroundings: &Surroundings) -> Result<(), Failure> {
        let text = crate::command::output::read_text(path, surroundings)?;
        match self.take(path, text) {
            Kind::Other if !self.is_broken(path) => {
                Err(Failure::input(format!("{} holds nothing that can be judged", path.display())).hint(
                    "task definitions, CloudFormation templates, Terraform plans (`terraform show -json`), Traefik's \
                     static configuration and snapshots are known by their content",
                ))
            }
            _ => Ok(()),
        }
    }

    fn is_broken(&self, path: &Path) -> bool {
        let name = path.to_string_lossy();
        self.inputs.broken.iter().any(|(file, _)| self.inputs.files[*file].name == name)
    }

    fn take(&mut self, path: &Path, text: String) -> Kind {
        let name = path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned();
        let kind = self.inputs.add(&name, text.into());
        match kind {
            Kind::StaticConfiguration => {
                self.static_files += 1;
                self.static_configuration = Some(path.to_owned());
            }
            Kind::Snapshot => self.snapshot = Some(path.to_owned()),
            _ => {}
        }
        kind
    }

    /// Looks into everything below a directory that could hold something.
    fn walk(&mut self, directory: &Path, surroundings: &Surroundings, console: &mut Console<'_>) {
        let full = surroundings.directory.join(directory);
        let mut walk = WalkBuilder::new(&full);
        walk.hidden(true).require_git(false).follow_links(false).sort_by_file_path(Path::cmp);
        let mut found: Vec<PathBuf> = Vec::new();
        for entry in walk.build() {
            match entry {
                Ok(entry) => found.push(entry.into_path()),
                Err(error) => console.warn(&format!("a part of {} can't be looked into: {error}", directory.display())),
            }
        }
        let outputs: Vec<_> = found.iter().filter(|path| path.is_dir()).map(|path| path.join(CDK)).collect();
        for output in outputs.iter().filter(|output| output.is_dir()) {
            let walk = WalkBuilder::new(output).standard_filters(false).sort_by_file_path(Path::cmp).build();
            found.extend(walk.flatten().map(ignore::DirEntry::into_path));
        }
        found.sort();
        found.dedup();
        for path in found.iter().filter(|path| is_candidate(path)) {
            let shown = directory.join(path.strip_prefix(&full).unwrap_or(path));
            if fs::metadata(path).is_ok_and(|known| known.len() > LARGEST) {
                console
                    .warn(&format!("{} is larger than 64 MB and left out; name it to have it read", shown.display()));
                continue;
            }
            match fs::read_to_string(path) {
                Ok(text) => drop(self.take(&shown, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
                Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {}
                Err(error) => self.problems.push(unreadable(&shown, &error)),
            }
        }
        for problem in std::mem::take(&mut self.problems) {
            console.fail(&problem);
        }
    }
}

/// Whether a file may hold something that is judged, by the ending of its name.
fn is_candidate(path: &Path) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let ending = ending.as_deref().and_then(std::ffi::OsStr::to_str);
    matches!(ending, Some("json" | "yaml" | "yml" | "toml" | "template")) && path.is_file()
}

/// Adds to the summary of the job, where GitHub says that it goes.
pub(super) fn append_summary(text: &str, surroundings: &Surroundings) -> Result<(), Failure> {
    let Some(path) = surroundings.environment.get("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let written =
        OpenOptions::new().append(true).create(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::system(format!("the job's summary {path} could not be written")).because(&error))
}
