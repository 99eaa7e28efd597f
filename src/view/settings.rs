//! What `--show-settings` says: each option, its value, where it is from, and what it takes the place of.

use std::fmt::Write as _;

use serde_json::json;

use crate::render::{Mark, Styles, Table, printable};
use crate::settings::{Effective, EntryPoint, Origin, Source};

/// For reading.
pub fn text(effective: &Effective, release: &str, width: Option<usize>, styles: Styles) -> Vec<u8> {
    let mut table = Table::new(&["OPTION", "VALUE", "FROM", "INSTEAD OF"], width, styles);
    for setting in &effective.settings {
        let shadowed: Vec<String> =
            setting.shadowed.iter().map(|shadowed| format!("{} ({})", shadowed.value, shadowed.origin)).collect();
        let mark = if setting.origin == Origin::Default { Some(Mark::Aside) } else { None };
        let origin = setting.origin.to_string();
        table.row(&[(None, &setting.name), (mark, &setting.value), (mark, &origin), (None, &shadowed.join(", "))]);
    }
    for (name, entry_point) in &effective.entry_points {
        table.row(&[(None, &format!("entryPoints.{name}")), (None, &described(entry_point)), (None, ""), (None, "")]);
    }
    let mut text = table.text();
    let by = effective.by.as_ref().map(|by| format!(" of {by}")).unwrap_or_default();
    let assumed = if effective.assumed.is_empty() { "" } else { " (assumed: not all of them can be seen)" };
    let from = format!("{}{by}{assumed}", source(effective));
    let _ = writeln!(text, "Traefik {release}; settings from {}", printable(&from));
    text.into_bytes()
}

fn described(entry_point: &EntryPoint) -> String {
    let mut parts = vec![entry_point.address.to_string()];
    if entry_point.as_default {
        parts.push("default".to_owned());
    }
    if entry_point.http.tls.is_some() {
        parts.push("TLS".to_owned());
    }
    if let Some(to) = &entry_point.http.redirection {
        parts.push(format!("redirected to {}", to.to));
    }
    parts.join(", ")
}

/// Which form is in force.
pub fn source(effective: &Effective) -> String {
    match &effective.source {
        Some(Source::File(path)) => path.clone(),
        Some(Source::Flags) => "flags".to_owned(),
        Some(Source::Variables) => "variables".to_owned(),
        Some(Source::Nothing) => "Traefik's defaults".to_owned(),
        None => {
            let from = effective.settings.iter().map(|setting| &setting.origin);
            let base = from.clone().find(|origin| matches!(origin, Origin::Recorded | Origin::BuiltIn));
            base.map_or_else(|| "elsewhere".to_owned(), ToString::to_string)
        }
    }
}

/// For programs.
pub fn json(effective: &Effective, release: &str) -> Vec<u8> {
    let settings: Vec<_> = effective
        .settings
        .iter()
        .map(|setting| {
            let shadowed: Vec<_> = setting
                .shadowed
                .iter()
                .map(|shadowed| json!({ "value": shadowed.value, "origin": origin(&shadowed.origin) }))
                .collect();
            json!({
                "name": setting.name,
                "value": setting.value,
                "origin": origin(&setting.origin),
                "shadowed": shadowed,
            })
        })
        .collect();
    let entry_points: serde_json::Map<_, _> = effective
        .entry_points
        .iter()
        .map(|(name, at)| {
            let shown = json!({ "address": &*at.address, "asDefault": at.as_default, "tls": at.http.tls.is_some() });
            (name.to_string(), shown)
        })
        .collect();
    let warnings: Vec<_> =
        effective.remarks.iter().map(|said| json!({ "id": said.id, "message": said.to_string() })).collect();
    let document = json!({
        "schema": "ecsroute.settings/1",
        "traefik": release,
        "source": source(effective),
        "of": effective.by,
        "assumed": effective.assumed,
        "warnings": warnings,
        "ecs": effective.is_on,
        "settings": settings,
        "entryPoints": entry_points,
        "providers": effective.providers,
        "defaultRuleSyntax": effective.default_rule_syntax.as_deref(),
    });
    format!("{document:#}\n").into_bytes()
}

fn origin(origin: &Origin) -> serde_json::Value {
    match origin {
        Origin::Default => json!({ "kind": "default" }),
        Origin::File { path, line } => json!({ "kind": "file", "file": path, "line": line }),
        Origin::Flag(name) => json!({ "kind": "flag", "name": name }),
        Origin::Variable(name) => json!({ "kind": "variable", "name": name }),
        Origin::Recorded => json!({ "kind": "snapshot" }),
        Origin::BuiltIn => json!({ "kind": "demo" }),
        Origin::WhatIf(option) => json!({ "kind": "what-if", "option": option }),
    }
}
