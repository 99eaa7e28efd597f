//! Templates of hosts, paths and parameters: text with variables, `/a/{id:[0-9]+}`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::golang::regexp::{Regexp, RegexpError, quote_meta};

/// What a template is matched against, which decides what a variable without a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A whole host, in any case; a variable takes no dot.
    Host,
    /// A whole path, give or take a trailing slash; a variable takes no slash.
    Path,
    /// The beginning of a path; a variable takes no slash.
    Prefix,
    /// A whole `name=value`; a variable takes anything.
    Parameter,
}

/// Why a template is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Braces that don't pair up.
    #[error("unbalanced braces in `{0}`")]
    UnbalancedBraces(String),
    /// A variable without a name, or with an empty pattern.
    #[error("a variable needs a name and, after a colon, a pattern: `{0}`")]
    IncompleteVariable(String),
    /// A path that doesn't begin with a slash.
    #[error("a path begins with a slash: `{0}`")]
    NoLeadingSlash(String),
    /// A variable that an earlier `Query` has too.
    #[error("the variable `{0}` stands in a `Query` before")]
    DuplicateVariable(String),
    /// A pattern, or all of them together, that Go refuses.
    #[error("{0}")]
    Pattern(#[from] RegexpError),
}

/// A compiled template.
#[derive(Debug, Clone)]
pub(super) struct Template {
    text: String,
    subject: Subject,
    regexp: Regexp,
    /// The text before each variable, and after the last.
    literals: Vec<String>,
    variables: Vec<Variable>,
}

#[derive(Debug, Clone)]
struct Variable {
    name: String,
    alone: Regexp,
}

impl Template {
    /// Compiles a template.
    pub(super) fn compile(text: &str, subject: Subject) -> Result<Self, TemplateError> {
        if matches!(subject, Subject::Path | Subject::Prefix) && !text.is_empty() && !text.starts_with('/') {
            return Err(TemplateError::NoLeadingSlash(text.to_owned()));
        }
        let pieces = Pieces::of(text, subject)?;
        let regexp = Regexp::compile(&pieces.pattern(text, subject))?;
        let variables = pieces
            .variables
            .into_iter()
            .map(|(name, pattern)| Ok(Variable { name, alone: Regexp::compile(&format!("^{pattern}$"))? }))
            .collect::<Result<_, RegexpError>>()?;
        Ok(Self { text: text.to_owned(), subject, regexp, literals: pieces.literals, variables })
    }

    /// The template as it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The names of its variables, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|variable| variable.name.as_str())
    }

    /// Whether a host, path or `name=value` matches.
    pub(super) fn is_match(&self, subject: &[u8]) -> bool {
        self.regexp.is_match(subject)
    }

    /// Whether a path that matched differs from the template in its trailing slash.
    pub(super) fn differs_in_slash(&self, path: &[u8]) -> bool {
        self.subject == Subject::Path && path.ends_with(b"/") != self.text.ends_with('/')
    }

    /// The template with its variables filled in from a match at the start of `path`, as the prefix to take off.
    /// Nothing where it doesn't match; an error where the values don't make a match again.
    pub(super) fn filled(&self, path: &[u8]) -> Option<Result<Vec<u8>, Unfillable>> {
        let values = self.values(path)?;
        Some(self.fill(&values).ok_or(Unfillable))
    }

    /// What each variable takes: groups are counted by where they end, so that groups within a variable's own pattern
    /// don't count. Of several variables with one name the last stays.
    fn values<'t>(&self, subject: &'t [u8]) -> Option<BTreeMap<&str, &'t [u8]>> {
        let captures = self.regexp.captures(subject)?;
        let mut values = BTreeMap::new();
        let mut names = self.names();
        let mut last_end = None;
        for group in 1..captures.len() {
            let Some(range) = captures.range(group) else { continue };
            if last_end.is_none_or(|end| end < range.end) {
                let Some(name) = names.next() else { break };
                values.insert(name, &subject[range.clone()]);
                last_end = Some(range.end);
            }
        }
        Some(values)
    }

    fn fill(&self, values: &BTreeMap<&str, &[u8]>) -> Option<Vec<u8>> {
        let mut filled = Vec::new();
        for (literal, variable) in self.literals.iter().zip(&self.variables) {
            filled.extend_from_slice(literal.as_bytes());
            filled.extend_from_slice(values.get(variable.name.as_str())?);
        }
        filled.extend_from_slice(self.literals.last().map_or(&[][..], String::as_bytes));
        let each = || self.variables.iter().all(|one| one.alone.is_match(values[one.name.as_str()]));
        (self.regexp.is_match(&filled) || each()).then_some(filled)
    }
}

/// The variables' values don't make a match: Traefik gives up with an empty answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfillable;

/// A template, taken apart.
struct Pieces {
    literals: Vec<String>,
    /// Names and patterns.
    variables: Vec<(String, String)>,
}

impl Pieces {
    fn of(text: &str, subject: Subject) -> Result<Self, TemplateError> {
        let spans = outer_braces(text)?;
        // A path's trailing slash is optional; it is put back as such.
        let body = if subject == Subject::Path { text.strip_suffix('/').unwrap_or(text) } else { text };
        let mut pieces = Self { literals: Vec::new(), variables: Vec::new() };
        let mut at = 0;
        for (start, end) in spans {
            pieces.literals.push(body[at..start].to_owned());
            at = end;
            let inner = &body[start + 1..end - 1];
            let (name, pattern) = inner.split_once(':').unwrap_or((inner, default_pattern(subject)));
            if name.is_empty() || pattern.is_empty() {
                return Err(TemplateError::IncompleteVariable(body[start..end].to_owned()));
            }
            pieces.variables.push((name.to_owned(), pattern.to_owned()));
        }
        pieces.literals.push(body[at..].to_owned());
        Ok(pieces)
    }

    fn pattern(&self, text: &str, subject: Subject) -> String {
        let mut pattern = String::from(if subject == Subject::Host { "(?i)^" } else { "^" });
        for (index, (_, inner)) in self.variables.iter().enumerate() {
            pattern.push_str(&quote_meta(&self.literals[index]));
            let _ = write!(pattern, "(?P<v{index}>{inner})");
        }
        pattern.push_str(&quote_meta(self.literals.last().map_or("", String::as_str)));
        match subject {
            Subject::Path => pattern.push_str("[/]?$"),
            Subject::Parameter if text.ends_with('=') && text.find('=') == Some(text.len() - 1) => {
                pattern.push_str(".*$");
            }
            Subject::Host | Subject::Parameter => pattern.push('$'),
            Subject::Prefix => {}
        }
        pattern
    }
}

fn default_pattern(subject: Subject) -> &'static str {
    match subject {
        Subject::Host => "[^.]+",
        Subject::Path | Subject::Prefix => "[^/]+",
        Subject::Parameter => ".*",
    }
}

/// Where the outermost pairs of braces stand.
fn outer_braces(text: &str) -> Result<Vec<(usize, usize)>, TemplateError> {
    let unbalanced = || TemplateError::UnbalancedBraces(text.to_owned());
    let mut spans = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b'}' => {
                depth = depth.checked_sub(1).ok_or_else(unbalanced)?;
                if depth == 0 {
                    spans.push((start, at + 1));
                }
            }
            _ => {}
        }
    }
    if depth == 0 { Ok(spans) } else { Err(unbalanced()) }
}

/// What a template stands for, to be matched elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPattern {
    /// A whole host.
    Host,
    /// A whole path.
    Whole,
    /// The beginning of a path.
    Beginning,
    /// A parameter's whole value.
    Value,
}

/// A regular expression, anchored, that takes what a template takes; groups have no names. A whole path is taken with
/// its trailing slash as the template has it, since only v1 redirects.
///
/// # Errors
/// Where v1 refuses the template, and so never matches it.
pub fn pattern_of(text: &str, pattern: PathPattern) -> Result<String, TemplateError> {
    let subject = match pattern {
        PathPattern::Host => Subject::Host,
        PathPattern::Whole => Subject::Path,
        PathPattern::Beginning => Subject::Prefix,
        PathPattern::Value => Subject::Parameter,
    };
    Template::compile(text, subject)?;
    let pieces = Pieces::of(text, subject)?;
    let mut written = String::from(if pattern == PathPattern::Host { "(?i)^" } else { "^" });
    for (literal, (_, inner)) in pieces.literals.iter().zip(&pieces.variables) {
        written.push_str(&quote_meta(literal));
        written.extend(["(?:", inner, ")"]);
    }
    written.push_str(&quote_meta(pieces.literals.last().map_or("", String::as_str)));
    if pattern == PathPattern::Whole && text.ends_with('/') {
        written.push('/');
    }
    if pattern != PathPattern::Beginning {
        written.push('$');
    }
    Ok(written)
}
