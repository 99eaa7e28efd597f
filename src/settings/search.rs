//! Where Traefik looks for its file, and the files as the rest of this module sees them.

use std::collections::BTreeMap;

/// Files as they are asked for: a disk, or files in memory.
pub trait FileSystem {
    /// Whether something stands at a path.
    ///
    /// # Errors
    /// When that can't be told: a folder on the way is none, or may not be looked into.
    fn exists(&self, path: &str) -> Result<bool, FileError>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it can't be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The working directory.
    fn directory(&self) -> String;
}

/// Why a file can't be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is a folder.
    #[error("{path} is a directory, not a file")]
    Directory {
        /// The path.
        path: String,
    },
    /// It is larger than any configuration.
    #[error("{path} is larger than {} MiB: that is no static configuration", limit >> 20)]
    TooLarge {
        /// The path.
        path: String,
        /// How many bytes are read at most.
        limit: u64,
    },
    /// Anything else; the message is the system's.
    #[error("{path}: {message}")]
    Other {
        /// The path.
        path: String,
        /// What the system says.
        message: String,
    },
}

/// Where Traefik looks when no file is named, or when the one that is doesn't exist.
const FOLDERS: [&str; 4] = ["/etc/traefik/traefik", "$XDG_CONFIG_HOME/traefik", "$HOME/.config/traefik", "./traefik"];

/// The endings, in the order in which they are tried.
const ENDINGS: [&str; 3] = ["toml", "yaml", "yml"];

/// The file that Traefik reads: the one that is named if it exists, else the first of its search path; as an absolute
/// path.
///
/// # Errors
/// When a path can't be looked at; a path that leads nowhere is none.
pub(super) fn find(
    named: Option<&str>,
    environment: &BTreeMap<String, String>,
    files: &dyn FileSystem,
) -> Result<Option<String>, FileError> {
    let named = named.filter(|named| !named.trim().is_empty()).map(str::to_owned);
    let searched = FOLDERS.iter().flat_map(|folder| ENDINGS.iter().map(move |ending| format!("{folder}.{ending}")));
    for path in named.into_iter().chain(searched) {
        let path = expand(&path, environment);
        if files.exists(&path)? {
            return Ok(Some(absolute(&path, &files.directory())));
        }
    }
    Ok(None)
}

/// A path from the root, without `.`, `..` and doubled slashes.
fn absolute(path: &str, directory: &str) -> String {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{directory}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// `$NAME` and `${NAME}` as the environment has them, nothing for what it hasn't.
fn expand(text: &str, environment: &BTreeMap<String, String>) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$').filter(|at| at + 1 < rest.len()) {
        expanded.push_str(&rest[..at]);
        let (name, length) = name_after_dollar(&rest[at + 1..]);
        match name {
            Some(name) => expanded.push_str(environment.get(name).map_or("", String::as_str)),
            // A dollar before anything that can't be a name stays.
            None if length == 0 => expanded.push('$'),
            None => {}
        }
        rest = &rest[at + 1 + length..];
    }
    expanded + rest
}

/// The variable's name behind a dollar, and how many bytes it takes; broken braces are swallowed.
fn name_after_dollar(text: &str) -> (Option<&str>, usize) {
    let special = |byte: u8| matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-' | b'0'..=b'9');
    let bytes = text.as_bytes();
    match bytes {
        [b'{', name, b'}', ..] if special(*name) => (Some(&text[1..2]), 3),
        [b'{', ..] => match text.find('}') {
            Some(1) => (None, 2),
            Some(end) => (Some(&text[1..end]), end + 1),
            None => (None, 1),
        },
        [name, ..] if special(*name) => (Some(&text[..1]), 1),
        _ => {
            let end = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            ((end > 0).then(|| &text[..end]), end)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{absolute, expand};

    #[test]
    fn variables_are_expanded_as_in_go() {
        let environment: BTreeMap<String, String> =
            [("DIR", "sub"), ("A_1", "x")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let cases = [
            ("$DIR/a.yml", "sub/a.yml"),
            ("${DIR}a", "suba"),
            ("$NOPE/a", "/a"),
            ("a$", "a$"),
            ("a$/b", "a$/b"),
            ("${}x", "x"),
            ("${DIR", "DIR"),
            ("$A_1.", "x."),
            ("$1a", "a"),
            ("$$a", "a"),
        ];
        for (text, want) in cases {
            assert_eq!(expand(text, &environment), want, "{text}");
        }
    }

    #[test]
    fn paths_are_cleaned() {
        assert_eq!(absolute("../w/./a.yml", "/w"), "/w/a.yml");
        assert_eq!(absolute("/a//b/../c", "/w"), "/a/c");
    }
}
