//! `ecsroute.toml`, found upward from the working directory: what is judged, how heavy each rule is, what is let be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum as _;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;
use toml::Spanned;

use crate::cli::{FailOn, LintArgs};
use crate::command::output::read_text;
use crate::console::Surroundings;
use crate::failure::{Failure, Place};
use crate::lint::ignores::{self, Ignore, Scope};
use crate::lint::{Inputs, RULES, Rule, Severity, Site};

/// The file's name.
const NAME: &str = "ecsroute.toml";

/// A configuration file that was read.
#[derive(Debug)]
pub(super) struct Config {
    /// Its path for people.
    name: String,
    text: Arc<str>,
    directory: PathBuf,
    lint: Table,
    excluded: Gitignore,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    lint: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    fail_on: Option<Spanned<String>>,
    #[serde(default)]
    fail_on_unknown: bool,
    #[serde(default)]
    select: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    #[serde(default)]
    levels: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    exceptions: Vec<Spanned<Exception>>,
    baseline: Option<PathBuf>,
    static_config: Option<PathBuf>,
}

/// A rule that is let be in some files, or until some day.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Exception {
    rule: Spanned<String>,
    #[serde(default)]
    paths: Vec<Spanned<String>>,
    until: Option<Spanned<String>>,
    /// For people alone.
    #[expect(dead_code, reason = "it is written for whoever reads the file, and read to be allowed there")]
    reason: Option<String>,
}

impl Config {
    /// The file that is named, or else the nearest one in this directory and those above it.
    ///
    /// # Errors
    /// When it can't be read, or says something that has no meaning; at the place.
    pub(super) fn found(arguments: &LintArgs, surroundings: &Surroundings) -> Result<Option<Self>, Failure> {
        let nearest = || {
            let mut places = surroundings.directory.ancestors().map(|directory| directory.join(NAME));
            places.find(|path| path.is_file())
        };
        let named = arguments.config.as_ref().map(|path| surroundings.directory.join(path));
        let Some(path) = named.or_else(nearest) else { return Ok(None) };
        let text = read_text(&path, surroundings)?;
        let name = shown(&path, &surroundings.directory);
        let wrong = |message: &str, span: Option<std::ops::Range<usize>>| {
            let failure = Failure::input(format!("{name} can't be read: {}", message.trim_end()));
            match span {
                Some(span) => failure.at(place(&name, &text, span)),
                None => failure,
            }
        };
        let document: Document = toml::from_str(&text).map_err(|error| wrong(error.message(), error.span()))?;
        let directory = path.parent().map(Path::to_owned).unwrap_or_default();
        let excluded =
            patterns(&directory, &document.lint.exclude).map_err(|(message, at)| wrong(&message, Some(at)))?;
        document.lint.check().map_err(|(message, at)| wrong(&message, Some(at)))?;
        Ok(Some(Self { name, text: text.into(), directory, lint: document.lint, excluded }))
    }

    /// Whether a path below a directory that is walked is left out.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.directory);
        below.is_ok_and(|below| self.excluded.matched_path_or_any_parents(below, path.is_dir()).is_ignore())
    }

    /// The directory in which it lies.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// A file that it names, from the working directory.
    fn named(&self, path: Option<&PathBuf>) -> Option<PathBuf> {
        path.map(|path| self.directory.join(path))
    }

    /// The baseline that it names.
    pub(super) fn baseline(&self) -> Option<PathBuf> {
        self.named(self.lint.baseline.as_ref())
    }

    /// Traefik's static configuration that it names.
    pub(super) fn static_config(&self) -> Option<PathBuf> {
        self.named(self.lint.static_config.as_ref())
    }

    /// The least severity that makes the status 1.
    pub(super) fn fail_on(&self) -> Option<FailOn> {
        FailOn::from_str(self.lint.fail_on.as_ref()?.get_ref(), true).ok()
    }

    /// Whether what can't be judged makes the status 1.
    pub(super) fn fails_on_unknown(&self) -> bool {
        self.lint.fail_on_unknown
    }

    /// Whether a rule is among those that are selected, and not off.
    pub(super) fn selects(&self, rule: &Rule) -> bool {
        let chosen = &self.lint.select;
        let is_chosen = chosen.is_empty() || chosen.iter().any(|word| rule.is_meant_by(word.get_ref()));
        is_chosen && self.level(rule) != Some(Level::Off)
    }

    /// How heavy findings of a rule are here.
    pub(super) fn severity(&self, rule: &Rule) -> Option<Severity> {
        match self.level(rule)? {
            Level::Off => None,
            Level::As(severity) => Some(severity),
        }
    }

    /// The longest word that means the rule decides, so that one rule can differ from its group.
    fn level(&self, rule: &Rule) -> Option<Level> {
        let meant = self.lint.levels.iter().filter(|(word, _)| rule.is_meant_by(word.get_ref()));
        let (_, level) = meant.max_by_key(|(word, _)| word.get_ref().len())?;
        Level::read(level.get_ref())
    }

    /// What it lets be. The file is added to those that are shown; `is_whole` says whether everything below its
    /// directory has been judged.
    pub(super) fn ignores(&self, inputs: &mut Inputs, is_whole: bool, surroundings: &Surroundings) -> Vec<Ignore> {
        if self.lint.ignore.is_empty() && self.lint.exceptions.is_empty() {
            return Vec::new();
        }
        let names: Vec<PathBuf> = inputs.files.iter().map(|file| surroundings.directory.join(&file.name)).collect();
        let file = inputs.add_text(&self.name, Arc::clone(&self.text));
        let site = |span: std::ops::Range<usize>| Some(Site::of(file, None, span));
        let everywhere = self.lint.ignore.iter().map(|word| Ignore {
            rule: word.get_ref().clone(),
            until: None,
            scope: Scope::Everywhere,
            site: site(word.span()),
            is_covered: is_whole,
        });
        let exceptions = self.lint.exceptions.iter().map(|exception| {
            let Exception { rule, paths, until, .. } = exception.get_ref();
            let scope = self.scope(paths, &names);
            let is_covered = is_whole || matches!(&scope, Scope::Files(files) if !files.is_empty());
            let until = until.as_ref().and_then(|until| ignores::date(until.get_ref()).ok());
            Ignore { rule: rule.get_ref().clone(), until, scope, site: site(rule.span()), is_covered }
        });
        everywhere.chain(exceptions).collect()
    }

    fn scope(&self, paths: &[Spanned<String>], names: &[PathBuf]) -> Scope {
        let Ok(matcher) = patterns(&self.directory, paths) else { return Scope::Files(BTreeSet::new()) };
        if paths.is_empty() {
            return Scope::Everywhere;
        }
        let is_meant = |name: &PathBuf| {
            let below = name.strip_prefix(&self.directory);
            below.is_ok_and(|below| matcher.matched_path_or_any_parents(below, false).is_ignore())
        };
        Scope::Files(names.iter().enumerate().filter(|(_, name)| is_meant(name)).map(|(index, _)| index).collect())
    }
}

/// How heavy a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Off,
    As(Severity),
}

impl Level {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "off" => Self::Off,
            "note" => Self::As(Severity::Note),
            "warning" => Self::As(Severity::Warning),
            "error" => Self::As(Severity::Error),
            _ => return None,
        })
    }
}

/// What is wrong, and where in bytes.
type Wrong = (String, std::ops::Range<usize>);

impl Table {
    /// Refuses words that have no meaning: what they were meant to do would not be done.
    fn check(&self) -> Result<(), Wrong> {
        let listed = self.select.iter().chain(&self.ignore).chain(self.levels.keys());
        let excepted = self.exceptions.iter().map(|exception| &exception.get_ref().rule);
        for word in listed.chain(excepted) {
            if !RULES.iter().any(|rule| rule.is_meant_by(word.get_ref())) {
                return Err((format!("there is no rule `{}`", word.get_ref()), word.span()));
            }
        }
        if let Some(level) = self.levels.values().find(|level| Level::read(level.get_ref()).is_none()) {
            let message = format!("`{}` is no level: off, note, warning and error are", level.get_ref());
            return Err((message, level.span()));
        }
        if let Some(word) = self.fail_on.as_ref().filter(|word| FailOn::from_str(word.get_ref(), true).is_err()) {
            let message = format!("`{}` is none of note, warning, error and never", word.get_ref());
            return Err((message, word.span()));
        }
        for exception in self.exceptions.iter().map(Spanned::get_ref) {
            if let Some(until) = &exception.until {
                ignores::date(until.get_ref()).map_err(|message| (message, until.span()))?;
            }
            patterns(Path::new(""), &exception.paths)?;
        }
        Ok(())
    }
}

/// Patterns as in a `.gitignore`.
fn patterns(directory: &Path, words: &[Spanned<String>]) -> Result<Gitignore, Wrong> {
    let mut builder = GitignoreBuilder::new(directory);
    for word in words {
        builder.add_line(None, word.get_ref()).map_err(|error| (error.to_string(), word.span()))?;
    }
    builder.build().map_err(|error| (error.to_string(), 0..0))
}

/// A path for people: from the working directory where it lies below.
fn shown(path: &Path, directory: &Path) -> String {
    path.strip_prefix(directory).unwrap_or(path).to_string_lossy().into_owned()
}

fn place(name: &str, text: &str, span: std::ops::Range<usize>) -> Place {
    Place { origin: name.to_owned(), first_line: 1, first_column: 1, text: text.to_owned(), span, label: String::new() }
}
