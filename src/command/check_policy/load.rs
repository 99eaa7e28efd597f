//! The policies that the arguments name, each with the text it stands in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::super::output::read;
use crate::cli::CheckPolicyArgs;
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place as Marked};
use crate::iam::{
    self, Document, DocumentRole, Finding, Layer, NoDocument, Place, Policies, Pseudo, Reading, Severity,
};

/// All policies, and where they came from.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) policies: Policies,
    /// Where each policy stands.
    pub(super) sources: BTreeMap<Place, Source>,
    /// What was found in each document, refused ones included.
    pub(super) findings: Vec<(Source, Finding)>,
    pub(super) notes: Vec<String>,
}

/// The text that a policy stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The file, as it was given.
    pub(super) path: String,
    /// Where in it the document stands; empty for the file itself.
    pub(super) within: String,
    /// The text that places refer to.
    pub(super) text: Arc<str>,
    /// Whether that is the file's own text.
    pub(super) is_whole: bool,
}

impl Source {
    /// The file, and where in it.
    pub(super) fn name(&self) -> String {
        if self.within.is_empty() { self.path.clone() } else { format!("{} ({})", self.path, self.within) }
    }
}

/// A file that was given, and what it is given as.
#[derive(Debug)]
pub(super) struct Given {
    path: String,
    /// The name of what is meant in it, where one was given.
    name: Option<String>,
    text: String,
    layer: Layer,
}

impl Given {
    /// Reads every file that the arguments name.
    ///
    /// # Errors
    /// When one can't be read, or is not text.
    pub(super) fn all(
        arguments: &CheckPolicyArgs,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Result<Vec<Self>, Failure> {
        let files = arguments.files.iter().map(|file| (file.as_path(), Layer::Identity));
        let boundary = arguments.boundary.iter().map(|file| (file.as_path(), Layer::Boundary));
        let levels = arguments.scp.iter().enumerate();
        let scps =
            levels.flat_map(|(level, files)| files.split(',').map(move |file| (Path::new(file), Layer::Scp(level))));
        let session = arguments.session_policy.iter().map(|file| (file.as_path(), Layer::Session));
        let mut all = Vec::new();
        for (file, layer) in files.chain(boundary).chain(scps).chain(session) {
            let (path, name) = parted(file, surroundings);
            let text = text(Path::new(&path), surroundings, console)?;
            all.push(Self { path, name, text, layer });
        }
        Ok(all)
    }
}

impl Loaded {
    /// Finds the policies in the files.
    ///
    /// # Errors
    /// When a file holds no policy, or several and none is named.
    pub(super) fn find(given: &[Given], pseudo: &Pseudo) -> Result<Self, Failure> {
        let mut loaded = Self::default();
        for Given { path, name, text, layer } in given {
            let found = iam::find(text, name.as_deref(), pseudo).map_err(|error| nothing_in(path, &error))?;
            loaded.notes.extend(found.notes.into_iter().map(|note| format!("{path}: {note}")));
            for document in found.documents {
                let is_whole = *document.text == **text;
                loaded.add_document(path, document, *layer, is_whole);
            }
        }
        Ok(loaded)
    }

    /// Adds a document in a layer; that of a boundary which a file names goes where it belongs.
    pub(super) fn add_document(&mut self, path: &str, document: Document, layer: Layer, is_whole: bool) {
        let layer = if document.role == DocumentRole::Boundary { Layer::Boundary } else { layer };
        let source = Source { path: path.to_owned(), within: document.within, text: document.text, is_whole };
        let accepted = document.reading.accepted().cloned();
        let mut findings = document.reading.findings;
        if source.within.is_empty() || !source.is_whole {
            iam::size(&source.text, &mut findings);
        }
        self.findings.extend(findings.into_iter().map(|finding| (source.clone(), finding)));
        let Some(policy) = accepted else { return };
        let number = match layer {
            Layer::Identity => push(&mut self.policies.identity, policy),
            Layer::Scp(level) => {
                let scps = &mut self.policies.scps;
                scps.resize_with(scps.len().max(level + 1), Vec::new);
                push(&mut scps[level], policy)
            }
            Layer::Boundary => {
                self.policies.boundary = Some(policy);
                0
            }
            Layer::Session => {
                self.policies.session = Some(policy);
                0
            }
        };
        self.sources.insert(Place { layer, document: number }, source);
    }

    /// Whether IAM refuses a document.
    pub(super) fn is_refused(&self) -> bool {
        self.findings.iter().any(|(_, finding)| finding.severity == Severity::Refused)
    }
}

fn push<T>(list: &mut Vec<T>, item: T) -> usize {
    list.push(item);
    list.len() - 1
}

/// A file's path, and the name after `#` where the whole is no file.
fn parted(file: &Path, surroundings: &Surroundings) -> (String, Option<String>) {
    let whole = file.to_string_lossy().into_owned();
    match whole.rsplit_once('#') {
        Some((path, name)) if !surroundings.directory.join(file).exists() => (path.to_owned(), Some(name.to_owned())),
        _ => (whole, None),
    }
}

/// The text of a file. A byte order mark is left out, and told.
pub(super) fn text(file: &Path, surroundings: &Surroundings, console: &mut Console<'_>) -> Result<String, Failure> {
    let bytes = read(file, surroundings)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::input(format!("{} is not UTF-8 text: byte {at} begins no character", file.display()))
    })?;
    let Some(rest) = text.strip_prefix('\u{feff}') else { return Ok(text) };
    console.warn(&format!("{} begins with a byte order mark, which IAM refuses: save it without", file.display()));
    Ok(rest.to_owned())
}

fn nothing_in(path: &str, error: &NoDocument) -> Failure {
    let failure = Failure::input(format!("{path}: {error}"));
    match error {
        NoDocument::None(_) => failure,
        NoDocument::NotNamed { known, .. } => failure.hint(format!("it has {}", known.join(", "))),
        NoDocument::Several { known, .. } => {
            let first = known.first().map_or("NAME", String::as_str);
            failure.hint(format!("it has {}", known.join(", "))).hint(format!("pick one: {path}#{first}"))
        }
    }
}

/// What to say of a document that IAM refuses, where it can't be worked with.
pub(super) fn refused(file: &Path, text: &str, reading: &Reading) -> Failure {
    let name = file.display().to_string();
    let failure = Failure::input(format!("IAM refuses {name}"));
    let worst = reading.findings.iter().find(|finding| finding.severity == Severity::Refused);
    let Some(finding) = worst else { return failure };
    let place = Marked {
        first_line: 1,
        first_column: 1,
        origin: name,
        text: text.to_owned(),
        span: finding.span.clone(),
        label: finding.message.clone(),
    };
    match &finding.hint {
        Some(hint) => failure.at(place).hint(hint.clone()),
        None => failure.at(place),
    }
}
