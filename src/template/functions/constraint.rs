//! Constraints on semantic versions, as `semverCompare` understands them.
//!
//! Their edges are kept: a prerelease satisfies nothing where no prerelease is named, and `<1 || >2` refuses 2.5.0,
//! since a number that is cut short stands for all that begin with it.

use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

use super::version::{Version, order_prereleases};

/// Alternatives, each a list of conditions that must all hold.
#[derive(Debug)]
pub(super) struct Constraints(Vec<Vec<Condition>>);

#[derive(Debug)]
struct Condition {
    operator: String,
    version: Version,
    /// Which part is left open, if any.
    open: Open,
}

/// From where on a version in a condition is left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Patch,
    Minor,
    Everything,
}

struct Patterns {
    range: Regex,
    valid: Regex,
    each: Regex,
    one: Regex,
}

/// A version in which segments may be left open, as groups: the segments, and what follows them.
const VERSION: &str = r"v?([0-9xX|*]+)(\.[0-9xX|*]+)?(\.[0-9xX|*]+)?((?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)((?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)";

/// The operators in the order in which they are tried.
const OPERATORS: &str = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let (version, operators) = (VERSION, OPERATORS);
    Some(Patterns {
        range: Regex::new(&format!(r"\s*({version})\s+-\s+({version})\s*")).ok()?,
        valid: Regex::new(&format!(
            r"^(\s*({operators})\s*({version})\s*)((?:\s+|,\s*)({operators})\s*({version})\s*)*$"
        ))
        .ok()?,
        each: Regex::new(&format!(r"({operators})\s*({version})")).ok()?,
        one: Regex::new(&format!(r"^\s*({operators})\s*({version})\s*$")).ok()?,
    })
});

impl Constraints {
    /// Reads constraints.
    ///
    /// # Errors
    /// Where they are none.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let improper = |text: &str| format!("improper constraint: {text}");
        let Some(patterns) = PATTERNS.as_ref() else { return Err(improper(text)) };
        let text = without_ranges(text, patterns);
        let mut alternatives = Vec::new();
        for alternative in text.split("||") {
            if !patterns.valid.is_match(alternative) {
                return Err(improper(alternative));
            }
            let found = patterns.each.find_iter(alternative);
            let conditions: Result<Vec<_>, _> = found.map(|found| Condition::parse(found.as_str(), patterns)).collect();
            alternatives.push(conditions?);
        }
        Ok(Self(alternatives))
    }

    /// Whether a version satisfies one of the alternatives.
    pub(super) fn allow(&self, version: &Version) -> bool {
        self.0.iter().any(|conditions| {
            let names_prerelease = conditions.iter().any(|condition| !condition.version.prerelease.is_empty());
            (version.prerelease.is_empty() || names_prerelease || conditions.is_empty())
                && conditions.iter().all(|condition| condition.allows(version))
        })
    }
}

/// `1.0 - 2.0` as `>= 1.0, <= 2.0`.
fn without_ranges(text: &str, patterns: &Patterns) -> String {
    let mut rewritten = text.to_owned();
    for found in patterns.range.captures_iter(text) {
        let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
        // The groups of each version are five, behind the one around it.
        rewritten = rewritten.replacen(part(0), &format!(">= {}, <= {} ", part(1), part(7)), 1);
    }
    rewritten
}

impl Condition {
    fn parse(text: &str, patterns: &Patterns) -> Result<Self, String> {
        let found = patterns.one.captures(text).ok_or_else(|| format!("improper constraint: {text}"))?;
        let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
        let is_open = |segment: &str| matches!(segment.trim_start_matches('.'), "" | "x" | "X" | "*");
        let (major, minor, patch, prerelease) = (part(3), part(4), part(5), part(6));
        let (open, version) = if is_open(major) {
            (Open::Everything, format!("0.0.0{prerelease}"))
        } else if is_open(minor) {
            (Open::Minor, format!("{major}.0.0{prerelease}"))
        } else if is_open(patch) {
            (Open::Patch, format!("{major}{minor}.0{prerelease}"))
        } else {
            (Open::Nothing, part(2).to_owned())
        };
        let version = Version::parse(&version).map_err(|_| "constraint parser error".to_owned())?;
        Ok(Self { operator: part(1).to_owned(), version, open })
    }

    fn allows(&self, version: &Version) -> bool {
        let order = version.order(&self.version);
        match self.operator.as_str() {
            "!=" => self.differs(version),
            ">" => self.is_above(version, order),
            "<" => order.is_lt(),
            ">=" | "=>" => order.is_ge(),
            "<=" | "=<" => self.is_at_most(version, order),
            "~" | "~>" => self.tilde(version, order),
            "^" => self.caret(version, order),
            _ if self.open == Open::Nothing => order.is_eq(),
            _ => self.tilde(version, order),
        }
    }

    fn differs(&self, version: &Version) -> bool {
        let wanted = &self.version;
        match self.open {
            Open::Nothing => version.order(wanted).is_ne(),
            _ if wanted.major != version.major => true,
            Open::Minor => false,
            _ if wanted.minor != version.minor => true,
            Open::Patch => {
                let named = !version.prerelease.is_empty() || !wanted.prerelease.is_empty();
                named && order_prereleases(&version.prerelease, &wanted.prerelease).is_ne()
            }
            Open::Everything => version.order(wanted).is_ne(),
        }
    }

    fn is_above(&self, version: &Version, order: Ordering) -> bool {
        if self.open == Open::Nothing {
            return order.is_gt();
        }
        match version.major.cmp(&self.version.major) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => match self.open {
                Open::Minor => false,
                Open::Patch => version.minor > self.version.minor,
                _ => order.is_gt(),
            },
        }
    }

    fn is_at_most(&self, version: &Version, order: Ordering) -> bool {
        if self.open == Open::Nothing {
            return order.is_le();
        }
        let same_major = version.major == self.version.major;
        let minor_above = version.minor > self.version.minor && self.open != Open::Minor;
        version.major <= self.version.major && !(same_major && minor_above)
    }

    fn tilde(&self, version: &Version, order: Ordering) -> bool {
        let wanted = &self.version;
        if order.is_lt() {
            return false;
        }
        let is_zero = (wanted.major, wanted.minor, wanted.patch) == (0, 0, 0);
        if is_zero && !matches!(self.open, Open::Minor | Open::Patch) {
            return true;
        }
        version.major == wanted.major && (version.minor == wanted.minor || self.open == Open::Minor)
    }

    fn caret(&self, version: &Version, order: Ordering) -> bool {
        let wanted = &self.version;
        if order.is_lt() {
            return false;
        }
        if wanted.major > 0 || self.open == Open::Minor {
            return version.major == wanted.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.open == Open::Patch {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }
}
