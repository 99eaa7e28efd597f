//! Takes a rule apart: expressions, keywords, arguments. It knows no meaning.

use std::fmt;
use std::ops::Range;

/// What an expression does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// The request's host is one of these.
    Host,
    /// The request's host matches one of these templates.
    HostRegexp,
    /// The path is one of these, give or take a trailing slash.
    Path,
    /// The same, and the path is taken off.
    PathStrip,
    /// The path matches one of these templates, and is taken off.
    PathStripRegex,
    /// The path begins with one of these.
    PathPrefix,
    /// The same, and the beginning is taken off.
    PathPrefixStrip,
    /// The path begins with a match of one of these templates, which is taken off.
    PathPrefixStripRegex,
    /// The method is one of these.
    Method,
    /// All these headers have these values.
    Headers,
    /// All these headers match these regular expressions.
    HeadersRegexp,
    /// All these parameters have these values.
    Query,
    /// Puts something before the path.
    AddPrefix,
    /// Puts another path in place.
    ReplacePath,
    /// Rewrites the path by a regular expression.
    ReplacePathRegex,
}

impl Keyword {
    /// Every keyword.
    pub const ALL: [Self; 15] = [
        Self::Host,
        Self::HostRegexp,
        Self::Path,
        Self::PathStrip,
        Self::PathStripRegex,
        Self::PathPrefix,
        Self::PathPrefixStrip,
        Self::PathPrefixStripRegex,
        Self::Method,
        Self::Headers,
        Self::HeadersRegexp,
        Self::Query,
        Self::AddPrefix,
        Self::ReplacePath,
        Self::ReplacePathRegex,
    ];

    /// As it is written; case counts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "Host",
            Self::HostRegexp => "HostRegexp",
            Self::Path => "Path",
            Self::PathStrip => "PathStrip",
            Self::PathStripRegex => "PathStripRegex",
            Self::PathPrefix => "PathPrefix",
            Self::PathPrefixStrip => "PathPrefixStrip",
            Self::PathPrefixStripRegex => "PathPrefixStripRegex",
            Self::Method => "Method",
            Self::Headers => "Headers",
            Self::HeadersRegexp => "HeadersRegexp",
            Self::Query => "Query",
            Self::AddPrefix => "AddPrefix",
            Self::ReplacePath => "ReplacePath",
            Self::ReplacePathRegex => "ReplacePathRegex",
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One expression of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// What it does.
    pub keyword: Keyword,
    /// At least one; trimmed, so that one of spaces alone is empty.
    pub arguments: Vec<String>,
    /// Where it stands in the rule, in bytes.
    pub span: Range<usize>,
}

/// Why a rule can't be split.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct SplitError {
    /// What is wrong.
    pub problem: SplitProblem,
    /// Where it is, in bytes.
    pub span: Range<usize>,
}

/// What is wrong with a rule or one of its expressions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitProblem {
    /// No text at all.
    #[error("the rule is empty")]
    Empty,
    /// An expression of colons alone.
    #[error("an expression begins with a keyword such as `Host:`")]
    NoKeyword,
    /// Another word where a keyword is wanted.
    #[error("there is no keyword `{0}`")]
    UnknownKeyword(String),
    /// A keyword alone.
    #[error("`{0}` takes an argument")]
    NoArguments(Keyword),
}

/// Splits a rule into its expressions; none where it holds nothing but semicolons.
///
/// # Errors
/// At the first expression that can't be read.
pub fn split(rule: &str) -> Result<Vec<Expression>, SplitError> {
    if rule.is_empty() {
        return Err(SplitError { problem: SplitProblem::Empty, span: 0..0 });
    }
    fields(rule, ';').map(|span| expression(&rule[span.clone()], span)).collect()
}

fn expression(text: &str, span: Range<usize>) -> Result<Expression, SplitError> {
    let wrong = |problem, span| Err(SplitError { problem, span });
    let mut parts = fields(text, ':');
    let Some(word) = parts.next() else {
        return wrong(SplitProblem::NoKeyword, span);
    };
    let name = text[word.clone()].trim();
    let Some(keyword) = Keyword::ALL.into_iter().find(|keyword| keyword.name() == name) else {
        let at = span.start + word.start..span.start + word.end;
        return wrong(SplitProblem::UnknownKeyword(name.to_owned()), at);
    };
    // Runs of colons have fallen together by now, those of arguments included.
    let rest = parts.map(|part| &text[part]).collect::<Vec<_>>().join(":");
    let arguments: Vec<String> = fields(&rest, ',').map(|argument| rest[argument].trim().to_owned()).collect();
    if arguments.is_empty() {
        return wrong(SplitProblem::NoArguments(keyword), span);
    }
    Ok(Expression { keyword, arguments, span })
}

/// The parts between separators, empty ones left out.
fn fields(text: &str, separator: char) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(separator).filter_map(move |part| {
        let start = at;
        at += part.len() + separator.len_utf8();
        (!part.is_empty()).then_some(start..start + part.len())
    })
}
