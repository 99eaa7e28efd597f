//! Routers as entry points lay things on them: copies by entry point, with TLS, middlewares and rule syntax.

use super::middleware::qualified;
use crate::dynamic::{Protocol, Router};
use crate::model::Text;
use crate::settings::{EncodedCharacters, EntryPoint, EntryPoints, default_entry_points};

/// A router of the configuration, on the entry points that share one copy of it.
#[derive(Debug, Clone)]
pub(super) struct Laid<'c> {
    /// With its provider, and the entry point's name in front where it is a copy.
    pub(super) name: Text,
    pub(super) router: Router<'c>,
    pub(super) entry_points: Vec<Text>,
    /// The name of TLS options; empty for the default ones.
    pub(super) tls: Option<Text>,
    pub(super) middlewares: Vec<Text>,
    pub(super) syntax: Text,
    /// Which encoded characters the entry point lets through.
    pub(super) encoded_characters: Option<EncodedCharacters>,
}

impl Laid<'_> {
    /// Whether it is one of Traefik's own.
    pub(super) fn is_own(&self) -> bool {
        self.name.ends_with("@internal")
    }
}

/// What entry points lay on the routers of a provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Laying<'s> {
    /// The provider's name.
    pub(super) provider: &'static str,
    pub(super) entry_points: &'s EntryPoints,
    /// The rules' default language, where it is set.
    pub(super) syntax: Option<&'s Text>,
}

/// Lays what the entry points say on a router.
pub(super) fn lay<'c>(name: &Text, router: Router<'c>, protocol: Protocol, laying: Laying<'_>) -> Vec<Laid<'c>> {
    let Laying { provider, entry_points, syntax } = laying;
    let named: Vec<Text> = router.entry_points().cloned().collect();
    let named = if named.is_empty() { default_entry_points(entry_points) } else { named };
    let plain = Laid {
        name: qualified(name, provider),
        router,
        entry_points: Vec::new(),
        tls: router.tls().map(|tls| tls.options().into()),
        middlewares: router.middlewares().map(|name| qualified(name, provider)).collect(),
        syntax: match (router.rule_syntax(), syntax) {
            ("", Some(syntax)) if !router.has_default_rule() => syntax.clone(),
            (own, _) => own.into(),
        },
        encoded_characters: None,
    };
    if protocol != Protocol::Http {
        return vec![Laid { entry_points: named, ..plain }];
    }
    let mut laid = Vec::new();
    let mut rest = Vec::new();
    for entry_point in &named {
        match entry_points.get(entry_point).filter(|known| lays(known, syntax)) {
            None => rest.push(entry_point.clone()),
            Some(known) => laid.push(copy(&plain, entry_point, known, named.len() > 1)),
        }
    }
    if !rest.is_empty() {
        laid.push(Laid { entry_points: rest, ..plain });
    }
    laid
}

/// Whether an entry point lays anything on its routers.
fn lays(entry_point: &EntryPoint, syntax: Option<&Text>) -> bool {
    let http = &entry_point.http;
    http.tls.is_some() || !http.middlewares.is_empty() || http.encoded_characters.is_some() || syntax.is_some()
}

fn copy<'c>(plain: &Laid<'c>, name: &Text, entry_point: &EntryPoint, is_one_of_several: bool) -> Laid<'c> {
    let http = &entry_point.http;
    let before = http.middlewares.iter().map(|middleware| qualified(middleware, "internal"));
    let own_name = &plain.name;
    Laid {
        name: if is_one_of_several { format!("{name}-{own_name}").into() } else { own_name.clone() },
        entry_points: vec![name.clone()],
        tls: plain.tls.clone().or_else(|| http.tls.as_ref().map(|tls| tls.options.clone())),
        middlewares: before.chain(plain.middlewares.iter().cloned()).collect(),
        encoded_characters: http.encoded_characters,
        ..plain.clone()
    }
}
