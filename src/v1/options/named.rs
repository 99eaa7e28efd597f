//! Error pages and rate limits: sections under names that the labels give.

use std::collections::BTreeMap;

use super::{Rendered, Section, SetField, Setting};
use crate::golang::strconv::parse_int;
use crate::v1::configuration::period;
use crate::v1::labels::{LabelProblem, Reader, trimmed_items};

const ERRORS: &str = "traefik.frontend.errors.";
const RATE_SET: &str = "traefik.frontend.rateLimit.rateSet.";

/// Error pages by name. Any property creates one, even one that there isn't.
pub(super) fn error_pages(reader: &Reader<'_>) -> BTreeMap<String, Section> {
    let mut pages: BTreeMap<String, Section> = BTreeMap::new();
    for (label, value) in reader.beginning(ERRORS) {
        let Some((name, property)) = name_and_property(label, ERRORS) else {
            reader.note(label, value, LabelProblem::UnknownProperty);
            continue;
        };
        let page = pages.entry(name.to_owned()).or_insert_with(|| {
            section([
                ("Status", "status", Setting::List(Vec::new())),
                ("Backend", "backend", Setting::Backend(String::new())),
                ("Query", "query", Setting::Text(String::new())),
            ])
        });
        match property {
            "status" => page.set("Status", Setting::List(trimmed_items(value))),
            "backend" => page.set("Backend", Setting::Backend(value.to_owned())),
            "query" => page.set("Query", Setting::Text(value.to_owned())),
            _ => reader.note(label, value, LabelProblem::UnknownProperty),
        }
    }
    pages
}

/// Rates by name. Any property that isn't empty creates one; one that can't be read stays 0.
pub(super) fn rates(reader: &Reader<'_>) -> BTreeMap<String, Section> {
    let mut rates: BTreeMap<String, Section> = BTreeMap::new();
    for (label, value) in reader.beginning(RATE_SET).filter(|(_, value)| !value.is_empty()) {
        let Some((name, property)) = name_and_property(label, RATE_SET) else {
            reader.note(label, value, LabelProblem::UnknownProperty);
            continue;
        };
        let rate = rates.entry(name.to_owned()).or_insert_with(|| {
            section([
                ("Period", "period", Setting::Duration(0)),
                ("Average", "average", Setting::Int(0)),
                ("Burst", "burst", Setting::Int(0)),
            ])
        });
        let unparsed = |why: String| LabelProblem::Unparsed { why, fallback: "0".to_owned() };
        let number = || parse_int(value, 64).map(Setting::Int).map_err(|error| unparsed(error.to_string()));
        let read = match property {
            "period" => period(value).map(|period| ("Period", Setting::Duration(period))).map_err(unparsed),
            "average" => number().map(|number| ("Average", number)),
            "burst" => number().map(|number| ("Burst", number)),
            _ => Err(LabelProblem::UnknownProperty),
        };
        match read {
            Ok((field, setting)) => rate.set(field, setting),
            Err(problem) => reader.note(label, value, problem),
        }
    }
    rates
}

/// `NAME.PROPERTY` after the prefix; neither holds a dot or a space.
fn name_and_property<'l>(label: &'l str, prefix: &str) -> Option<(&'l str, &'l str)> {
    let (name, property) = label.strip_prefix(prefix)?.split_once('.')?;
    let plain = |part: &str| !part.is_empty() && !part.contains(['.', ' ']);
    (plain(name) && plain(property)).then_some((name, property))
}

fn section<const N: usize>(fields: [(&'static str, &'static str, Setting); N]) -> Section {
    let field = |(name, key, setting)| SetField { name, key, setting, rendered: Rendered::Always };
    Section { fields: fields.into_iter().map(field).collect() }
}

impl Section {
    fn set(&mut self, name: &str, setting: Setting) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.setting = setting;
        }
    }
}
