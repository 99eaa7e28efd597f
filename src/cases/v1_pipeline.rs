//! Cases of Traefik 1.7's whole provider: records and `[ecs]` options to frontends and backends.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Kind, Malformed, Mismatch, Outcome, World};
use crate::model::{Release, Text};
use crate::template::Ambient;
use crate::v1::{self, Ending, TemplateVersion, toml};

pub(super) const KIND: Kind = Kind {
    id: "v1-pipeline",
    fields: &[
        "name",
        "note",
        "settings",
        "world",
        "want",
        "wantAnyOf",
        "hidden",
        "wantToml",
        "error",
        "errorKind",
        "log",
    ],
    told_by: &["settings", "world", "log"],
    run,
};

/// The `[ecs]` options of a case; those that are absent have the defaults of 1.7.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct SettingsForm {
    clusters: Option<Vec<Text>>,
    cluster: Text,
    auto_discover_clusters: bool,
    exposed_by_default: Option<bool>,
    domain: Text,
    constraints: Vec<String>,
    template: Option<Text>,
    template_version: Option<u8>,
}

/// One outcome that a case allows.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Wanted {
    want: Option<Value>,
    hidden: BTreeMap<String, String>,
    want_toml: Option<String>,
    error_kind: Option<String>,
    /// For orientation.
    #[serde(rename = "error")]
    _error: Option<String>,
    #[serde(rename = "log")]
    _log: Option<Value>,
}

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let settings = settings(case)?;
    let world = World::read(case.get("world").unwrap_or(&Value::Null))?;
    let allowed = allowed(case)?;
    let inventory = world.pass(&settings.provider(), &BTreeMap::new(), Release::V1_7);
    let ambient = Ambient { environment: BTreeMap::new(), now: jiff::Timestamp::UNIX_EPOCH, seed: 0 };
    let pass = v1::run(&settings, inventory, &ambient);
    let mut mismatches: Vec<Vec<Mismatch>> =
        allowed.iter().map(|wanted| wanted.compare(&pass)).collect::<Result<_, _>>()?;
    if differ(&allowed) && pass.ambiguities.is_empty() {
        return Ok(Outcome::Failed(vec![Mismatch {
            what: "wantAnyOf".to_owned(),
            expected: "several outcomes".to_owned(),
            actual: "nothing that depends on an order".to_owned(),
        }]));
    }
    mismatches.sort_by_key(Vec::len);
    Ok(Outcome::of(mismatches.into_iter().next().unwrap_or_default()))
}

/// The effective `[ecs]` options of a case.
///
/// # Errors
/// When they can't be read.
pub fn settings(case: &Map<String, Value>) -> Result<v1::Settings, Malformed> {
    let form = case.get("settings").cloned().unwrap_or_else(|| json!({}));
    let form: SettingsForm =
        serde_json::from_value(form).map_err(|error| Malformed(format!("the settings can't be read: {error}")))?;
    let default = v1::Settings::default();
    let template_version = match form.template_version {
        None | Some(2) => TemplateVersion::Two,
        Some(1) => TemplateVersion::One,
        Some(other) => return Err(Malformed(format!("`templateVersion` is 1 or 2, not {other}"))),
    };
    Ok(v1::Settings {
        clusters: form.clusters.unwrap_or_else(|| default.clusters.clone()),
        cluster: form.cluster,
        auto_discover_clusters: form.auto_discover_clusters,
        exposed_by_default: form.exposed_by_default.unwrap_or(default.exposed_by_default),
        domain: form.domain,
        // As on a command line, each text may hold several.
        constraints: form.constraints.iter().flat_map(|text| text.split(',')).map(Text::from).collect(),
        template: form.template,
        template_version,
        region: "us-east-1".into(),
        ..default
    })
}

/// Every outcome that a case allows: one, save where it names several.
fn allowed(case: &Map<String, Value>) -> Result<Vec<Wanted>, Malformed> {
    let read = |value: Value| {
        serde_json::from_value(value).map_err(|error| Malformed(format!("what is wanted can't be read: {error}")))
    };
    let wanted: Vec<Wanted> = if let Some(several) = case.get("wantAnyOf").and_then(Value::as_array) {
        several.iter().cloned().map(read).collect::<Result<_, _>>()?
    } else {
        let of_want = |field: &&String| !["name", "note", "settings", "world"].contains(&field.as_str());
        let fields = case.keys().filter(of_want).map(|field| (field.clone(), case[field].clone()));
        vec![read(fields.collect())?]
    };
    if wanted.is_empty() || wanted.iter().any(|one| one.want.is_none() && one.error_kind.is_none()) {
        return Err(Malformed("a case of kind v1-pipeline has `want`, `wantAnyOf` or `errorKind`".to_owned()));
    }
    Ok(wanted)
}

/// Whether outcomes differ in more than the order of the rendered text.
fn differ(allowed: &[Wanted]) -> bool {
    let outcome = |wanted: &Wanted| (wanted.want.clone(), wanted.hidden.clone(), wanted.error_kind.clone());
    allowed.iter().any(|wanted| outcome(wanted) != outcome(&allowed[0]))
}

impl Wanted {
    fn compare(&self, pass: &v1::Run) -> Result<Vec<Mismatch>, Malformed> {
        let mut found = Vec::new();
        let mut differ = |what: &str, expected: Value, actual: Value| {
            if expected != actual {
                let (expected, actual) = (expected.to_string(), actual.to_string());
                found.push(Mismatch { what: what.to_owned(), expected, actual });
            }
        };
        match &pass.ending {
            Ending::Failed(failed) => {
                differ("errorKind", json!(self.error_kind), json!(failed.kind()));
            }
            Ending::Published(published) => {
                differ("errorKind", json!(self.error_kind), Value::Null);
                differ("want", self.want.clone().unwrap_or_default(), published.json());
                differ("hidden", json!(self.hidden), json!(published.hidden()));
            }
        }
        if let Some(wanted) = &self.want_toml {
            found.extend(self.compare_text(wanted, pass)?);
        }
        Ok(found)
    }

    /// Compares the rendered template: what it says, not its blank lines. Where it can't be decoded, as text.
    fn compare_text(&self, wanted: &str, pass: &v1::Run) -> Result<Option<Mismatch>, Malformed> {
        let mismatch = |actual: &str| {
            Some(Mismatch { what: "wantToml".to_owned(), expected: wanted.to_owned(), actual: actual.to_owned() })
        };
        let Some(text) = &pass.text else { return Ok(mismatch("nothing is rendered")) };
        let same = match (toml::parse(wanted), toml::parse(text)) {
            (Ok(wanted), Ok(actual)) => wanted == actual,
            (Err(_), Err(_)) => wanted.split_whitespace().eq(text.split_whitespace()),
            (Err(error), Ok(_)) if self.want.is_some() => {
                return Err(Malformed(format!("`wantToml` is not TOML as Traefik 1.7 reads it: {error}")));
            }
            _ => false,
        };
        Ok(if same { None } else { mismatch(text) })
    }
}
