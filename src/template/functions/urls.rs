//! URLs, taken apart into a map and put together from one.

use std::collections::BTreeMap;

use super::arguments::{bytes, map};
use super::lists::NIL;
use crate::golang::url::Url;
use crate::golang::value::{Bytes, Map, Value};
use crate::template::function::{Function, Outcome, Param, Run};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("urlParse", &[Param::String], parse, &[("{{ (urlParse \"http://h:80/p?q\").host }}", "h:80")]),
    Function::new(
        "urlJoin",
        &[Param::Dict],
        join,
        &[("{{ urlJoin (dict \"scheme\" \"http\" \"host\" \"h\") }}", "http://h")],
    ),
];

fn parse(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let url = Url::parse(bytes(arguments, 0)).map_err(|error| format!("unable to parse url: {error}"))?;
    let parts: [(&str, &[u8]); 8] = [
        ("scheme", &url.scheme),
        ("host", &url.host),
        ("hostname", url.hostname()),
        ("path", &url.path),
        ("query", &url.query),
        ("opaque", &url.opaque),
        ("fragment", &url.fragment),
        ("userinfo", &url.user_text()),
    ];
    let entries = parts.into_iter().map(|(name, part)| (Bytes::from(name.as_bytes()), Value::text(part)));
    Ok(Value::dict(entries.collect::<BTreeMap<_, _>>()))
}

fn join(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let parts = map(arguments, 0);
    let mut url = Url {
        scheme: part(&parts, "scheme")?,
        host: part(&parts, "host")?,
        path: part(&parts, "path")?,
        query: part(&parts, "query")?,
        opaque: part(&parts, "opaque")?,
        fragment: part(&parts, "fragment")?,
        ..Url::default()
    };
    let user = part(&parts, "userinfo")?;
    if !user.is_empty() {
        let text = [b"proto://", &user[..], b"@host"].concat();
        let parsed = Url::parse(&text).map_err(|error| format!("unable to parse userinfo in dict: {error}"))?;
        url.user = parsed.user;
    }
    Ok(Value::bytes(url.text()))
}

/// A text of the map, empty where it has none.
fn part(parts: &Map, name: &str) -> Result<Vec<u8>, String> {
    match parts.get_plain(name.as_bytes()) {
        None => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(text.to_vec()),
        Some(Value::Invalid) => Err(NIL.to_owned()),
        Some(other) => {
            let kind = other.kind();
            Err(format!("unable to parse {name} key, must be of type string, but {kind} found"))
        }
    }
}
