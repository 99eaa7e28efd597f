//! What middlewares make of a request's path alone, for those who compare what is routed, not who may come in.

use serde_json::Value;

use super::arrival::{Arrival, Passing};
use super::middleware::{Step, step};
use crate::golang::net::split_host_port;
use crate::settings::EntryPoint;

/// The kinds of middlewares that change a path.
const KINDS: [&str; 5] = ["addPrefix", "stripPrefix", "stripPrefixRegex", "replacePath", "replacePathRegex"];

/// A middleware that changes a path.
#[derive(Debug, Clone)]
pub struct PathChange(Step);

/// A request behind its entry point, on its way through such middlewares.
#[derive(Debug, Clone)]
pub struct Entered(Passing);

impl PathChange {
    /// The change that a middleware makes, as Traefik's JSON has it; nothing where it makes none.
    pub fn of(middleware: &Value) -> Option<Self> {
        let (kind, options) = middleware.as_object()?.iter().next()?;
        KINDS.contains(&kind.as_str()).then(|| step(&"".into(), kind, options).ok())?.map(Self)
    }
}

impl Entered {
    /// A request behind an entry point that is set to nothing; nothing where it is refused there.
    pub fn new(arrival: &Arrival) -> Option<Self> {
        let mut passing = Passing::read(arrival)?;
        let address = arrival.remote_address.as_str();
        let client = split_host_port(address).map_or(address, |(host, _)| host);
        passing.enter(&EntryPoint::default(), client)?;
        Some(Self(passing))
    }

    /// Changes the path.
    ///
    /// # Errors
    /// The status of the answer where a middleware refuses it.
    pub fn change(&mut self, change: &PathChange) -> Result<(), u16> {
        change.0.apply(&mut self.0).map_err(|stop| stop.status)
    }

    /// The path, encoded, as rules see it.
    pub fn escaped_path(&self) -> String {
        String::from_utf8_lossy(&self.0.url.escaped_path()).into_owned()
    }

    /// What a server is asked for.
    pub fn request_uri(&self) -> String {
        self.0.url.request_uri()
    }

    /// The prefixes that were taken off.
    pub fn forwarded_prefix(&self) -> &[String] {
        &self.0.forwarded_prefix
    }
}
