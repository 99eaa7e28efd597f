//! Traefik's command line: arguments become names and values, by Traefik's own rules.
//!
//! A flag without `=` takes the next argument, unless it is known to be a truth value or a structure. What is below a
//! map, such as an entry point, isn't in that table: Traefik compares it with patterns, which aren't anchored and come
//! in the order of a hash map, so lists there are taken one way or the other by chance.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::schema::schema;
use crate::decode::{Schema, Shape, TypeId};
use crate::model::Text;

/// What all names begin with.
pub(super) const ROOT: &str = "traefik";

/// What a flag means when it has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A truth value or a structure: it is then `true`.
    Switch,
    /// A list: values add up.
    List,
}

/// The flags of a command line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// In the order of the line.
    pub given: Vec<Flag>,
    /// The first argument that is no flag and is ignored with all that follow it, by its number.
    pub ignored_from: Option<usize>,
}

/// One flag as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flag {
    /// The name as it was typed, without dashes.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Which argument it is, from 0.
    pub at: usize,
    /// Whether the name adds to what it was given before.
    adds: bool,
    /// Whether another start of Traefik may have read it otherwise.
    pub by_chance: bool,
}

/// A command line that can't be split into flags; prints in Traefik's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlagError {
    /// Too many dashes, or no name.
    #[error("bad flag syntax: {argument}")]
    Syntax {
        /// The argument.
        argument: String,
        /// Its number, from 0.
        at: usize,
    },
    /// The last argument is a flag that wants a value.
    #[error("flag needs an argument: -{name}")]
    NeedsValue {
        /// The flag.
        name: String,
        /// Its number, from 0.
        at: usize,
    },
}

impl FlagError {
    /// The number of the argument, from 0.
    pub fn at(&self) -> usize {
        match self {
            Self::Syntax { at, .. } | Self::NeedsValue { at, .. } => *at,
        }
    }

    /// The name of the flag, where it has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Syntax { .. } => None,
            Self::NeedsValue { name, .. } => Some(name),
        }
    }
}

/// Which names take no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Those of the static configuration.
    Static,
    /// None.
    Nothing,
}

/// Splits arguments into flags.
///
/// # Errors
/// When an argument has no name or three dashes, or the last flag has no value.
pub(super) fn parse(arguments: &[String], known: Known) -> Result<Flags, FlagError> {
    let mut flags = Flags::default();
    let mut at = 0;
    while let Some(argument) = arguments.get(at) {
        let Some(name) = name_of(argument, at)? else {
            flags.ignored_from = Some(at);
            break;
        };
        let (name, value, taken) = match name.char_indices().skip(1).find(|(_, c)| *c == '=') {
            Some((equals, _)) => (&name[..equals], Some(&name[equals + 1..]), 1),
            None => (name, None, 1),
        };
        let (kind, by_chance) = kind_of(name, known);
        let (value, taken) = match (value, kind) {
            (Some(value), _) => (value, taken),
            (None, Some(Kind::Switch)) => ("true", taken),
            (None, _) => match arguments.get(at + 1) {
                Some(next) => (next.as_str(), 2),
                None => return Err(FlagError::NeedsValue { name: name.to_owned(), at }),
            },
        };
        let adds = kind == Some(Kind::List);
        flags.given.push(Flag { name: name.to_owned(), value: value.to_owned(), at, adds, by_chance });
        at += taken;
    }
    Ok(flags)
}

/// The part of an argument behind its dashes; none where flags end.
fn name_of(argument: &str, at: usize) -> Result<Option<&str>, FlagError> {
    if argument.len() < 2 || !argument.starts_with('-') || argument == "--" {
        return Ok(None);
    }
    let name = argument.strip_prefix("--").unwrap_or(&argument[1..]);
    if name.is_empty() || name.starts_with(['-', '=']) {
        return Err(FlagError::Syntax { argument: argument.to_owned(), at });
    }
    Ok(Some(name))
}

impl Flags {
    /// The values by `traefik.` and name: the first spelling stays, the last value wins, lists add up.
    pub fn labels(&self) -> BTreeMap<Text, Text> {
        let mut spelling: HashMap<String, String> = HashMap::new();
        let mut values: BTreeMap<Text, Text> = BTreeMap::new();
        for flag in &self.given {
            let neutral = lower(&flag.name);
            let key = spelling.entry(neutral).or_insert_with(|| format!("{ROOT}.{}", flag.name));
            let key = Text::from(key.as_str());
            let value = match values.get(&key) {
                Some(before) if flag.adds => format!("{before},{}", flag.value).into(),
                _ => Text::from(flag.value.as_str()),
            };
            values.insert(key, value);
        }
        values
    }
}

/// In lower case, character by character, as Go does it.
pub(super) fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The names of truth values, structures and lists.
#[derive(Default)]
struct Table {
    exact: HashMap<String, Kind>,
    /// What stands before and behind a name of our own choice.
    patterns: Vec<(String, String, Kind)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    table.structure(schema(), Schema::ROOT, "");
    table
});

/// Where a name of our own choice stands in a table's path.
const ANY: char = '*';

impl Table {
    fn structure(&mut self, schema: &Schema, kind: TypeId, path: &str) {
        for field in &schema.type_of(kind).fields {
            let name = lower(field.name);
            let path = if path.is_empty() { name } else { format!("{path}.{name}") };
            self.shape(schema, &field.shape, &path);
        }
    }

    fn shape(&mut self, schema: &Schema, shape: &Shape, path: &str) {
        match shape {
            Shape::Bool => self.add(path, Kind::Switch),
            Shape::List(_) => self.add(path, Kind::List),
            Shape::Map(inner) => self.shape(schema, inner, &format!("{path}.{ANY}")),
            Shape::Optional(inner) => {
                if matches!(**inner, Shape::Struct(_)) {
                    self.add(path, Kind::Switch);
                }
                self.shape(schema, inner, path);
            }
            Shape::Struct(kind) => self.structure(schema, *kind, path),
            _ => {}
        }
    }

    fn add(&mut self, path: &str, kind: Kind) {
        match path.split_once(ANY) {
            Some((before, behind)) => self.patterns.push((before.to_owned(), behind.to_owned(), kind)),
            None => {
                self.exact.insert(path.to_owned(), kind);
            }
        }
    }
}

/// What a flag is, and whether that is by chance. Of several answers the one that keeps its value is given.
fn kind_of(name: &str, known: Known) -> (Option<Kind>, bool) {
    if known == Known::Nothing {
        return (None, false);
    }
    let name = lower(name);
    if let Some(kind) = TABLE.exact.get(&name) {
        return (Some(*kind), false);
    }
    let fits = TABLE.patterns.iter().filter(|(before, behind, _)| matches(&name, before, behind));
    let kinds: Vec<Kind> = fits.map(|(_, _, kind)| *kind).collect();
    let most = kinds.iter().max().copied();
    (most, kinds.iter().any(|kind| Some(*kind) != most))
}

/// Whether a name has, anywhere in it, a pattern: a text, a name without dots, a text.
fn matches(name: &str, before: &str, behind: &str) -> bool {
    name.match_indices(before).any(|(at, _)| {
        let rest = &name[at + before.len()..];
        let end = rest.find('.').unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::{Known, parse};

    fn labels(line: &str) -> Result<String, String> {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let flags = parse(&arguments, Known::Static).map_err(|error| error.to_string())?;
        let labels = flags.labels();
        Ok(labels.iter().map(|(name, value)| format!("{}={value}", &name[8..])).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn truth_values_and_structures_take_no_argument() {
        assert_eq!(labels("--providers.ecs --api.insecure false"), Ok("api.insecure=true providers.ecs=true".into()));
        assert_eq!(labels("--providers.ecs.region --x"), Ok("providers.ecs.region=--x".into()));
        assert_eq!(labels("--providers.ecs.region"), Err("flag needs an argument: -providers.ecs.region".into()));
        assert_eq!(labels("--entryPoints.web.address :80"), Ok("entryPoints.web.address=true".into()));
    }

    #[test]
    fn the_first_spelling_and_the_last_value_stay() {
        assert_eq!(labels("--a.B=1 --A.b=2"), Ok("a.B=2".into()));
        assert_eq!(
            labels("--providers.ecs.clusters=a --PROVIDERS.ECS.CLUSTERS b,c"),
            Ok("providers.ecs.clusters=a,b,c".into())
        );
    }

    #[test]
    fn what_is_by_chance_is_known() {
        let chance = |line: &str| {
            let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
            parse(&arguments, Known::Static).unwrap().given[0].by_chance
        };
        assert!(chance("--entryPoints.web.http.middlewares a"));
        assert!(!chance("--entryPoints.web.address :80"));
        assert!(!chance("--providers.ecs.clusters a"));
    }

    #[test]
    fn three_dashes_are_no_flag() {
        assert_eq!(labels("---x=1"), Err("bad flag syntax: ---x=1".into()));
        assert_eq!(labels("--=1"), Err("bad flag syntax: --=1".into()));
        assert_eq!(labels("--x=1 - --y=1"), Ok("x=1".into()));
        assert_eq!(labels("-x==1"), Ok("x==1".into()));
    }
}
