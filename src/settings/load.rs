//! Reads Traefik's settings as Traefik does: removed options first, then a file, else flags, else variables. The first
//! that is there wins whole; a broken one is fatal.

use std::collections::BTreeMap;

use super::advice::meant_root;
use super::configuration::Configuration;
use super::deprecated::{self, Found};
use super::environment::{self, Variable};
use super::file::{self, Item, Language, SyntaxError};
use super::flags::{self, Flags, Known, ROOT};
use super::report::{COMMAND_LINE, Notice, Refusal, Stage};
use super::schema::{root_names, schema};
use super::search::{FileError, FileSystem, find};
use crate::decode::{DecodeError, Origin, Schema, Struct, label_tree, same_name};
use crate::model::Text;

/// What Traefik is started with.
pub struct Input<'a> {
    /// The arguments after the program's name.
    pub arguments: &'a [String],
    /// The environment, in order.
    pub environment: &'a [(String, String)],
    /// The files.
    pub files: &'a dyn FileSystem,
    /// Which file.
    pub file: FileChoice<'a>,
}

/// Which file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FileChoice<'a> {
    /// The one that Traefik finds.
    #[default]
    Found,
    /// This one, in place of what Traefik would find.
    Named(&'a str),
    /// None, whatever there is.
    Without,
}

/// What came of reading.
#[derive(Debug)]
pub struct Loading {
    /// What Traefik logs at warning or error level meanwhile.
    pub notices: Vec<Notice>,
    /// Whether it starts.
    pub outcome: Result<Outcome, Refusal>,
}

/// What Traefik does with readable settings.
#[derive(Debug)]
pub enum Outcome {
    /// It prints its help and reads nothing.
    Help,
    /// It starts with them.
    Loaded(Box<Loaded>),
}

/// Settings that were read.
#[derive(Debug)]
pub struct Loaded {
    /// Where they are from.
    pub source: Source,
    /// What they come to.
    pub configuration: Configuration,
    pub(super) trail: Trail,
}

/// Which of the three forms won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, by its absolute path.
    File(String),
    /// The command line.
    Flags,
    /// The environment.
    Variables,
    /// Nothing was configured.
    Nothing,
}

/// What was read, kept to tell where a value is from.
#[derive(Debug, Default)]
pub(super) struct Trail {
    pub arguments: Vec<String>,
    pub flags: Flags,
    pub variables: Vec<Variable>,
    pub file: Option<(String, Item)>,
}

/// The command that Traefik is without a name.
const COMMAND: &str = "traefik";

/// Reads settings.
pub fn load(input: &Input<'_>) -> Loading {
    let mut notices = Vec::new();
    let outcome = start(input, &mut notices);
    Loading { notices, outcome }
}

fn start(input: &Input<'_>, notices: &mut Vec<Notice>) -> Result<Outcome, Refusal> {
    let arguments = match input.arguments {
        [first, rest @ ..] if first == COMMAND => rest,
        all => all,
    };
    if let Some(first) = arguments.first().filter(|first| !first.starts_with('-')) {
        let message = format!("command not found: {first}");
        return Err(Refusal::new(Stage::Command, message).at(COMMAND_LINE, first, 0..first.len()));
    }
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        return Ok(Outcome::Help);
    }
    let reader = Reader {
        arguments,
        environment: input.environment,
        named: input.environment.iter().cloned().collect(),
        files: input.files,
        choice: input.file,
    };
    reader.look_for_removed(notices)?;
    let mut loaded = reader.read()?;
    loaded.configuration.complete(notices);
    loaded.configuration.validate(notices)?;
    Ok(Outcome::Loaded(Box::new(loaded)))
}

struct Reader<'a> {
    arguments: &'a [String],
    environment: &'a [(String, String)],
    named: BTreeMap<String, String>,
    files: &'a dyn FileSystem,
    choice: FileChoice<'a>,
}

/// A file that was found and could be read.
struct Opened {
    path: String,
    text: String,
    item: Item,
}

/// Why a file that was found, or looked for, can't be used.
enum Unopened {
    Disk(FileError),
    Ending(String),
    Syntax { path: String, text: String, error: SyntaxError },
    Empty(String),
}

impl Unopened {
    fn refusal(self) -> Refusal {
        let new = |message: String| Refusal::new(Stage::File, message);
        match self {
            Self::Disk(error) => new(error.to_string()),
            Self::Ending(path) => new(format!("unsupported file extension: {path}")),
            Self::Syntax { path, text, error } => new(error.message).at(path, &text, error.span),
            Self::Empty(path) => new(format!("no configuration found in file: {path}")),
        }
    }
}

impl Reader<'_> {
    /// Ends at the first place that has a removed option, or that can't be searched.
    fn look_for_removed(&self, notices: &mut Vec<Notice>) -> Result<(), Refusal> {
        let mut found = deprecated::in_arguments(self.arguments, notices);
        if matches!(found, Found::Nothing) {
            found = self.look_in_file(notices);
        }
        if matches!(found, Found::Nothing) {
            let variables = environment::taken(self.environment, deprecated::schema());
            found = deprecated::in_variables(&variables, notices);
        }
        match found {
            Found::Nothing => Ok(()),
            Found::Removed => Err(Refusal::new(
                Stage::Deprecation,
                notices.last().map_or_else(String::new, |notice| notice.message.clone()),
            )),
            Found::Failed(why) => {
                let message = format!("the search for deprecated options failed: {why}");
                notices.push(Notice::error(None, message));
                Ok(())
            }
            Found::Crash(why) => Err(Refusal::crash(Stage::Deprecation, why)),
        }
    }

    fn look_in_file(&self, notices: &mut Vec<Notice>) -> Found {
        let arguments = deprecated::with_values(self.arguments);
        let named = flags::parse(&arguments, Known::Nothing).ok().and_then(|flags| config_file(&flags));
        match self.open(named.as_deref()) {
            Ok(None) => Found::Nothing,
            Ok(Some(opened)) => deprecated::in_file(&opened.item, &opened.path, notices),
            Err(unopened) => Found::Failed(unopened.refusal().message),
        }
    }

    fn open(&self, named: Option<&str>) -> Result<Option<Opened>, Unopened> {
        let found = match self.choice {
            FileChoice::Found => find(named, &self.named, self.files),
            FileChoice::Named(path) => Ok(Some(path.to_owned())),
            FileChoice::Without => Ok(None),
        };
        let Some(path) = found.map_err(Unopened::Disk)? else { return Ok(None) };
        let bytes = self.files.read(&path).map_err(Unopened::Disk)?;
        let Some(language) = Language::of(&path) else { return Err(Unopened::Ending(path)) };
        let syntax = |text: String, error| Unopened::Syntax { path: path.clone(), text, error };
        let text = file::text_of(&bytes, language)
            .map_err(|error| syntax(String::from_utf8_lossy(&bytes).into_owned(), error))?;
        let item = match file::read(&text, language) {
            Ok(item) => item,
            Err(error) => return Err(syntax(text, error)),
        };
        if item.value.entries().is_empty() {
            return Err(Unopened::Empty(path));
        }
        Ok(Some(Opened { path, text, item }))
    }

    /// A file, else flags, else variables.
    fn read(&self) -> Result<Loaded, Refusal> {
        let flags = flags::parse(self.arguments, Known::Static).map_err(|error| {
            let argument = &self.arguments[error.at()];
            let refusal = Refusal::new(Stage::File, error.to_string());
            let nearest = error.name().and_then(nearest_option);
            Refusal { nearest, ..refusal }.at(COMMAND_LINE, argument, 0..argument.len())
        })?;
        let variables = environment::taken(self.environment, schema());
        let mut trail = Trail { arguments: self.arguments.to_vec(), flags, variables, file: None };
        let fresh = schema().new_struct(Schema::ROOT);
        let (source, options) = match self.open(config_file(&trail.flags).as_deref()).map_err(Unopened::refusal)? {
            Some(opened) => {
                let options = from_file(&opened, fresh)?;
                trail.file = Some((opened.text, opened.item));
                (Source::File(opened.path), options)
            }
            None if !self.arguments.is_empty() => (Source::Flags, from_flags(&trail.flags, fresh)?),
            None if !trail.variables.is_empty() => (Source::Variables, from_variables(&trail.variables, fresh)?),
            None => (Source::Nothing, fresh),
        };
        Ok(Loaded { source, configuration: Configuration::new(options), trail })
    }
}

/// The file that flags name: Traefik knows two spellings of the flag, and prefers the first.
pub(super) fn config_file(flags: &Flags) -> Option<String> {
    let labels = flags.labels();
    let value = labels.get("traefik.configFile").or_else(|| labels.get("traefik.configfile"));
    value.map(ToString::to_string)
}

fn from_file(opened: &Opened, fresh: Struct) -> Result<Struct, Refusal> {
    let is_root = |name: &str| root_names(schema()).any(|root| same_name(root, name));
    let tree = file::tree(&opened.item, ROOT, is_root)
        .map_err(|error| Refusal::new(Stage::File, error.message).at(&opened.path, &opened.text, error.span))?;
    let Some(tree) = tree else {
        let refusal = Refusal::new(Stage::File, format!("no valid configuration found in file: {}", opened.path));
        let Some(first) = opened.item.value.entries().first() else { return Err(refusal) };
        let nearest = meant_root(&first.name).map(str::to_owned);
        return Err(Refusal { nearest, ..refusal }.at(&opened.path, &opened.text, first.span.clone()));
    };
    schema().decode(Some(tree), fresh, Origin::File).map_err(|error| {
        let refusal = refused(Stage::File, "", &error);
        let path = error.path.strip_prefix("traefik.").unwrap_or(&error.path);
        match file::place_of(&opened.item, path) {
            Some(span) => refusal.at(&opened.path, &opened.text, span),
            None => refusal,
        }
    })
}

fn from_flags(flags: &Flags, fresh: Struct) -> Result<Struct, Refusal> {
    let labels = flags.labels();
    let options = label_tree(&labels, ROOT, &[""]).and_then(|tree| schema().decode(tree, fresh, Origin::Labels));
    options.map_err(|error| {
        let refusal = refused(Stage::Flags, "failed to decode configuration from flags: ", &error);
        let flag = flags.given.iter().rev().find(|flag| leads_to(&format!("{ROOT}.{}", flag.name), &error.path));
        match flag {
            Some(flag) => {
                let text = format!("--{}={}", flag.name, flag.value);
                refusal.at(COMMAND_LINE, &text, 0..flag.name.len() + 2)
            }
            None => refusal,
        }
    })
}

fn from_variables(variables: &[Variable], fresh: Struct) -> Result<Struct, Refusal> {
    let labels = environment::labels(variables);
    let options = label_tree(&labels, ROOT, &[""]).and_then(|tree| schema().decode(tree, fresh, Origin::Labels));
    options.map_err(|error| {
        let what = "failed to decode configuration from environment variables: ";
        let refusal = refused(Stage::Variables, what, &error);
        match variables.iter().rev().find(|variable| leads_to(&environment::key(&variable.name), &error.path)) {
            Some(variable) => {
                let text = format!("{}={}", variable.name, variable.value);
                refusal.at("the environment", &text, 0..variable.name.len())
            }
            None => refusal,
        }
    })
}

/// The option that may have been meant by a flag of a name that there isn't.
fn nearest_option(name: &str) -> Option<String> {
    let labels = BTreeMap::from([(Text::from(format!("{ROOT}.{name}").as_str()), Text::default())]);
    let tree = label_tree(&labels, ROOT, &[""]).ok()?;
    let error = schema().decode(tree, schema().new_struct(Schema::ROOT), Origin::Labels).err()?;
    error.problem.nearest().map(str::to_owned)
}

fn refused(stage: Stage, what: &str, error: &DecodeError) -> Refusal {
    let mut refusal = Refusal::new(stage, format!("{what}{error}"));
    refusal.nearest = error.problem.nearest().map(str::to_owned);
    refusal.is_crash = error.problem.is_panic();
    refusal
}

/// Whether a key is the one that an error is about, or leads to or from there.
fn leads_to(key: &str, path: &str) -> bool {
    let (short, long) = if key.len() < path.len() { (key, path) } else { (path, key) };
    long.get(..short.len()).is_some_and(|start| same_name(start, short))
        && long[short.len()..].chars().next().is_none_or(|next| matches!(next, '.' | '['))
}
