//! Which requests a rule takes, as far as hosts and paths tell: enough to prove that another rule takes them all.
//!
//! A rule becomes alternatives of conditions that hold together. Hosts and paths are compared by what they mean,
//! everything else by its text, so what is proved is true, and what isn't may be.

use std::collections::BTreeSet;

use crate::golang::expression::{Arity, Call, Condition, ExpressionError, Part};

/// More alternatives than this aren't looked into.
const MOST: usize = 64;

/// The alternatives of a rule; `None` where there are too many.
pub type Alternatives = Option<Vec<Conditions>>;

/// Conditions that hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The host, in lower case.
    pub host: Option<String>,
    /// The path.
    pub path: Option<PathTest>,
    /// Everything else, as it is written.
    pub others: BTreeSet<String>,
}

/// What is asked of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathTest {
    /// It is this.
    Exact(String),
    /// It begins with this.
    Prefix(String),
}

/// The calls of a rule, whatever they are called.
///
/// # Errors
/// Where the text is no expression.
pub fn calls(rule: &str) -> Result<Condition<Call>, ExpressionError> {
    Condition::parse(rule, &|_| Some(Arity::Any))
}

/// The arguments of a call as text.
pub fn arguments(call: &Call) -> Vec<String> {
    call.arguments.iter().map(|argument| String::from_utf8_lossy(&argument.value).into_owned()).collect()
}

/// The alternatives of a rule. None at all means that it never matches.
pub fn alternatives(rule: &str, condition: &Condition<Call>) -> Alternatives {
    let mut known: Vec<Alternatives> = Vec::with_capacity(condition.parts().len());
    for (part, span) in condition.parts() {
        let of = |id: &crate::golang::expression::NodeId| known.get(id.index()).cloned().flatten();
        known.push(match part {
            Part::Leaf(call) => Some(leaf(call)),
            Part::Not(_) => rule.get(span.range()).map(|text| vec![opaque(text)]),
            Part::Or(left, right) => of(left).zip(of(right)).map(|(left, right)| [left, right].concat()),
            Part::And(left, right) => of(left).zip(of(right)).and_then(|(left, right)| product(&left, &right)),
        });
        if known.last().and_then(Option::as_ref).is_some_and(|alternatives| alternatives.len() > MOST) {
            return None;
        }
    }
    known.pop().flatten()
}

fn opaque(text: &str) -> Conditions {
    Conditions { others: BTreeSet::from([text.to_owned()]), ..Conditions::default() }
}

fn leaf(call: &Call) -> Vec<Conditions> {
    let given = arguments(call);
    let name = call.name.to_ascii_lowercase();
    let of = |text: &String| match name.as_str() {
        "host" if !text.contains('*') => {
            let host = text.trim_end_matches('.').to_lowercase();
            Conditions { host: Some(host), ..Conditions::default() }
        }
        "path" if is_plain(text) => Conditions { path: Some(PathTest::Exact(text.clone())), ..Conditions::default() },
        "pathprefix" if is_plain(text) => {
            Conditions { path: Some(PathTest::Prefix(text.clone())), ..Conditions::default() }
        }
        _ => opaque(&format!("{name}({text})")),
    };
    match name.as_str() {
        "host" | "path" | "pathprefix" => given.iter().map(of).collect(),
        _ => vec![opaque(&format!("{name}({})", given.join(", ")))],
    }
}

/// Whether a path holds no template of v2's language.
fn is_plain(path: &str) -> bool {
    path.starts_with('/') && !path.contains('{')
}

fn product(left: &[Conditions], right: &[Conditions]) -> Alternatives {
    if left.len() * right.len() > MOST * MOST {
        return None;
    }
    Some(left.iter().flat_map(|left| right.iter().filter_map(move |right| left.and(right))).collect())
}

impl Conditions {
    /// Both together; `None` where that never holds.
    pub fn and(&self, other: &Self) -> Option<Self> {
        let host = match (&self.host, &other.host) {
            (Some(left), Some(right)) if left != right => return None,
            (left, right) => left.clone().or_else(|| right.clone()),
        };
        let path = match (&self.path, &other.path) {
            (Some(left), Some(right)) if right.implies(left) => Some(right.clone()),
            (Some(left), Some(right)) if left.implies(right) => Some(left.clone()),
            (Some(_), Some(_)) => return None,
            (left, right) => left.clone().or_else(|| right.clone()),
        };
        Some(Self { host, path, others: self.others.union(&other.others).cloned().collect() })
    }

    /// Whether everything that satisfies these satisfies the others too.
    pub fn implies(&self, other: &Self) -> bool {
        let host = other.host.is_none() || other.host == self.host;
        let path = match (&self.path, &other.path) {
            (_, None) => true,
            (Some(mine), Some(theirs)) => mine.implies(theirs),
            (None, Some(PathTest::Prefix(prefix))) => prefix == "/",
            (None, Some(PathTest::Exact(_))) => false,
        };
        host && path && other.others.is_subset(&self.others)
    }
}

impl PathTest {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(mine) | Self::Prefix(mine), Self::Prefix(theirs)) => mine.starts_with(theirs.as_str()),
            (Self::Exact(mine), Self::Exact(theirs)) => mine == theirs,
            (Self::Prefix(_), Self::Exact(_)) => false,
        }
    }
}

/// Whether every request that the first takes is one that the second takes.
pub fn covered(by: &[Conditions], rule: &[Conditions]) -> bool {
    !rule.is_empty() && rule.iter().all(|one| by.iter().any(|other| one.implies(other)))
}

/// Whether there is certainly a request that both take: they differ in hosts and paths alone.
pub fn overlap(left: &[Conditions], right: &[Conditions]) -> bool {
    left.iter().any(|one| right.iter().any(|other| one.others == other.others && one.and(other).is_some()))
}

#[cfg(test)]
mod tests {
    use super::{Conditions, alternatives, calls, covered, overlap};

    fn of(rule: &str) -> Vec<Conditions> {
        alternatives(rule, &calls(rule).expect("an expression")).expect("not too many")
    }

    #[test]
    fn wider_rules_cover_narrower_ones() {
        let narrow = of("Host(`a.b`) && PathPrefix(`/api/v1`)");
        assert!(covered(&of("Host(`A.b`) && PathPrefix(`/api`)"), &narrow));
        assert!(covered(&of("PathPrefix(`/`)"), &narrow));
        assert!(covered(&of("Host(`x`) || Host(`a.b`)"), &narrow));
        assert!(!covered(&of("Host(`a.b`) && Method(`GET`)"), &narrow));
        assert!(!covered(&of("Host(`a.b`) && Path(`/api/v1`)"), &narrow));
        assert!(!covered(&of("!Host(`x`)"), &narrow), "what isn't understood proves nothing");
    }

    #[test]
    fn what_contradicts_itself_has_no_alternative() {
        assert!(of("Host(`a`) && Host(`b`)").is_empty());
        assert!(of("Path(`/a`) && PathPrefix(`/b`)").is_empty());
        assert!(!of("Host(`a`) && (Host(`b`) || Host(`a`))").is_empty());
    }

    #[test]
    fn overlaps_are_certain_or_not_told() {
        assert!(overlap(&of("Host(`a`)"), &of("PathPrefix(`/x`)")));
        assert!(!overlap(&of("Host(`a`)"), &of("Host(`b`)")));
        assert!(!overlap(&of("Host(`a`) && Method(`GET`)"), &of("Host(`a`) && Method(`PUT`)")));
    }
}
