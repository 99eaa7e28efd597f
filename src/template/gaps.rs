//! Places of a rendered rule where something seems to be missing: a label that isn't there leaves `<no value>`, or a
//! host such as `.example.com`. Traefik takes such a rule without a word, and the router never matches.

use std::fmt;
use std::ops::Range;

/// What Go prints where there is no value.
const HOLES: [&str; 2] = ["<no value>", "<nil>"];

/// A place where something seems to be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which bytes of the rule.
    pub span: Range<usize>,
    /// What makes it a gap.
    pub kind: GapKind,
}

/// What makes a place a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapKind {
    /// Go's word for what isn't there.
    NoValue,
    /// A matcher for hosts or paths without anything to match.
    Empty,
    /// A host with nothing before, between or behind its dots.
    Host,
    /// A path with nothing between two slashes.
    Path,
}

impl fmt::Display for GapKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValue => "a label or field that isn't there was printed",
            Self::Empty => "the matcher has nothing to match",
            Self::Host => "a part of the host name is empty",
            Self::Path => "a part of the path is empty",
        })
    }
}

/// The gaps of a rule, in order. It need not be a valid one.
pub fn gaps(rule: &str) -> Vec<Gap> {
    let mut found: Vec<Gap> = HOLES
        .iter()
        .flat_map(|hole| rule.match_indices(hole))
        .map(|(at, hole)| Gap { span: at..at + hole.len(), kind: GapKind::NoValue })
        .collect();
    for (at, _) in rule.match_indices('(') {
        let name = rule[..at].trim_end_matches(|character: char| character.is_ascii_alphanumeric()).len()..at;
        let Some(subject) = Subject::of(&rule[name.clone()]) else { continue };
        found.extend(arguments(rule, at + 1).into_iter().filter_map(|span| {
            let kind = subject.gap(&rule[span.clone()])?;
            Some(Gap { span: if span.is_empty() { name.start..span.end } else { span }, kind })
        }));
    }
    found.sort_by_key(|gap| (gap.span.start, gap.span.end));
    found
}

/// What a matcher's arguments are.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Host,
    Path,
}

impl Subject {
    fn of(matcher: &str) -> Option<Self> {
        match matcher.to_ascii_lowercase().as_str() {
            "host" | "hostheader" | "hostsni" => Some(Self::Host),
            "path" | "pathprefix" => Some(Self::Path),
            _ => None,
        }
    }

    fn gap(self, argument: &str) -> Option<GapKind> {
        match self {
            _ if argument.is_empty() => Some(GapKind::Empty),
            Self::Host if argument.split('.').any(|part| part.is_empty() || is_cut(part)) => Some(GapKind::Host),
            Self::Path if argument.contains("//") => Some(GapKind::Path),
            _ => None,
        }
    }
}

/// Whether a part of a host name lacks what a dash would join.
fn is_cut(part: &str) -> bool {
    part.starts_with('-') || part.ends_with('-')
}

/// Where a matcher's arguments are, without quotes: up to the parenthesis that closes it, or to the end.
fn arguments(rule: &str, from: usize) -> Vec<Range<usize>> {
    let bytes = rule.as_bytes();
    let mut spans = Vec::new();
    let mut start = from;
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'`' | b'"' | b'\'') => {
                at = bytes[at + 1..].iter().position(|byte| *byte == quote).map_or(bytes.len(), |end| at + end + 2);
                continue;
            }
            b')' => break,
            b',' => {
                spans.push(unquoted(rule, start..at));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    spans.push(unquoted(rule, start..at));
    spans
}

/// A span without the white space and the quotes around it.
fn unquoted(rule: &str, span: Range<usize>) -> Range<usize> {
    let text = &rule[span.clone()];
    let trimmed = text.trim();
    let start = span.start + (text.len() - text.trim_start().len());
    let quoted = trimmed.len() >= 2 && trimmed.starts_with(['`', '"', '\'']) && trimmed.ends_with(&trimmed[..1]);
    if quoted { start + 1..start + trimmed.len() - 1 } else { start..start + trimmed.len() }
}

#[cfg(test)]
mod tests {
    use super::{GapKind, gaps};

    fn found(rule: &str) -> Vec<(&str, GapKind)> {
        gaps(rule).into_iter().map(|gap| (&rule[gap.span], gap.kind)).collect()
    }

    #[test]
    fn gaps_are_found_where_they_are() {
        assert_eq!(found("Host(.example.com)"), [(".example.com", GapKind::Host)]);
        assert_eq!(found("Host(`a..b`) && Path(`/x`)"), [("a..b", GapKind::Host)]);
        assert_eq!(found("Host(`web-.b`)"), [("web-.b", GapKind::Host)]);
        assert_eq!(found("Host(`<no value>`)"), [("<no value>", GapKind::NoValue)]);
        assert_eq!(found("!Host(``)"), [("Host(`", GapKind::Empty)]);
        assert_eq!(found("PathPrefix(\"/a//b\", `/`)"), [("/a//b", GapKind::Path)]);
        assert_eq!(found("HostSNI(`*`"), []);
    }

    #[test]
    fn rules_without_gaps_have_none() {
        for rule in ["", "Host(`a.b`)", "HostRegexp(`^.+\\.b$`)", "Header(`X`, ``)", "((", "Host(`é`", "é(`.`)"] {
            assert_eq!(found(rule), [], "{rule}");
        }
    }
}
