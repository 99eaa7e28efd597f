//! Each option as it takes effect: its value, where it is from, and what it takes the place of.

use std::fmt;
use std::ops::Range;

use super::configuration::Configuration;
use super::entry_point::EntryPoints;
use super::environment;
use super::file;
use super::flags::ROOT;
use super::load::{Loaded, Source, Trail};
use super::own_routes::OwnRoutes;
use super::provider::{Provider, Secret};
use super::remark::Remark;
use super::report::Refusal;
use super::started::Started;
use crate::decode::same_name;
use crate::golang::duration::Duration;
use crate::model::Text;

/// Where a value is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Traefik's own default.
    Default,
    /// A file, by line.
    File {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A flag of Traefik's, as it was typed.
    Flag(String),
    /// A variable of Traefik's.
    Variable(String),
    /// What a snapshot recorded.
    Recorded,
    /// The demo's.
    BuiltIn,
    /// An option of ours: `--cluster`.
    WhatIf(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{path}:{line}"),
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::Recorded => f.write_str("snapshot"),
            Self::BuiltIn => f.write_str("demo"),
            Self::WhatIf(option) => write!(f, "what-if {option}"),
        }
    }
}

/// A value that another takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadowed {
    /// The value as it may be shown.
    pub value: String,
    /// Where it is from.
    pub origin: Origin,
}

/// One option as it takes effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its full name: `providers.ecs.region`.
    pub name: String,
    /// The value as it may be shown: of a credential only whether it is set.
    pub value: String,
    /// Where it is from.
    pub origin: Origin,
    /// What it takes the place of, nearest first.
    pub shadowed: Vec<Shadowed>,
}

/// All settings, with where they are from.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The ECS provider's options.
    pub provider: Provider,
    /// Whether the provider is on; its options are the defaults where it is not.
    pub is_on: bool,
    /// Each option of the provider, and what else decides a pass.
    pub settings: Vec<Setting>,
    /// Which of the three forms won; none where another base took their place.
    pub source: Option<Source>,
    /// Whose settings they are, where not this machine's: ``container `traefik` of edge:3``.
    pub by: Option<String>,
    /// The task that they are from, where they are from one.
    pub started: Option<Started>,
    /// What can't be seen of them, a sentence each: where there is any, the whole is assumed.
    pub assumed: Vec<String>,
    /// The entry points.
    pub entry_points: EntryPoints,
    /// How long Traefik waits between two reloads of its configuration.
    pub throttle: Duration,
    /// The language of rules that don't say which they are in; none where it is not set.
    pub default_rule_syntax: Option<Text>,
    /// All providers that are on.
    pub providers: Vec<String>,
    /// What Traefik answers itself.
    pub own_routes: OwnRoutes,
    /// The names of certificate resolvers.
    pub certificates_resolvers: Vec<Text>,
    /// What is worth a word about them.
    pub remarks: Vec<Remark>,
    /// Why Traefik does not start with its file, where it doesn't: these are its defaults then.
    pub refused: Option<Refusal>,
}

/// The options of the provider, in Traefik's order, each with how it is shown.
type Shown = fn(&Provider) -> String;

const OPTIONS: [(&str, Shown); 11] = [
    ("constraints", |ecs| ecs.constraints.to_string()),
    ("exposedByDefault", |ecs| ecs.exposed_by_default.to_string()),
    ("refreshSeconds", |ecs| ecs.refresh_seconds.to_string()),
    ("defaultRule", |ecs| ecs.default_rule.to_string()),
    ("clusters", |ecs| ecs.clusters.join(",")),
    ("autoDiscoverClusters", |ecs| ecs.auto_discover_clusters.to_string()),
    ("healthyTasksOnly", |ecs| ecs.healthy_tasks_only.to_string()),
    ("ecsAnywhere", |ecs| ecs.ecs_anywhere.to_string()),
    ("region", |ecs| ecs.region.to_string()),
    ("accessKeyID", |ecs| hidden(&ecs.access_key_id)),
    ("secretAccessKey", |ecs| format!("{:?}", ecs.secret_access_key)),
];

/// The options that hold credentials.
const CREDENTIALS: [&str; 2] = ["providers.ecs.accessKeyID", "providers.ecs.secretAccessKey"];

/// Options beside the provider's that have a line of their own.
const THROTTLE: &str = "providers.providersThrottleDuration";

fn hidden(text: &str) -> String {
    format!("{:?}", Secret::new(text))
}

impl Effective {
    /// Settings that Traefik read.
    pub fn of(loaded: &Loaded) -> Self {
        let options = &loaded.configuration;
        let ecs = options.ecs();
        let mut effective = Self {
            is_on: ecs.is_some(),
            source: Some(loaded.source.clone()),
            ..Self::based_on(ecs.unwrap_or_default(), options, |name| loaded.trail.origin(&loaded.source, name))
        };
        for setting in &mut effective.settings {
            setting.shadowed = loaded.trail.ignored(&loaded.source, &setting.name);
        }
        effective
    }

    /// The demo's settings, which are in no file that anybody could look into.
    pub fn built_in(loaded: &Loaded) -> Self {
        let mut effective = Self { source: None, ..Self::of(loaded) };
        for setting in effective.settings.iter_mut().filter(|setting| setting.origin != Origin::Default) {
            setting.origin = Origin::BuiltIn;
        }
        effective
    }

    /// The provider's options from elsewhere, with Traefik's defaults for the rest.
    pub fn from_provider(provider: Provider, origin: &Origin) -> Self {
        let fresh = Provider::default();
        let given = provider.clone();
        let origin_of = |name: &str| {
            let differs = OPTIONS
                .iter()
                .any(|(option, show)| name.rsplit('.').next() == Some(option) && show(&given) != show(&fresh));
            if differs { origin.clone() } else { Origin::Default }
        };
        Self::based_on(provider, &Configuration::fresh(), origin_of)
    }

    fn based_on(provider: Provider, options: &Configuration, origin: impl Fn(&str) -> Origin) -> Self {
        let setting = |name: String, value: String| {
            let origin = origin(&name);
            Setting { name, value, origin, shadowed: Vec::new() }
        };
        let mut settings: Vec<Setting> =
            OPTIONS.iter().map(|(name, show)| setting(format!("providers.ecs.{name}"), show(&provider))).collect();
        settings.push(setting(THROTTLE.to_owned(), options.throttle_duration().to_string()));
        Self {
            provider,
            is_on: true,
            settings,
            source: None,
            by: None,
            started: None,
            assumed: Vec::new(),
            entry_points: options.entry_points(),
            throttle: options.throttle_duration(),
            default_rule_syntax: options.default_rule_syntax(),
            providers: options.providers(),
            own_routes: options.own_routes(),
            certificates_resolvers: options.certificates_resolvers(),
            remarks: Vec::new(),
            refused: None,
        }
    }

    /// Lays one option over what was read.
    pub fn what_if(&mut self, option: &str, by: &'static str, change: impl FnOnce(&mut Provider)) {
        change(&mut self.provider);
        self.is_on = true;
        let Some((_, show)) = OPTIONS.iter().find(|(name, _)| *name == option) else { return };
        // 1.7 calls it `ecs.region`, later releases `providers.ecs.region`.
        let name = format!("ecs.{option}");
        if let Some(setting) = self.settings.iter_mut().find(|setting| setting.name.ends_with(&name)) {
            let value = std::mem::replace(&mut setting.value, show(&self.provider));
            let origin = std::mem::replace(&mut setting.origin, Origin::WhatIf(by));
            setting.shadowed.insert(0, Shadowed { value, origin });
        }
    }

    /// One option by its name in `providers.ecs`, or in 1.7's `ecs`.
    pub fn setting(&self, option: &str) -> Option<&Setting> {
        let is_it = |name: &str| name.strip_prefix("providers.").unwrap_or(name).strip_prefix("ecs.") == Some(option);
        self.settings.iter().find(|setting| is_it(&setting.name))
    }
}

impl Trail {
    /// Where the winner says the value of an option.
    fn origin(&self, source: &Source, name: &str) -> Origin {
        let said = match source {
            Source::File(path) => self.in_file(path, name).map(|(origin, _)| origin),
            Source::Flags => self.in_flags(name).map(|(origin, _)| origin),
            Source::Variables => self.in_variables(name).map(|(origin, _)| origin),
            Source::Nothing => None,
        };
        said.unwrap_or(Origin::Default)
    }

    /// What the losers say of an option.
    fn ignored(&self, source: &Source, name: &str) -> Vec<Shadowed> {
        let flags = matches!(source, Source::File(_)).then(|| self.in_flags(name)).flatten();
        let variables = (!matches!(source, Source::Variables)).then(|| self.in_variables(name)).flatten();
        let shown = |value: String| if CREDENTIALS.contains(&name) { hidden(&value) } else { value };
        let ignored = flags.into_iter().chain(variables);
        ignored.map(|(origin, value)| Shadowed { value: shown(value), origin }).collect()
    }

    fn in_file(&self, path: &str, name: &str) -> Option<(Origin, Range<usize>)> {
        let (text, item) = self.file.as_ref()?;
        let place = file::exact_place_of(item, name)?;
        let line = text.get(..place.start)?.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Some((Origin::File { path: path.to_owned(), line }, place))
    }

    fn in_flags(&self, name: &str) -> Option<(Origin, String)> {
        let mut named = self.flags.given.iter().filter(|flag| same_name(&flag.name, name)).peekable();
        let first = format!("--{}", named.peek()?.name);
        let values: Vec<&str> = named.map(|flag| flag.value.as_str()).collect();
        let is_list = name.ends_with(".clusters");
        let value = if is_list { values.join(",") } else { (*values.last()?).to_owned() };
        Some((Origin::Flag(first), value))
    }

    fn in_variables(&self, name: &str) -> Option<(Origin, String)> {
        let key = format!("{ROOT}.{name}");
        let variable = self.variables.iter().rfind(|variable| same_name(&environment::key(&variable.name), &key))?;
        Some((Origin::Variable(variable.name.clone()), variable.value.clone()))
    }
}

impl Configuration {
    /// Traefik's defaults, with the entry points that it adds.
    pub(super) fn fresh() -> Self {
        let fresh = super::schema::schema().new_struct(crate::decode::Schema::ROOT);
        let mut options = Self::new(fresh);
        options.complete(&mut Vec::new());
        options
    }
}
