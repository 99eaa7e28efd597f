//! A v1 rule as a v3 rule and the middlewares that change the request on its way.

use std::collections::BTreeSet;

use crate::golang::literal::quote;
use crate::v1::rule::{Expression, Keyword, PathPattern, Rule, RuleError, pattern_of};

/// How a migrated rule can differ from its original: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// v1 redirects `/a/` to `/a` and back for `Path`, `PathStrip`, `PathStripRegex`; v3 compares exactly.
    TrailingSlash,
    /// v3 takes a dot at the end of a host for nothing.
    HostTrailingDot,
    /// IPv6 addresses and malformed ports in `Host` headers are cut differently.
    HostPort,
    /// v3 matches paths with reserved characters still encoded (`%2F`), v1 with everything decoded.
    EncodedPath,
    /// v3's `Query` looks at every value of a parameter, v1's at the first.
    RepeatedParameter,
    /// A strip with a variable in it answers 404 in v1, always; v3 has no router for it.
    StripVariable,
    /// v1 never matches it (a path without a slash, a template that is wrong); v3 has no router for it.
    NeverMatches,
    /// v3 refuses the rule or a part of it: characters beyond ASCII in a host.
    Refused,
    /// v1 strips by a template to a path without a slash, v3 puts one there.
    StrippedSlash,
    /// v1 gives no route, or crashes; v3 has no router for it.
    Invalid,
}

impl Difference {
    /// Every difference there may be.
    pub const ALL: [Self; 10] = [
        Self::TrailingSlash,
        Self::HostTrailingDot,
        Self::HostPort,
        Self::EncodedPath,
        Self::RepeatedParameter,
        Self::StripVariable,
        Self::NeverMatches,
        Self::Refused,
        Self::StrippedSlash,
        Self::Invalid,
    ];

    /// A stable name.
    pub fn id(self) -> &'static str {
        match self {
            Self::TrailingSlash => "trailing-slash",
            Self::HostTrailingDot => "host-trailing-dot",
            Self::HostPort => "host-port",
            Self::EncodedPath => "encoded-path",
            Self::RepeatedParameter => "repeated-parameter",
            Self::StripVariable => "strip-variable",
            Self::NeverMatches => "never-matches",
            Self::Refused => "refused",
            Self::StrippedSlash => "stripped-slash",
            Self::Invalid => "invalid",
        }
    }

    /// What differs, for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::TrailingSlash => {
                "v1 redirects a path that differs in its trailing slash alone; v3 does not match it, so add the other \
                 spelling or a redirection where clients use it"
            }
            Self::HostTrailingDot => "v3 takes `a.com.` for `a.com`, v1 does not",
            Self::HostPort => "hosts with brackets or more than one colon are cut differently",
            Self::EncodedPath => {
                "v3 compares paths with reserved characters still encoded (`%2F`), v1 decodes all of them first"
            }
            Self::RepeatedParameter => "of a parameter that comes twice v1 looks at the first value, v3 at all",
            Self::StripVariable => {
                "v1 strips the text, braces and all, finds none and answers 404; the template is left out"
            }
            Self::NeverMatches => "v1 never matches it, so it is left out",
            Self::Refused => "v3 takes only ASCII in a `Host`; write the name in its punycode form",
            Self::StrippedSlash => "v3 always leaves a slash at the start of the stripped path",
            Self::Invalid => "v1 gives the frontend no route, so there is no router",
        }
    }
}

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
    /// Where the two may differ.
    pub differences: BTreeSet<Difference>,
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
            migration.differs(Difference::NeverMatches);
            None
        }
        // A rule that only changes requests matches all of them.
        Some(conditions) if conditions.is_empty() => Some(every_request()),
        Some(conditions) => Some(conditions.join(" && ")),
    };
    let middlewares = migration.middlewares(&rule);
    Ok(MigratedRule { rule: rule_text, middlewares, priority: rule.priority(), differences: migration.differences })
}

#[derive(Debug, Default)]
struct Migration {
    differences: BTreeSet<Difference>,
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
            Keyword::Method => any(arguments.iter().map(|method| call("Method", &[&method.to_uppercase()])).collect()),
            Keyword::Headers => all(&pairs(arguments).map(|(name, value)| header(name, value)).collect::<Vec<_>>()),
            Keyword::HeadersRegexp => {
                all(&pairs(arguments).map(|(name, value)| call("HeaderRegexp", &[name, value])).collect::<Vec<_>>())
            }
            Keyword::Query => self.query(arguments),
            Keyword::AddPrefix | Keyword::ReplacePath | Keyword::ReplacePathRegex => Some(every_request()),
        }
    }

    fn hosts(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::HostPort);
        let mut kept = Vec::new();
        for host in arguments {
            if host.is_empty() || host.contains([' ', '/']) {
                self.differs(Difference::NeverMatches);
            } else if !host.is_ascii() {
                self.differs(Difference::Refused);
            } else {
                self.differs(Difference::HostTrailingDot);
                kept.push(call("Host", &[host]));
            }
        }
        any(kept)
    }

    fn host_patterns(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::HostPort);
        self.differs(Difference::HostTrailingDot);
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, PathPattern::Host) {
                Ok(pattern) => kept.push(call("HostRegexp", &[&pattern])),
                Err(_) => self.differs(Difference::NeverMatches),
            }
        }
        any(kept)
    }

    fn paths(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::TrailingSlash);
        self.differs(Difference::EncodedPath);
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, PathPattern::Whole) {
                Ok(_) if argument.is_empty() => {}
                Ok(_) if !argument.contains('{') => kept.push(call("Path", &[argument])),
                Ok(pattern) => kept.push(call("PathRegexp", &[&pattern])),
                Err(_) => self.differs(Difference::NeverMatches),
            }
        }
        any(kept)
    }

    /// Prefixes: texts unless they hold a variable.
    fn prefixes(&mut self, arguments: &[String]) -> Option<String> {
        self.differs(Difference::EncodedPath);
        let mut kept = Vec::new();
        for argument in arguments {
            if argument.contains('{') {
                kept.extend(self.templates(std::slice::from_ref(argument), PathPattern::Beginning));
            } else if argument.is_empty() {
                kept.push(call("PathPrefix", &["/"]));
            } else if argument.starts_with('/') {
                kept.push(call("PathPrefix", &[argument]));
            } else {
                self.differs(Difference::NeverMatches);
            }
        }
        any(kept)
    }

    fn templates(&mut self, arguments: &[String], kind: PathPattern) -> Option<String> {
        self.differs(Difference::EncodedPath);
        let mut kept = Vec::new();
        for argument in arguments {
            match pattern_of(argument, kind) {
                Ok(_) if argument.is_empty() => kept.push(call("PathPrefix", &["/"])),
                Ok(pattern) => kept.push(call("PathRegexp", &[&pattern])),
                Err(_) => self.differs(Difference::NeverMatches),
            }
        }
        any(kept)
    }

    /// What a strip can take off: a template is compared with its braces, and nothing has those.
    fn strippable(&mut self, arguments: &[String]) -> Vec<String> {
        let (kept, lost): (Vec<String>, Vec<String>) =
            arguments.iter().cloned().partition(|argument| !argument.contains('{'));
        if !lost.is_empty() {
            self.differs(Difference::StripVariable);
        }
        kept
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
        if !templates.is_empty() {
            self.differs(Difference::StrippedSlash);
            let options = templates
                .iter()
                .enumerate()
                .map(|(at, regex)| (format!("stripprefixregex.regex[{at}]"), regex.clone()));
            made.push(Middleware { suffix: "strip-regex", options: options.collect() });
        }
        let texts: Vec<&String> = modifiers.strip_prefixes.iter().filter(|prefix| !prefix.contains('{')).collect();
        if !texts.is_empty() {
            let options =
                texts.iter().enumerate().map(|(at, prefix)| (format!("stripprefix.prefixes[{at}]"), (*prefix).clone()));
            made.push(Middleware { suffix: "strip", options: options.collect() });
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

fn pairs(arguments: &[String]) -> impl Iterator<Item = (&str, &str)> {
    arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str()))
}

/// A matcher with its arguments as Go literals.
fn call(matcher: &str, arguments: &[&str]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|argument| quote(argument.as_bytes())).collect();
    format!("{matcher}({})", arguments.join(", "))
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
