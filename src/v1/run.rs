//! One whole pass of Traefik 1.7, as one value.

use std::collections::BTreeSet;

use super::compose::{self, NoPort};
use super::configuration::{Configuration, DecodeError, decode};
use super::constraint::{Constraint, ConstraintError};
use super::custom;
use super::fleet;
use super::service::{Services, units};
use super::settings::{Settings, TemplateVersion};
use super::toml::{self, TomlError};
use super::verdict::{Outcome, Reason, Stage, Step, Verdict};
use crate::model::{Action, CallError, Inventory};
use crate::template::Ambient;

/// One whole pass: what went in, what became of it, and what comes out.
#[derive(Debug, Clone)]
pub struct Run {
    /// What the provider is set to.
    pub settings: Settings,
    /// The records that the pass read.
    pub inventory: Inventory,
    /// One for each container, in the order of clusters, tasks and containers.
    pub verdicts: Vec<Verdict>,
    /// The rendered template, where rendering came to its end.
    pub text: Option<String>,
    /// What the pass comes to.
    pub ending: Ending,
    /// Where Traefik's own result depends on the order of a map; the one here is that of the records' order.
    pub ambiguities: Vec<Ambiguity>,
}

/// What a pass comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// This is published.
    Published(Box<Configuration>),
    /// Nothing is; what was published before stays.
    Failed(Failed),
}

/// Why a pass fails.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failed {
    /// The settings are refused: Traefik would not start.
    #[error("{0}")]
    Constraint(#[from] ConstraintError),
    /// An AWS call failed.
    #[error("{0}")]
    Aws(CallError),
    /// Traefik crashes on a record.
    #[error("{0}")]
    Panic(Reason),
    /// The template can't be read or rendered.
    #[error("{0}")]
    Template(String),
    /// What it renders to is no TOML.
    #[error("the rendered template is not TOML: {0}")]
    Toml(#[from] TomlError),
    /// It is TOML, but no configuration.
    #[error("the rendered template is no configuration: {0}")]
    Configuration(#[from] DecodeError),
}

impl Failed {
    /// The kind, as cases name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Constraint(_) => "constraint",
            Self::Aws(_) => "aws",
            Self::Panic(_) => "panic",
            Self::Template(_) => "template",
            Self::Toml(_) | Self::Configuration(_) => "toml",
        }
    }
}

impl From<NoPort> for Failed {
    fn from(error: NoPort) -> Self {
        Self::Template(error.to_string())
    }
}

/// Something that depends on the order in which Traefik happens to see its tasks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ambiguity {
    /// The service: a backend's name without `backend-`.
    pub service: String,
    /// What depends on it.
    pub what: Ambiguous,
    /// The instances (`NAME (ID)`) that give different answers, the one that counts here first.
    pub between: Vec<String>,
}

/// What depends on the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ambiguous {
    /// The backend's options come from the first instance.
    BackendOptions,
    /// The frontend comes from the first instance.
    Frontend,
    /// Several servers have one name; the first stays.
    Server,
}

/// Runs one pass over records. A custom template may ask for clock and environment.
pub fn run(settings: &Settings, inventory: Inventory, ambient: &Ambient) -> Run {
    let (constraints, refused) = match constraints(settings) {
        Ok(constraints) => (constraints, None),
        Err(error) => (Vec::new(), Some(Failed::from(error))),
    };
    let mut verdicts = fleet::verdicts(settings, &constraints, &inventory);
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept()) {
        if let Some(machine) = verdict.machine.clone() {
            verdict.units = units(settings, verdict, &machine);
            verdict.notes = notes(settings, verdict);
        }
    }
    let failed = refused.or_else(|| aws_failure(&inventory)).or_else(|| panic(&verdicts));
    let (text, ending) = match failed {
        Some(failed) => (None, Ending::Failed(failed)),
        None => render(settings, &verdicts, ambient),
    };
    let ambiguities = ambiguities(settings, &verdicts);
    note_servers(&mut verdicts);
    Run { settings: settings.clone(), inventory, verdicts, text, ending, ambiguities }
}

impl Run {
    /// The configuration that is published, if any is.
    pub fn published(&self) -> Option<&Configuration> {
        match &self.ending {
            Ending::Published(configuration) => Some(configuration),
            Ending::Failed(_) => None,
        }
    }

    /// What containers bring, by service.
    pub fn services(&self) -> Services<'_> {
        services(&self.verdicts)
    }
}

fn constraints(settings: &Settings) -> Result<Vec<Constraint>, ConstraintError> {
    settings.all_constraints().map(|text| Constraint::parse(text)).collect()
}

/// The first failed call; one that describes tasks loses them and nothing else.
fn aws_failure(inventory: &Inventory) -> Option<Failed> {
    inventory.errors.iter().find(|error| error.action != Action::DescribeTasks).cloned().map(Failed::Aws)
}

fn panic(verdicts: &[Verdict]) -> Option<Failed> {
    verdicts.iter().filter_map(Verdict::reason).find(|reason| reason.is_panic()).cloned().map(Failed::Panic)
}

fn services(verdicts: &[Verdict]) -> Services<'_> {
    let mut services = Services::new();
    for (index, verdict) in verdicts.iter().enumerate() {
        for unit in &verdict.units {
            services.entry(&unit.service).or_default().push((index, unit));
        }
    }
    services
}

fn render(settings: &Settings, verdicts: &[Verdict], ambient: &Ambient) -> (Option<String>, Ending) {
    let services = services(verdicts);
    let version = settings.template_version;
    let rendered = match &settings.template {
        Some(template) => custom::render(template, version, &services, verdicts, ambient)
            .map_err(|error| Failed::Template(error.to_string())),
        None => compose::compose(&services, version).map_err(Failed::from),
    };
    let text = match rendered {
        Ok(text) => text,
        Err(failed) => return (None, Ending::Failed(failed)),
    };
    let ending = match decoded(&text) {
        Ok(configuration) => Ending::Published(Box::new(configuration)),
        Err(failed) => Ending::Failed(failed),
    };
    (Some(text), ending)
}

/// The configuration that a rendered template stands for.
fn decoded(text: &str) -> Result<Configuration, Failed> {
    Ok(decode(&toml::parse(text)?)?)
}

fn notes(settings: &Settings, verdict: &Verdict) -> Vec<super::labels::LabelNote> {
    if settings.template_version == TemplateVersion::One {
        return Vec::new();
    }
    let all: BTreeSet<_> = verdict.units.iter().flat_map(compose::notes).collect();
    all.into_iter().collect()
}

/// Notes for every container whether its servers are those of their backends: of one name the first stays.
fn note_servers(verdicts: &mut [Verdict]) {
    let mut taken = BTreeSet::new();
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept()) {
        let mut kept = Vec::new();
        let mut lost = None;
        for unit in &verdict.units {
            let Some(server) = &unit.server else { continue };
            if taken.insert((unit.service.clone(), server.name.clone())) {
                kept.push(server.url.clone());
            } else {
                lost = Some(server.name.clone());
            }
        }
        let outcome = match lost {
            Some(server) if kept.is_empty() => Outcome::Dropped(Box::new(Reason::ServerNameConflict { server })),
            _ => Outcome::Passed(kept.join(", ")),
        };
        verdict.steps.push(Step { stage: Stage::Server, outcome });
    }
}

fn ambiguities(settings: &Settings, verdicts: &[Verdict]) -> Vec<Ambiguity> {
    let version = settings.template_version;
    let mut found = Vec::new();
    for (service, units) in services(verdicts) {
        let named = |index: usize| format!("{} ({})", verdicts[index].name, verdicts[index].id);
        let mut compare = |what, texts: Vec<(usize, String)>| {
            let between = differing(texts).into_iter().map(named).collect::<Vec<_>>();
            if between.len() > 1 {
                found.push(Ambiguity { service: service.to_owned(), what, between });
            }
        };
        compare(
            Ambiguous::BackendOptions,
            units.iter().map(|(index, unit)| (*index, compose::backend_options(service, unit, version))).collect(),
        );
        let segments: BTreeSet<&str> = units.iter().map(|(_, unit)| unit.segment.as_str()).collect();
        for segment in segments {
            let own = units.iter().filter(|(_, unit)| unit.segment == segment);
            let texts = own.map(|(index, unit)| (*index, compose::frontend(service, unit, version))).collect();
            compare(Ambiguous::Frontend, texts);
        }
        let servers = units.iter().filter_map(|(index, unit)| Some((*index, unit.server.as_ref()?)));
        let servers: Vec<_> = servers.collect();
        let server_names: BTreeSet<&str> = servers.iter().map(|(_, server)| server.name.as_str()).collect();
        for name in server_names {
            let own = servers.iter().filter(|(_, server)| server.name == name);
            compare(Ambiguous::Server, own.map(|(index, server)| (*index, format!("{server:?}"))).collect());
        }
    }
    found.sort();
    found
}

/// The first place of each different text.
fn differing(texts: Vec<(usize, String)>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|(_, text)| seen.insert(text.clone())).map(|(index, _)| index).collect()
}
