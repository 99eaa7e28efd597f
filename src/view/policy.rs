//! What `check-policy` says: each action with its verdict, the statements that decide, and what there is to mend.

use serde::Serialize;

use crate::failure::Place;
use crate::render::{SarifRegion, json};

mod junit;
mod sarif;
mod table;

/// The name and version of the document.
const SCHEMA: &str = "ecsroute.check-policy/1";

/// The whole report.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyReport {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Whether every action that was asked for has a verdict.
    pub complete: bool,
    /// `files`, `live` or `files-and-live`.
    pub source: &'static str,
    /// Whose behaviour: a release of Traefik.
    pub traefik: String,
    /// Where Traefik looks.
    pub site: SiteRow,
    /// Whose permissions were tried, where AWS was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<IdentityRow>,
    /// `allowed`, `denied`, `depends`, `unknown` or `refused`: the worst of what is required.
    pub verdict: &'static str,
    /// One for each action, in the order of Traefik's documentation.
    pub actions: Vec<ActionRow>,
    /// What there is to say of the documents.
    pub findings: Vec<FindingRow>,
    /// What is granted beyond the need.
    pub excess: Vec<ExcessRow>,
    /// Said aside: what was assumed, what could not be looked up.
    pub notes: Vec<String>,
}

impl PolicyReport {
    /// An empty report.
    pub fn new(source: &'static str, traefik: String, site: SiteRow) -> Self {
        Self {
            schema: SCHEMA,
            complete: true,
            source,
            traefik,
            site,
            identity: None,
            verdict: "allowed",
            actions: Vec::new(),
            findings: Vec::new(),
            excess: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// For programs.
    ///
    /// # Errors
    /// When the report can't be written as JSON.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(json(&serde_json::to_value(self)?))
    }
}

/// Where Traefik looks.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteRow {
    /// The partition.
    pub partition: String,
    /// The region.
    pub region: String,
    /// The account.
    pub account: String,
    /// The clusters' names.
    pub clusters: Vec<String>,
}

/// Whose permissions were tried.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityRow {
    /// The account.
    pub account: String,
    /// The ARN that STS gives.
    pub arn: String,
    /// The role's name, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// One action.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    /// With its service's prefix.
    pub action: String,
    /// `required`, `only-if`, `never-called` or `not-asked-for`.
    pub need: &'static str,
    /// Why, or if what.
    pub because: String,
    /// The worst of its requests and of AWS's answers: `allowed`, `explicitly-denied`, `implicitly-denied`, `denied`
    /// (AWS doesn't say how), `partly`, `depends`, `unknown`, or `not-evaluated`.
    pub verdict: &'static str,
    /// What happens when it is denied: `stale`, `wiped` or `nothing`.
    pub consequence: &'static str,
    /// The same in a sentence.
    #[serde(skip)]
    pub consequence_sentence: &'static str,
    /// One for each request that the action makes: several where it is made for each cluster.
    pub requests: Vec<RequestRow>,
    /// What AWS says, where it was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub live: Vec<LiveRow>,
}

/// One request.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestRow {
    /// The cluster, where the request is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// What the action is authorised on.
    pub resource: String,
    /// As for the action.
    pub verdict: &'static str,
    /// Why, in a sentence.
    pub message: String,
    /// The statements that decide; for what nothing grants, the one that came closest.
    pub statements: Vec<StatementRow>,
    /// The layers that do not grant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<String>,
    /// What must hold for it to be allowed, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Statements that would allow it, to be added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addition: Option<serde_json::Value>,
    /// Texts to underline.
    #[serde(skip)]
    pub marks: Vec<Marked>,
}

/// A text to underline, with a title.
#[derive(Debug, Clone)]
pub struct Marked {
    /// What it is about.
    pub title: String,
    /// The text.
    pub place: Place,
    /// The same place in the file itself.
    pub region: SarifRegion,
}

/// A statement in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementRow {
    /// The file, and where in it the document stands.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// From 0.
    pub statement: usize,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The layer it belongs to.
    pub layer: String,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
}

impl StatementRow {
    /// `policy.json:7:5`.
    pub fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What AWS says of a probe.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveRow {
    /// The cluster, where the probe was about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<String>,
    /// `allowed`, `denied` or `inconclusive`.
    pub verdict: &'static str,
    /// Of a denial: whether a statement denies it, or none allows it; `None` where AWS doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_explicit: Option<bool>,
    /// What was asked for.
    pub probe: String,
    /// AWS's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// AWS's message, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The layer that AWS names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// What a yes or a no leaves open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caveat: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Something to say of a document.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    /// A stable name.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file, and where in it the document stands.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The same place in the file itself.
    #[serde(skip)]
    pub region: SarifRegion,
    /// The text to underline.
    #[serde(skip)]
    pub place: Place,
    /// Further places.
    #[serde(skip)]
    pub also: Option<String>,
}

/// Something granted beyond the need.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExcessRow {
    /// What is granted.
    pub grants: String,
    /// By which statement.
    pub statement: StatementRow,
    /// Its place in the file itself.
    #[serde(skip)]
    pub region: SarifRegion,
}
