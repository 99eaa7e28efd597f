//! The tables of matchers, and what a call of one becomes.

use super::error::Problem;
use super::request::Request;
use super::{Kind, Language, Syntax, http, tcp};
use crate::golang::expression::Call;

/// How many arguments a matcher takes; none given: any number but none at all.
type Counts = &'static [usize];

/// A matcher of a language: its name and how many arguments it takes.
pub(super) type Entry = (&'static str, Counts);

const HTTP_V3: &[Entry] = &[
    ("ClientIP", &[1]),
    ("Header", &[2]),
    ("HeaderRegexp", &[2]),
    ("Host", &[1]),
    ("HostRegexp", &[1]),
    ("Method", &[1]),
    ("Path", &[1]),
    ("PathPrefix", &[1]),
    ("PathRegexp", &[1]),
    ("Query", &[1, 2]),
    ("QueryRegexp", &[1, 2]),
];

const HTTP_V2: &[Entry] = &[
    ("ClientIP", &[]),
    ("Headers", &[]),
    ("HeadersRegexp", &[]),
    ("Host", &[]),
    ("HostHeader", &[]),
    ("HostRegexp", &[]),
    ("Method", &[]),
    ("Path", &[]),
    ("PathPrefix", &[]),
    ("Query", &[]),
];

const TCP_V3: &[Entry] = &[("ALPN", &[1]), ("ClientIP", &[1]), ("HostSNI", &[1]), ("HostSNIRegexp", &[1])];

const TCP_V2: &[Entry] = &[("ALPN", &[]), ("ClientIP", &[]), ("HostSNI", &[]), ("HostSNIRegexp", &[])];

fn table(kind: Kind, syntax: Syntax) -> &'static [Entry] {
    match (kind, syntax) {
        (Kind::Http, Syntax::V3) => HTTP_V3,
        (Kind::Http, Syntax::V2) => HTTP_V2,
        (Kind::Tcp, Syntax::V3) => TCP_V3,
        (Kind::Tcp, Syntax::V2) => TCP_V2,
    }
}

/// The names of a language's matchers.
pub fn known_matchers(kind: Kind, syntax: Syntax) -> Vec<&'static str> {
    table(kind, syntax).iter().map(|(name, _)| *name).collect()
}

/// The matcher that is called by a name: as it is written, in lower case, in upper case, or in lower case with a
/// capital; in no other spelling.
pub(super) fn known(name: &str, kind: Kind, syntax: Syntax) -> Option<Entry> {
    let (_, rest) = name.split_at_checked(1)?;
    let spelt = |known: &str| {
        name == known
            || name.eq_ignore_ascii_case(known)
                && (!name.bytes().any(|byte| byte.is_ascii_uppercase())
                    || !name.bytes().any(|byte| byte.is_ascii_lowercase())
                    || name.starts_with(|first: char| first.is_ascii_uppercase())
                        && !rest.bytes().any(|byte| byte.is_ascii_uppercase()))
    };
    table(kind, syntax).iter().copied().find(|(known, _)| spelt(known))
}

/// A matcher with its arguments, ready to be asked.
#[derive(Debug, Clone)]
pub(super) enum Matcher {
    Http(http::Matcher),
    Tcp(tcp::Matcher),
}

impl Matcher {
    /// What a call means in a language, or why it is refused.
    pub(super) fn new(call: &Call, language: Language) -> Result<Self, Problem> {
        let Some((name, counts)) = known(&call.name, language.kind, language.syntax) else {
            let unknown = crate::golang::expression::Problem::UnknownFunction(call.name.clone());
            return Err(Problem::Expression(unknown));
        };
        let given = call.arguments.len();
        if given == 0 {
            return Err(Problem::NoArguments(call.name.clone()));
        }
        if call.arguments.iter().any(|argument| argument.value.is_empty()) {
            return Err(Problem::EmptyArgument(call.name.clone()));
        }
        if !counts.is_empty() && !counts.contains(&given) {
            return Err(Problem::ArgumentCount { matcher: call.name.clone(), wanted: counts, given });
        }
        let arguments: Vec<&[u8]> = call.arguments.iter().map(|argument| argument.value.as_slice()).collect();
        match language.kind {
            Kind::Http => http::Matcher::new(name, &arguments, language).map(Self::Http),
            Kind::Tcp => tcp::Matcher::new(name, &arguments, language).map(Self::Tcp),
        }
    }

    /// Whether a request matches. A request of the other sort never does.
    pub(super) fn matches(&self, request: &Request) -> bool {
        match (self, request) {
            (Self::Http(matcher), Request::Http(request)) => matcher.matches(request),
            (Self::Tcp(matcher), Request::Tcp(connection)) => matcher.matches(connection),
            _ => false,
        }
    }

    /// What the matcher looks at.
    pub(super) fn evidence(&self, request: &Request) -> String {
        match (self, request) {
            (Self::Http(matcher), Request::Http(request)) => matcher.evidence(request),
            (Self::Tcp(matcher), Request::Tcp(connection)) => matcher.evidence(connection),
            (Self::Http(_), Request::Tcp(_)) => "a connection is no HTTP request".to_owned(),
            (Self::Tcp(_), Request::Http(_)) => "an HTTP request is no bare connection".to_owned(),
        }
    }
}

/// A text argument; what is no UTF-8 is shown with replacement characters, which no valid text equals.
pub(super) fn text(argument: &[u8]) -> String {
    String::from_utf8_lossy(argument).into_owned()
}

/// A text argument that must be ASCII.
pub(super) fn ascii(argument: &[u8]) -> Result<String, Problem> {
    if argument.is_ascii() { Ok(text(argument)) } else { Err(Problem::NotAscii(text(argument))) }
}
