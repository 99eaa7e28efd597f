//! The middleware `headers`: it answers what browsers ask before a request to another site, sets headers of requests,
//! and lets only the hosts pass that it names. What it sets in answers doesn't matter for where a request goes.

use std::collections::BTreeMap;

use serde_json::Value;

use super::arrival::Passing;
use super::middleware::Stop;
use super::options::{flag, number, texts};
use crate::golang::canonical_header;

/// The middleware with its options.
#[derive(Debug, Clone)]
pub(super) struct Headers {
    /// Whether it says anything about other sites, and so answers what is asked beforehand.
    answers_preflights: bool,
    /// Headers to set, to remove where they are empty.
    set: BTreeMap<String, String>,
    hosts: AllowedHosts,
}

/// The hosts that may be asked for; all where none is named.
#[derive(Debug, Clone)]
struct AllowedHosts {
    names: Vec<String>,
    /// Headers that stand for `Host` where they are there.
    from: Vec<String>,
}

impl Headers {
    pub(super) fn new(options: &Value) -> Self {
        let set = options.get("customRequestHeaders").and_then(Value::as_object).into_iter().flatten();
        let set = set.map(|(name, value)| (canonical_header(name), value.as_str().unwrap_or_default().to_owned()));
        let lists = [
            "accessControlAllowHeaders",
            "accessControlAllowMethods",
            "accessControlAllowOriginList",
            "accessControlAllowOriginListRegex",
            "accessControlExposeHeaders",
        ];
        let answers_preflights = flag(options, "accessControlAllowCredentials")
            || flag(options, "addVaryHeader")
            || number(options, "accessControlMaxAge").is_some_and(|age| age != 0)
            || lists.iter().any(|list| !texts(options, list).is_empty());
        Self { answers_preflights, set: set.collect(), hosts: AllowedHosts::new(options) }
    }

    /// Sets the headers, or gives the answer. A question beforehand is answered with 200 whatever it asks: the browser
    /// reads from the headers of the answer whether it may.
    pub(super) fn pass(&self, request: &mut Passing) -> Result<(), Stop> {
        let has = |name: &str| request.header(name).is_some_and(|value| !value.is_empty());
        if self.answers_preflights
            && request.method == "OPTIONS"
            && has("Origin")
            && has("Access-Control-Request-Method")
        {
            return Err(Stop::with(200));
        }
        for (name, value) in &self.set {
            if name == "Host" {
                request.host.clone_from(value);
            } else {
                request.set_header(name, value);
            }
        }
        if self.hosts.admit(request) { Ok(()) } else { Err(Stop::with(500)) }
    }
}

impl AllowedHosts {
    fn new(options: &Value) -> Self {
        let names = if flag(options, "isDevelopment") { Vec::new() } else { texts(options, "allowedHosts") };
        let from = texts(options, "hostsProxyHeaders").iter().map(|name| canonical_header(name)).collect();
        Self { names, from }
    }

    fn admit(&self, request: &Passing) -> bool {
        let header = |name: &String| request.headers.iter().find(|(known, value)| known == name && !value.is_empty());
        let asked = self.from.iter().find_map(header).map_or(request.host.as_str(), |(_, value)| value.as_str());
        self.names.is_empty() || self.names.iter().any(|name| name.eq_ignore_ascii_case(asked))
    }
}
