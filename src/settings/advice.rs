//! What is worth a word about settings that Traefik takes without one.

use std::collections::BTreeMap;

use super::effective::{Effective, Origin};
use super::file::{Item, Raw};
use super::load::{Loaded, Source, Trail};
use super::provider::Provider;
use super::remark::{Remark, RemarkKind};
use super::schema::{root_names, schema};
use crate::decode::same_name;
use crate::nearest::nearest;

/// The outermost names of a dynamic configuration.
const DYNAMIC: [&str; 4] = ["http", "tcp", "udp", "tls"];

/// What older files have at their roots, and what v3 calls it.
const OF_THE_FIRST_RELEASE: [(&str, &str); 12] = [
    ("ecs", "providers.ecs"),
    ("docker", "providers.docker"),
    ("file", "providers.file"),
    ("kubernetes", "providers.kubernetesIngress"),
    ("consulCatalog", "providers.consulCatalog"),
    ("rest", "providers.rest"),
    ("acme", "certificatesResolvers"),
    ("logLevel", "log.level"),
    ("traefikLog", "log"),
    ("defaultEntryPoints", "asDefault of each entry point"),
    ("debug", "log.level"),
    ("web", "api"),
];

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
        advice.push(Remark::new("provider-off", RemarkKind::ProviderOff, message));
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
            advice.push(Remark::new("ignored-form", RemarkKind::Ignored, message));
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
        advice.push(Remark::new("flag-by-chance", RemarkKind::Misread, message));
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
    advice.push(Remark::new("bool-with-a-space", RemarkKind::Misread, message));
}

fn unknown_roots(path: &str, text: &str, item: &Item, advice: &mut Vec<Remark>) {
    for entry in item.value.entries() {
        let name: &str = &entry.name;
        if root_names(schema()).any(|root| same_name(root, name)) || matches!(entry.item.value, Raw::Null) {
            continue;
        }
        let line = text.get(..entry.span.start).map_or(0, |before| before.matches('\n').count()) + 1;
        advice.push(unknown_root(name).at(path, line));
    }
}

fn unknown_root(name: &str) -> Remark {
    let ignored = |id, message| Remark::new(id, RemarkKind::Ignored, message);
    if let Some(now) = called_now(name) {
        let message = format!("`{name}` is Traefik 1's and does nothing here: v3 calls it `{now}`");
        return ignored("other-release", message);
    }
    if DYNAMIC.iter().any(|dynamic| same_name(dynamic, name)) {
        return ignored(
            "dynamic-in-static",
            format!("`{name}` belongs to a dynamic file and does nothing in a static one"),
        );
    }
    let meant = meant_root(name).map(|known| format!("; did you mean `{known}`?"));
    ignored("unknown-root", format!("`{name}` is no option and is ignored{}", meant.unwrap_or_default()))
}

/// What v3 calls an outermost option of the first release.
fn called_now(name: &str) -> Option<&'static str> {
    OF_THE_FIRST_RELEASE.iter().find(|(old, _)| same_name(old, name)).map(|(_, now)| *now)
}

/// The outermost option that may have been meant by one that there isn't.
pub(super) fn meant_root(name: &str) -> Option<&'static str> {
    called_now(name).or_else(|| nearest(name, root_names(schema())))
}

/// What is worth a word about the options themselves.
pub fn of_options(effective: &Effective, environment: &BTreeMap<String, String>) -> Vec<Remark> {
    let clusters = effective.setting("clusters").is_some_and(|setting| setting.origin != Origin::Default);
    of_provider(&effective.provider, clusters, environment)
}

/// What is worth a word about the options, whichever release reads them; `clusters` is whether any were named.
pub fn of_provider(ecs: &Provider, clusters: bool, environment: &BTreeMap<String, String>) -> Vec<Remark> {
    let mut advice = Vec::new();
    if ecs.auto_discover_clusters && clusters {
        let message = "`clusters` is ignored, since `autoDiscoverClusters` is on: every cluster is searched";
        advice.push(Remark::new("clusters-beside-discovery", RemarkKind::Ignored, message).about("clusters"));
    }
    let half = match (ecs.access_key_id.is_empty(), ecs.secret_access_key.is_empty()) {
        (false, true) => Some(("accessKeyID", "secretAccessKey")),
        (true, false) => Some(("secretAccessKey", "accessKeyID")),
        _ => None,
    };
    if let Some((given, missing)) = half {
        let message = format!("`{given}` without `{missing}` is ignored: Traefik takes the default credentials");
        advice.push(Remark::new("half-a-key", RemarkKind::Ignored, message).about(given));
    }
    advice.extend(another_region(ecs, environment));
    if ecs.refresh_seconds <= 0 {
        let message = format!("`refreshSeconds` is {}: Traefik can't poll at such an interval", ecs.refresh_seconds);
        advice.push(Remark::new("refresh-impossible", RemarkKind::Misread, message).about("refreshSeconds"));
    }
    advice
}

fn another_region(ecs: &Provider, environment: &BTreeMap<String, String>) -> Option<Remark> {
    let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter();
    let mut set = regions.filter_map(|name| Some((name, environment.get(name)?)));
    let (name, region) = set.find(|(_, region)| !region.is_empty())?;
    if ecs.region.is_empty() || **region == *ecs.region {
        return None;
    }
    let message = format!("Traefik asks region {}, although {name} is {region}: its own `region` wins", ecs.region);
    Some(Remark::new("another-region", RemarkKind::Surroundings, message).about("region"))
}

/// Whether a dynamic file holds options of the provider, which do nothing there; the line of the first.
pub fn provider_in_dynamic_file(path: &str, bytes: &[u8]) -> Option<Remark> {
    let language = super::file::Language::of(path)?;
    let text = super::file::text_of(bytes, language).ok()?;
    let item = super::file::read(&text, language).ok()?;
    let entry = item.value.entries().iter().find(|entry| same_name(&entry.name, "providers"))?;
    let line = text.get(..entry.span.start)?.matches('\n').count() + 1;
    let message = "`providers` does nothing in a dynamic file: it belongs into the static one";
    Some(Remark::new("static-in-dynamic", RemarkKind::Ignored, message).at(path, line))
}
