//! The middlewares that pass a request on or answer it, by who sends it: lists of addresses, and users with passwords.
//!
//! Passwords aren't compared: what is stored are hashes that are slow on purpose. Who names a user that the middleware
//! knows is taken to know his password too.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::arrival::Passing;
use super::options::{flag, number, text, texts};
use crate::golang::canonical_header;
use crate::rule::client_is_within;

/// A middleware that looks at who asks.
#[derive(Debug, Clone)]
pub(super) enum Gate {
    /// `ipAllowList` and `ipWhiteList`.
    Addresses { ranges: Vec<String>, sender: Sender, status: u16 },
    /// `basicAuth`.
    Users { names: Names, removes_header: bool, header: Option<String> },
    /// `digestAuth`: what a client sends at first can't answer the challenge, which comes with the refusal.
    Challenge,
}

/// Which address a list looks at.
#[derive(Debug, Clone)]
pub(super) enum Sender {
    /// The other end of the connection.
    Peer,
    /// In `X-Forwarded-For`, counted from its end.
    Depth(usize),
    /// In `X-Forwarded-For`, from its end, the first that isn't one of these.
    Excluding(Vec<String>),
}

/// The users that a middleware knows.
#[derive(Debug, Clone)]
pub(super) enum Names {
    /// From its option `users`.
    Known(BTreeSet<String>),
    /// From a file, too, which only Traefik sees.
    InFile,
}

impl Gate {
    /// The middleware of this kind; nothing where the kind is another.
    pub(super) fn new(kind: &str, options: &Value) -> Option<Self> {
        match kind {
            "ipAllowList" | "ipWhiteList" => Some(Self::Addresses {
                ranges: texts(options, "sourceRange"),
                sender: Sender::new(options.get("ipStrategy").unwrap_or(&Value::Null)),
                status: number(options, "rejectStatusCode").and_then(|code| u16::try_from(code).ok()).unwrap_or(403),
            }),
            "basicAuth" => Some(Self::Users {
                names: Names::new(options),
                removes_header: flag(options, "removeHeader"),
                header: Some(text(options, "headerField")).filter(|name| !name.is_empty()).map(canonical_header),
            }),
            "digestAuth" => Some(Self::Challenge),
            _ => None,
        }
    }

    /// Lets a request pass, or gives the status of the answer.
    pub(super) fn pass(&self, request: &mut Passing) -> Result<(), u16> {
        match self {
            Self::Addresses { ranges, sender, status } => {
                if client_is_within(&sender.address(request), ranges) {
                    Ok(())
                } else {
                    Err(*status)
                }
            }
            Self::Users { names, removes_header, header } => {
                let user = user(request).filter(|user| names.know(user)).ok_or(401_u16)?;
                if let Some(header) = header {
                    request.set_header(header, &user);
                }
                if *removes_header {
                    request.set_header("Authorization", "");
                }
                Ok(())
            }
            Self::Challenge => Err(401),
        }
    }
}

impl Sender {
    fn new(strategy: &Value) -> Self {
        let excluded = texts(strategy, "excludedIPs");
        match number(strategy, "depth").and_then(|depth| usize::try_from(depth).ok()) {
            Some(depth) if depth > 0 => Self::Depth(depth),
            _ if !excluded.is_empty() => Self::Excluding(excluded),
            _ => Self::Peer,
        }
    }

    /// The address; empty where there is none.
    fn address(&self, request: &Passing) -> String {
        let forwarded = request.headers.iter().filter(|(name, _)| name == "X-Forwarded-For");
        let hops: Vec<&str> = forwarded.flat_map(|(_, value)| value.split(',')).map(str::trim).collect();
        let found = match self {
            Self::Peer => Some(request.client.as_str()),
            Self::Depth(depth) => hops.len().checked_sub(*depth).map(|at| hops[at]),
            Self::Excluding(excluded) => hops.into_iter().rev().find(|hop| !client_is_within(hop, excluded)),
        };
        found.unwrap_or_default().to_owned()
    }
}

impl Names {
    fn new(options: &Value) -> Self {
        if !text(options, "usersFile").is_empty() {
            return Self::InFile;
        }
        let users = texts(options, "users").into_iter();
        Self::Known(users.filter_map(|user| Some(user.split_once(':')?.0.to_owned())).collect())
    }

    fn know(&self, user: &str) -> bool {
        match self {
            Self::Known(names) => names.contains(user),
            Self::InFile => true,
        }
    }
}

/// The user that a request names in its header `Authorization`.
fn user(request: &Passing) -> Option<String> {
    let (scheme, credentials) = request.header("Authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    Some(decoded.split_once(':')?.0.to_owned())
}
