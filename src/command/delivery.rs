//! A result that comes bit by bit: to standard output, or to a file that no reader sees before it is whole.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::output::beside;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

/// A result that is put where it was asked for bit by bit; a file is written beside and renamed at the end.
pub(super) enum Delivery {
    Console(String),
    File { beside: PathBuf, target: PathBuf, name: String, file: io::BufWriter<fs::File> },
}

/// How much waits before the console gets it.
const WAITING: usize = 1 << 16;

impl Delivery {
    /// Begins one.
    pub(super) fn begin(output: Option<&Path>, surroundings: &Surroundings) -> Result<Self, Failure> {
        let Some(path) = output else { return Ok(Self::Console(String::new())) };
        let target = surroundings.directory.join(path);
        let target = fs::canonicalize(&target).unwrap_or(target);
        let beside = beside(&target);
        let name = path.display().to_string();
        let file = fs::File::create(&beside).map_err(|error| unwritten(&name, &error))?;
        Ok(Self::File { beside, target, name, file: io::BufWriter::new(file) })
    }

    /// Adds to it.
    pub(super) fn add(&mut self, text: &str, console: &mut Console<'_>) -> Result<(), Failure> {
        match self {
            Self::Console(waiting) => {
                waiting.push_str(text);
                if waiting.len() < WAITING {
                    return Ok(());
                }
                console.print(std::mem::take(waiting).as_bytes())
            }
            Self::File { name, file, .. } => file.write_all(text.as_bytes()).map_err(|error| unwritten(name, &error)),
        }
    }

    /// Ends it.
    pub(super) fn finish(self, console: &mut Console<'_>) -> Result<(), Failure> {
        match self {
            Self::Console(waiting) => console.print(waiting.as_bytes()),
            Self::File { beside, target, name, mut file } => {
                let done = file.flush().and_then(|()| put(&beside, &target));
                if done.is_err() {
                    let _ = fs::remove_file(&beside);
                }
                done.map_err(|error| unwritten(&name, &error))
            }
        }
    }
}

/// Puts a file that is whole in the place of another; one that is there and equal stays untouched.
fn put(beside: &Path, target: &Path) -> io::Result<()> {
    let known = fs::metadata(target);
    if known.as_ref().is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        // A pipe or a device can't be renamed over.
        io::copy(&mut fs::File::open(beside)?, &mut fs::OpenOptions::new().write(true).open(target)?)?;
        return fs::remove_file(beside);
    }
    if known.is_ok_and(|known| fs::metadata(beside).is_ok_and(|new| new.len() == known.len())) && equal(beside, target)?
    {
        return fs::remove_file(beside);
    }
    if let Ok(known) = fs::metadata(target) {
        fs::set_permissions(beside, known.permissions())?;
    }
    fs::rename(beside, target)
}

/// Whether two files hold the same.
fn equal(one: &Path, other: &Path) -> io::Result<bool> {
    let mut one = io::BufReader::new(fs::File::open(one)?).bytes();
    let mut other = io::BufReader::new(fs::File::open(other)?).bytes();
    loop {
        match (one.next().transpose()?, other.next().transpose()?) {
            (None, None) => return Ok(true),
            (mine, theirs) if mine == theirs => {}
            _ => return Ok(false),
        }
    }
}

fn unwritten(name: &str, error: &io::Error) -> Failure {
    Failure::system(format!("{name} could not be written")).because(error)
}
