//! The options of `[ecs]` by name: what each takes, in a file and on a command line, and how it is shown.

use super::{Settings, TemplateVersion};
use crate::golang::number::parse_signed;
use crate::golang::strconv::parse_bool;
use crate::model::Text;
use crate::settings::Secret;
use crate::v1::constraint::Constraint;
use crate::v1::toml::Toml;

/// One option.
#[derive(Debug)]
pub(super) struct EcsOption {
    /// Its name, as 1.7's document spells it; any case will do.
    pub name: &'static str,
    kind: Kind,
}

/// What an option takes, and where it is kept.
#[derive(Debug)]
enum Kind {
    Truth(fn(&mut Settings) -> &mut bool),
    Number(fn(&mut Settings) -> &mut i64),
    Text(fn(&mut Settings) -> &mut Text),
    /// A list: a flag splits it at these.
    Texts(fn(&mut Settings) -> &mut Vec<Text>, &'static [char]),
    Constraints,
    /// Those for every provider, which stand outside of `[ecs]`.
    RootConstraints,
    Secret,
    TemplateVersion,
    /// A truth value that changes nothing of what is found.
    Idle,
}

/// A value for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    Truth(bool),
    Number(i64),
    Text(Text),
    Texts(Vec<Text>),
}

const fn option(name: &'static str, kind: Kind) -> EcsOption {
    EcsOption { name, kind }
}

/// Every option, in the order of the document; those behind `filename` came after it.
pub(super) static OPTIONS: [EcsOption; 15] = [
    option("cluster", Kind::Text(|ecs| &mut ecs.cluster)),
    option("clusters", Kind::Texts(|ecs| &mut ecs.clusters, &[',', ';'])),
    option("watch", Kind::Truth(|ecs| &mut ecs.watch)),
    option("autoDiscoverClusters", Kind::Truth(|ecs| &mut ecs.auto_discover_clusters)),
    option("refreshSeconds", Kind::Number(|ecs| &mut ecs.refresh_seconds)),
    option("exposedByDefault", Kind::Truth(|ecs| &mut ecs.exposed_by_default)),
    option("region", Kind::Text(|ecs| &mut ecs.region)),
    option("accessKeyID", Kind::Text(|ecs| &mut ecs.access_key_id)),
    option("secretAccessKey", Kind::Secret),
    option("filename", Kind::Text(|ecs| &mut ecs.filename)),
    option("domain", Kind::Text(|ecs| &mut ecs.domain)),
    option("constraints", Kind::Constraints),
    option("templateVersion", Kind::TemplateVersion),
    option("debugLogGeneratedTemplate", Kind::Idle),
    option("trace", Kind::Idle),
];

/// The option at the root that has a say in what the provider finds; it doesn't turn the provider on.
pub(super) static ROOT: EcsOption = option("constraints", Kind::RootConstraints);

/// The option of a name, in any case.
pub(super) fn named(name: &str) -> Option<&'static EcsOption> {
    OPTIONS.iter().find(|option| option.name.eq_ignore_ascii_case(name))
}

impl EcsOption {
    /// Whether it stands in `[ecs]`.
    pub fn is_of_ecs(&self) -> bool {
        !matches!(self.kind, Kind::RootConstraints)
    }

    /// Its name from the root on.
    pub fn path(&self) -> String {
        if self.is_of_ecs() { format!("ecs.{}", self.name) } else { self.name.to_owned() }
    }

    /// Whether a flag of it takes no value from the next argument.
    pub fn is_switch(&self) -> bool {
        matches!(self.kind, Kind::Truth(_) | Kind::Idle)
    }

    /// Whether it has a say in what is found, and so is shown.
    pub fn counts(&self) -> bool {
        !matches!(self.kind, Kind::Idle)
    }

    /// What it takes, in words.
    pub fn wants(&self) -> &'static str {
        match self.kind {
            Kind::Truth(_) | Kind::Idle => "true or false",
            Kind::Number(_) | Kind::TemplateVersion => "an integer",
            Kind::Text(_) | Kind::Secret => "a text",
            Kind::Texts(..) => "a list of texts",
            Kind::Constraints | Kind::RootConstraints => "a list of constraints",
        }
    }

    /// The value that a file gives.
    ///
    /// # Errors
    /// When it is of another type: what is wrong.
    pub fn of_file(&self, value: &Toml) -> Result<Given, String> {
        let wrong = || format!("`{}` is {}, not {}", self.name, value.kind(), self.wants());
        match (&self.kind, value) {
            (Kind::Truth(_) | Kind::Idle, Toml::Bool(value)) => Ok(Given::Truth(*value)),
            (Kind::Number(_) | Kind::TemplateVersion, Toml::Int(value)) => Ok(Given::Number(*value)),
            (Kind::Text(_) | Kind::Secret, Toml::Text(value)) => Ok(Given::Text(value.as_str().into())),
            (Kind::Texts(..) | Kind::Constraints | Kind::RootConstraints, Toml::Array(items)) => {
                let texts: Option<Vec<Text>> = items.iter().map(|item| item.as_text().map(Text::from)).collect();
                self.checked(texts.ok_or_else(wrong)?)
            }
            _ => Err(wrong()),
        }
    }

    /// The value that a flag gives.
    ///
    /// # Errors
    /// When the text is no such value: what is wrong.
    pub fn of_flag(&self, text: &str) -> Result<Given, String> {
        let split = |separators: &[char]| {
            text.split(separators).filter(|part| !part.is_empty()).map(Text::from).collect::<Vec<_>>()
        };
        let wrong = || format!("`{text}` is not {}", self.wants());
        match &self.kind {
            Kind::Truth(_) | Kind::Idle => parse_bool(text).map(Given::Truth).map_err(|_| wrong()),
            Kind::Number(_) | Kind::TemplateVersion => parse_signed(text, 0).map(Given::Number).map_err(|_| wrong()),
            Kind::Text(_) | Kind::Secret => Ok(Given::Text(text.into())),
            Kind::Texts(_, separators) => Ok(Given::Texts(split(separators))),
            Kind::Constraints | Kind::RootConstraints => self.checked(text.split(',').map(Text::from).collect()),
        }
    }

    /// A list, whose items are read where they are constraints.
    fn checked(&self, texts: Vec<Text>) -> Result<Given, String> {
        if matches!(self.kind, Kind::Constraints | Kind::RootConstraints) {
            texts.iter().try_for_each(|text| Constraint::parse(text).map(|_| ()).map_err(|error| error.to_string()))?;
        }
        Ok(Given::Texts(texts))
    }

    /// Sets it. A value of another kind changes nothing; the two readers above give none.
    pub fn set(&self, settings: &mut Settings, given: Given) {
        match (&self.kind, given) {
            (Kind::Truth(place), Given::Truth(value)) => *place(settings) = value,
            (Kind::Number(place), Given::Number(value)) => *place(settings) = value,
            (Kind::Text(place), Given::Text(value)) => *place(settings) = value,
            (Kind::Texts(place, _), Given::Texts(values)) => *place(settings) = values,
            (Kind::Constraints, Given::Texts(values)) => settings.constraints = values,
            (Kind::RootConstraints, Given::Texts(values)) => settings.root_constraints = values,
            (Kind::Secret, Given::Text(value)) => settings.secret_access_key = Secret::new(value),
            (Kind::TemplateVersion, Given::Number(number)) => {
                settings.template_version = if number == 2 { TemplateVersion::Two } else { TemplateVersion::One };
            }
            _ => {}
        }
    }

    /// Its value as it may be shown: of a credential only whether it is set.
    pub fn shown(&self, settings: &Settings) -> String {
        let mut settings = settings.clone();
        match &self.kind {
            Kind::Truth(place) => place(&mut settings).to_string(),
            Kind::Number(place) => place(&mut settings).to_string(),
            Kind::Text(_) if self.name == "accessKeyID" => format!("{:?}", Secret::new(settings.access_key_id)),
            Kind::Text(place) => place(&mut settings).to_string(),
            Kind::Texts(place, _) => place(&mut settings).join(","),
            Kind::Constraints => settings.constraints.join(","),
            Kind::RootConstraints => settings.root_constraints.join(","),
            Kind::Secret => format!("{:?}", settings.secret_access_key),
            Kind::TemplateVersion => match settings.template_version {
                TemplateVersion::One => "1".to_owned(),
                TemplateVersion::Two => "2".to_owned(),
            },
            Kind::Idle => String::new(),
        }
    }
}
