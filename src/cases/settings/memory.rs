//! Files in memory: what a case has instead of a disk, with links and permissions.

use std::collections::BTreeMap;

use crate::settings::{FileError, FileSystem};

/// Whether this user may read everything.
pub(in crate::cases) fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

/// The longest name of a file.
const LONGEST_NAME: usize = 255;

/// How many links are followed.
const MOST_LINKS: usize = 40;

/// Files by absolute path.
#[derive(Debug)]
pub(in crate::cases) struct Memory {
    nodes: BTreeMap<String, Node>,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    denied: bool,
}

#[derive(Debug)]
enum Kind {
    File(Vec<u8>),
    Folder,
    Link(String),
}

impl Default for Memory {
    fn default() -> Self {
        let mut memory = Self { nodes: BTreeMap::new() };
        for folder in ["cwd", "home", "xdg"] {
            memory.add_folder(folder);
        }
        memory
    }
}

impl Memory {
    pub(in crate::cases) fn add_file(&mut self, path: &str, bytes: Vec<u8>) {
        self.add(path, Kind::File(bytes));
    }

    pub(in crate::cases) fn add_folder(&mut self, path: &str) {
        self.add(path.trim_end_matches('/'), Kind::Folder);
    }

    pub(in crate::cases) fn add_link(&mut self, path: &str, target: &str) {
        self.add(path, Kind::Link(target.to_owned()));
    }

    /// Takes the permission to read a file, or to look into a folder.
    pub(in crate::cases) fn deny(&mut self, path: &str) {
        if let Some(node) = self.nodes.get_mut(&format!("/{path}")) {
            node.denied = true;
        }
    }

    fn add(&mut self, path: &str, kind: Kind) {
        let mut parent = String::new();
        for part in path.split('/').take(path.matches('/').count()) {
            parent = format!("{parent}/{part}");
            self.nodes.entry(parent.clone()).or_insert(Node { kind: Kind::Folder, denied: false });
        }
        self.nodes.insert(format!("/{path}"), Node { kind, denied: false });
    }

    /// What a path leads to, through links; nothing where it leads nowhere.
    fn resolve(&self, path: &str) -> Result<Option<&Node>, FileError> {
        let fail = |message: &str| FileError::Other { path: path.to_owned(), message: message.to_owned() };
        let mut rest: Vec<String> = path.rsplit('/').map(str::to_owned).collect();
        let mut at = if path.starts_with('/') { String::new() } else { self.directory() };
        let mut links = 0;
        while let Some(part) = rest.pop() {
            let here = self.nodes.get(&at);
            if part.is_empty() || part == "." {
                continue;
            }
            match here {
                Some(Node { kind: Kind::File(_), .. }) => return Err(fail("not a directory")),
                Some(Node { denied: true, .. }) => return Err(fail("permission denied")),
                _ => {}
            }
            if part == ".." {
                at.truncate(at.rfind('/').unwrap_or(0));
                continue;
            }
            if part.len() > LONGEST_NAME {
                return Err(fail("file name too long"));
            }
            let next = format!("{at}/{part}");
            match self.nodes.get(&next) {
                None => return Ok(None),
                Some(Node { kind: Kind::Link(target), .. }) => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(fail("too many levels of symbolic links"));
                    }
                    if target.starts_with('/') {
                        at.clear();
                    }
                    rest.extend(target.rsplit('/').map(str::to_owned));
                }
                Some(_) => at = next,
            }
        }
        Ok(self.nodes.get(&at))
    }
}

impl FileSystem for Memory {
    fn exists(&self, path: &str) -> Result<bool, FileError> {
        Ok(self.resolve(path)?.is_some())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let fail = |message: &str| FileError::Other { path: path.to_owned(), message: message.to_owned() };
        match self.resolve(path)? {
            None => Err(fail("no such file or directory")),
            Some(Node { denied: true, .. }) => Err(fail("permission denied")),
            Some(Node { kind: Kind::File(bytes), .. }) => Ok(bytes.clone()),
            Some(_) => Err(FileError::Directory { path: path.to_owned() }),
        }
    }

    fn directory(&self) -> String {
        "/cwd".to_owned()
    }
}
