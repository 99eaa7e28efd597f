//! The middlewares of a router: those that change where a request goes (paths, hosts, redirections), those that may
//! answer it by who sends it, and the rest, which let it pass.

use std::fmt;

use serde_json::{Map, Value};

use super::arrival::Passing;
use super::demand;
use super::gate::Gate;
use super::headers::Headers;
use super::options::{flag, text, texts};
use super::redirect::Redirect;
use super::url::decoded;
use crate::golang::regexp::{Regexp, RegexpError};
use crate::model::Text;
use crate::settings::EncodedCharacters;

/// Middlewares as they are configured, in Traefik's JSON form, by their names with providers.
pub(super) type Definitions = Map<String, Value>;

/// A middleware of a router, chains taken apart.
#[derive(Debug, Clone)]
pub(super) struct Middleware {
    /// Its name with its provider.
    pub(super) name: Text,
    pub(super) step: Step,
}

/// What a middleware does.
#[derive(Debug, Clone)]
pub(super) enum Step {
    AddPrefix(Vec<u8>),
    StripPrefix {
        prefixes: Vec<Vec<u8>>,
        force_slash: bool,
    },
    StripPrefixRegex(Vec<Regexp>),
    ReplacePath(Vec<u8>),
    ReplacePathRegex(Regexp, Vec<u8>),
    Redirect(Redirect),
    Headers(Headers),
    Gate(Gate),
    /// Lets only these encoded characters pass.
    Characters(EncodedCharacters),
    /// Has another service answer where this is an error.
    Errors(Text),
    /// A kind that doesn't change where a request goes.
    Other,
}

/// Why a router with a middleware doesn't start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MiddlewareError {
    /// There is none of this name.
    Missing(Text),
    /// A chain that contains itself.
    Loop(Text),
    /// None of the kinds, or several.
    Kinds(Text),
    /// An option that must not be empty.
    Empty(Text, &'static str),
    /// A regular expression that doesn't compile.
    Regexp(Text, RegexpError),
    /// Options that Traefik doesn't take, and why.
    Unmet(Text, String),
}

impl fmt::Display for MiddlewareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the middleware `{name}` does not exist"),
            Self::Loop(name) => write!(f, "the middleware `{name}` contains itself"),
            Self::Kinds(name) => write!(f, "the middleware `{name}` is not of exactly one kind"),
            Self::Empty(name, option) => write!(f, "the middleware `{name}` has no {option}"),
            Self::Regexp(name, error) => {
                write!(f, "the middleware `{name}` has a regular expression that fails: {error}")
            }
            Self::Unmet(name, why) => write!(f, "the middleware `{name}` {why}"),
        }
    }
}

/// What a middleware answers instead of passing a request on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) status: u16,
    pub(super) location: Option<String>,
}

impl Stop {
    /// An answer of this status that leads nowhere.
    pub(super) fn with(status: u16) -> Self {
        Self { status, location: None }
    }
}

/// The middlewares of these names in order, chains taken apart.
pub(super) fn resolve<'n>(
    names: impl IntoIterator<Item = &'n Text>,
    defined: &Definitions,
) -> Result<Vec<Middleware>, MiddlewareError> {
    let mut found = Vec::new();
    for name in names {
        add(name, defined, &mut Vec::new(), &mut found)?;
    }
    Ok(found)
}

fn add(
    name: &Text,
    defined: &Definitions,
    chain: &mut Vec<Text>,
    found: &mut Vec<Middleware>,
) -> Result<(), MiddlewareError> {
    let Some(definition) = defined.get(&**name).and_then(Value::as_object) else {
        return Err(MiddlewareError::Missing(name.clone()));
    };
    if chain.contains(name) {
        return Err(MiddlewareError::Loop(name.clone()));
    }
    let mut kinds = definition.iter();
    let (Some((kind, options)), None) = (kinds.next(), kinds.next()) else {
        return Err(MiddlewareError::Kinds(name.clone()));
    };
    if kind != "chain" {
        found.push(Middleware { name: name.clone(), step: step(name, kind, options)? });
        return Ok(());
    }
    chain.push(name.clone());
    for inner in texts(options, "middlewares") {
        add(&qualified(&inner, provider(name)), defined, chain, found)?;
    }
    chain.pop();
    Ok(())
}

/// The provider in a name.
fn provider(name: &str) -> &str {
    name.rsplit_once('@').map_or("ecs", |(_, provider)| provider)
}

/// A name with its provider: its own, or the one that refers to it.
pub(super) fn qualified(name: &str, provider: &str) -> Text {
    if name.contains('@') { name.into() } else { format!("{name}@{provider}").into() }
}

/// What a middleware of a kind does.
pub(super) fn step(name: &Text, kind: &str, options: &Value) -> Result<Step, MiddlewareError> {
    if let Some(why) = demand::unmet(kind, options) {
        return Err(MiddlewareError::Unmet(name.clone(), why));
    }
    let required = |option: &'static str| match text(options, option) {
        "" => Err(MiddlewareError::Empty(name.clone(), option)),
        text => Ok(text.to_owned()),
    };
    let compiled =
        |pattern: &str| Regexp::compile(pattern.trim()).map_err(|error| MiddlewareError::Regexp(name.clone(), error));
    let permanent = flag(options, "permanent");
    Ok(match kind {
        "addPrefix" => Step::AddPrefix(required("prefix")?.into_bytes()),
        "stripPrefix" => Step::StripPrefix {
            prefixes: texts(options, "prefixes").into_iter().map(String::into_bytes).collect(),
            force_slash: flag(options, "forceSlash"),
        },
        "stripPrefixRegex" => {
            let compiled = texts(options, "regex").iter().map(|pattern| compiled(pattern)).collect::<Result<_, _>>()?;
            Step::StripPrefixRegex(compiled)
        }
        "replacePath" => Step::ReplacePath(text(options, "path").as_bytes().to_vec()),
        "replacePathRegex" => {
            let replacement = text(options, "replacement").trim().as_bytes().to_vec();
            Step::ReplacePathRegex(compiled(text(options, "regex"))?, replacement)
        }
        "redirectRegex" => {
            let regexp = Regexp::compile(text(options, "regex"));
            let regexp = regexp.map_err(|error| MiddlewareError::Regexp(name.clone(), error))?;
            Step::Redirect(Redirect::by_regexp(regexp, text(options, "replacement"), permanent))
        }
        "redirectScheme" => Step::Redirect(Redirect::to_scheme(&required("scheme")?, text(options, "port"), permanent)),
        "headers" => Step::Headers(Headers::new(options)),
        "encodedCharacters" => Step::Characters(characters(options)),
        "errors" => Step::Errors(qualified(text(options, "service"), provider(name))),
        _ => Gate::new(kind, options).map_or(Step::Other, Step::Gate),
    })
}

/// Which encoded characters a middleware lets pass.
fn characters(options: &Value) -> EncodedCharacters {
    EncodedCharacters {
        slash: flag(options, "allowEncodedSlash"),
        back_slash: flag(options, "allowEncodedBackSlash"),
        null_character: flag(options, "allowEncodedNullCharacter"),
        semicolon: flag(options, "allowEncodedSemicolon"),
        percent: flag(options, "allowEncodedPercent"),
        question_mark: flag(options, "allowEncodedQuestionMark"),
        hash: flag(options, "allowEncodedHash"),
    }
}

impl Step {
    /// Does it to a request.
    pub(super) fn apply(&self, request: &mut Passing) -> Result<(), Stop> {
        let url = &mut request.url;
        match self {
            Self::AddPrefix(prefix) => {
                url.path = with_slash([prefix, &url.path[..]].concat());
                url.raw_path = url.raw_path.take().map(|raw| with_slash([prefix, &raw[..]].concat()));
                request.written_query = None;
            }
            Self::StripPrefix { prefixes, force_slash } => return strip(request, prefixes, *force_slash),
            Self::StripPrefixRegex(regexps) => return strip_by_regexp(request, regexps),
            Self::ReplacePath(path) => return replace(request, path.clone()),
            Self::ReplacePathRegex(regexp, replacement) => {
                let written = url.written_path();
                if regexp.is_match(&written) {
                    replace(request, regexp.replace_all(&written, replacement))?;
                    return refuse_unclean(request);
                }
            }
            Self::Redirect(redirect) => {
                if let Some((status, location)) = redirect.answer(request)? {
                    return Err(Stop { status, location: Some(location) });
                }
            }
            Self::Headers(headers) => headers.pass(request)?,
            Self::Gate(gate) => gate.pass(request).map_err(Stop::with)?,
            Self::Characters(allowed) if request.has_refused(*allowed) => return Err(Stop::with(400)),
            Self::Characters(_) | Self::Errors(_) | Self::Other => {}
        }
        Ok(())
    }
}

fn with_slash(path: Vec<u8>) -> Vec<u8> {
    if path.is_empty() || path.starts_with(b"/") { path } else { [b"/", &path[..]].concat() }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The first prefix that fits is cut off.
fn strip(request: &mut Passing, prefixes: &[Vec<u8>], force_slash: bool) -> Result<(), Stop> {
    let Some(prefix) = prefixes.iter().find(|prefix| request.url.path.starts_with(prefix)) else { return Ok(()) };
    cut(request, prefix.len(), |rest| {
        if force_slash { [b"/", rest.strip_prefix(b"/").unwrap_or(rest)].concat() } else { with_slash(rest.to_vec()) }
    });
    refuse_unclean(request)?;
    request.forwarded_prefix.push(lossy(prefix).trim().to_owned());
    Ok(())
}

fn strip_by_regexp(request: &mut Passing, regexps: &[Regexp]) -> Result<(), Stop> {
    let path = &request.url.path;
    // What an expression takes counts only at the beginning of the path.
    let found = regexps.iter().find_map(|regexp| {
        regexp.find(path).filter(|range| !range.is_empty()).filter(|range| path.starts_with(&path[range.clone()]))
    });
    let Some(range) = found else { return Ok(()) };
    let prefix = path[range].to_vec();
    cut(request, prefix.len(), |rest| with_slash(rest.to_vec()));
    request.forwarded_prefix.push(lossy(&prefix));
    refuse_unclean(request)
}

/// Cuts a prefix of this length off the path, and what stands for it off the path as it is written, where a byte may
/// take three.
fn cut(request: &mut Passing, length: usize, whole: impl Fn(&[u8]) -> Vec<u8>) {
    let url = &mut request.url;
    url.path = whole(&url.path[length..]);
    url.raw_path = url.raw_path.take().map(|raw| {
        let mut rest = &raw[..];
        for _ in 0..length {
            let one = if rest.first() == Some(&b'%') && rest.len() > 2 { 3 } else { 1 };
            rest = rest.get(one..).unwrap_or_default();
        }
        whole(rest)
    });
    request.written_query = None;
}

/// Refuses a path that cleaning would change: it could lead where the router's rule forbids.
fn refuse_unclean(request: &mut Passing) -> Result<(), Stop> {
    let path = request.url.path.clone();
    if !path.is_empty() {
        request.url.sanitize();
    }
    if request.url.path == path { Ok(()) } else { Err(Stop::with(400)) }
}

fn replace(request: &mut Passing, path: Vec<u8>) -> Result<(), Stop> {
    request.replaced_path.push(lossy(&request.url.written_path()));
    if decoded(&path).is_none() {
        return Err(Stop::with(500));
    }
    request.written_query = None;
    let _ = request.url.replace_written(path);
    Ok(())
}
