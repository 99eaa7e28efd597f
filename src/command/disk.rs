//! The disk, as far as settings are read from it.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::settings::{FileError, FileSystem};

/// The most that is read of a file: no static configuration comes near it.
const LIMIT: u64 = 4 << 20;

/// The most files that are looked into of a folder of dynamic ones.
const MOST_FILES: usize = 200;

/// The disk, seen from a working directory.
pub(super) struct Disk<'a> {
    pub(super) directory: &'a Path,
}

impl Disk<'_> {
    fn path(&self, path: &str) -> PathBuf {
        self.directory.join(path)
    }

    /// The files in a folder and below it, by name; the first of very many.
    pub(super) fn files_in(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![folder.trim_end_matches('/').to_owned()];
        while let Some(folder) = open.pop().filter(|_| found.len() < MOST_FILES) {
            let entries = fs::read_dir(self.path(&folder)).into_iter().flatten().flatten();
            let mut names: Vec<(String, bool)> = entries
                .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.file_type().ok()?.is_dir())))
                .collect();
            names.sort_unstable();
            for (name, is_folder) in names {
                let path = format!("{folder}/{name}");
                if is_folder { open.push(path) } else { found.push(path) }
            }
        }
        found.truncate(MOST_FILES);
        found
    }
}

impl FileSystem for Disk<'_> {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        match fs::metadata(self.path(path)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(other(path, &error)),
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let file = fs::File::open(self.path(path)).map_err(|error| other(path, &error))?;
        if file.metadata().is_ok_and(|file| file.is_dir()) {
            return Err(FileError::Directory { path: path.to_owned() });
        }
        let mut bytes = Vec::new();
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| other(path, &error))?;
        if bytes.len() as u64 > LIMIT {
            return Err(FileError::TooLarge { path: path.to_owned(), limit: LIMIT });
        }
        Ok(bytes)
    }

    fn directory(&self) -> String {
        self.directory.to_string_lossy().into_owned()
    }
}

fn other(path: &str, error: &io::Error) -> FileError {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    FileError::Other { path: path.to_owned(), message }
}
