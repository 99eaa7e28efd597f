//! A v1 rule as a v3 rule and the middlewares that change the request on its way.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::Difference;
use crate::golang::literal::quote;
use crate::v1::rule::{Expression, Keyword, PathPattern, Rule, RuleError, pattern_of};

/// A middleware that a rule's keyword becomes: the option's path below `http.middlewares.<name>.` with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Middleware {
    /// What it is called after the router's name: `strip`, `add`, …
    pub suffix: &'static str,
    /// Options and values, as labels spell them.
    pub options: Vec<(String, String)>,
}

/// A migrated rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigratedRule {
    /// The v3 rule; nothing where no request would ever match.
    pub rule: Option<String>,
    /// What takes the place of strip, add and replace, in the order in which v1 applies them.
    pub middlewares: Vec<Middleware>,
    /// The priority that keeps the order of routers: v1's, which is the length of its rule.
    pub priority: usize,
    /// Where the two may differ, beside [`Difference::EVERYWHERE`].
    pub differences: BTreeSet<Difference>,
    /// Whether a part of it was left out that v1 never matches: a path without a slash, a template that is wrong.
    pub left_out: bool,
}

/// Migrates a rule.
///
/// # Errors
/// Where v1 gives the frontend no route.
pub fn migrate_rule(text: &str) -> Result<MigratedRule, RuleError> {
    let rule = Rule::parse(text)?;
    let mut migration = Migration::default();
    let matching = rule.expressions().iter().filter(|expression| !changes_only(expression.keyword));
    let conditions: Option<Vec<String>> = matching.map(|expression| migration.condition(expression)).collect();
    let rule_text = match conditions {
        None => {
            migration.never_matches = true;
            None
        }
        // A rule that only changes requests matches all of them.
        Some(conditions) if conditions.is_empty() => Some(every_request()),
        Some(conditions) if conditions.len() == 1 => conditions.into_iter().next().map(alone),
        Some(conditions) => Some(conditions.join(" && ")),
    };
    let middlewares = migration.middlewares(&rule);
    Ok(MigratedRule {
        rule: rule_text,
        middlewares,
        priority: rule.priority(),
        differences: migration.differences,
        left_out: migration.never_matches,
    })
}

#[derive(Debug, Default)]
struct Migration {
    differences: BTreeSet<Difference>,
    never_matches: bool,
}

impl Migration {
    fn differs(&mut self, difference: Difference) {
        self.differences.insert(difference);
    }

    /// The condition of an expression; nothing where it never holds.
    fn condition(&mut self, expression: &Expression) -> Option<String> {
        let arguments = &expression.arguments;
        match expression.keyword {
            Keyword::Host => self.hosts(arguments),
            Keyword::HostRegexp => self.host_patterns(arguments),
            Keyword::Path | Keyword::PathStripRegex => self.paths(arguments),
            Keyword::PathStrip => {
                let kept = self.strippable(arguments);
                self.paths(&kept)
            }
            Keyword::PathPrefix => self.prefixes(arguments),
            Keyword::PathPrefixStrip => {
                let kept = self.strippable(arguments);
                self.prefixes(&kept)
            }
            Keyword::PathPrefixStripRegex => self.templates(arguments, PathPattern::Beginning),
            Keyword::Method => self.methods(arguments),
            Keyword::Headers => {
                all(&pairs(arguments).into_iter().map(|(name, value)| header(name, value)).collect::<Vec<_>>())
            }
            Keyword::HeadersRegexp => all(&pairs(arguments)
                .into_iter()
                .map(|(name, value)| call("HeaderRegexp", &[name, value]))
                .collect::<Vec<_>>()),
            Keyword::Query => self.query(arguments),
            Keyword::AddPrefix | Keyword::ReplacePath | Keyword::ReplacePathRegex => Some(every_request()),
        }
    }

    fn hosts(&mut self, arguments: &[String]) -> Option<String> {
        let mut kept = Vec::new();
        for host in arguments {
            if host.is_empty() || host.starts_with('*') || host.contains([' ', '/']) {
                self.never_matches = true;
            } else if !host.is_ascii() {
                self.differs(Difference::Refused);
            } else {
                kept.push(call("Host", &[host]));
            }
        }
        any(kept)
    }

    fn host_patterns(&mut self, arguments: &[String]) -> Option<String> {
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, PathPattern::Host) {
                Ok(pattern) => kept.push(call("HostRegexp", &[&pattern])),
                Err(_) => self.never_matches = true,
            }
        }
        any(kept)
    }

    fn paths(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::TrailingSlash);
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, PathPattern::Whole) {
                Ok(_) if argument.is_empty() => {}
                Ok(_) if !argument.contains('{') => kept.push(call("Path", &[argument])),
                Ok(pattern) => kept.push(call("PathRegexp", &[&pattern])),
                Err(_) => self.never_matches = true,
            }
        }
        any(kept)
    }

    /// Prefixes: texts unless they hold a variable.
    fn prefixes(&mut self, arguments: &[String]) -> Option<String> {
        let mut kept = Vec::new();
        for argument in arguments {
            if argument.contains('{') {
                kept.extend(self.templates(std::slice::from_ref(argument), PathPattern::Beginning));
            } else if argument.is_empty() {
                kept.push(call("PathPrefix", &["/"]));
            } else if argument.starts_with('/') {
                kept.push(call("PathPrefix", &[argument]));
            } else {
                self.never_matches = true;
            }
        }
        any(kept)
    }

    fn templates(&mut self, arguments: &[String], kind: PathPattern) -> Option<String> {
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, kind) {
                Ok(_) if argument.is_empty() => kept.push(call("PathPrefix", &["/"])),
                Ok(pattern) => kept.push(call("PathRegexp", &[&pattern])),
                Err(_) => self.never_matches = true,
            }
        }
        any(kept)
    }

    /// What a strip can take off: a template is compared with its braces, and nothing has those.
    fn strippable(&mut self, arguments: &[String]) -> Vec<String> {
        let (kept, lost): (Vec<String>, Vec<String>) =
            arguments.iter().cloned().partition(|argument| !argument.contains('{'));
        if !lost.is_empty() {
            self.differs(Difference::NothingToStrip);
        }
        kept
    }

    fn methods(&mut self, arguments: &[String]) -> Option<String> {
        self.never_matches |= arguments.iter().any(String::is_empty);
        let named = arguments.iter().filter(|method| !method.is_empty());
        any(named.map(|method| call("Method", &[&method.to_uppercase()])).collect())
    }

    fn query(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::RepeatedParameter);
        let row: Vec<&str> = arguments.iter().flat_map(|argument| argument.splitn(2, '=')).collect();
        let conditions = row.chunks_exact(2).map(|pair| {
            let (name, value) = (pair[0], pair[1]);
            if value.is_empty() {
                return call("QueryRegexp", &[name, ".*"]);
            }
            match pattern_of(value, PathPattern::Value) {
                Ok(pattern) if value.contains('{') => call("QueryRegexp", &[name, &pattern]),
                _ => call("Query", &[name, value]),
            }
        });
        all(&conditions.collect::<Vec<_>>())
    }

    fn middlewares(&mut self, rule: &Rule) -> Vec<Middleware> {
        let modifiers = rule.modifiers();
        let mut made = Vec::new();
        let templates: Vec<String> = modifiers
            .strip_prefixes_regex
            .iter()
            .filter_map(|prefix| pattern_of(prefix, PathPattern::Beginning).ok())
            .collect();
        // None of them holds a comma: v1 splits at those.
        if !templates.is_empty() {
            self.differs(Difference::StrippedSlash);
            made.push(single("strip-regex", "stripprefixregex.regex", &templates.join(",")));
        }
        let texts: Vec<&str> =
            modifiers.strip_prefixes.iter().map(String::as_str).filter(|prefix| !prefix.contains('{')).collect();
        if !texts.is_empty() {
            made.push(single("strip", "stripprefix.prefixes", &texts.join(",")));
        }
        let strips = !made.is_empty();
        if !templates.is_empty() && !texts.is_empty() {
            self.differs(Difference::NothingToStrip);
        }
        if strips && (modifiers.add_prefix.is_some() || modifiers.path_replacement().is_some()) {
            self.differs(Difference::StrippedSlash);
        }
        if let Some(prefix) = &modifiers.add_prefix {
            made.push(single("add-prefix", "addprefix.prefix", prefix));
        }
        if let Some((regex, replacement)) = modifiers.path_replacement()
            && crate::golang::regexp::Regexp::compile(regex).is_ok()
        {
            let options = vec![
                ("replacepathregex.regex".to_owned(), regex.to_owned()),
                ("replacepathregex.replacement".to_owned(), replacement.to_owned()),
            ];
            made.push(Middleware { suffix: "replace-regex", options });
        }
        if let Some(path) = &modifiers.replace_path {
            made.push(single("replace", "replacepath.path", path));
        }
        made
    }
}

/// Whether a keyword only changes requests and takes all of them.
fn changes_only(keyword: Keyword) -> bool {
    matches!(keyword, Keyword::AddPrefix | Keyword::ReplacePath | Keyword::ReplacePathRegex)
}

fn every_request() -> String {
    call("PathPrefix", &["/"])
}

fn single(suffix: &'static str, option: &str, value: &str) -> Middleware {
    Middleware { suffix, options: vec![(option.to_owned(), value.to_owned())] }
}

/// A header that has a value, or is there at all.
fn header(name: &str, value: &str) -> String {
    if value.is_empty() { call("HeaderRegexp", &[name, ".*"]) } else { call("Header", &[name, value]) }
}

/// Names with values; of several with one name the last counts.
fn pairs(arguments: &[String]) -> BTreeMap<&str, &str> {
    arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect()
}

/// A matcher with its arguments as Go literals.
fn call(matcher: &str, arguments: &[&str]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|argument| quote(argument.as_bytes())).collect();
    format!("{matcher}({})", arguments.join(", "))
}

/// A condition that nothing is joined to needs no parentheses.
fn alone(condition: String) -> String {
    let inner = condition.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.map(str::to_owned).unwrap_or(condition)
}

/// Any of these; nothing where there are none.
fn any(conditions: Vec<String>) -> Option<String> {
    match conditions.len() {
        0 => None,
        1 => conditions.into_iter().next(),
        _ => Some(format!("({})", conditions.join(" || "))),
    }
}

/// All of these; nothing where there are none.
fn all(conditions: &[String]) -> Option<String> {
    (!conditions.is_empty()).then(|| conditions.join(" && "))
}
