//! Everything that rules look at: what was written, and the pass that Traefik would make of it.
//!
//! A definition in a file has no tasks yet. So it gets one that runs, is healthy and has an address, in the cluster of
//! its service or beside what runs already; then the same pipeline judges all of it. A container of which something is
//! not known yet is left out of that pass: nothing is guessed.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::decoded::Decoded;
use super::given::{Container, Definition, Service};
use super::input::{Broken, Inputs, recorded};
use super::place::{Site, SourceFile};
use super::stand_in::stand_ins;
use crate::model::{Inventory, Release, Text};
use crate::pipeline::{self, Run, Verdict};
use crate::settings::{Effective, Origin, Source};
use crate::template::Ambient;
use crate::v1;

/// What rules look at.
#[derive(Debug)]
pub struct World<'a> {
    /// The files.
    pub files: &'a [SourceFile],
    /// Definitions: those of the files, then those that AWS gave.
    pub definitions: Vec<Definition>,
    /// How many of them are of the files.
    pub written: usize,
    /// The services of the files.
    pub services: &'a [Service],
    /// Files that can't be read.
    pub broken: &'a [Broken],
    /// Traefik's settings.
    pub settings: &'a Effective,
    /// What a default rule may ask of its surroundings.
    pub ambient: &'a Ambient,
    static_file: Option<usize>,
    /// What Traefik would make of all of it.
    pub run: Run,
    /// What Traefik 1.7 would make of it, where that is asked: then nothing else counts.
    pub old: Option<v1::Run>,
    places: BTreeMap<Text, usize>,
    pub(super) configurations: OnceCell<Vec<Decoded>>,
}

/// One container that was judged, with what was written of it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// What became of it.
    pub verdict: &'a Verdict,
    /// Its definition.
    pub definition: &'a Definition,
    /// What that says of it.
    pub container: &'a Container,
    /// Whether it runs already, or is only written.
    pub is_running: bool,
}

impl<'a> World<'a> {
    /// Puts what was written among what runs, and plays a pass over it.
    pub fn new(
        inputs: &'a Inputs,
        fleet: Inventory,
        settings: &'a Effective,
        release: Release,
        ambient: &'a Ambient,
    ) -> Self {
        let (inventory, mut places) = stand_ins(&inputs.definitions, &inputs.services, fleet);
        let written = inputs.definitions.len();
        let mut definitions = inputs.definitions.clone();
        for (arn, record) in &inventory.task_definitions {
            places.entry(arn.clone()).or_insert_with(|| {
                definitions.push(recorded(record));
                definitions.len() - 1
            });
        }
        let run = pipeline::run(inventory, &settings.provider, release, ambient);
        Self {
            files: &inputs.files,
            definitions,
            written,
            services: &inputs.services,
            broken: &inputs.broken,
            settings,
            ambient,
            static_file: inputs.static_file(),
            run,
            places,
            old: None,
            configurations: OnceCell::new(),
        }
    }

    /// The same world as Traefik 1.7 sees it.
    #[must_use]
    pub fn as_of_v1(mut self, settings: &v1::Settings, ambient: &Ambient) -> Self {
        self.old = Some(v1::run(settings, self.run.inventory.clone(), ambient));
        self
    }

    /// What was written, or recorded, of a definition in the pass.
    pub(super) fn definition(&self, arn: &Text) -> Option<&Definition> {
        self.definitions.get(*self.places.get(arn)?)
    }

    /// The containers that were judged; of equal replicas each.
    pub fn judged(&self) -> impl Iterator<Item = Judged<'_>> {
        self.run.verdicts.iter().filter_map(|verdict| self.judgement(verdict))
    }

    /// One container for each place in a definition: replicas of one container count once.
    pub fn distinct(&self) -> Vec<Judged<'_>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut kept = Vec::new();
        for judged in self.judged() {
            let subject = &judged.verdict.subject;
            let reason = judged.verdict.reason().map(pipeline::Reason::id);
            let arn = subject.definition.as_ref().map(|definition| definition.task_definition_arn.clone());
            if seen.insert((arn, subject.definition_index, reason)) {
                kept.push(judged);
            }
        }
        kept
    }

    fn judgement<'b>(&'b self, verdict: &'b Verdict) -> Option<Judged<'b>> {
        let arn = &verdict.subject.definition.as_ref()?.task_definition_arn;
        let index = *self.places.get(arn)?;
        let definition = &self.definitions[index];
        let container = definition.containers.get(verdict.subject.definition_index?)?;
        Some(Judged { verdict, definition, container, is_running: index >= self.written })
    }

    /// Every container that is written or runs, judged or not.
    pub fn containers(&self) -> impl Iterator<Item = (&Definition, &Container)> {
        self.definitions
            .iter()
            .flat_map(|definition| definition.containers.iter().map(move |known| (definition, known)))
    }

    /// Where an option of the provider stands in Traefik's static configuration, if it was read from there.
    pub fn setting_site(&self, option: &str) -> Option<Site> {
        match &self.settings.setting(option)?.origin {
            Origin::File { line, .. } => self.line_site(*line),
            _ => None,
        }
    }

    /// A line of Traefik's static configuration, given with its file's name.
    pub fn settings_line(&self, (path, line): &(String, usize)) -> Option<Site> {
        let is_it = matches!(&self.settings.source, Some(Source::File(read)) if read == path);
        if is_it { self.line_site(*line) } else { None }
    }

    /// The first line of Traefik's static configuration, for what stands nowhere in it.
    pub fn settings_start(&self) -> Option<Site> {
        matches!(self.settings.source, Some(Source::File(_))).then(|| self.line_site(1))?
    }

    /// A place in bytes of Traefik's static configuration.
    pub fn settings_site(&self, span: Range<usize>) -> Option<Site> {
        let file = self.static_file?;
        let length = self.files[file].text.len();
        let start = span.start.min(length);
        Some(Site::of(file, None, start..span.end.clamp(start, length)))
    }

    /// Whether Traefik's static configuration is written for 1.7: it has a section `ecs` of its own.
    pub fn has_settings_of_v1(&self) -> bool {
        let text = self.static_file.map_or("", |file| &*self.files[file].text);
        let mut tables = text.lines().filter_map(|line| line.trim().strip_prefix('[')?.split([']', '.']).next());
        tables.any(|name| name.trim().eq_ignore_ascii_case("ecs"))
    }

    fn line_site(&self, line: usize) -> Option<Site> {
        let span = self.files[self.static_file?].line(line)?;
        self.settings_site(span)
    }

    /// Definitions of the files of which something is not known yet.
    pub fn unknown(&self) -> impl Iterator<Item = &Definition> {
        self.definitions[..self.written].iter().filter(|definition| !definition.is_known())
    }
}

impl Judged<'_> {
    /// What a finding is about: `api:3/web`.
    pub fn title(&self) -> String {
        title(self.definition, self.container)
    }
}

/// What a finding about a container is about.
pub fn title(definition: &Definition, container: &Container) -> String {
    format!("{}/{}", definition.title(), container.title())
}
