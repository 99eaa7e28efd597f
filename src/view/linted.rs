//! What `lint` says. `ecsroute.lint/1`.

mod github;
mod junit;
mod sarif;
mod text;

use serde::Serialize;

use crate::lint::{Finding, Severity, Site, SourceFile, World, elsewhere};

/// The document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Linted {
    /// `ecsroute.lint/1`.
    pub schema: &'static str,
    /// The findings that count, in the order of files and places.
    pub findings: Vec<Found>,
    /// What could not be judged, and why.
    pub unknown: Vec<Unknown>,
    /// What labels name of other providers, which is not known here: `auth@file`.
    pub elsewhere: Vec<String>,
    /// Figures.
    pub summary: Summary,
}

/// Figures of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Files that hold something to judge.
    pub files: usize,
    /// Task definitions, those that run included.
    pub definitions: usize,
    /// Definitions that could not be judged, or not whole.
    pub unknown: usize,
    /// Findings of that severity.
    pub errors: usize,
    /// Findings of that severity.
    pub warnings: usize,
    /// Findings of that severity.
    pub notes: usize,
    /// Findings that an ignore or the baseline keeps quiet.
    pub ignored: usize,
}

/// One finding.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What it is about: `api:3/web`.
    pub subject: Option<String>,
    /// What it does to the fleet.
    pub effect: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Where; null for what AWS gave.
    pub place: Option<Region>,
    /// Other places that play a part.
    pub related: Vec<Related>,
    /// What stands under the place.
    #[serde(skip)]
    pub label: String,
}

/// A place in a file: lines and columns from 1, columns in characters; the end is behind the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// The file's path, as it was given.
    pub file: String,
    /// Which of the files that is.
    #[serde(skip)]
    pub index: usize,
    /// The first line.
    pub line: usize,
    /// The first column.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// The same in bytes of the file's text.
    #[serde(skip)]
    pub span: std::ops::Range<usize>,
}

/// Another place.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Related {
    /// What it is.
    pub message: String,
    /// Where.
    pub place: Region,
}

/// A definition that could not be judged, or not whole.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unknown {
    /// Which.
    pub subject: String,
    /// Where.
    pub place: Option<Region>,
    /// What is not known yet.
    pub because: Vec<String>,
}

impl Linted {
    /// What was found, beside `ignored` findings that are kept quiet.
    pub fn of(world: &World<'_>, findings: &[Finding], ignored: usize) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let unknown: Vec<_> = world.unknown().map(|definition| self::unknown(definition, world.files)).collect();
        Self {
            schema: "ecsroute.lint/1",
            findings: findings.iter().map(|finding| found(finding, world.files)).collect(),
            summary: Summary {
                files: world.files.len(),
                definitions: world.definitions.len(),
                unknown: unknown.len(),
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                notes: count(Severity::Note),
                ignored,
            },
            unknown,
            elsewhere: elsewhere(world).into_iter().collect(),
        }
    }

    /// For programs.
    pub fn json(&self) -> Vec<u8> {
        crate::render::json(&serde_json::to_value(self).unwrap_or_default())
    }
}

fn found(finding: &Finding, files: &[SourceFile]) -> Found {
    let related = finding.related.iter();
    Found {
        rule: finding.rule.id,
        name: finding.rule.name,
        severity: finding.severity.word(),
        message: finding.message.clone(),
        subject: Some(finding.subject.clone()).filter(|subject| !subject.is_empty()),
        effect: finding.effect.clone(),
        help: finding.help.clone(),
        place: finding.site.as_ref().map(|site| region(site, files)),
        related: related
            .map(|(message, site)| Related { message: message.clone(), place: region(site, files) })
            .collect(),
        label: finding.label.clone(),
    }
}

fn unknown(definition: &crate::lint::given::Definition, files: &[SourceFile]) -> Unknown {
    let mut because: Vec<_> = definition.later.iter().map(|later| later.what.clone()).collect();
    for container in &definition.containers {
        let title = container.title();
        because.extend(container.later.iter().map(|later| format!("{title}: {}", later.what)));
        let labels = container.labels.iter().filter(|label| !label.is_known());
        because.extend(labels.map(|label| format!("{title}: {}={}", label.key.shown(), label.value.shown())));
    }
    Unknown { subject: definition.title(), place: definition.site.as_ref().map(|site| region(site, files)), because }
}

/// A place by lines and columns.
fn region(site: &Site, files: &[SourceFile]) -> Region {
    let file = &files[site.file];
    let span = site.span(files);
    let (line, column) = file.line_and_column(span.start);
    let (end_line, end_column) = file.line_and_column(span.end);
    Region { file: file.name.clone(), index: site.file, line, column, end_line, end_column, span }
}
