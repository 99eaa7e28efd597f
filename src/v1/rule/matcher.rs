//! What the expressions of a rule ask of a request.

use std::collections::BTreeMap;
use std::ops::Range;

use super::RuleError;
use super::answer::slash_redirect;
use super::modifiers::Modifiers;
use super::request::Request;
use super::split::{Expression, Keyword};
use super::template::{Subject, Template, TemplateError};
use crate::golang::regexp::Regexp;

/// One expression that asks something.
#[derive(Debug, Clone)]
pub(super) struct Matcher {
    keyword: Keyword,
    span: Range<usize>,
    condition: Condition,
}

#[derive(Debug, Clone)]
enum Condition {
    /// Hosts in lower case, of which one must be the request's.
    HostIs(Vec<String>),
    /// Templates, of which one must match; those that are wrong never do.
    HostLike(Vec<Option<Template>>),
    PathLike(Vec<Option<PathPattern>>),
    MethodIs(Vec<String>),
    /// Names as written to values; an empty value asks for presence alone.
    HeadersAre(BTreeMap<String, String>),
    HeadersLike(BTreeMap<String, Regexp>),
    ParametersLike(Vec<Template>),
}

#[derive(Debug, Clone)]
enum PathPattern {
    Template(Template),
    /// A prefix without variables is compared as a text.
    Text(String),
}

/// What one expression made of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The expression's keyword.
    pub keyword: Keyword,
    /// Where it stands in the rule.
    pub span: Range<usize>,
    /// Whether it holds.
    pub outcome: Outcome,
    /// What it was compared with: the request's host, path, method, …
    pub evidence: String,
}

/// Whether an expression holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It does.
    Holds,
    /// It doesn't.
    Fails,
}

impl Matcher {
    /// Tries a request. A path that matches but for its trailing slash notes where the request is sent instead.
    pub(super) fn check(&self, request: &Request, redirect: &mut Option<String>) -> Check {
        let holds = self.condition.holds(request, redirect);
        Check {
            keyword: self.keyword,
            span: self.span.clone(),
            outcome: if holds { Outcome::Holds } else { Outcome::Fails },
            evidence: self.condition.evidence(request),
        }
    }
}

impl Condition {
    fn holds(&self, request: &Request, redirect: &mut Option<String>) -> bool {
        match self {
            Self::HostIs(hosts) => {
                let host = request.canonical_host();
                !host.is_empty() && hosts.contains(&host)
            }
            Self::HostLike(templates) => {
                templates.iter().flatten().any(|template| template.is_match(request.short_host().as_bytes()))
            }
            Self::PathLike(patterns) => patterns.iter().flatten().any(|pattern| pattern.holds(request, redirect)),
            Self::MethodIs(methods) => methods.contains(&request.method),
            Self::HeadersAre(headers) => headers.iter().all(|(name, wanted)| {
                request.values(name).is_some_and(|values| wanted.is_empty() || values.contains(wanted))
            }),
            Self::HeadersLike(headers) => headers.iter().all(|(name, wanted)| {
                request.values(name).is_some_and(|values| values.iter().any(|value| wanted.is_match(value.as_bytes())))
            }),
            Self::ParametersLike(templates) => {
                templates.iter().all(|template| template.is_match(&parameter(template, request)))
            }
        }
    }

    fn evidence(&self, request: &Request) -> String {
        match self {
            Self::HostIs(_) => format!("host `{}`", request.canonical_host()),
            Self::HostLike(_) => format!("host `{}`", request.short_host()),
            Self::PathLike(_) => format!("path `{}`", String::from_utf8_lossy(request.path())),
            Self::MethodIs(_) => format!("method `{}`", request.method),
            Self::HeadersAre(headers) => seen(headers.keys(), request),
            Self::HeadersLike(patterns) => seen(patterns.keys(), request),
            Self::ParametersLike(_) => format!("query `{}`", request.url.query),
        }
    }
}

/// The values of the named headers, as evidence.
fn seen<'a>(names: impl Iterator<Item = &'a String>, request: &Request) -> String {
    let shown = names.map(|name| match request.values(name) {
        Some(values) => format!("{name} `{}`", values.join(", ")),
        None => format!("no {name}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

impl PathPattern {
    fn holds(&self, request: &Request, redirect: &mut Option<String>) -> bool {
        match self {
            Self::Text(prefix) => request.path().starts_with(prefix.as_bytes()),
            Self::Template(template) => {
                let holds = template.is_match(request.path());
                if holds && template.differs_in_slash(request.path()) {
                    *redirect = Some(slash_redirect(&request.url));
                }
                holds
            }
        }
    }
}

/// The `name=value` of the request that a template asks for; empty where the request has no such parameter.
fn parameter(template: &Template, request: &Request) -> Vec<u8> {
    let name = template.text().split('=').next().unwrap_or_default().as_bytes();
    match request.url.parameter(name) {
        Some(value) => [name, b"=", &value].concat(),
        None => Vec::new(),
    }
}

/// Makes matchers and modifiers of expressions, one after the other.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    matchers: Vec<Matcher>,
    modifiers: Modifiers,
    /// Variables of the `Query` expressions so far, which nothing after them may have.
    query_names: Vec<String>,
}

impl Compiler {
    /// Takes the next expression.
    pub(super) fn add(&mut self, expression: &Expression) -> Result<(), RuleError> {
        self.modifiers.add(expression);
        let arguments = &expression.arguments;
        let condition = match expression.keyword {
            Keyword::Host => Condition::HostIs(arguments.iter().map(|host| host.to_lowercase()).collect()),
            Keyword::HostRegexp => Condition::HostLike(self.tolerated(arguments, Subject::Host)),
            Keyword::Path | Keyword::PathStrip | Keyword::PathStripRegex => self.paths(expression, Subject::Path),
            Keyword::PathPrefixStripRegex => self.paths(expression, Subject::Prefix),
            Keyword::PathPrefix | Keyword::PathPrefixStrip => self.prefixes(expression),
            Keyword::Method => Condition::MethodIs(arguments.iter().map(|method| method.to_uppercase()).collect()),
            Keyword::Headers => Condition::HeadersAre(pairs(expression)?.into_iter().collect()),
            Keyword::HeadersRegexp => header_patterns(expression)?,
            Keyword::Query => self.query(expression)?,
            Keyword::AddPrefix | Keyword::ReplacePath | Keyword::ReplacePathRegex => return Ok(()),
        };
        self.matchers.push(Matcher { keyword: expression.keyword, span: expression.span.clone(), condition });
        Ok(())
    }

    /// What came of all of them.
    pub(super) fn finish(self) -> (Vec<Matcher>, Modifiers) {
        (self.matchers, self.modifiers)
    }

    /// Templates, of which wrong ones are left out without a word, as Traefik does.
    fn tolerated(&self, arguments: &[String], subject: Subject) -> Vec<Option<Template>> {
        arguments.iter().map(|argument| self.template(argument, subject).ok()).collect()
    }

    fn template(&self, text: &str, subject: Subject) -> Result<Template, TemplateError> {
        let template = Template::compile(text, subject)?;
        if let Some(name) = template.names().find(|name| self.query_names.iter().any(|known| known == name)) {
            return Err(TemplateError::DuplicateVariable(name.to_owned()));
        }
        Ok(template)
    }

    fn paths(&self, expression: &Expression, subject: Subject) -> Condition {
        let arguments = if expression.keyword == Keyword::Path {
            expression.arguments.clone()
        } else {
            longest_first(&expression.arguments)
        };
        let templates = self.tolerated(&arguments, subject);
        Condition::PathLike(templates.into_iter().map(|template| template.map(PathPattern::Template)).collect())
    }

    fn prefixes(&self, expression: &Expression) -> Condition {
        let pattern = |argument: &String| {
            if argument.contains('{') {
                self.template(argument, Subject::Prefix).ok().map(PathPattern::Template)
            } else {
                Some(PathPattern::Text(argument.clone()))
            }
        };
        Condition::PathLike(longest_first(&expression.arguments).iter().map(pattern).collect())
    }

    fn query(&mut self, expression: &Expression) -> Result<Condition, RuleError> {
        let span = || expression.span.clone();
        // Arguments without `=` pair up with their neighbours, since all are put in one row.
        let row: Vec<&str> = expression.arguments.iter().flat_map(|argument| argument.splitn(2, '=')).collect();
        if !row.len().is_multiple_of(2) {
            return Err(RuleError::QueryWithoutValue { span: span() });
        }
        let mut templates = Vec::new();
        for pair in row.chunks_exact(2) {
            let text = format!("{}={}", pair[0], pair[1]);
            let template = self
                .template(&text, Subject::Parameter)
                .map_err(|error| RuleError::Template { error, span: span() })?;
            self.query_names.extend(template.names().map(str::to_owned));
            templates.push(template);
        }
        Ok(Condition::ParametersLike(templates))
    }
}

/// Arguments by length, the longest first.
pub(super) fn longest_first(arguments: &[String]) -> Vec<String> {
    let mut sorted = arguments.to_vec();
    sorted.sort_by_key(|argument| std::cmp::Reverse(argument.len()));
    sorted
}

fn header_patterns(expression: &Expression) -> Result<Condition, RuleError> {
    let compiled = pairs(expression)?.into_iter().map(|(name, pattern)| match Regexp::compile(&pattern) {
        Ok(regexp) => Ok((name, regexp)),
        Err(error) => Err(RuleError::Template { error: error.into(), span: expression.span.clone() }),
    });
    Ok(Condition::HeadersLike(compiled.collect::<Result<_, _>>()?))
}

/// Arguments as names and values.
fn pairs(expression: &Expression) -> Result<Vec<(String, String)>, RuleError> {
    let arguments = &expression.arguments;
    if !arguments.len().is_multiple_of(2) {
        return Err(RuleError::OddPairs {
            keyword: expression.keyword,
            count: arguments.len(),
            span: expression.span.clone(),
        });
    }
    Ok(arguments.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
}
