//! The matchers of TCP rules, of both generations.

use super::client::Network;
use super::error::Problem;
use super::host::{Wildcard, is_same};
use super::http::{client_evidence, client_is_in, networks};
use super::matcher::text;
use super::request::Connection;
use super::template::{self, Place};
use super::{Language, Syntax};
use crate::golang::regexp::Regexp;
use crate::model::Release;

/// The protocol by which Traefik proves domains itself.
const ACME: &[u8] = b"acme-tls/1";

/// A matcher of a TCP rule. Of several alternatives one must fit.
#[derive(Debug, Clone)]
pub(super) enum Matcher {
    /// Any server name, and none.
    AnyName,
    ServerName(Vec<Name>),
    ServerNameRegexp(Vec<Regexp>),
    Protocol(Vec<String>),
    Client(Vec<Network>),
}

/// A server name of a rule.
#[derive(Debug, Clone)]
pub(super) enum Name {
    /// v3.7: whatever its case, with a wildcard as its first label.
    Free(String),
    /// Before, and v2: to the letter, in whatever case it was given.
    Exact(String),
}

impl Name {
    /// As it is written.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Free(name) | Self::Exact(name) => name,
        }
    }

    fn fits(&self, server_name: &str) -> bool {
        match self {
            Self::Free(name) => is_same(server_name, name, Wildcard::Taken),
            Self::Exact(name) => {
                name == "*" || name == server_name || name.strip_suffix('.').is_some_and(|name| name == server_name)
            }
        }
    }
}

impl Matcher {
    /// The matcher of this name with arguments, none of them empty.
    pub(super) fn new(name: &str, arguments: &[&[u8]], language: Language) -> Result<Self, Problem> {
        Ok(match name {
            "ALPN" => {
                if let Some(reserved) = arguments.iter().find(|protocol| **protocol == ACME) {
                    return Err(Problem::ReservedProtocol(text(reserved)));
                }
                Self::Protocol(arguments.iter().map(|protocol| text(protocol)).collect())
            }
            "HostSNI" => server_names(arguments, language)?,
            "HostSNIRegexp" => Self::ServerNameRegexp(expressions(arguments, language.syntax)?),
            _ => Self::Client(networks(arguments)?),
        })
    }

    pub(super) fn matches(&self, connection: &Connection) -> bool {
        match self {
            Self::AnyName => true,
            Self::ServerName(names) => {
                !connection.server_name.is_empty() && names.iter().any(|name| name.fits(&connection.server_name))
            }
            Self::ServerNameRegexp(regexps) => {
                regexps.iter().any(|regexp| regexp.is_match(connection.server_name.as_bytes()))
            }
            Self::Protocol(protocols) => connection.protocols.iter().any(|offered| protocols.contains(offered)),
            Self::Client(networks) => client_is_in(networks, connection.client),
        }
    }

    /// What is compared, in words.
    pub(super) fn evidence(&self, connection: &Connection) -> String {
        match self {
            Self::AnyName | Self::ServerName(_) | Self::ServerNameRegexp(_) => match connection.server_name.as_str() {
                "" => "the client sends no server name".to_owned(),
                name => format!("the server name is `{name}`"),
            },
            Self::Protocol(_) if connection.protocols.is_empty() => "the client offers no protocol".to_owned(),
            Self::Protocol(_) => format!("the client offers `{}`", connection.protocols.join("`, `")),
            Self::Client(_) => client_evidence(connection.client),
        }
    }
}

fn server_names(arguments: &[&[u8]], language: Language) -> Result<Matcher, Problem> {
    if arguments.first() == Some(&&b"*"[..]) {
        // The names after it are still checked.
        for argument in &arguments[1..] {
            server_name(argument, language)?;
        }
        return Ok(Matcher::AnyName);
    }
    let names = arguments.iter().map(|argument| server_name(argument, language));
    Ok(Matcher::ServerName(names.collect::<Result<_, _>>()?))
}

fn server_name(argument: &[u8], language: Language) -> Result<Name, Problem> {
    let name = text(argument);
    if name == "*" {
        return Ok(Name::Exact(name));
    }
    let wildcards = language.syntax == Syntax::V3 && language.release >= Release::V3_7;
    let plain = if wildcards { name.strip_prefix("*.").unwrap_or(&name) } else { &name };
    let underscore = !(Release::V3_0..Release::V3_3).contains(&language.release);
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':') || (underscore && byte == b'_');
    if plain.is_empty() || !plain.bytes().all(allowed) {
        return Err(Problem::NoHostname(name));
    }
    Ok(match (wildcards, language.syntax) {
        (true, _) => Name::Free(name.strip_suffix('.').unwrap_or(&name).to_owned()),
        (false, Syntax::V3) => Name::Exact(name),
        (false, Syntax::V2) => Name::Exact(name.to_lowercase()),
    })
}

fn expressions(arguments: &[&[u8]], syntax: Syntax) -> Result<Vec<Regexp>, Problem> {
    let compiled = |argument: &&[u8]| match syntax {
        Syntax::V3 if !argument.is_ascii() => Err(Problem::NoHostname(text(argument))),
        Syntax::V3 => Regexp::compile_bytes(argument).map_err(Problem::Regexp),
        Syntax::V2 => template::compile(&text(argument), Place::Host).map(|template| template.regexp),
    };
    arguments.iter().map(compiled).collect()
}
