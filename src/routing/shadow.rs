//! Routers that never get a request, since others that come before them take all that they would take.

use super::arrival::Arrival;
use super::doors::{Doors, HttpRouter};
use super::table::Table;
use crate::model::Text;
use crate::rule::{Example, Found, Request, Rule, covering, search};

/// A router that never gets a request at an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shadow {
    /// The router.
    pub router: Text,
    /// The entry point.
    pub entry_point: Text,
    /// Those that take everything, with their providers.
    pub by: Vec<Text>,
    /// A request that its rule takes, for reading, and as it arrives. The first of the others gets it.
    pub example: (String, Arrival),
}

impl Table {
    /// The routers that never get a request, by entry point and priority. One is told only where it is certain: no
    /// regular expression decides, and its rule takes something at all.
    pub fn shadows(&self) -> Vec<Shadow> {
        let routers = self.doors.values().flat_map(|doors| doors.plain.iter().chain(&doors.secure));
        let names: std::collections::BTreeSet<&Text> = routers.map(|router| &router.name).collect();
        names.into_iter().flat_map(|name| self.shadows_of(name)).collect()
    }

    /// The entry points at which a router never gets a request.
    pub fn shadows_of(&self, router: &str) -> Vec<Shadow> {
        let mut found = Vec::new();
        for (name, doors) in &self.doors {
            for (routers, tls) in [(&doors.plain, false), (&doors.secure, true)] {
                if let Some(one) = routers.iter().find(|one| &*one.name == router) {
                    found.extend(self.shadow(one, Place { name, doors, routers, tls }));
                }
            }
        }
        found
    }

    fn shadow(&self, one: &HttpRouter, place: Place<'_>) -> Option<Shadow> {
        let read = |example: &Example| -> Vec<Request> {
            let request = self.read(place.doors, &place.arrival(example)).map(|(_, request)| request);
            request.into_iter().collect()
        };
        let shadow = |by: Vec<Text>, example: &Example| Shadow {
            router: one.name.clone(),
            entry_point: place.name.clone(),
            by,
            example: (example.to_string(), place.arrival(example)),
        };
        let needs = one.rule.needs();
        // A TCP router for every name takes the connection before HTTP is read.
        if !place.tls
            && let Some(tcp) = place.doors.tcp.first().filter(|tcp| tcp.is_catch_all)
            && let Found::Request(example) = search(&[&one.rule], &[], &read)
        {
            return Some(shadow(vec![tcp.name.clone()], &example));
        }
        let before: Vec<&HttpRouter> = place.routers.iter().take_while(|other| other.priority > one.priority).collect();
        let before: Vec<&HttpRouter> = before.into_iter().filter(|other| needs.can_meet(&other.rule.needs())).collect();
        let rules: Vec<&Rule> = before.iter().map(|other| &other.rule).collect();
        let numbers = covering(&one.rule, &rules, &read)?;
        // Of several the one comes first that takes the request which is shown.
        let taken = numbers.iter().find_map(|number| {
            let example = search(&[&one.rule, rules[*number]], &[], &read).request()?;
            let winner = self.answers(&place.arrival(&example)).into_iter().next()?.router?;
            Some((winner, example))
        });
        let (winner, example) = taken?;
        let mut by: Vec<Text> = numbers.iter().map(|number| before[*number].name.clone()).collect();
        by.retain(|name| *name != winner);
        by.insert(0, winner);
        Some(shadow(by, &example))
    }
}

/// Where a router is.
#[derive(Clone, Copy)]
struct Place<'t> {
    name: &'t Text,
    doors: &'t Doors,
    routers: &'t [HttpRouter],
    tls: bool,
}

impl Place<'_> {
    /// A request as it arrives there.
    fn arrival(&self, example: &Example) -> Arrival {
        Arrival {
            entry_point: self.name.clone(),
            tls: self.tls,
            server_name: if self.tls { example.host.clone() } else { String::new() },
            protocols: Vec::new(),
            method: example.method.clone(),
            target: example.target(),
            host: example.host.clone(),
            headers: example.headers.clone(),
            remote_address: example.client.to_string(),
        }
    }
}
