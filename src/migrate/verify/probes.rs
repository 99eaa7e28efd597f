//! Requests made of rules: what each asks for, and the neighbours of that.

use std::collections::BTreeSet;

use super::{Before, Probe};
use crate::golang::regexp::Regexp;
use crate::v1::rule::{Expression, Keyword, PathPattern, pattern_of};

/// How many requests are made at most.
const MOST: usize = 20_000;

/// What a variable of a template may be filled with.
const FILLINGS: [&str; 12] = ["a", "abc", "1", "42", "2024", "www", "api", "v1", "a-b", "x.y", "A", "index.html"];

/// What a request is made of.
#[derive(Debug, Default)]
struct Parts {
    hosts: BTreeSet<String>,
    paths: BTreeSet<String>,
    methods: BTreeSet<String>,
    queries: BTreeSet<String>,
    headers: BTreeSet<Vec<(String, String)>>,
}

/// Requests for these frontends: what each rule asks for on each entry point, every host with every path, and what
/// lies beside.
pub fn probes(before: &[Before]) -> Vec<Probe> {
    let mut found = BTreeSet::new();
    let mut all = Parts::default();
    let mut entry_points = BTreeSet::from([String::new()]);
    for one in before {
        let Some(rule) = &one.rule else { continue };
        entry_points.extend(one.entry_points.iter().cloned());
        let own = Parts::of(rule.expressions());
        found.extend(own.requests());
        all.hosts.extend(own.hosts);
        all.paths.extend(own.paths);
    }
    for host in &all.hosts {
        for path in all.paths.iter().take(MOST / all.hosts.len().max(1)) {
            found.insert(Probe::get(host, path));
        }
    }
    let everywhere = entry_points.iter().flat_map(|entry_point| {
        found.iter().map(move |probe| Probe { entry_point: entry_point.clone(), ..probe.clone() })
    });
    everywhere.take(MOST).collect()
}

impl Parts {
    fn of(expressions: &[Expression]) -> Self {
        let mut parts = Self::default();
        for expression in expressions {
            parts.add(expression);
        }
        for host in parts.hosts.clone() {
            parts.hosts.extend([format!("{host}:8080"), host.to_uppercase(), format!("x.{host}")]);
        }
        parts.hosts.insert("other.test".to_owned());
        for path in parts.paths.clone() {
            let bare = path.trim_end_matches('/');
            parts.paths.extend([format!("{bare}/"), format!("{bare}/x"), format!("{bare}x"), bare.to_owned()]);
        }
        parts.paths.extend(["/".to_owned(), "/other".to_owned()]);
        parts.paths.retain(|path| path.starts_with('/'));
        parts.methods.extend(["GET".to_owned(), "POST".to_owned()]);
        parts.queries.insert(String::new());
        parts.headers.insert(Vec::new());
        parts
    }

    fn add(&mut self, expression: &Expression) {
        let arguments = &expression.arguments;
        match expression.keyword {
            Keyword::Host => self.hosts.extend(arguments.iter().filter(|host| is_host(host)).cloned()),
            Keyword::HostRegexp => self.hosts.extend(arguments.iter().flat_map(|one| filled(one, PathPattern::Host))),
            Keyword::Path | Keyword::PathStrip | Keyword::PathStripRegex => {
                self.paths.extend(arguments.iter().flat_map(|one| filled(one, PathPattern::Whole)));
            }
            Keyword::PathPrefix | Keyword::PathPrefixStrip | Keyword::PathPrefixStripRegex => {
                self.paths.extend(arguments.iter().flat_map(|one| filled(one, PathPattern::Beginning)));
            }
            Keyword::Method => {
                let named = arguments.iter().filter(|method| !method.is_empty());
                self.methods.extend(named.map(|method| method.to_uppercase()));
            }
            Keyword::Headers | Keyword::HeadersRegexp => {
                let pairs = arguments.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
                let pairs: Vec<(String, String)> = pairs.collect();
                self.headers.extend(pairs.iter().map(|pair| vec![pair.clone()]));
                self.headers.insert(pairs);
            }
            Keyword::Query => {
                let pairs = arguments.iter().flat_map(|one| filled(one, PathPattern::Value)).collect::<Vec<_>>();
                self.queries.insert(pairs.join("&"));
                self.queries.extend(pairs);
            }
            Keyword::AddPrefix | Keyword::ReplacePath | Keyword::ReplacePathRegex => {}
        }
    }

    /// Every host with every path, and the rest one after the other.
    fn requests(&self) -> Vec<Probe> {
        let mut requests = Vec::new();
        for host in &self.hosts {
            for path in &self.paths {
                let plain = Probe::get(host, path);
                for method in &self.methods {
                    requests.push(Probe { method: method.clone(), ..plain.clone() });
                }
                for query in &self.queries {
                    for headers in &self.headers {
                        requests.push(Probe { query: query.clone(), headers: headers.clone(), ..plain.clone() });
                    }
                }
            }
        }
        requests
    }
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/')
}

/// A template with its variables filled in such that it matches, in several ways where there are.
fn filled(template: &str, pattern: PathPattern) -> Vec<String> {
    if !template.contains('{') {
        return vec![template.to_owned()];
    }
    let Some(regexp) = pattern_of(template, pattern).ok().and_then(|pattern| Regexp::compile(&pattern).ok()) else {
        return Vec::new();
    };
    let candidates = FILLINGS.iter().map(|filling| fill(template, filling));
    candidates.filter(|candidate| regexp.is_match(candidate.as_bytes())).take(3).collect()
}

/// A template with every outermost pair of braces replaced.
fn fill(template: &str, filling: &str) -> String {
    let mut filled = String::new();
    let mut depth = 0_usize;
    for character in template.chars() {
        match character {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    filled.push_str(filling);
                }
            }
            _ if depth == 0 => filled.push(character),
            _ => {}
        }
    }
    filled
}
