//! The URL of a request on its way, as Go's `net/url` keeps one: the path decoded and, where that can't give back
//! what was written, as it was written too. Every step of Traefik's works on both.

use crate::golang::path::clean;

/// What may stand in a path as it is, beside letters and digits.
const PLAIN: &[u8] = b"-_.~$&+,/:;=@";

/// What may stand there beside that when somebody else wrote it.
const ACCEPTED: &[u8] = b"!'()*[]%";

/// A path and a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestUrl {
    /// Decoded.
    pub(super) path: Vec<u8>,
    /// As written, where encoding `path` gives something else.
    pub(super) raw_path: Option<Vec<u8>>,
    /// What follows the `?`; nothing without one.
    pub(super) query: Option<String>,
}

impl RequestUrl {
    /// Reads a path with a query; nothing where an escape is broken.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query.to_owned())));
        let mut url = Self { path: Vec::new(), raw_path: None, query };
        url.set_path(path.as_bytes())?;
        Some(url)
    }

    /// Takes another path, encoded as it is written.
    fn set_path(&mut self, written: &[u8]) -> Option<()> {
        self.path = decoded(written)?;
        self.raw_path = (encoded(&self.path) != written).then(|| written.to_vec());
        Some(())
    }

    /// The path as it goes over the wire.
    pub(super) fn escaped_path(&self) -> Vec<u8> {
        let usable = |raw: &&Vec<u8>| {
            let accepted = |byte: &u8| is_plain(*byte) || ACCEPTED.contains(byte);
            raw.iter().all(accepted) && decoded(raw).as_ref() == Some(&self.path)
        };
        match self.raw_path.as_ref().filter(usable) {
            Some(raw) => raw.clone(),
            None if self.path == b"*" => self.path.clone(),
            None => encoded(&self.path),
        }
    }

    /// The path, for a middleware that rewrites what was written.
    pub(super) fn written_path(&self) -> Vec<u8> {
        self.raw_path.clone().unwrap_or_else(|| self.escaped_path())
    }

    /// Replaces the path as it is written; nothing where the new one has a broken escape.
    pub(super) fn replace_written(&mut self, written: Vec<u8>) -> Option<()> {
        self.path = decoded(&written)?;
        self.raw_path = Some(written);
        Some(())
    }

    /// Path and query as a request line has them.
    pub(super) fn request_uri(&self) -> String {
        let mut path = String::from_utf8_lossy(&self.escaped_path()).into_owned();
        if path.is_empty() {
            path.push('/');
        }
        match &self.query {
            Some(query) => format!("{path}?{query}"),
            None => path,
        }
    }

    /// Writes escapes in capitals, and decodes those of characters that need none.
    pub(super) fn normalize(&mut self) {
        let Some(raw) = self.raw_path.take() else { return };
        let mut written = Vec::with_capacity(raw.len());
        let mut rest = raw.as_slice();
        while let Some((first, after)) = rest.split_first() {
            if let Some(byte) = escape_at(rest) {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                    written.push(byte);
                } else {
                    written.extend(rest[..3].iter().map(u8::to_ascii_uppercase));
                }
                rest = &rest[3..];
            } else {
                written.push(*first);
                rest = after;
            }
        }
        self.raw_path = Some(written);
    }

    /// Takes `.`, `..` and repeated slashes out of the path; a slash at the end stays.
    pub(super) fn sanitize(&mut self) {
        let written = self.escaped_path();
        let cleaned = if written.starts_with(b"/") {
            let mut cleaned = clean(&written);
            if written.ends_with(b"/") && !cleaned.ends_with(b"/") {
                cleaned.push(b'/');
            }
            cleaned
        } else {
            clean(&[b"/", &written[..]].concat())[1..].to_vec()
        };
        // Cleaning takes whole parts out, so no escape breaks.
        if self.set_path(&cleaned).is_none() {
            self.raw_path = None;
        }
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || PLAIN.contains(&byte)
}

/// The byte that an escape at the beginning of a text stands for.
fn escape_at(text: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match text {
        [b'%', high, low, ..] => Some(digit(*high)? * 16 + digit(*low)?),
        _ => None,
    }
}

/// A path as Go writes it.
fn encoded(path: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(path.len());
    for byte in path {
        if is_plain(*byte) {
            written.push(*byte);
        } else {
            written.extend_from_slice(format!("%{byte:02X}").as_bytes());
        }
    }
    written
}

/// What a path stands for; nothing where an escape is broken.
pub(super) fn decoded(written: &[u8]) -> Option<Vec<u8>> {
    let mut path = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            path.push(escape_at(rest)?);
            rest = &rest[3..];
        } else {
            path.push(*first);
            rest = after;
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::RequestUrl;

    fn sanitized(text: &str) -> String {
        let mut url = RequestUrl::parse(text).expect("escapes are whole");
        url.normalize();
        url.sanitize();
        url.request_uri()
    }

    #[test]
    fn paths_are_normalized_and_cleaned_as_written() {
        for (sent, left) in [
            ("/x/%2e%2e/y", "/y"),
            ("/x/..%2f..", "/x/..%2F.."),
            ("/t//", "/t/"),
            ("/%7eu?", "/~u?"),
            ("/a\"b", "/a%22b"),
            ("", "/"),
            ("*", "*"),
        ] {
            assert_eq!(sanitized(sent), left, "{sent}");
        }
        assert_eq!(RequestUrl::parse("/%zz"), None);
    }
}
