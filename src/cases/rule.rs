//! Cases of kind `rule`: is a rule valid, what does it come with, and which requests does it match?

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Kind, Malformed, Mismatch, Outcome};
use crate::model::Release;
use crate::rule::{
    self, Connection, HttpRequest, Language, Request, RequestHead, Rule, default_priority, domains, is_catch_all,
};

pub(super) const KIND: Kind = Kind {
    id: "rule",
    fields: &[
        "name",
        "note",
        "rule",
        "kind",
        "syntax",
        "valid",
        "error",
        "priority",
        "domains",
        "domainsError",
        "catchAll",
        "requests",
    ],
    told_by: &["rule", "kind", "valid"],
    run,
};

/// A rule with requests, as tables write them.
#[derive(Debug, Deserialize)]
pub(super) struct RuleCase {
    rule: String,
    #[serde(default)]
    kind: RouterKind,
    #[serde(default)]
    syntax: String,
    #[serde(default)]
    requests: Vec<RequestCase>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RouterKind {
    #[default]
    Http,
    Tcp,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestCase {
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    host: String,
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    query: String,
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default)]
    sni: String,
    #[serde(default)]
    alpn: Vec<String>,
    #[serde(default, rename = "remoteAddr")]
    remote_address: String,
    #[serde(default, rename = "match")]
    matches: Option<bool>,
}

/// What a release makes of a rule.
#[derive(Debug)]
pub(super) struct Judged {
    /// Whether it accepts the rule.
    pub(super) valid: bool,
    /// The priority when none is given.
    pub(super) priority: i64,
    /// The domains that it reads out of the rule; nothing where the rule is no expression.
    pub(super) domains: Option<Vec<String>>,
    /// TCP: whether a match counts as the one of ``HostSNI(`*`)``.
    pub(super) catch_all: Option<bool>,
    /// Whether each request matches; empty where the rule isn't valid.
    pub(super) matches: Vec<bool>,
}

impl RuleCase {
    /// Reads the fields of a case.
    pub(super) fn read(case: &Map<String, Value>) -> Result<Self, Malformed> {
        serde_json::from_value(Value::Object(case.clone())).map_err(|error| Malformed(error.to_string()))
    }

    /// Asks a release.
    pub(super) fn judge(&self, release: Release) -> Judged {
        let kind = self.kind.of_rule();
        let rule = Rule::parse(&self.rule, Language::new(release, &self.syntax, kind));
        let matches = rule.as_ref().map(|rule| {
            let requests = self.requests.iter().map(|request| request.request(self.kind, release));
            requests.map(|request| rule.matches(&request)).collect()
        });
        let anyone = Request::Tcp(Connection::new("", &[], ""));
        let catch_all = || is_catch_all(&self.rule, kind) && rule.as_ref().is_ok_and(|rule| rule.matches(&anyone));
        Judged {
            valid: rule.is_ok(),
            priority: default_priority(&self.rule, kind),
            domains: domains(&self.rule, kind).ok(),
            catch_all: (kind == rule::Kind::Tcp).then(catch_all),
            matches: matches.unwrap_or_default(),
        }
    }
}

impl RouterKind {
    fn of_rule(self) -> rule::Kind {
        match self {
            Self::Http => rule::Kind::Http,
            Self::Tcp => rule::Kind::Tcp,
        }
    }
}

impl RequestCase {
    fn request(&self, kind: RouterKind, release: Release) -> Request {
        match kind {
            RouterKind::Http => {
                let head = RequestHead {
                    method: self.method.as_deref().unwrap_or("GET"),
                    host: &self.host,
                    path: self.path.as_deref().unwrap_or("/"),
                    query: &self.query,
                    headers: &self.headers,
                    remote_address: &self.remote_address,
                };
                Request::Http(HttpRequest::new(&head, release))
            }
            RouterKind::Tcp => Request::Tcp(Connection::new(&self.sni, &self.alpn, &self.remote_address)),
        }
    }
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let read = RuleCase::read(case)?;
    let judged = read.judge(Release::V3_7);
    let actual = [
        ("valid", json!(judged.valid)),
        ("priority", json!(judged.priority)),
        ("domains", json!(judged.domains)),
        ("catchAll", json!(judged.catch_all)),
    ];
    let mut found = Vec::new();
    for (what, actual) in actual {
        if let Some(expected) = case.get(what)
            && *expected != actual
        {
            let (expected, actual) = (expected.to_string(), actual.to_string());
            found.push(Mismatch { what: what.to_owned(), expected, actual });
        }
    }
    // Where the rule turns out not to be valid, that is the difference.
    for (index, (request, actual)) in read.requests.iter().zip(&judged.matches).enumerate() {
        let Some(expected) = request.matches else {
            return Err(Malformed(format!("`requests[{index}]` has no `match` (true or false)")));
        };
        if expected != *actual {
            let what = format!("requests[{index}].match");
            found.push(Mismatch { what, expected: expected.to_string(), actual: actual.to_string() });
        }
    }
    Ok(Outcome::of(found))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::RuleCase;
    use crate::model::Release;
    use crate::rule::v3_spelling;

    /// Every reference rule in v2's language that has a form in v3's takes the same requests in it.
    #[test]
    fn old_rules_in_the_new_language_take_the_same_requests() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/rules.json");
        let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("it is here")).expect("it is JSON");
        let (mut spelt, mut compared, mut different) = (0, 0, Vec::new());
        for case in cases.iter().filter(|case| case["syntax"] == "v2") {
            let mut read = RuleCase::read(case.as_object().expect("a case is an object")).expect("it is well formed");
            let Some(migrated) = v3_spelling(&read.rule, read.kind.of_rule()) else { continue };
            let old = read.judge(Release::V3_7);
            (read.rule, read.syntax) = (migrated, "v3".to_owned());
            let new = read.judge(Release::V3_7);
            assert!(new.valid, "{}: {}", case["name"], read.rule);
            for (at, (old, new)) in old.matches.iter().zip(&new.matches).enumerate() {
                // Two things are said of such rules: of a parameter that comes twice, and of names that end in a dot.
                let known = read.rule.contains("Query(") || read.rule.contains(".`)");
                if old != new && !known {
                    different.push(format!(
                        "{}: {} became {}: request {at}: {}",
                        case["name"], case["rule"], read.rule, case["requests"][at]
                    ));
                }
                compared += 1;
            }
            spelt += 1;
        }
        assert!(different.is_empty(), "{} of {compared}:\n{}", different.len(), different.join("\n"));
        assert!(spelt > 200 && compared > 800, "{compared} requests to {spelt} rules");
    }
}
