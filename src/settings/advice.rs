//! What is worth a word about settings that Traefik takes without one.

use std::collections::BTreeMap;

use super::effective::{Effective, Origin};
use super::file::{Item, Raw};
use super::load::{Loaded, Source, Trail};
use super::remark::{Remark, RemarkKind};
use super::schema::{root_names, schema};
use crate::decode::same_name;
use crate::nearest::nearest;

/// The outermost names of a dynamic configuration.
const DYNAMIC: [&str; 4] = ["http", "tcp", "udp", "tls"];

/// What is worth a word about how settings were given: what was ignored, and what reads otherwise than it looks.
pub fn of_loaded(loaded: &Loaded) -> Vec<Remark> {
    let mut advice = Vec::new();
    ignored_forms(&loaded.source, &loaded.trail, &mut advice);
    flags_that_mislead(&loaded.source, &loaded.trail, &mut advice);
    if let (Source::File(path), Some((text, item))) = (&loaded.source, &loaded.trail.file) {
        unknown_roots(path, text, item, &mut advice);
    }
    if loaded.configuration.ecs().is_none() && loaded.source != Source::Nothing {
        let message = format!(
            "the ECS provider is off: {} does not turn it on; this shows what it would do with its defaults",
            name_of(&loaded.source)
        );
        advice.push(Remark::new(RemarkKind::ProviderOff, message));
    }
    advice
}

fn name_of(source: &Source) -> String {
    match source {
        Source::File(path) => path.clone(),
        Source::Flags => "the command line".to_owned(),
        Source::Variables => "the environment".to_owned(),
        Source::Nothing => "nothing".to_owned(),
    }
}

fn ignored_forms(source: &Source, trail: &Trail, advice: &mut Vec<Remark>) {
    let winner = match source {
        Source::File(path) => format!("the file {path} was found"),
        Source::Flags => "there are flags".to_owned(),
        Source::Variables | Source::Nothing => return,
    };
    let flags: Vec<String> = trail
        .flags
        .given
        .iter()
        .filter(|flag| matches!(source, Source::File(_)) && !same_name(&flag.name, "configFile"))
        .map(|flag| format!("--{}", flag.name))
        .collect();
    let variables: Vec<String> = trail.variables.iter().map(|variable| variable.name.clone()).collect();
    for (what, names) in [("flags", flags), ("variables", variables)] {
        if !names.is_empty() {
            let message = format!(
                "{what} are ignored, since {winner} and Traefik takes settings from one place alone: {}",
                names.join(", ")
            );
            advice.push(Remark::new(RemarkKind::Ignored, message));
        }
    }
}

fn flags_that_mislead(source: &Source, trail: &Trail, advice: &mut Vec<Remark>) {
    if *source != Source::Flags {
        return;
    }
    for flag in trail.flags.given.iter().filter(|flag| flag.by_chance) {
        let message = format!(
            "how Traefik reads --{} depends on chance from start to start: write one flag with `=` and all values",
            flag.name
        );
        advice.push(Remark::new(RemarkKind::Misread, message));
    }
    let (Some(from), Some(last)) = (trail.flags.ignored_from, trail.flags.given.last()) else { return };
    let Some(argument) = trail.arguments.get(from).filter(|argument| !matches!(argument.as_str(), "--" | "-")) else {
        return;
    };
    let rest = trail.arguments.len() - from - 1;
    let others = match rest {
        0 => String::new(),
        1 => ", and the argument behind it".to_owned(),
        rest => format!(", and the {rest} arguments behind it"),
    };
    let message = format!(
        "`{argument}` is ignored{others}: --{name} takes no value from the next argument and is `{}` here; write \
         --{name}={argument}",
        last.value,
        name = last.name,
    );
    advice.push(Remark::new(RemarkKind::Misread, message));
}

fn unknown_roots(path: &str, text: &str, item: &Item, advice: &mut Vec<Remark>) {
    for entry in item.value.entries() {
        let name: &str = &entry.name;
        if root_names(schema()).any(|root| same_name(root, name)) || matches!(entry.item.value, Raw::Null) {
            continue;
        }
        let line = text.get(..entry.span.start).map_or(0, |before| before.matches('\n').count()) + 1;
        let is = |known: &str| same_name(known, name);
        let message = if is("ecs") {
            "`ecs` is Traefik 1's section and does nothing here: v3 calls it `providers.ecs`".to_owned()
        } else if DYNAMIC.iter().any(|dynamic| is(dynamic)) {
            format!("`{name}` belongs to a dynamic file and does nothing in a static one")
        } else {
            let meant = nearest(name, root_names(schema())).map(|known| format!("; did you mean `{known}`?"));
            format!("`{name}` is no option and is ignored{}", meant.unwrap_or_default())
        };
        advice.push(Remark::new(RemarkKind::Ignored, message).at(path, line));
    }
}

/// What is worth a word about the options themselves.
pub fn of_options(effective: &Effective, environment: &BTreeMap<String, String>) -> Vec<Remark> {
    let ecs = &effective.provider;
    let is_given = |option: &str| effective.setting(option).is_some_and(|setting| setting.origin != Origin::Default);
    let mut advice = Vec::new();
    if ecs.auto_discover_clusters && is_given("clusters") {
        let message = "`clusters` is ignored, since `autoDiscoverClusters` is on: every cluster is searched";
        advice.push(Remark::new(RemarkKind::Ignored, message).about("clusters"));
    }
    if !ecs.access_key_id.is_empty() && ecs.secret_access_key.is_empty() {
        let message = "`accessKeyID` without `secretAccessKey` is ignored: Traefik takes the default credentials";
        advice.push(Remark::new(RemarkKind::Ignored, message).about("accessKeyID"));
    }
    let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
    let elsewhere =
        regions.filter_map(|name| Some((name, environment.get(name)?))).find(|(_, value)| !value.is_empty());
    if let Some((name, region)) = elsewhere.filter(|(_, region)| !ecs.region.is_empty() && ***region != *ecs.region) {
        let message = format!("Traefik asks region {}, although {name} is {region}: its own `region` wins", ecs.region);
        advice.push(Remark::new(RemarkKind::Surroundings, message).about("region"));
    }
    if ecs.refresh_seconds <= 0 {
        let message = format!("`refreshSeconds` is {}: Traefik can't poll at such an interval", ecs.refresh_seconds);
        advice.push(Remark::new(RemarkKind::Misread, message).about("refreshSeconds"));
    }
    advice
}

/// Whether a dynamic file holds options of the provider, which do nothing there; the line of the first.
pub fn provider_in_dynamic_file(path: &str, bytes: &[u8]) -> Option<Remark> {
    let language = super::file::Language::of(path)?;
    let text = super::file::text_of(bytes, language).ok()?;
    let item = super::file::read(&text, language).ok()?;
    let entry = item.value.entries().iter().find(|entry| same_name(&entry.name, "providers"))?;
    let line = text.get(..entry.span.start)?.matches('\n').count() + 1;
    let message = "`providers` does nothing in a dynamic file: it belongs into the static one";
    Some(Remark::new(RemarkKind::Ignored, message).at(path, line))
}
