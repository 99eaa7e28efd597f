//! What v3 makes of a path: its entry points clean it, its middlewares take off, put before and replace.

use serde_json::Value;

use crate::golang::regexp::Regexp;
use crate::v1::rule::{RequestUrl, clean_path};

/// A request's URL on its way through middlewares.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    url: RequestUrl,
    /// What was taken off.
    pub(super) prefixes: Vec<String>,
}

impl Passing {
    /// A request as it leaves the entry point; nothing where Go's server refuses it.
    pub(super) fn enter(path: &str, query: &str) -> Option<Self> {
        Some(Self { url: RequestUrl::parse(&cleaned(path), query)?, prefixes: Vec::new() })
    }

    pub(super) fn escaped_path(&self) -> String {
        self.url.escaped_path()
    }

    pub(super) fn request_uri(&self) -> String {
        self.url.request_uri()
    }

    /// A path that isn't clean after a change is refused.
    fn is_clean(&self) -> bool {
        let path = String::from_utf8_lossy(&self.url.path);
        path.is_empty() || clean_path(&path) == path
    }

    fn set(&mut self, path: Vec<u8>, raw: Option<Vec<u8>>) {
        self.url.path = path;
        self.url.raw_path = raw;
    }
}

/// A path as entry points clean it: without empty parts, `.` and `..`.
pub(super) fn cleaned(path: &str) -> String {
    if path.starts_with('/') { clean_path(path) } else { path.to_owned() }
}

/// Bytes that stand in a path as they are, and mean nothing there.
pub(super) fn is_usual(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte)
}

/// What a middleware does to paths.
#[derive(Debug, Clone)]
pub(super) enum Rewrite {
    Strip(Vec<String>),
    StripRegex(Vec<Regexp>),
    Add(String),
    Replace(String),
    ReplaceRegex(Regexp, String),
}

impl Rewrite {
    /// The change that a middleware makes, as Traefik's JSON has it; nothing where it makes none.
    pub(super) fn of(middleware: &Value) -> Option<Self> {
        let text =
            |pointer: &str| middleware.pointer(pointer).and_then(Value::as_str).map(|text| text.trim().to_owned());
        let texts = |pointer: &str| {
            let items = middleware.pointer(pointer)?.as_array()?;
            Some(items.iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).collect::<Vec<_>>())
        };
        if let Some(prefixes) = texts("/stripPrefix/prefixes") {
            return Some(Self::Strip(prefixes));
        }
        if let Some(patterns) = texts("/stripPrefixRegex/regex") {
            return Some(Self::StripRegex(patterns.iter().filter_map(|one| Regexp::compile(one).ok()).collect()));
        }
        if let Some(prefix) = text("/addPrefix/prefix") {
            return Some(Self::Add(prefix));
        }
        if let Some(path) = text("/replacePath/path") {
            return Some(Self::Replace(path));
        }
        let regexp = Regexp::compile(&text("/replacePathRegex/regex")?).ok()?;
        Some(Self::ReplaceRegex(regexp, text("/replacePathRegex/replacement").unwrap_or_default()))
    }

    /// Makes the change; the error is the status of the answer.
    pub(super) fn apply(&self, passing: &mut Passing) -> Result<(), u16> {
        match self {
            Self::Strip(prefixes) => {
                let found = prefixes.iter().find(|prefix| passing.url.path.starts_with(prefix.as_bytes()));
                found.map_or(Ok(()), |prefix| strip(passing, prefix.as_bytes()))
            }
            Self::StripRegex(patterns) => {
                let found = patterns.iter().find_map(|pattern| {
                    let found = pattern.find(&passing.url.path)?;
                    (found.start == 0 && !found.is_empty()).then(|| passing.url.path[found].to_vec())
                });
                found.map_or(Ok(()), |prefix| strip(passing, &prefix))
            }
            Self::Add(prefix) => {
                let before = |path: &[u8]| with_slash([prefix.as_bytes(), path].concat());
                let raw = passing.url.raw_path.as_deref().map(before);
                passing.set(before(&passing.url.path), raw);
                Ok(())
            }
            Self::Replace(path) => replace(passing, path),
            Self::ReplaceRegex(regexp, replacement) => {
                let path = passing.escaped_path();
                if !regexp.is_match(path.as_bytes()) {
                    return Ok(());
                }
                let replaced = regexp.replace_all(path.as_bytes(), replacement.as_bytes());
                replace(passing, &String::from_utf8_lossy(&replaced))?;
                if passing.is_clean() { Ok(()) } else { Err(400) }
            }
        }
    }
}

fn strip(passing: &mut Passing, prefix: &[u8]) -> Result<(), u16> {
    let rest = with_slash(passing.url.path[prefix.len()..].to_vec());
    let raw = passing.url.raw_path.as_deref().map(|raw| with_slash(raw[encoded_length(raw, prefix.len())..].to_vec()));
    passing.set(rest, raw);
    if !passing.is_clean() {
        return Err(400);
    }
    passing.prefixes.push(String::from_utf8_lossy(prefix).into_owned());
    Ok(())
}

fn replace(passing: &mut Passing, path: &str) -> Result<(), u16> {
    let replaced = RequestUrl::parse(path, &passing.url.query).ok_or(500_u16)?;
    passing.set(replaced.path, replaced.raw_path);
    Ok(())
}

/// How many bytes of an encoded path stand for so many decoded ones.
fn encoded_length(raw: &[u8], decoded: usize) -> usize {
    let mut at = 0;
    for _ in 0..decoded {
        at += if raw.get(at) == Some(&b'%') { 3 } else { 1 };
    }
    at.min(raw.len())
}

/// An empty path stays empty.
fn with_slash(path: Vec<u8>) -> Vec<u8> {
    if path.is_empty() || path.starts_with(b"/") { path } else { [b"/", &path[..]].concat() }
}
