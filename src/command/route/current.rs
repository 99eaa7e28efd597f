//! `route` as Traefik v2 and v3 do it: routers, middlewares and services.

use super::{Arriving, Fleet, Ground, Listener, SOMEBODY, asked, shown};
use crate::cli::RouteArgs;
use crate::command::Exit;
use crate::command::pass::{Pass, read_pass};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::routing::{Arrival, Table, Traefik};
use crate::settings::{Effective, EntryPoint, EntryPointTls, EntryPoints, INTERNAL, Source};
use crate::view::routed::Routed;

/// A table of routes, and what the command line says of every request.
struct Current<'a> {
    table: &'a Table,
    arguments: &'a RouteArgs,
}

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let asked = asked(arguments)?;
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    pass.tell_failures(console);
    let settings = &pass.settings;
    let entry_points = entry_points(&settings.effective, console);
    let table = table(&pass, &entry_points);
    let listeners = entry_points.iter().map(|(name, known)| Listener {
        name: name.clone(),
        address: known.address.clone(),
        port: known.port().into(),
        tls: known.http.tls.is_some(),
    });
    let fleet = Current { table: &table, arguments };
    let ground = Ground { fleet: &fleet, listeners: listeners.collect(), arguments };
    let exit = ground.put(asked, surroundings, console)?;
    Ok(if pass.is_complete() { exit } else { Exit::System.max(exit) })
}

/// The routers of a pass on these entry points.
pub(in crate::command) fn table(pass: &Pass, entry_points: &EntryPoints) -> Table {
    let settings = &pass.settings;
    let traefik = Traefik {
        entry_points,
        default_rule_syntax: settings.effective.default_rule_syntax.as_ref(),
        own_routes: &settings.effective.own_routes,
        release: settings.release,
    };
    Table::new(&pass.run.configuration, traefik)
}

/// The entry points of the settings, or those that are assumed.
fn entry_points(settings: &Effective, console: &mut Console<'_>) -> EntryPoints {
    let Some(assumed) = assumed_entry_points(settings) else { return settings.entry_points.clone() };
    console.note("the settings name no entry points: `web` on :80 and `websecure` on :443 with TLS are taken");
    assumed
}

/// The two entry points that everybody has, where nothing is known of Traefik's own settings, as where a snapshot holds
/// the provider's alone.
pub(in crate::command) fn assumed_entry_points(settings: &Effective) -> Option<EntryPoints> {
    let known = &settings.entry_points;
    let are_given = settings.by.is_some() || !matches!(settings.source, None | Some(Source::Nothing));
    let named = known.iter().any(|(name, _)| **name != *INTERNAL && **name != *"http");
    if are_given || named || known.values().any(|entry_point| entry_point.http.redirection.is_some()) {
        return None;
    }
    let web = EntryPoint { address: ":80".into(), ..EntryPoint::default() };
    let mut secure = EntryPoint { address: ":443".into(), ..EntryPoint::default() };
    secure.http.tls = Some(EntryPointTls::default());
    let own = known.iter().filter(|(name, _)| ***name == *INTERNAL);
    let own = own.map(|(name, entry_point)| (name.clone(), entry_point.clone()));
    Some([("web".into(), web), ("websecure".into(), secure)].into_iter().chain(own).collect())
}

impl Fleet for Current<'_> {
    fn answer(&self, arriving: &Arriving<'_>) -> Routed {
        let answers = self.table.answers(&self.arrival(arriving));
        Routed::of(shown(arriving.asked), arriving.entry_point.clone(), &answers, &[])
    }

    fn explain(&self, arriving: &Arriving<'_>) -> Routed {
        let arrival = self.arrival(arriving);
        let (answers, candidates) = (self.table.answers(&arrival), self.table.candidates(&arrival));
        Routed::of(shown(arriving.asked), arriving.entry_point.clone(), &answers, &candidates).with_shadows(self.table)
    }
}

impl Current<'_> {
    /// A request as it arrives. The client is the one that the command line names, else the one that a log tells.
    fn arrival(&self, arriving: &Arriving<'_>) -> Arrival {
        let Arriving { asked, entry_point, client } = *arriving;
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
