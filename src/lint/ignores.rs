//! What keeps findings quiet: labels of a container, `ecsroute.toml`, a baseline. One that is over, or that nothing
//! matches any more, is a finding itself.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::baseline::{Baseline, Known};
use super::finding::Finding;
use super::given::{Container, Label};
use super::place::Site;
use super::rule::Rule;
use super::rules::{IGNORE_UNUSED, RULES};
use super::world::{World, title};

/// The label that ignores; further ones have a name behind it: `ecsroute.ignore.2`.
const LABEL: &str = "ecsroute.ignore";

/// What an ignore says: which rules, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The rules, by id, name or the beginning of an id.
    pub rules: Vec<String>,
    /// The last day on which it counts.
    pub until: Option<Date>,
}

/// Something that keeps findings quiet.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// Which rule, by id, name or the beginning of an id.
    pub rule: String,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Where it counts.
    pub scope: Scope,
    /// Where it is written.
    pub site: Option<Site>,
    /// Whether everything that it could match has been judged, so that it can be said to match nothing.
    pub is_covered: bool,
}

/// Where an ignore counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Everywhere,
    /// In these files.
    Files(BTreeSet<usize>),
    /// For a container of a file, and its definition as a whole.
    Container {
        /// `api:3/web`.
        title: String,
        /// `api:3`.
        definition: String,
        /// The file; none for what AWS gave.
        file: Option<usize>,
    },
}

impl Said {
    /// Reads `ECS012, ECS023 until 2027-01-31: reason`.
    ///
    /// # Errors
    /// A sentence on what can't be read.
    pub fn read(text: &str) -> Result<Self, String> {
        let head = text.split(':').next().unwrap_or(text);
        let (rules, until) = match head.split_once(" until ") {
            Some((rules, day)) => (rules, Some(date(day.trim())?)),
            None => (head, None),
        };
        let separate = |c: char| c == ',' || c.is_whitespace();
        let rules: Vec<String> = rules.split(separate).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        match rules.iter().find(|word| !RULES.iter().any(|rule| rule.is_meant_by(word))) {
            Some(word) => Err(format!("`{word}` is no rule")),
            None if rules.is_empty() => Err("it names no rule".to_owned()),
            None => Ok(Self { rules, until }),
        }
    }
}

/// Reads a day: `2027-01-31`.
///
/// # Errors
/// A sentence on what it is not.
pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is no day such as 2027-01-31"))
}

/// The labels of a container that ignore something, with what they say.
pub(super) fn labels(container: &Container) -> impl Iterator<Item = (&Label, Result<Said, String>)> {
    container.labels.iter().filter_map(|label| {
        let rest = label.key.known()?.strip_prefix(LABEL)?;
        let is_one = rest.is_empty() || rest.starts_with('.');
        let value = label.value.known().filter(|_| is_one)?;
        Some((label, Said::read(value)))
    })
}

/// What the labels of all containers ignore.
pub fn written(world: &World<'_>) -> Vec<Ignore> {
    let mut ignores = Vec::new();
    for (definition, container) in world.containers() {
        for (label, said) in labels(container) {
            let Ok(said) = said else { continue };
            let site = label.key.site();
            let scope = Scope::Container {
                title: title(definition, container),
                definition: definition.title(),
                file: site.as_ref().map(|site| site.file),
            };
            ignores.extend(said.rules.into_iter().map(|rule| Ignore {
                rule,
                until: said.until,
                scope: scope.clone(),
                site: site.clone(),
                is_covered: definition.is_known(),
            }));
        }
    }
    ignores
}

impl Ignore {
    fn matches(&self, finding: &Finding) -> bool {
        let file = finding.site.as_ref().map(|site| site.file);
        let is_here = match &self.scope {
            Scope::Everywhere => true,
            Scope::Files(files) => file.is_some_and(|file| files.contains(&file)),
            Scope::Container { title, definition, file: own } => {
                (finding.subject == *title || finding.subject == *definition) && (file.is_none() || file == *own)
            }
        };
        is_here && finding.rule.is_meant_by(&self.rule)
    }

    /// What is wrong with an ignore after all: it is over, or it matched nothing.
    fn left(&self, is_used: bool, today: Date) -> Option<Finding> {
        let rule = &self.rule;
        let over = self.until.filter(|until| *until < today);
        let message = match (over, is_used) {
            (Some(until), _) => format!("the ignore of {rule} ended on {until}"),
            (None, false) if self.is_covered => format!("the ignore of {rule} matches nothing any more"),
            (None, _) => return None,
        };
        let subject = match &self.scope {
            Scope::Container { title, .. } => title.as_str(),
            Scope::Everywhere | Scope::Files(_) => "",
        };
        Some(Finding::of(&IGNORE_UNUSED, message).about(subject).at(self.site.clone(), "take it out"))
    }
}

/// Takes out of the findings what is ignored, and gives how many that are; what is wrong with the ignores is added.
/// `ran` says which rules have looked.
pub fn quiet(found: &mut Vec<Finding>, ignores: &[Ignore], today: Date, ran: impl Fn(&Rule) -> bool) -> usize {
    let before = found.len();
    let mut used = vec![false; ignores.len()];
    found.retain(|finding| {
        let mut kept = true;
        for (ignore, used) in ignores.iter().zip(&mut used) {
            if ignore.matches(finding) {
                *used = true;
                kept &= ignore.until.is_some_and(|until| until < today);
            }
        }
        kept
    });
    let ignored = before - found.len();
    if ran(&IGNORE_UNUSED) {
        let all_ran =
            |ignore: &Ignore| RULES.iter().filter(|rule| rule.is_meant_by(&ignore.rule)).all(|rule| ran(rule));
        let left = ignores.iter().zip(used).filter(|(ignore, _)| all_ran(ignore));
        found.extend(left.filter_map(|(ignore, used)| ignore.left(used, today)));
    }
    ignored
}

/// Takes out of the findings what a baseline knows, and gives how many that are; for what it knows and nothing has any
/// more there is a finding, where `is_covered` says that it was looked for.
pub fn quiet_known(
    found: &mut Vec<Finding>,
    baseline: &Baseline,
    world: &World<'_>,
    is_covered: impl Fn(&Known) -> bool,
) -> usize {
    let before = found.len();
    let left = baseline.quiet(found, world.files);
    let ignored = before - found.len();
    found.extend(left.iter().filter(|entry| is_covered(entry)).map(|entry| {
        let file = entry.file.as_deref().unwrap_or(&entry.subject);
        let message = format!("the baseline knows {} in {file}, which is found no more: {}", entry.rule, entry.message);
        Finding::of(&IGNORE_UNUSED, message).about("baseline")
    }));
    ignored
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn rules_days_and_reasons_are_told_apart() {
        let read = |text| Said::read(text).map(|said| (said.rules.join("+"), said.until.map(|day| day.to_string())));
        let day = || Some("2027-01-31".to_owned());
        assert_eq!(read("ECS012 until 2027-01-31: why: not"), Ok(("ECS012".to_owned(), day())));
        assert_eq!(read("ECS012, label-value  ECS02"), Ok(("ECS012+label-value+ECS02".to_owned(), None)));
        assert_eq!(read("ECS012: until 2020-01-01"), Ok(("ECS012".to_owned(), None)));
        assert_eq!(read("ECS12"), Err("`ECS12` is no rule".to_owned()));
        assert_eq!(read(": why"), Err("it names no rule".to_owned()));
        assert_eq!(read("ECS012 until soon"), Err("`soon` is no day such as 2027-01-31".to_owned()));
    }
}
