//! `route --traefik v1`: which frontend of 1.7 would take this request.

use super::{asked, print, shown};
use crate::cli::RouteArgs;
use crate::command::Exit;
use crate::command::asked::Asked;
use crate::command::legacy::{entry_points, read_pass};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::Text;
use crate::v1::rule::Request;
use crate::v1::{EntryPoints, Fared, Incoming, Route, Routes, Taken};
use crate::view::routed::{Other, Outcome, Routed, Sent};

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let Some(asked) = asked(arguments)? else {
        return Err(Failure::input("under Traefik 1.7 `route` takes one request at a time, not a file of them"));
    };
    let entry_points = entry_points(&arguments.fleet.settings, surroundings, console)?;
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    let Some(configuration) = pass.published() else { return Ok(Exit::System) };
    let routes = Routes::new(configuration, &entry_points);
    let name = entry_point(&asked, arguments, &entry_points)?;
    let (answers, others) = answer(&asked, &name, &routes, &entry_points);
    let routed = Routed { request: shown(&asked), entry_point: name, answers, then: None, others };
    let exit = print(&[routed], arguments, surroundings, console)?;
    Ok(if pass.inventory.is_complete() { exit } else { Exit::System.max(exit) })
}

/// The entry point that was named, or the one that listens on the request's port.
fn entry_point(asked: &Asked, arguments: &RouteArgs, entry_points: &EntryPoints) -> Result<Text, Failure> {
    let mut known = entry_points.known.iter();
    let found = match &arguments.entrypoint {
        Some(name) => known.find(|(known, _)| *known == name),
        None => known.find(|(_, point)| point.port() == asked.port),
    };
    if let Some((name, _)) = found {
        return Ok(name.as_str().into());
    }
    let names: Vec<String> =
        entry_points.known.iter().map(|(name, point)| format!("{name} ({})", point.address)).collect();
    let missing = match &arguments.entrypoint {
        Some(name) => format!("there is no entry point `{name}`"),
        None => format!("no entry point listens on port {}", asked.port),
    };
    Err(Failure::input(missing).hint(format!("choose one with --entrypoint: {}", names.join(", "))))
}

/// What becomes of a request at an entry point.
fn answer(asked: &Asked, name: &Text, routes: &Routes<'_>, entry_points: &EntryPoints) -> (Vec<Outcome>, Vec<Other>) {
    let tls = entry_points.known.get(&**name).is_some_and(|point| point.tls);
    if tls != asked.tls {
        // A handshake with a plain port comes to nothing; a plain request to one with TLS is refused.
        let status = (!asked.tls).then_some(400);
        return (vec![Outcome { status, closed: asked.tls, ..Outcome::http() }], Vec::new());
    }
    let (path, query) = asked.path_and_query();
    let mut headers = asked.headers.clone();
    let host = headers.iter().position(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = host.map_or_else(|| asked.host.clone(), |at| headers.remove(at).1);
    let Ok(request) = Request::new(&asked.method, &host, path, query) else {
        return (vec![Outcome { status: Some(400), ..Outcome::http() }], Vec::new());
    };
    let request = headers.into_iter().fold(request, |request, (name, value)| request.header(&name, vec![value]));
    let incoming = Incoming { entry_point: name, tls, target: &asked.target, request };
    let taken = routes.answers(&incoming);
    let others = routes.others(&incoming, &taken);
    (taken.iter().map(outcome).collect(), others.iter().map(|(route, fared)| other(route, fared)).collect())
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
