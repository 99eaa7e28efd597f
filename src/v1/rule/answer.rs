//! What the router answers: the whole way of a request through one or several rules.

use super::modifiers::{Passing, Stopped};
use super::request::Request;
use super::url::RequestUrl;
use super::{Rule, RuleMatch};

/// What becomes of a request, with a backend that always says 200.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which of the rules took it, and why.
    pub taken: Option<(usize, RuleMatch)>,
    /// 200 from the backend; 301 for a trailing slash; 404 where no rule matches, or where one does and has nothing to
    /// strip.
    pub status: u16,
    /// Where a 301 leads.
    pub location: Option<String>,
    /// What the backend gets; nothing where none is asked.
    pub forward: Option<Forward>,
}

/// A request as a backend gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// The decoded path; need not be UTF-8.
    pub path: Vec<u8>,
    /// The target of the request line.
    pub request_uri: String,
    /// Values of `X-Forwarded-Prefix`, one for each prefix taken off.
    pub forwarded_prefix: Vec<Vec<u8>>,
    /// Values of `X-Replaced-Path`, one for each replacement.
    pub replaced_path: Vec<Vec<u8>>,
}

/// Sends a request through rules in the order that the router tries them: the first that matches takes it.
///
/// A path that matches but for its trailing slash has its redirection even where the rest of its rule then fails and
/// another rule takes the request: Traefik keeps it.
pub fn answer<'r>(rules: impl IntoIterator<Item = &'r Rule>, request: &Request) -> Answer {
    let mut redirect = None;
    for (index, rule) in rules.into_iter().enumerate() {
        let tried = rule.try_match(request);
        redirect = tried.redirect.clone().or(redirect);
        if tried.holds() {
            return taken(index, tried, rule, request, redirect);
        }
    }
    Answer { taken: None, status: 404, location: None, forward: None }
}

fn taken(index: usize, tried: RuleMatch, rule: &Rule, request: &Request, redirect: Option<String>) -> Answer {
    let taken = Some((index, tried));
    if redirect.is_some() {
        return Answer { taken, status: 301, location: redirect, forward: None };
    }
    let mut passing = Passing {
        url: request.url.clone(),
        request_uri: request.url.target.clone(),
        forwarded_prefix: Vec::new(),
        replaced_path: Vec::new(),
    };
    let (status, forward) = match rule.modifiers().apply(&mut passing) {
        Ok(()) => (200, Some(passing.into())),
        Err(Stopped::NothingToStrip) => (404, None),
        Err(Stopped::CannotStrip) => (200, None),
    };
    Answer { taken, status, location: None, forward }
}

impl From<Passing> for Forward {
    fn from(passing: Passing) -> Self {
        Self {
            path: passing.url.path,
            request_uri: passing.request_uri,
            forwarded_prefix: passing.forwarded_prefix,
            replaced_path: passing.replaced_path,
        }
    }
}

/// Where a path leads that has a trailing slash too much or too few: cleaned of `//`, `.` and `..` on the way.
pub(super) fn slash_redirect(url: &RequestUrl) -> String {
    let mut target = url.clone();
    if target.path.last() == Some(&b'/') {
        target.path.pop();
    } else {
        target.path.push(b'/');
    }
    let escaped = target.escaped_path();
    let query = if url.query.is_empty() { String::new() } else { format!("?{}", url.query) };
    if escaped.starts_with("//") {
        // Read as a host, and left as it is.
        return escaped + &query;
    }
    if escaped.is_empty() {
        return clean_path(&parent(&url.path)) + &query;
    }
    clean_path(&escaped) + &query
}

/// Everything up to the last slash: what a relative reference is taken from.
fn parent(path: &[u8]) -> String {
    let path = String::from_utf8_lossy(path);
    path[..path.rfind('/').map_or(0, |at| at + 1)].to_owned()
}

/// The shortest path that leads to the same place; a trailing slash stays.
pub(crate) fn clean_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    let mut cleaned = format!("/{}", parts.join("/"));
    if path.ends_with('/') && !cleaned.ends_with('/') {
        cleaned.push('/');
    }
    cleaned
}
