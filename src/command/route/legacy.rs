//! `route --traefik v1`: which frontend of 1.7 would take a request.

use super::{Arriving, Fleet, Ground, Listener, SOMEBODY, asked, shown};
use crate::cli::RouteArgs;
use crate::command::Exit;
use crate::command::legacy::{entry_points, read_pass};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::Text;
use crate::v1::rule::Request;
use crate::v1::{EntryPoints, Fared, Incoming, Route, Routes, Taken};
use crate::view::routed::{Other, Outcome, Routed, Sent};

/// The frontends of a fleet, and the entry points that they are on.
struct Legacy<'a> {
    routes: Routes<'a>,
    entry_points: &'a EntryPoints,
    /// The client that is named.
    client: Option<String>,
}

/// What a request comes to before any frontend sees it.
enum Met<'a> {
    /// It comes to the frontends.
    Frontends(Incoming<'a>),
    /// It goes no further.
    Refused(Outcome),
}

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let asked = asked(arguments)?;
    let entry_points = entry_points(&arguments.fleet.settings, surroundings, console)?;
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    let Some(configuration) = pass.published() else { return Ok(Exit::System) };
    let listeners = entry_points.known.iter().map(|(name, point)| Listener {
        name: name.as_str().into(),
        address: point.address.as_str().into(),
        port: point.port().into(),
        tls: point.tls,
    });
    let client = arguments.client_ip.map(|client| client.to_string());
    let fleet = Legacy { routes: Routes::new(configuration, &entry_points), entry_points: &entry_points, client };
    let ground = Ground { fleet: &fleet, listeners: listeners.collect(), arguments };
    let exit = ground.put(asked, surroundings, console)?;
    Ok(if pass.inventory.is_complete() { exit } else { Exit::System.max(exit) })
}

impl Fleet for Legacy<'_> {
    fn answer(&self, arriving: &Arriving<'_>) -> Routed {
        let answers = match self.met(arriving) {
            Met::Frontends(incoming) => self.routes.answers(&incoming).iter().map(outcome).collect(),
            Met::Refused(outcome) => vec![outcome],
        };
        routed(arriving, answers, Vec::new())
    }

    fn explain(&self, arriving: &Arriving<'_>) -> Routed {
        match self.met(arriving) {
            Met::Frontends(incoming) => {
                let taken = self.routes.answers(&incoming);
                let others = self.routes.others(&incoming, &taken);
                let others = others.iter().map(|(route, fared)| other(route, fared)).collect();
                routed(arriving, taken.iter().map(outcome).collect(), others)
            }
            Met::Refused(outcome) => routed(arriving, vec![outcome], Vec::new()),
        }
    }
}

impl Legacy<'_> {
    /// What an entry point makes of a request.
    fn met<'a>(&'a self, arriving: &Arriving<'a>) -> Met<'a> {
        let Arriving { asked, entry_point, client } = *arriving;
        let tls = self.entry_points.known.get(&**entry_point).is_some_and(|point| point.tls);
        if tls != asked.tls {
            // A handshake with a plain port comes to nothing; a plain request to one with TLS is refused.
            let status = (!asked.tls).then_some(400);
            return Met::Refused(Outcome { status, closed: asked.tls, ..Outcome::http() });
        }
        let (path, query) = asked.path_and_query();
        let mut headers = asked.headers.clone();
        let host = headers.iter().position(|(name, _)| name.eq_ignore_ascii_case("host"));
        let host = host.map_or_else(|| asked.host.clone(), |at| headers.remove(at).1);
        let Ok(request) = Request::new(&asked.method, &host, path, query) else {
            return Met::Refused(Outcome { status: Some(400), ..Outcome::http() });
        };
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(&name, vec![value]));
        let client = self.client.as_deref().or(client).unwrap_or(SOMEBODY);
        Met::Frontends(Incoming { entry_point, tls, target: &asked.target, client, request })
    }
}

fn routed(arriving: &Arriving<'_>, answers: Vec<Outcome>, others: Vec<Other>) -> Routed {
    let (request, entry_point) = (shown(arriving.asked), arriving.entry_point.clone());
    Routed { request, entry_point, answers, then: None, others }
}

fn outcome(taken: &Taken<'_>) -> Outcome {
    Outcome {
        status: taken.status,
        router: taken.frontend.map(Text::from),
        service: taken.backend.map(Text::from),
        servers: taken.servers.iter().map(|url| Text::from(*url)).collect(),
        location: taken.location.clone(),
        sent: taken.sent.clone().map(|(target, host)| Sent { target, host }),
        ..Outcome::http()
    }
}

fn other(route: &Route<'_>, fared: &Fared) -> Other {
    let why = match fared {
        Fared::Lower => "matches, with a lower priority".to_owned(),
        Fared::Barred => "matches, but its entry point lets only other addresses in".to_owned(),
        Fared::NoMatch(tried) => match tried.checks.last() {
            Some(check) => format!(
                "`{}` does not match: the request has {}",
                route.text.get(check.span.clone()).unwrap_or(route.text),
                check.evidence
            ),
            None => "does not match".to_owned(),
        },
        Fared::Elsewhere => format!("it is on {}", route.entry_points.join(", ")),
        Fared::NoRoute(error) => format!("1.7 gives it no route: {error}"),
    };
    let priority = route.rule.is_ok().then_some(route.priority);
    Other::of_v1(route.name.into(), route.text.into(), priority, why)
}
