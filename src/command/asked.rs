//! A request as people name one: a method, a URL, headers.

use crate::failure::{Failure, Place};
use crate::golang::url::Url;

/// A request that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The method.
    pub(super) method: String,
    /// Whether the scheme is `https`.
    pub(super) tls: bool,
    /// The port that is connected to.
    pub(super) port: String,
    /// The host as a browser sends it: with a port that isn't the scheme's own.
    pub(super) host: String,
    /// Path and query, as they are sent.
    pub(super) target: String,
    /// Headers in order.
    pub(super) headers: Vec<(String, String)>,
}

impl Asked {
    /// Reads a URL; one without a scheme is taken for `http`. A method may stand in front of it.
    pub(super) fn read(text: &str, method: &str, headers: &[String]) -> Result<Self, Failure> {
        Self::with(text, method, read_headers(headers)?)
    }

    /// The same with headers that were read already.
    pub(super) fn with(text: &str, method: &str, headers: Vec<(String, String)>) -> Result<Self, Failure> {
        let (method, url) = match text.trim().split_once(' ') {
            Some((method, url)) => (method, url.trim()),
            None => (method, text.trim()),
        };
        let wrong = |why: &str| {
            let place = Place {
                first_line: 1,
                first_column: 1,
                origin: "URL".to_owned(),
                text: url.to_owned(),
                span: 0..url.len(),
                label: why.to_owned(),
            };
            Failure::input("this is no URL to ask for")
                .at(place)
                .hint("write it as http://host/path or https://host/path")
        };
        // What was no UTF-8 on the command line reads as this.
        if url.contains(char::REPLACEMENT_CHARACTER) {
            return Err(wrong("there is something in it that is no UTF-8 text: write it as %XX"));
        }
        let whole = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
        let parsed = Url::parse(whole.as_bytes()).map_err(|reason| wrong(&reason))?;
        let tls = match &parsed.scheme[..] {
            b"http" => false,
            b"https" => true,
            _ => return Err(wrong("the scheme is neither http nor https")),
        };
        let host = String::from_utf8_lossy(&parsed.host).into_owned();
        if parsed.hostname().is_empty() {
            return Err(wrong("there is no host in it"));
        }
        let own_port = if tls { "443" } else { "80" };
        let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| port.parse::<u16>().is_ok());
        let port = port.unwrap_or(own_port).to_owned();
        let host = host.strip_suffix(&format!(":{own_port}")).unwrap_or(&host).to_owned();
        let after = whole.split_once("://").map_or("", |(_, after)| after);
        let after = after.split('#').next().unwrap_or_default();
        let tail = &after[after.find(['/', '?']).unwrap_or(after.len())..];
        let target = if tail.starts_with('/') { tail.to_owned() } else { format!("/{tail}") };
        Ok(Self { method: method.to_owned(), tls, port, host, target, headers })
    }

    /// The path, and what follows the `?`.
    pub(super) fn path_and_query(&self) -> (&str, &str) {
        self.target.split_once('?').unwrap_or((&self.target, ""))
    }
}

/// Reads headers, each as `Name: value`.
pub(super) fn read_headers(texts: &[String]) -> Result<Vec<(String, String)>, Failure> {
    texts.iter().map(|text| read_header(text)).collect()
}

/// Reads `Name: value`.
pub(super) fn read_header(text: &str) -> Result<(String, String), Failure> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => {
            let span = 0..text.len();
            let label = "no colon behind a name".to_owned();
            let place = Place {
                first_line: 1,
                first_column: 1,
                origin: "--header".to_owned(),
                text: text.to_owned(),
                span,
                label,
            };
            Err(Failure::input("this header has no value").at(place).hint("write it as Name: value"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn urls_become_what_a_browser_sends() {
        let asked = Asked::read("POST https://a.b:443/x%2fy?q#f", "GET", &["X-A: b:c".to_owned()]).expect("a URL");
        assert_eq!((asked.method.as_str(), asked.tls, asked.port.as_str()), ("POST", true, "443"));
        assert_eq!((asked.host.as_str(), asked.target.as_str()), ("a.b", "/x%2fy?q"));
        assert_eq!(asked.headers, [("X-A".to_owned(), "b:c".to_owned())]);
        let bare = Asked::read("a.b:8080?x", "GET", &[]).expect("a URL");
        assert_eq!((bare.host.as_str(), bare.port.as_str(), bare.target.as_str()), ("a.b:8080", "8080", "/?x"));
        for wrong in ["http:///x", "ftp://a", "http://a b/%zz", "http://a/%zz"] {
            assert!(Asked::read(wrong, "GET", &[]).is_err(), "{wrong}");
        }
        assert!(Asked::read("a", "GET", &["nothing".to_owned()]).is_err());
    }
}
