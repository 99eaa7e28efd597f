//! How a rule in v2's syntax is written in v3's.

use super::template::{Part, split};
use super::{Kind, Language, Rule, Syntax, matcher};
use crate::golang::expression::{Arity, Call, Condition};
use crate::golang::literal::quote;
use crate::golang::regexp::quote_meta;
use crate::model::Release;

/// A rule of v2's syntax as v3 wants it; nothing where it is not one, or where it has no such form. What is given is
/// a valid rule of v3.
pub fn v3_spelling(text: &str, kind: Kind) -> Option<String> {
    let old = Language { release: Release::V3_7, syntax: Syntax::V2, kind };
    Rule::parse(text, old).ok()?;
    let arity = |name: &str| matcher::known(name, kind, Syntax::V2).map(|_| Arity::Any);
    let condition = Condition::parse(text, &arity).ok()?;
    let mut spelt = String::with_capacity(text.len());
    let mut from = 0;
    for (call, span) in condition.leaves() {
        let (name, _) = matcher::known(&call.name, kind, Syntax::V2)?;
        spelt.push_str(text.get(from..span.start)?);
        spelt.push_str(&respelt(name, call)?);
        from = span.end;
    }
    spelt.push_str(text.get(from..)?);
    let new = Language { syntax: Syntax::V3, ..old };
    Rule::parse(&spelt, new).is_ok().then_some(spelt)
}

/// Whether a rule of v2's syntax means the same in v3's as it stands.
pub fn keeps_meaning(text: &str, kind: Kind) -> bool {
    let same = |name: &str| matcher::known(name, kind, Syntax::V3).map(|_| Arity::Any);
    let printed = |text: &str| Condition::parse(text, &same).ok().map(|condition| condition.to_string());
    v3_spelling(text, kind).is_some_and(|spelt| printed(&spelt) == printed(text))
}

/// One matcher: as many as it has alternatives.
fn respelt(name: &str, call: &Call) -> Option<String> {
    let arguments: Vec<&str> =
        call.arguments.iter().map(|argument| std::str::from_utf8(&argument.value).ok()).collect::<Option<_>>()?;
    let one = |name: &str, values: &[&str]| {
        let quoted: Vec<_> = values.iter().map(|value| quote(value.as_bytes())).collect();
        format!("{name}({})", quoted.join(", "))
    };
    let (all, joint): (Vec<String>, &str) = match name {
        "Host" | "HostHeader" => {
            let host = |host: &&str| {
                // To v2 a `*` is a host of that name, to v3 it stands for any.
                if host.starts_with('*') {
                    Some(one("HostRegexp", &[&host_pattern(host)?]))
                } else {
                    Some(one("Host", &[host]))
                }
            };
            (arguments.iter().map(host).collect::<Option<_>>()?, " || ")
        }
        "HostRegexp" | "HostSNIRegexp" => {
            let pattern = |host: &&str| Some(one(name, &[&host_pattern(host)?]));
            (arguments.iter().map(pattern).collect::<Option<_>>()?, " || ")
        }
        // Among others a `*` takes every name but none, which no matcher of v3 does.
        "HostSNI" if arguments.len() > 1 && arguments.contains(&"*") => return None,
        "Path" | "PathPrefix" => {
            let end = if name == "Path" { "$" } else { "" };
            let path = |path: &&str| {
                if !path.contains('{') {
                    return Some(one(name, &[path]));
                }
                Some(one("PathRegexp", &[&pattern(path, "[^/]+", end)?]))
            };
            (arguments.iter().map(path).collect::<Option<_>>()?, " || ")
        }
        "Headers" | "HeadersRegexp" => {
            let name = if name == "Headers" { "Header" } else { "HeaderRegexp" };
            (arguments.chunks_exact(2).map(|pair| one(name, pair)).collect(), " && ")
        }
        "Query" => {
            let pair = |argument: &&str| {
                let (key, value) = argument.split_once('=')?;
                Some(match (key.contains('{'), value.contains('{')) {
                    (false, false) => one("Query", &[key, value]),
                    (false, true) => one("QueryRegexp", &[key, &pattern(value, ".*", "$")?]),
                    _ => return None,
                })
            };
            (arguments.iter().map(pair).collect::<Option<_>>()?, " && ")
        }
        other => (arguments.iter().map(|value| one(other, &[value])).collect(), " || "),
    };
    let joined = all.join(joint);
    Some(if all.len() > 1 { format!("({joined})") } else { joined })
}

/// The same for a host: case doesn't count.
fn host_pattern(template: &str) -> Option<String> {
    let pattern = pattern(template, "[^.]+", "$")?;
    let any_case = template.bytes().any(|byte| byte.is_ascii_uppercase());
    Some(if any_case { format!("(?i){pattern}") } else { pattern })
}

/// A template as the regular expression that it stands for.
fn pattern(template: &str, default: &str, end: &str) -> Option<String> {
    let mut pattern = String::from("^");
    for part in split(template).ok()? {
        match part {
            Part::Text(text) => pattern.push_str(&quote_meta(text)),
            Part::Variable(inner) => {
                let expression = inner.split_once(':').map_or(default, |(_, expression)| expression);
                let grouped = expression.contains('|');
                pattern.push_str(if grouped { "(" } else { "" });
                pattern.push_str(expression);
                pattern.push_str(if grouped { ")" } else { "" });
            }
        }
    }
    pattern.push_str(end);
    Some(pattern)
}

#[cfg(test)]
mod tests {
    use super::{Kind, v3_spelling};

    #[test]
    fn old_matchers_have_new_names_and_one_argument() {
        for (old, new) in [
            ("HostHeader(`a`)", "Host(`a`)"),
            ("!Host(`a`, `b`) && Path(`/x`)", "!(Host(`a`) || Host(`b`)) && Path(`/x`)"),
            ("Headers(`K`, `v`)", "Header(`K`, `v`)"),
            ("Host(`*.a.b`)", r"HostRegexp(`^\*\.a\.b$`)"),
            ("HostRegexp(`{x:\\D+}.A`)", r"HostRegexp(`(?i)^\D+\.A$`)"),
            ("HostRegexp(`{sub:[a-z]+}.a.b`)", r"HostRegexp(`^[a-z]+\.a\.b$`)"),
            ("PathPrefix(`/v/{id}`)", "PathRegexp(`^/v/[^/]+`)"),
            ("Query(`a=b`)", "Query(`a`, `b`)"),
        ] {
            let spelt = v3_spelling(old, Kind::Http).map(|spelt| spelt.replace('"', "`").replace(r"\\", r"\"));
            assert_eq!(spelt.as_deref(), Some(new), "{old}");
        }
        assert_eq!(v3_spelling("Nope(`a`)", Kind::Http), None);
    }
}
