//! `route`: which router would take this request, which lost to it and why, and which servers would get it?

mod legacy;
mod log;
mod requests;

use super::Exit;
use super::asked::Asked;
use super::output::deliver;
use super::pass::{read_pass, styles};
use crate::cli::{DiscoverFormat, RouteArgs};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::{Release, Text};
use crate::routing::{Arrival, Table, Traefik};
use crate::settings::{EntryPoint, EntryPointTls, EntryPoints, INTERNAL};
use crate::view::routed::{self, Routed, Then};

/// The most redirections that are followed.
const MOST_REDIRECTIONS: usize = 10;

/// The client where none is told.
const SOMEBODY: &str = "127.0.0.1";

/// What requests are put to.
struct Ground<'a> {
    table: &'a Table,
    entry_points: &'a EntryPoints,
    arguments: &'a RouteArgs,
}

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if arguments.fleet.settings.traefik == Release::V1_7 {
        return legacy::run(arguments, surroundings, console);
    }
    let asked = asked(arguments)?;
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    pass.tell_failures(console);
    let settings = &pass.settings;
    let entry_points = entry_points(&settings.effective.entry_points, console);
    let traefik = Traefik {
        entry_points: &entry_points,
        default_rule_syntax: settings.effective.default_rule_syntax.as_ref(),
        own_routes: &settings.effective.own_routes,
        release: settings.release,
    };
    let table = Table::new(&pass.run.configuration, traefik);
    let ground = Ground { table: &table, entry_points: &entry_points, arguments };
    let exit = match (&arguments.requests, asked) {
        (Some(path), _) => requests::run(path, arguments, &ground, surroundings, console)?,
        (None, Some(asked)) => one(asked, &ground, surroundings, console)?,
        (None, None) => return Err(Failure::input("no request is given")),
    };
    Ok(if pass.is_complete() { exit } else { Exit::System.max(exit) })
}

/// The request that is asked about; a connection alone is one for `/`.
fn asked(arguments: &RouteArgs) -> Result<Option<Asked>, Failure> {
    let read = |text: &str| Asked::read(text, &arguments.method, &arguments.headers);
    match (&arguments.url, &arguments.sni) {
        (Some(url), _) => read(url).map(Some),
        (None, Some(name)) => read(&format!("https://{name}")).map(Some),
        (None, None) => Ok(None),
    }
}

/// One request in full, and those that redirections make of it.
fn one(
    asked: Asked,
    ground: &Ground<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    print(&ground.follow(asked)?, ground.arguments, surroundings, console)
}

fn print(
    all: &[Routed],
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let styles = styles(&arguments.output, console);
    let bytes = match arguments.format {
        DiscoverFormat::Table => {
            all.iter().map(|routed| routed.text(styles)).collect::<Vec<_>>().join("\n").into_bytes()
        }
        DiscoverFormat::Json => routed::document(all),
        DiscoverFormat::Jsonl => routed::lines(all),
        DiscoverFormat::Csv => routed::csv(all),
        DiscoverFormat::Markdown => routed::markdown(all),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(Exit::holds(all.iter().all(Routed::is_routed)))
}

/// The entry points of the settings; where these name none that takes requests, the two that everybody has.
fn entry_points(known: &EntryPoints, console: &mut Console<'_>) -> EntryPoints {
    let named = known.iter().any(|(name, _)| **name != *INTERNAL && **name != *"http");
    if named || known.values().any(|entry_point| entry_point.http.redirection.is_some()) {
        return known.clone();
    }
    console.note("the settings name no entry points: `web` on :80 and `websecure` on :443 with TLS are taken");
    let web = EntryPoint { address: ":80".into(), ..EntryPoint::default() };
    let mut secure = EntryPoint { address: ":443".into(), ..EntryPoint::default() };
    secure.http.tls = Some(EntryPointTls::default());
    let own = known.iter().filter(|(name, _)| ***name == *INTERNAL);
    let own = own.map(|(name, entry_point)| (name.clone(), entry_point.clone()));
    [("web".into(), web), ("websecure".into(), secure)].into_iter().chain(own).collect()
}

/// A request as it is shown: `GET https://a.b/x`.
fn shown(asked: &Asked) -> String {
    let scheme = if asked.tls { "https" } else { "http" };
    format!("{} {scheme}://{}{}", asked.method, asked.host, asked.target)
}

impl Ground<'_> {
    /// A request, and those that redirections within the fleet make of it.
    fn follow(&self, asked: Asked) -> Result<Vec<Routed>, Failure> {
        let entry_point = self.entry_point(&asked)?;
        let mut chain = vec![self.routed(&asked, entry_point)];
        let mut asked = asked;
        while let Some(location) = chain.last().and_then(Routed::location) {
            let next = Asked::with(location, &asked.method, asked.headers.clone()).ok();
            let (then, next) = self.next(&chain, &asked, next);
            if let Some(last) = chain.last_mut() {
                last.then = Some(then);
            }
            let Some((routed, following)) = next else { break };
            chain.push(routed);
            asked = following;
        }
        Ok(chain)
    }

    /// What comes of a redirection: the next request, where the fleet gets it.
    fn next(&self, chain: &[Routed], asked: &Asked, next: Option<Asked>) -> (Then, Option<(Routed, Asked)>) {
        let here = next.and_then(|next| Some((self.entry_point(&next).ok()?, next)));
        let Some((entry_point, next)) = here else { return (Then::Elsewhere, None) };
        if chain.iter().any(|before| before.request == shown(&next)) {
            return (Then::Loop, None);
        }
        if chain.len() > MOST_REDIRECTIONS {
            return (Then::TooMany, None);
        }
        let routed = self.routed(&next, entry_point);
        // A host that the fleet doesn't know is somebody else's.
        let name = |asked: &Asked| asked.host.split(':').next().unwrap_or_default().to_owned();
        if !routed.is_routed() && name(asked) != name(&next) {
            return (Then::Elsewhere, None);
        }
        (Then::Followed, Some((routed, next)))
    }

    fn routed(&self, asked: &Asked, entry_point: Text) -> Routed {
        let arrival = self.arrival(asked, &entry_point, None);
        let (answers, candidates) = (self.table.answers(&arrival), self.table.candidates(&arrival));
        Routed::of(shown(asked), entry_point, &answers, &candidates).with_shadows(self.table)
    }

    /// The entry point that was named, or the one that listens on the request's port.
    fn entry_point(&self, asked: &Asked) -> Result<Text, Failure> {
        let mut all = self.entry_points.iter();
        let found = match &self.arguments.entrypoint {
            Some(name) => all.find(|(known, _)| ***known == **name),
            None => all.find(|(_, known)| known.port() == asked.port),
        };
        if let Some((name, _)) = found {
            return Ok(name.clone());
        }
        let names: Vec<String> =
            self.entry_points.iter().map(|(name, known)| format!("{name} ({})", known.address)).collect();
        let missing = match &self.arguments.entrypoint {
            Some(name) => format!("there is no entry point `{name}`"),
            None => format!("no entry point listens on port {}", asked.port),
        };
        Err(Failure::input(missing).hint(format!("choose one with --entrypoint: {}", names.join(", "))))
    }

    /// A request as it arrives. The client is the one that the command line names, else the one that is told here.
    fn arrival(&self, asked: &Asked, entry_point: &Text, client: Option<&str>) -> Arrival {
        let hostname =
            asked.host.rsplit_once(':').filter(|(host, _)| !host.ends_with(':')).map_or(&*asked.host, |(a, _)| a);
        let mut headers = asked.headers.clone();
        let host = headers.iter().position(|(name, _)| name.eq_ignore_ascii_case("host"));
        let host = host.map_or_else(|| asked.host.clone(), |at| headers.remove(at).1);
        let server_name = match &self.arguments.sni {
            _ if !asked.tls => String::new(),
            Some(name) => name.clone(),
            None => hostname.to_owned(),
        };
        let named = self.arguments.client_ip.map(|client| client.to_string());
        Arrival {
            entry_point: entry_point.clone(),
            tls: asked.tls,
            server_name,
            protocols: Vec::new(),
            method: asked.method.clone(),
            target: asked.target.clone(),
            host,
            headers,
            remote_address: named.unwrap_or_else(|| client.unwrap_or(SOMEBODY).to_owned()),
        }
    }
}
