//! Files to be judged: those that are named, and those below a directory.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::cli::LintArgs;
use crate::command::output::unreadable;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::lint::{Come, Inputs, Kind};

use super::config::Config;

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
    /// A snapshot, where there is exactly one.
    pub(super) snapshot: Option<PathBuf>,
    /// Directories that were walked whole.
    pub(super) walked: Vec<PathBuf>,
    /// What could not be read; everything else has been.
    pub(super) problems: Vec<Failure>,
    static_files: Vec<PathBuf>,
    snapshots: Vec<PathBuf>,
}

/// Reads everything that the arguments name, or this directory. What can't be read hides nothing else.
pub(super) fn read(
    arguments: &LintArgs,
    config: Option<&Config>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Given {
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
            given.walk(path, config, surroundings, console);
            given.walked.extend(fs::canonicalize(full));
        } else if let Err(problem) = given.named(path, surroundings) {
            given.problems.push(problem);
        }
    }
    given.static_configuration =
        only(&given.static_files, "static configurations of Traefik", "--static-config", console);
    given.snapshot = only(&given.snapshots, "snapshots", "--snapshot", console);
    given
}

/// The one there is; of several none is taken, and that is said.
fn only(paths: &[PathBuf], what: &str, option: &str, console: &mut Console<'_>) -> Option<PathBuf> {
    match paths {
        [only] => Some(only.clone()),
        [] => None,
        several => {
            let names: Vec<_> = several.iter().map(|path| path.display().to_string()).collect();
            console
                .warn(&format!("several files are {what}: none is taken; {option} names one of {}", names.join(", ")));
            None
        }
    }
}

impl Given {
    /// A file that was named must be something.
    fn named(&mut self, path: &Path, surroundings: &Surroundings) -> Result<(), Failure> {
        let bytes = read_bytes(path, surroundings)?;
        match self.take(path, bytes, Come::Named) {
            Kind::Other if !self.is_broken(path) => {
                Err(Failure::input(format!("{} holds nothing that can be judged", path.display())).hint(
                    "task definitions, CloudFormation templates, Terraform plans (`terraform show -json`), Traefik's \
                     static configuration and snapshots are known by their content",
                ))
            }
            _ => Ok(()),
        }
    }

    /// Traefik's static configuration that an option names is shown like the others.
    pub(super) fn add_static(&mut self, path: &Path, surroundings: &Surroundings) -> Result<(), Failure> {
        let name = name_of(path);
        let known = self.inputs.static_files.iter().find(|file| self.inputs.files[**file].name == name).copied();
        if let Some(known) = known {
            self.inputs.static_files = vec![known];
            return Ok(());
        }
        let bytes = read_bytes(path, surroundings)?;
        self.inputs.static_files.clear();
        self.inputs.add_static(&name, &String::from_utf8_lossy(without_mark(&bytes)));
        Ok(())
    }

    /// Whether a file is among those that can't be read.
    pub(super) fn is_broken(&self, path: &Path) -> bool {
        let name = name_of(path);
        self.inputs.broken.iter().any(|broken| self.inputs.files[broken.file].name == name)
    }

    fn take(&mut self, path: &Path, bytes: Vec<u8>, come: Come) -> Kind {
        let name = name_of(path);
        let text = match String::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text),
            Err(error) => {
                self.inputs.add_bytes(&name, error.as_bytes(), come);
                return Kind::Other;
            }
        };
        let kind = self.inputs.add(&name, text.into(), come);
        match kind {
            Kind::StaticConfiguration => self.static_files.push(path.to_owned()),
            Kind::Snapshot => self.snapshots.push(path.to_owned()),
            _ => {}
        }
        kind
    }

    /// Looks into everything below a directory that could hold something.
    fn walk(
        &mut self,
        directory: &Path,
        config: Option<&Config>,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) {
        let full = surroundings.directory.join(directory);
        for path in below(&full, directory, console) {
            if !may_be_read(&path) || config.is_some_and(|config| config.excludes(&path)) {
                continue;
            }
            let shown = directory.join(path.strip_prefix(&full).unwrap_or(&path));
            if fs::metadata(&path).is_ok_and(|known| known.len() > LARGEST) {
                console
                    .warn(&format!("{} is larger than 64 MB and left out; name it to have it read", shown.display()));
                continue;
            }
            match fs::read(&path) {
                Ok(bytes) => drop(self.take(&shown, bytes, Come::Found)),
                Err(error) => self.problems.push(unreadable(&shown, &error)),
            }
        }
    }
}

/// Every file below a directory that isn't ignored, and all of CDK's output, each once and in order.
fn below(full: &Path, shown: &Path, console: &mut Console<'_>) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(full);
    walk.hidden(true).require_git(false).follow_links(false).sort_by_file_path(Path::cmp);
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in walk.build() {
        match entry {
            Ok(entry) => found.push(entry.into_path()),
            Err(error) => console.warn(&format!("a part of {} can't be looked into: {error}", shown.display())),
        }
    }
    let outputs: Vec<_> = found.iter().filter(|path| path.is_dir()).map(|path| path.join(CDK)).collect();
    for output in outputs.iter().filter(|output| output.is_dir()) {
        let walk = WalkBuilder::new(output).standard_filters(false).sort_by_file_path(Path::cmp).build();
        found.extend(walk.flatten().map(ignore::DirEntry::into_path));
    }
    found.sort();
    found.dedup();
    found
}

/// The bytes of a file; those of standard input for `-`.
fn read_bytes(path: &Path, surroundings: &Surroundings) -> Result<Vec<u8>, Failure> {
    crate::command::output::read(path, surroundings)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

/// Whether a file may hold something that is judged, by the ending of its name; a link that leads nowhere is left to
/// fail when it is read.
fn may_be_read(path: &Path) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let ending = ending.as_deref().and_then(std::ffi::OsStr::to_str);
    matches!(ending, Some("json" | "yaml" | "yml" | "toml" | "template"))
        && (path.is_file() || fs::metadata(path).is_err())
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
