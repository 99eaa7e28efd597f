//! What a rule does to a request that matched, before its backend sees it.

use super::matcher::longest_first;
use super::split::{Expression, Keyword};
use super::template::{Subject, Template};
use super::url::RequestUrl;
use crate::golang::regexp::Regexp;

/// The changes that a rule makes. Of several expressions with one keyword the last wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Texts to take off the start of the path, the longest first; with none of them there, the answer is 404.
    pub strip_prefixes: Vec<String>,
    /// Templates to take off the start of the path, the longest first; taken off before the texts.
    pub strip_prefixes_regex: Vec<String>,
    /// What to put before the path, then.
    pub add_prefix: Option<String>,
    /// The path to put in place, at last.
    pub replace_path: Option<String>,
    /// A regular expression and a replacement with one space between, before [`Self::replace_path`]; anything else
    /// does nothing.
    pub replace_path_regex: Option<String>,
}

/// A request on its way through the changes.
#[derive(Debug, Clone)]
pub(super) struct Passing {
    pub(super) url: RequestUrl,
    pub(super) request_uri: String,
    pub(super) forwarded_prefix: Vec<Vec<u8>>,
    pub(super) replaced_path: Vec<Vec<u8>>,
}

/// Why a request doesn't get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    /// No prefix to take off: 404.
    NothingToStrip,
    /// The prefix that its variables give can't be taken off: an empty answer with status 200.
    CannotStrip,
}

impl Modifiers {
    /// Takes what an expression says, nothing where it only matches.
    pub(super) fn add(&mut self, expression: &Expression) {
        let last = || expression.arguments.last().cloned().filter(|argument| !argument.is_empty());
        match expression.keyword {
            Keyword::PathStrip | Keyword::PathPrefixStrip => {
                self.strip_prefixes = longest_first(&expression.arguments);
            }
            Keyword::PathStripRegex | Keyword::PathPrefixStripRegex => {
                self.strip_prefixes_regex = longest_first(&expression.arguments);
            }
            Keyword::AddPrefix => self.add_prefix = last(),
            Keyword::ReplacePath => self.replace_path = last(),
            Keyword::ReplacePathRegex => self.replace_path_regex = last(),
            _ => {}
        }
    }

    /// Whether a request passes unchanged.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The expression and the replacement of [`Self::replace_path_regex`], where it has an effect.
    pub fn path_replacement(&self) -> Option<(&str, &str)> {
        let (pattern, replacement) = self.replace_path_regex.as_deref()?.split_once(' ')?;
        let replacement = (!replacement.contains(' ')).then(|| replacement.trim())?;
        (!replacement.is_empty()).then_some((pattern.trim(), replacement))
    }

    /// Makes the changes, in Traefik's order.
    pub(super) fn apply(&self, passing: &mut Passing) -> Result<(), Stopped> {
        if !self.strip_prefixes_regex.is_empty() {
            passing.strip_templates(&self.strip_prefixes_regex)?;
        }
        if !self.strip_prefixes.is_empty() {
            passing.strip_texts(&self.strip_prefixes)?;
        }
        if let Some(prefix) = &self.add_prefix {
            passing.add_prefix(prefix.as_bytes());
        }
        if let Some((pattern, replacement)) = self.path_replacement() {
            passing.replace_by(pattern, replacement);
        }
        if let Some(path) = &self.replace_path {
            passing.replace(path.clone().into_bytes());
        }
        Ok(())
    }
}

impl Passing {
    fn strip_templates(&mut self, prefixes: &[String]) -> Result<(), Stopped> {
        let templates = prefixes.iter().filter_map(|prefix| Template::compile(prefix, Subject::Prefix).ok());
        let filled = templates.into_iter().find_map(|template| template.filled(&self.url.path));
        let prefix = filled.ok_or(Stopped::NothingToStrip)?.map_err(|_| Stopped::CannotStrip)?;
        // With a variable that stands twice, what is taken off need not be what stands there: its length counts.
        let rest = self.url.path.get(prefix.len()..).ok_or(Stopped::CannotStrip)?.to_vec();
        self.url.path = rest;
        if let Some(raw) = &mut self.url.raw_path {
            *raw = raw.get(prefix.len()..).unwrap_or_default().to_vec();
        }
        self.forwarded_prefix.push(prefix);
        self.request_uri = with_slash(&self.url.request_uri());
        Ok(())
    }

    fn strip_texts(&mut self, prefixes: &[String]) -> Result<(), Stopped> {
        let found = prefixes.iter().find(|prefix| self.url.path.starts_with(prefix.as_bytes()));
        let prefix = found.ok_or(Stopped::NothingToStrip)?;
        let without = |path: &[u8]| {
            let rest = path.strip_prefix(prefix.as_bytes()).unwrap_or(path);
            [b"/", rest.strip_prefix(b"/").unwrap_or(rest)].concat()
        };
        self.url.raw_path = self.url.raw_path.as_deref().map(without);
        self.url.path = without(&self.url.path);
        self.forwarded_prefix.push(prefix.as_bytes().to_vec());
        self.request_uri = self.url.request_uri();
        Ok(())
    }

    fn add_prefix(&mut self, prefix: &[u8]) {
        self.url.path = [prefix, &self.url.path].concat();
        self.url.raw_path = self.url.raw_path.as_deref().map(|raw| [prefix, raw].concat());
        self.request_uri = self.url.request_uri();
    }

    fn replace_by(&mut self, pattern: &str, replacement: &str) {
        let Ok(regexp) = Regexp::compile(pattern) else { return };
        if regexp.is_match(&self.url.path) {
            let path = regexp.replace_all(&self.url.path, replacement.as_bytes());
            self.replace(path);
        }
    }

    fn replace(&mut self, path: Vec<u8>) {
        self.replaced_path.push(std::mem::replace(&mut self.url.path, path));
        self.request_uri = self.url.request_uri();
    }
}

fn with_slash(uri: &str) -> String {
    format!("/{}", uri.strip_prefix('/').unwrap_or(uri))
}
