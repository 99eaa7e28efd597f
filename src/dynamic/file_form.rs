//! A configuration as a file for Traefik's file provider.
//!
//! What is loaded from a file belongs to another provider, `file`: what the fleet calls `x@ecs` is plain `x` there, and
//! a name with any other provider behind it leads out of the file.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::configuration::Configuration;
use super::schema::schema;
use super::section::Section;
use crate::decode::Form;
use crate::model::Release;

/// The suffix by which other providers know the fleet's elements.
const OWN: &str = "@ecs";

/// The suffix of what Traefik itself brings, everywhere.
const INTERNAL: &str = "@internal";

/// Where a name stands that means another element: the path to it, and the section that has the element. `*` is any
/// key of a map, `[]` any item of a list.
const REFERENCES: &[(&str, &str)] = &[
    ("http.routers.*.service", "http.services"),
    ("http.routers.*.middlewares.[]", "http.middlewares"),
    ("http.routers.*.tls.options", "tls.options"),
    ("http.services.*.middlewares.[]", "http.middlewares"),
    ("http.services.*.loadBalancer.serversTransport", "http.serversTransports"),
    ("http.services.*.highestRandomWeight.services.[].name", "http.services"),
    ("http.services.*.weighted.services.[].name", "http.services"),
    ("http.services.*.mirroring.service", "http.services"),
    ("http.services.*.mirroring.mirrors.[].name", "http.services"),
    ("http.services.*.failover.service", "http.services"),
    ("http.services.*.failover.fallback", "http.services"),
    ("http.middlewares.*.chain.middlewares.[]", "http.middlewares"),
    ("http.middlewares.*.errors.service", "http.services"),
    ("http.models.*.middlewares.[]", "http.middlewares"),
    ("http.models.*.tls.options", "tls.options"),
    ("tcp.routers.*.service", "tcp.services"),
    ("tcp.routers.*.middlewares.[]", "tcp.middlewares"),
    ("tcp.routers.*.tls.options", "tls.options"),
    ("tcp.services.*.loadBalancer.serversTransport", "tcp.serversTransports"),
    ("tcp.services.*.weighted.services.[].name", "tcp.services"),
    ("udp.routers.*.service", "udp.services"),
    ("udp.services.*.weighted.services.[].name", "udp.services"),
];

/// A configuration in the form of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileForm {
    /// The tree, with names as files spell them.
    pub tree: Map<String, Json>,
    /// Names in it that lead to other providers, or to an element of the fleet that isn't there.
    pub elsewhere: BTreeSet<String>,
}

impl Configuration {
    /// The configuration as a file that loads unchanged in the file provider. A structure that a file can't hold, for
    /// nothing is in it, is left out.
    pub fn file_form(&self, release: Release) -> FileForm {
        let mut tree = schema(release).encode(self.root(), Form::File);
        tree.retain(|outer, fields| has_a_section(outer, fields));
        let mut tree = Json::Object(tree);
        let mut elsewhere = BTreeSet::new();
        for (path, section) in REFERENCES {
            let path: Vec<&str> = path.split('.').collect();
            let mut own = false;
            each_text(&mut tree, &path, &mut |name| {
                own |= name.ends_with(OWN);
                if name.contains('@') && !name.ends_with(OWN) && !name.ends_with(INTERNAL) {
                    elsewhere.insert(name.clone());
                }
            });
            // Few names have a suffix, so that what it could mean is looked up for those alone.
            let known = if own { names(&tree, section) } else { BTreeSet::new() };
            let mut resolve = |name: &mut String| match name.strip_suffix(OWN) {
                Some(own) if known.contains(own) => name.truncate(own.len()),
                Some(_) => {
                    elsewhere.insert(name.clone());
                }
                None => {}
            };
            if own {
                each_text(&mut tree, &path, &mut resolve);
            }
        }
        match tree {
            Json::Object(tree) => FileForm { tree, elsewhere },
            _ => unreachable!("it was made an object"),
        }
    }
}

/// Whether one of the sections of `http`, `tcp`, `udp` or `tls` is there: what else is in them, nobody set.
fn has_a_section(outer: &str, fields: &Json) -> bool {
    let inner = |section: &Section| section.path().strip_prefix(outer)?.strip_prefix('.');
    Section::ALL.iter().filter_map(inner).any(|inner| fields.get(inner).is_some())
}

/// The names of a section's elements.
fn names(tree: &Json, section: &str) -> BTreeSet<String> {
    let elements = section.split('.').try_fold(tree, |tree, name| tree.get(name)).and_then(Json::as_object);
    elements.into_iter().flat_map(Map::keys).cloned().collect()
}

/// Every text that a path leads to.
fn each_text(tree: &mut Json, path: &[&str], visit: &mut dyn FnMut(&mut String)) {
    match (path.split_first(), tree) {
        (None, Json::String(text)) => visit(text),
        (Some((&"*", rest)), Json::Object(fields)) => {
            for inner in fields.values_mut() {
                each_text(inner, rest, visit);
            }
        }
        (Some((&"[]", rest)), Json::Array(items)) => {
            for inner in items {
                each_text(inner, rest, visit);
            }
        }
        (Some((name, rest)), Json::Object(fields)) => {
            if let Some(inner) = fields.get_mut(*name) {
                each_text(inner, rest, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::super::router::{Router, RouterMut};
    use super::super::section::Protocol;
    use super::super::service::Service;
    use super::{Configuration, REFERENCES, Section};
    use crate::dynamic::schema;
    use crate::model::Release;

    fn with_router(service: &str) -> Configuration {
        let (release, mut configuration) = (Release::default(), Configuration::default());
        let mut router = Router::fresh(Protocol::Http, release);
        RouterMut::of(Protocol::Http, &mut router).set_service(service.into());
        configuration.insert(Section::HttpRouters, "r".into(), router);
        configuration.insert(Section::HttpServices, "s".into(), Service::fresh(Protocol::Http, release));
        configuration
    }

    #[test]
    fn names_of_the_fleet_lose_their_provider() {
        let form = with_router("s@ecs").file_form(Release::default());
        assert_eq!(form.tree["http"]["routers"], json!({ "r": { "service": "s" } }));
        assert_eq!(form.tree.keys().collect::<Vec<_>>(), ["http"], "what has no section is left out");
        assert!(form.elsewhere.is_empty());
    }

    #[test]
    fn names_from_elsewhere_stay_and_are_told() {
        for name in ["s@file", "gone@ecs"] {
            let form = with_router(name).file_form(Release::default());
            assert_eq!(form.tree["http"]["routers"]["r"]["service"], name);
            assert_eq!(form.elsewhere, BTreeSet::from([name.to_owned()]));
        }
        assert!(with_router("api@internal").file_form(Release::default()).elsewhere.is_empty());
    }

    #[test]
    fn every_reference_is_a_field() {
        for (path, section) in REFERENCES {
            let (kind, name) = path.trim_end_matches(".[]").rsplit_once('.').expect("a path has parts");
            let kind = schema(Release::default()).type_at(&kind.replace(".[]", "[]")).expect("the structure is known");
            assert!(schema(Release::default()).type_of(kind).slot(name).is_some(), "{path}");
            assert!(Section::ALL.iter().any(|known| known.path() == *section), "{section}");
        }
    }
}
