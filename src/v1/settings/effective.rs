//! What 1.7 is set to, with where each option is from: its file first, flags over it.

use std::collections::BTreeMap;

use super::option::{EcsOption, Given, OPTIONS, ROOT, named};
use super::{Settings, TemplateVersion, file, flags};
use crate::settings::{self, Input, Origin, Provider, Refusal, Remark, RemarkKind, Setting, Shadowed, Source, Started};
use crate::v1::EntryPoints;

/// The options as they take effect.
#[derive(Debug, Clone, Default)]
pub struct Effective {
    /// The options.
    pub settings: Settings,
    /// Whether the provider is on; its options are the defaults where it is not.
    pub is_on: bool,
    /// The file that was read.
    pub file: Option<String>,
    /// Whether there were flags.
    pub has_flags: bool,
    /// Entry points, and which of them a frontend has that names none.
    pub entry_points: EntryPoints,
    /// Whose settings they are, where not this machine's.
    pub by: Option<String>,
    /// The task that they are from, where they are from one.
    pub started: Option<Started>,
    /// What can't be seen of them, a sentence each.
    pub assumed: Vec<String>,
    /// What is worth a word about them.
    pub remarks: Vec<Remark>,
    /// What each option was given, by its path, with what it was before: the last one counts.
    given: BTreeMap<String, Vec<Shadowed>>,
}

/// Reads settings as 1.7 does: the first file that is there, and the command line over it.
///
/// # Errors
/// Where Traefik would not start.
pub fn load(input: &Input<'_>) -> Result<Effective, Refusal> {
    let line = flags::read(input.arguments)?;
    let mut effective = Effective::default();
    if let Some(path) = file::find(input, line.config_file.as_deref()) {
        file::strictly(&path, input.files, &mut effective)?;
    }
    flags::lay_over(line, &mut effective);
    effective.settle();
    Ok(effective)
}

impl Effective {
    /// Adds what can't be seen of a task that starts Traefik.
    #[must_use]
    pub fn started(mut self, started: &Started) -> Self {
        self.by = Some(started.by.clone());
        self.started = Some(started.clone());
        self.assumed.clone_from(&started.assumed);
        if !self.settings.filename.is_empty() {
            self.assumed.push(format!(
                "the template {} lies in the image or a volume and can't be seen: the built-in one is taken",
                self.settings.filename
            ));
        }
        self
    }

    /// The options that a later release's settings share, from elsewhere; the rest are 1.7's defaults.
    pub fn from_provider(provider: &Provider, origin: &Origin) -> Self {
        let mut effective = Self { is_on: true, ..Self::default() };
        let shared: [(&str, Given); 5] = [
            ("clusters", Given::Texts(provider.clusters.clone())),
            ("autoDiscoverClusters", Given::Truth(provider.auto_discover_clusters)),
            ("refreshSeconds", Given::Number(provider.refresh_seconds)),
            ("exposedByDefault", Given::Truth(provider.exposed_by_default)),
            ("region", Given::Text(provider.region.clone())),
        ];
        for (name, given) in shared {
            let Some(option) = named(name) else { continue };
            let before = option.shown(&effective.settings);
            option.set(&mut effective.settings, given);
            if option.shown(&effective.settings) != before {
                effective.remember(option, origin.clone());
            }
        }
        effective
    }

    /// The same in the terms of later releases, as what is shown and what looks at them takes it.
    pub fn in_later_terms(&self) -> settings::Effective {
        let origins = self.given.values().flatten().map(|given| &given.origin);
        let elsewhere = origins.clone().any(|origin| matches!(origin, Origin::Recorded | Origin::BuiltIn));
        let source = match &self.file {
            _ if elsewhere => None,
            Some(path) => Some(Source::File(path.clone())),
            None if self.has_flags => Some(Source::Flags),
            None => Some(Source::Nothing),
        };
        settings::Effective {
            is_on: self.is_on,
            settings: self.options(),
            source,
            by: self.by.clone(),
            started: self.started.clone(),
            assumed: self.assumed.clone(),
            remarks: self.remarks.clone(),
            entry_points: settings::EntryPoints::default(),
            ..settings::Effective::from_provider(self.settings.provider(), &Origin::Default)
        }
    }

    /// Lays one option over what was read, by its name; a name that is none changes nothing.
    pub fn what_if(&mut self, option: &str, by: &Origin, change: impl FnOnce(&mut Settings)) {
        let Some(option) = named(option) else { return };
        change(&mut self.settings);
        self.is_on = true;
        self.remember(option, by.clone());
    }

    /// Lets the constraints that were given stand alone, without those at the root.
    pub fn without_root_constraints(&mut self, by: &Origin) {
        if !self.settings.root_constraints.is_empty() {
            self.settings.root_constraints.clear();
            self.remember(&ROOT, by.clone());
        }
    }

    /// The section by itself on the command line: the provider is on, with its defaults in place of what a file says.
    pub(super) fn renew(&mut self) {
        let by = Origin::Flag("--ecs".to_owned());
        let root = std::mem::take(&mut self.settings.root_constraints);
        self.settings = Settings { root_constraints: root, ..Settings::default() };
        let given: Vec<_> = OPTIONS.iter().filter(|option| self.is_given(option.name)).collect();
        if let (Some(path), false) = (&self.file, given.is_empty()) {
            let names: Vec<&str> = given.iter().map(|option| option.name).collect();
            let word = format!(
                "`--ecs` stands for the whole section with its defaults: what {path} says of {} is ignored; leave `--ecs` \
                 out, or turn the provider on by the file alone",
                names.join(", ")
            );
            self.remarks.push(Remark::new("section-renewed", RemarkKind::Ignored, word));
        }
        for option in given {
            self.remember(option, by.clone());
        }
        self.is_on = true;
    }

    /// Gives an option a value; one of the provider's turns it on.
    pub(super) fn give(&mut self, option: &'static EcsOption, value: Given, origin: Origin) {
        option.set(&mut self.settings, value);
        self.is_on |= option.is_of_ecs();
        self.remember(option, origin);
    }

    fn remember(&mut self, option: &'static EcsOption, origin: Origin) {
        let value = option.shown(&self.settings);
        self.given.entry(option.path()).or_default().push(Shadowed { value, origin });
    }

    /// The template's version follows from whether there is a template.
    pub(super) fn settle(&mut self) {
        if self.settings.filename.is_empty() {
            self.settings.template_version = TemplateVersion::Two;
        } else if !self.is_given("templateVersion") {
            self.settings.template_version = TemplateVersion::One;
        }
    }

    /// Whether an option was given, wherever.
    pub(super) fn is_given(&self, option: &str) -> bool {
        self.given.contains_key(&format!("ecs.{option}"))
    }

    /// Each option that has a say, in the document's order; the one at the root where it is given.
    pub fn options(&self) -> Vec<Setting> {
        let root = self.given.contains_key(&ROOT.path()).then_some(&ROOT);
        OPTIONS.iter().filter(|option| option.counts()).chain(root).map(|option| self.shown(option)).collect()
    }

    fn shown(&self, option: &EcsOption) -> Setting {
        let given = self.given.get(&option.path()).map_or(&[][..], Vec::as_slice);
        let (origin, before) = match given.split_last() {
            Some((last, before)) => (last.origin.clone(), before),
            None => (Origin::Default, &[][..]),
        };
        let shadowed = before.iter().rev().cloned().collect();
        Setting { name: option.path(), value: option.shown(&self.settings), origin, shadowed }
    }
}
