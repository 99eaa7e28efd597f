//! Paths and queries as Go's `net/url` keeps them: decoded, with the spelling that was sent beside as long as it still
//! stands for the same.

use std::fmt::Write as _;

/// The part of a URL that a server is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestUrl {
    /// Decoded.
    pub(crate) path: Vec<u8>,
    /// The spelling that was sent, where it isn't the usual one.
    pub(crate) raw_path: Option<Vec<u8>>,
    /// As sent, without the question mark.
    pub(crate) query: String,
    /// Path and query exactly as sent.
    pub(crate) target: String,
}

impl RequestUrl {
    /// Reads a path as sent. Nothing where a `%` isn't followed by two hexadecimal digits.
    pub(crate) fn parse(path: &str, query: &str) -> Option<Self> {
        let decoded = unescape(path.as_bytes(), Mode::Path)?;
        let usual = escape_path(&decoded) == path;
        let raw_path = (!usual).then(|| path.as_bytes().to_vec());
        let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        Some(Self { path: decoded, raw_path, query: query.to_owned(), target })
    }

    /// The path as it is sent on: the spelling that came in where it is still the same path.
    pub(crate) fn escaped_path(&self) -> String {
        let kept = self.raw_path.as_deref().filter(|raw| {
            raw.iter().all(|byte| may_stand(*byte)) && unescape(raw, Mode::Path).as_ref() == Some(&self.path)
        });
        match kept.map(std::str::from_utf8) {
            Some(Ok(raw)) => raw.to_owned(),
            _ if self.path == b"*" => "*".to_owned(),
            _ => escape_path(&self.path),
        }
    }

    /// What would stand in a request line for the path as it is now, or `/` for none, and the query.
    pub(crate) fn request_uri(&self) -> String {
        let mut uri = self.escaped_path();
        if uri.is_empty() {
            uri.push('/');
        }
        if !self.query.is_empty() {
            uri.push('?');
            uri.push_str(&self.query);
        }
        uri
    }

    /// The first value of a parameter. Pairs that can't be decoded, or hold a semicolon, are passed over.
    pub(crate) fn parameter(&self, name: &[u8]) -> Option<Vec<u8>> {
        self.query.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';')).find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = unescape(key.as_bytes(), Mode::Query)?;
            let value = unescape(value.as_bytes(), Mode::Query)?;
            (key == name).then_some(value)
        })
    }
}

/// Whether `+` is a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Path,
    Query,
}

fn unescape(text: &[u8], mode: Mode) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'%' => {
                let digits = std::str::from_utf8(text.get(at + 1..at + 3)?).ok()?;
                if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    return None;
                }
                decoded.push(u8::from_str_radix(digits, 16).ok()?);
                at += 3;
                continue;
            }
            b'+' if mode == Mode::Query => decoded.push(b' '),
            other => decoded.push(*other),
        }
        at += 1;
    }
    Some(decoded)
}

/// A path, encoded the usual way.
pub(super) fn escape_path(path: &[u8]) -> String {
    let mut escaped = String::with_capacity(path.len());
    for byte in path {
        if is_plain(*byte) {
            escaped.push(char::from(*byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Bytes of a path that are written as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte)
}

/// Bytes that may stand in an encoded path, usual or not.
fn may_stand(byte: u8) -> bool {
    is_plain(byte) || b"!'()*[]%".contains(&byte)
}
