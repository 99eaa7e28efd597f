//! `settings`: what arguments, variables and files come to.

pub(super) mod memory;

use base64::Engine as _;
use serde_json::{Map, Value, json};

use self::memory::Memory;
use super::{Kind, Malformed, Mismatch, Outcome};
use crate::settings::{self, Configuration, FileChoice, Input, Loading, Source, default_entry_points};

pub(super) const KIND: Kind = Kind {
    id: "settings",
    fields: &[
        "name",
        "args",
        "env",
        "files",
        "filesBase64",
        "links",
        "modes",
        "needs",
        "want",
        "wantAnyOf",
        "error",
        "warnings",
        "note",
    ],
    told_by: &["args", "files"],
    run,
};

/// The folders that texts name in braces, as they are called in memory.
const FOLDERS: [(&str, &str); 3] = [("{cwd}", "/cwd"), ("{home}", "/home"), ("{xdg}", "/xdg")];

fn run(case: &Map<String, Value>) -> Result<Outcome, Malformed> {
    let needs_user =
        case.get("needs").and_then(Value::as_array).is_some_and(|needs| needs.contains(&json!("non-root")));
    if needs_user && memory::is_root() {
        return Ok(Outcome::Skipped("it means nothing for a user who may read everything".to_owned()));
    }
    let files = files_of(case)?;
    let arguments: Vec<String> = texts_of(case, "args")?.iter().map(|text| in_memory(text)).collect();
    let environment = environment_of(case)?;
    let loading = settings::load(&Input {
        arguments: &arguments,
        environment: &environment,
        files: &files,
        file: FileChoice::Found,
    });
    if let Some(Value::Array(outcomes)) = case.get("wantAnyOf") {
        let all: Vec<Vec<Mismatch>> = outcomes.iter().map(|outcome| compare(outcome, case, &loading)).collect();
        let nearest = all.into_iter().min_by_key(Vec::len);
        let nearest = nearest.ok_or_else(|| Malformed("`wantAnyOf` names no outcome".to_owned()))?;
        return Ok(Outcome::of(nearest));
    }
    if !case.contains_key("want") && !case.contains_key("error") {
        return Err(Malformed("a case of kind settings has `want`, `wantAnyOf` or `error`".to_owned()));
    }
    Ok(Outcome::of(compare(&Value::Object(case.clone()), case, &loading)))
}

fn in_memory(text: &str) -> String {
    FOLDERS.iter().fold(text.to_owned(), |text, (name, folder)| text.replace(name, folder))
}

fn malformed(field: &str, what: &str) -> Malformed {
    Malformed(format!("`{field}` is {what}"))
}

fn texts_of(case: &Map<String, Value>, field: &str) -> Result<Vec<String>, Malformed> {
    let given = case.get(field).cloned().unwrap_or_else(|| json!([]));
    serde_json::from_value(given).map_err(|_| malformed(field, "a list of texts"))
}

fn object_of<'a>(case: &'a Map<String, Value>, field: &str) -> Result<Option<&'a Map<String, Value>>, Malformed> {
    match case.get(field) {
        None => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(malformed(field, "a map")),
    }
}

fn files_of(case: &Map<String, Value>) -> Result<Memory, Malformed> {
    let mut memory = Memory::default();
    for (path, text) in object_of(case, "files")?.into_iter().flatten() {
        match text {
            Value::Null => memory.add_folder(path),
            Value::String(text) => memory.add_file(path, text.as_bytes().to_vec()),
            _ => return Err(malformed("files", "a map of texts, null for a folder")),
        }
    }
    for (path, text) in object_of(case, "filesBase64")?.into_iter().flatten() {
        let bytes = text.as_str().and_then(|text| base64::engine::general_purpose::STANDARD.decode(text).ok());
        memory.add_file(path, bytes.ok_or_else(|| malformed("filesBase64", "a map of texts in base64"))?);
    }
    for (path, target) in object_of(case, "links")?.into_iter().flatten() {
        memory.add_link(path, target.as_str().ok_or_else(|| malformed("links", "a map of texts"))?);
    }
    for (path, mode) in object_of(case, "modes")?.into_iter().flatten() {
        let bits = mode.as_str().and_then(|mode| u32::from_str_radix(mode, 8).ok());
        if bits.ok_or_else(|| malformed("modes", "a map of octal numbers"))? & 0o400 == 0 {
            memory.deny(path);
        }
    }
    Ok(memory)
}

fn environment_of(case: &Map<String, Value>) -> Result<Vec<(String, String)>, Malformed> {
    let given = object_of(case, "env")?;
    let mut environment: Vec<(String, String)> = Vec::new();
    for (name, value) in [("HOME", "/home"), ("XDG_CONFIG_HOME", "/xdg")] {
        if given.is_none_or(|given| !given.contains_key(name)) {
            environment.push((name.to_owned(), value.to_owned()));
        }
    }
    for (name, value) in given.into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::String(value) => environment.push((name.clone(), in_memory(value))),
            _ => return Err(malformed("env", "a map of texts, null for what is not set")),
        }
    }
    Ok(environment)
}

/// Compares with one outcome: `want` or `error`, and the warnings, which may be the case's own.
fn compare(outcome: &Value, case: &Map<String, Value>, loading: &Loading) -> Vec<Mismatch> {
    let warnings = outcome.get("warnings").or_else(|| case.get("warnings"));
    let loaders = warnings.and_then(Value::as_array).into_iter().flatten();
    let loaders: Value = loaders.map(|warning| warning.get("loader").cloned().unwrap_or_default()).collect();
    let said: Value = loading.notices.iter().map(|notice| json!(notice.loader.map(settings::Loader::name))).collect();
    let mut mismatches: Vec<Mismatch> = differs("warnings", &loaders, &said).into_iter().collect();
    match (&loading.outcome, outcome.get("want"), outcome.get("error")) {
        (Ok(actual), Some(Value::Object(want)), _) => {
            let actual = shown(actual);
            for (field, want) in want {
                let actual = actual.get(field).unwrap_or(&Value::Null);
                mismatches.extend(differs(&format!("want.{field}"), want, actual));
            }
        }
        (Err(refusal), _, Some(error)) => {
            let stage = json!(refusal.stage.name());
            // Where Traefik crashes any refusal will do.
            if error["panic"] != true {
                mismatches.extend(differs("error.stage", &error["stage"], &stage));
            }
        }
        (Ok(actual), _, Some(error)) => {
            mismatches.push(Mismatch {
                what: "error".to_owned(),
                expected: error.to_string(),
                actual: shown(actual).to_string(),
            });
        }
        (Err(refusal), want, None) => mismatches.push(Mismatch {
            what: "want".to_owned(),
            expected: want.unwrap_or(&Value::Null).to_string(),
            actual: format!("error in {}: {refusal}", refusal.stage.name()),
        }),
        (Ok(_), want, None) => mismatches.push(Mismatch {
            what: "want".to_owned(),
            expected: want.unwrap_or(&Value::Null).to_string(),
            actual: "settings".to_owned(),
        }),
    }
    mismatches
}

fn differs(what: &str, expected: &Value, actual: &Value) -> Option<Mismatch> {
    (expected != actual).then(|| Mismatch {
        what: what.to_owned(),
        expected: expected.to_string(),
        actual: actual.to_string(),
    })
}

/// What was read, in the form of a case.
fn shown(outcome: &settings::Outcome) -> Value {
    let loaded = match outcome {
        settings::Outcome::Help => return json!({ "help": true }),
        settings::Outcome::Loaded(loaded) => loaded,
    };
    let options = &loaded.configuration;
    let (source, file) = match &loaded.source {
        Source::File(path) => ("file", Some(path.trim_start_matches('/'))),
        Source::Flags => ("flags", None),
        Source::Variables => ("env", None),
        Source::Nothing => ("none", None),
    };
    json!({
        "source": source,
        "file": file,
        "ecs": ecs(options),
        "providersThrottleDuration": options.throttle_duration().to_string(),
        "entryPoints": options.given_of_entry_points().iter().map(|(name, given)| (name.to_string(), given.clone()))
            .collect::<Map<String, Value>>(),
        "defaultEntryPoints": texts(&default_entry_points(&options.entry_points())),
        "certificatesResolvers": texts(&options.certificates_resolvers()),
        "plugins": texts(&options.plugins()),
        "localPlugins": texts(&options.local_plugins()),
        "providers": options.providers(),
        "precedence": options.precedence(),
        "defaultRuleSyntax": options.default_rule_syntax().map(|syntax| syntax.to_string()),
    })
}

fn texts(texts: &[crate::model::Text]) -> Value {
    texts.iter().map(ToString::to_string).collect()
}

fn ecs(options: &Configuration) -> Value {
    let Some(ecs) = options.ecs() else { return Value::Null };
    json!({
        "constraints": &*ecs.constraints,
        "exposedByDefault": ecs.exposed_by_default,
        "refreshSeconds": ecs.refresh_seconds,
        "defaultRule": &*ecs.default_rule,
        "clusters": texts(&ecs.clusters),
        "autoDiscoverClusters": ecs.auto_discover_clusters,
        "healthyTasksOnly": ecs.healthy_tasks_only,
        "ecsAnywhere": ecs.ecs_anywhere,
        "region": &*ecs.region,
        "accessKeyID": &*ecs.access_key_id,
        "secretAccessKey": ecs.secret_access_key.expose(),
    })
}
