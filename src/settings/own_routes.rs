//! What Traefik answers itself: its API and dashboard, health and metrics, and the challenges of certificates.

use std::collections::BTreeSet;

use super::configuration::Configuration;
use crate::decode::Value;
use crate::model::Text;

/// What Traefik answers itself; what is absent it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRoutes {
    /// `api`.
    pub api: Option<Api>,
    /// `ping`.
    pub ping: Option<Served>,
    /// `metrics.prometheus`.
    pub prometheus: Option<Served>,
    /// `providers.rest`, and whether it has a router of its own.
    pub rest: Option<Rest>,
    /// The entry points at which certificates' challenges are answered by HTTP.
    pub challenges: BTreeSet<Text>,
}

/// The API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Api {
    /// Whether it has routers of its own, which ask nobody who they are.
    pub insecure: bool,
    /// Whether there is a dashboard.
    pub dashboard: bool,
    /// Whether it answers questions about the process.
    pub debug: bool,
}

/// Something that is answered at one entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Where, unless its routing is left to the user.
    pub at: Option<Text>,
}

/// The provider that takes a configuration by HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// It has a router of its own.
    Insecure,
    /// It has none.
    ByRouter,
}

impl Configuration {
    /// What Traefik answers itself.
    pub fn own_routes(&self) -> OwnRoutes {
        let is = |path: &str| self.at(path).as_bool().unwrap_or_default();
        let is_on = |path: &str| !self.at(path).is_absent();
        let served = |section: &str| {
            let at = self.at(&format!("{section}.entryPoint")).as_text().cloned().unwrap_or_default();
            is_on(section).then(|| Served { at: (!is(&format!("{section}.manualRouting"))).then_some(at) })
        };
        OwnRoutes {
            api: is_on("api").then(|| Api {
                insecure: is("api.insecure"),
                dashboard: is("api.dashboard"),
                debug: is("api.debug"),
            }),
            ping: served("ping"),
            prometheus: served("metrics.prometheus"),
            rest: is_on("providers.rest")
                .then(|| if is("providers.rest.insecure") { Rest::Insecure } else { Rest::ByRouter }),
            challenges: self.challenges(),
        }
    }

    fn challenges(&self) -> BTreeSet<Text> {
        let resolvers = self.at("certificatesResolvers").as_map().into_iter().flatten();
        let entry_point = |resolver: &Value| {
            let at = super::schema::at(super::schema::schema(), resolver.as_struct()?, "acme.httpChallenge.entryPoint");
            at.as_text().filter(|name| !name.is_empty()).cloned()
        };
        resolvers.filter_map(|(_, resolver)| entry_point(resolver)).collect()
    }
}
