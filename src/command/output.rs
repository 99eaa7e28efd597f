//! Where bytes come from and go to: files, standard input, standard output.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::memory;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// After how long a file that is being written counts as left behind.
const ABANDONED: Duration = Duration::from_mins(1);

/// Columns of the terminal on stdout; `None` where stdout is not a terminal.
pub fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// Reads a file, or standard input for `-`. One for which there is too little memory is refused.
pub(super) fn read(path: &Path, surroundings: &Surroundings) -> Result<Vec<u8>, Failure> {
    let room = memory::room();
    let bytes = if path.as_os_str() == STANDARD_INPUT {
        read_within(&mut io::stdin().lock(), 0, room)
    } else {
        fs::File::open(surroundings.directory.join(path)).and_then(|mut file| {
            let length = file.metadata()?.len();
            read_within(&mut file, length, room)
        })
    };
    bytes.map_err(|error| unreadable(path, &error))
}

/// Reads to the end, which is expected at a length. What goes on beyond the room that there is fails as what memory
/// can't hold.
fn read_within(input: &mut dyn Read, length: u64, room: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if length > room || bytes.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX)).is_err() {
        return Err(io::ErrorKind::OutOfMemory.into());
    }
    input.take(room.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > room { Err(io::ErrorKind::OutOfMemory.into()) } else { Ok(bytes) }
}

/// Reads a file that must be UTF-8 text; a byte order mark is dropped.
pub(super) fn read_text(path: &Path, surroundings: &Surroundings) -> Result<String, Failure> {
    let text = String::from_utf8(read(path, surroundings)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::input(format!("{} is not UTF-8 text: byte {at} begins no character", path.display()))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What to say of a file that can't be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::input(format!("there is no file {name}")),
        io::ErrorKind::IsADirectory => Failure::input(format!("{name} is a directory, not a file")),
        io::ErrorKind::PermissionDenied => Failure::input(format!("{name} may not be read")).because(error),
        io::ErrorKind::OutOfMemory => {
            let most = memory::room() / 1_000_000;
            Failure::system(format!("{name} is too large for the memory there is"))
                .hint(format!("there is room for {most} MB: a file takes three times its size while it is replayed"))
        }
        _ => Failure::system(format!("{name} could not be read")).because(error),
    }
}

/// Puts the result where it was asked for: a file, or standard output.
pub(super) fn deliver(
    output: Option<&Path>,
    bytes: &[u8],
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match output {
        None => console.print(bytes),
        Some(path) => {
            let written = replace(&surroundings.directory.join(path), bytes)
                .map_err(|error| Failure::system(format!("{} could not be written", path.display())).because(&error))?;
            console.detail(&format!("{} {}", path.display(), if written { "written" } else { "is unchanged" }));
            Ok(())
        }
    }
}

/// Opens a file, or standard input for `-`, to be read line by line; a `.gz` is read as it is.
pub(super) fn open(path: &Path, surroundings: &Surroundings) -> Result<Box<dyn io::BufRead>, Failure> {
    if path.as_os_str() == STANDARD_INPUT {
        return Ok(Box::new(io::BufReader::new(io::stdin())));
    }
    let file = fs::File::open(surroundings.directory.join(path)).map_err(|error| unreadable(path, &error))?;
    if file.metadata().is_ok_and(|file| file.is_dir()) {
        return Err(unreadable(path, &io::ErrorKind::IsADirectory.into()));
    }
    Ok(if path.extension().is_some_and(|ending| ending == "gz") {
        Box::new(io::BufReader::new(flate2::read::MultiGzDecoder::new(file)))
    } else {
        Box::new(io::BufReader::new(file))
    })
}

/// Writes beside the file and renames, so that a reader never sees half of it; leaves an equal one untouched.
/// Gives whether anything was written.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&target).is_ok_and(|known| known.len() == bytes.len() as u64)
        && fs::read(&target).is_ok_and(|known| known == bytes)
    {
        return Ok(false);
    }
    if fs::metadata(&target).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        // A pipe or a device can't be renamed over: /dev/stdout, /dev/null.
        fs::OpenOptions::new().write(true).open(&target)?.write_all(bytes)?;
        return Ok(true);
    }
    let beside = beside(&target);
    let result = write_new(&beside, bytes, &target).and_then(|()| fs::rename(&beside, &target));
    if result.is_err() {
        let _ = fs::remove_file(&beside);
    }
    result.map(|()| true)
}

/// Removes what a process that was killed left beside a file. What is young may be another's that is just writing.
pub(super) fn sweep(path: &Path) {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else { return };
    let prefix = format!(".{}.", name.to_string_lossy());
    let is_left = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let number = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(".tmp"));
        let age = entry.metadata().and_then(|known| known.modified()).map(|time| time.elapsed().unwrap_or_default());
        number.is_some_and(|number| number.parse::<u32>().is_ok()) && age.is_ok_and(|age| age > ABANDONED)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_left) {
        let _ = fs::remove_file(entry.path());
    }
}

fn write_new(beside: &Path, bytes: &[u8], target: &Path) -> io::Result<()> {
    let mut file = fs::File::create(beside)?;
    file.write_all(bytes)?;
    if let Ok(known) = fs::metadata(target) {
        file.set_permissions(known.permissions())?;
    }
    file.sync_all()
}

pub(super) fn beside(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    target.with_file_name(name)
}
