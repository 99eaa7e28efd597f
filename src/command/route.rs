//! `route`: which router would take this request, which lost to it and why, and which servers would get it?

use serde_json::Value;

use super::Exit;
use super::asked::Asked;
use super::output::{deliver, read_text};
use super::pass::{read_pass, styles};
use crate::cli::{DiscoverFormat, RouteArgs};
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, Place};
use crate::model::{Release, Text};
use crate::render::Styles;
use crate::routing::{Arrival, Table, Traefik};
use crate::settings::{EntryPoint, EntryPointTls, EntryPoints, INTERNAL};
use crate::view::routed::{self, Routed};

/// The most redirections that are followed.
const MOST_REDIRECTIONS: usize = 10;

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    if arguments.fleet.settings.traefik == Release::V1_7 {
        return Err(Failure::input("`route` plays the routers of Traefik v2 and v3, not v1's frontends")
            .hint("`ecsroute migrate --verify` compares v1's frontends with the routers that take their place"));
    }
    let asked = asked(arguments, surroundings)?;
    let pass = read_pass(&arguments.fleet, surroundings, console)?;
    pass.tell_failures(console);
    let settings = &pass.settings;
    let entry_points = entry_points(&settings.effective.entry_points, console);
    let syntax = settings.effective.default_rule_syntax.as_ref();
    let traefik = Traefik { entry_points: &entry_points, default_rule_syntax: syntax, release: settings.release };
    let table = Table::new(&pass.run.configuration, traefik);
    let mut all = Vec::new();
    for asked in asked {
        all.extend(follow(asked, arguments, &table, &entry_points)?);
    }
    let styles = styles(&arguments.output, console);
    let bytes = match arguments.format {
        DiscoverFormat::Table => text(&all, arguments, styles).into_bytes(),
        DiscoverFormat::Json => routed::document(&all),
        DiscoverFormat::Jsonl => routed::lines(&all),
        DiscoverFormat::Csv => routed::csv(&all),
        DiscoverFormat::Markdown => routed::markdown(&all),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    let exit = if pass.is_complete() { Exit::Yes } else { Exit::System };
    Ok(exit.max(Exit::holds(all.iter().all(Routed::is_routed))))
}

/// The requests that are asked about; a connection alone is one for `/`.
fn asked(arguments: &RouteArgs, surroundings: &Surroundings) -> Result<Vec<Asked>, Failure> {
    let read = |text: &str| Asked::read(text, &arguments.method, &arguments.headers);
    if let Some(path) = &arguments.requests {
        let text = read_text(path, surroundings)?;
        let origin = path.display().to_string();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let asked: Vec<Asked> = lines
            .map(|(number, line)| {
                let request = logged(line, arguments).ok_or(()).or_else(|()| read(line));
                request.map_err(|failure| {
                    let place = Place {
                        first_line: number + 1,
                        origin: origin.clone(),
                        text: line.to_owned(),
                        span: 0..line.len(),
                        label: failure.message().to_owned(),
                    };
                    Failure::input(format!("{origin}: line {} names no request", number + 1)).at(place).hint(
                        "a line is a URL, or one of an access log in JSON; in the common form the host is given \
                         with --header 'Host: NAME'",
                    )
                })
            })
            .collect::<Result<_, _>>()?;
        if asked.is_empty() {
            return Err(Failure::input(format!("{origin} names no requests")));
        }
        return Ok(asked);
    }
    match (&arguments.url, &arguments.sni) {
        (Some(url), _) => Ok(vec![read(url)?]),
        (None, Some(name)) => Ok(vec![read(&format!("https://{name}"))?]),
        (None, None) => Err(Failure::input("no request is given")),
    }
}

/// A line of an access log, in JSON or in the common form; nothing where it is neither.
fn logged(line: &str, arguments: &RouteArgs) -> Option<Asked> {
    if let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(line) {
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let tls = text("TLSVersion").is_some() || text("RequestScheme") == Some("https");
        let scheme = if tls { "https" } else { "http" };
        let url = format!("{scheme}://{}{}", text("RequestAddr").or(text("RequestHost"))?, text("RequestPath")?);
        return Asked::read(&url, text("RequestMethod").unwrap_or("GET"), &arguments.headers).ok();
    }
    let (before, after) = line.split_once('"')?;
    if !before.contains('[') {
        return None;
    }
    let mut words = after.split('"').next()?.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let named = arguments.headers.iter().filter_map(|header| header.split_once(':'));
    let host =
        named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("host")).map(|(_, host)| host.trim()).next()?;
    Asked::read(&format!("http://{host}{target}"), method, &arguments.headers).ok()
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
    [("web".into(), web), ("websecure".into(), secure)].into_iter().collect()
}

/// A request, and those that redirections within the fleet make of it.
fn follow(
    asked: Asked,
    arguments: &RouteArgs,
    table: &Table,
    entry_points: &EntryPoints,
) -> Result<Vec<Routed>, Failure> {
    let mut chain: Vec<Routed> = Vec::new();
    let mut next = Some(asked);
    while let Some(asked) = next.take() {
        let scheme = if asked.tls { "https" } else { "http" };
        let request = format!("{} {scheme}://{}{}", asked.method, asked.host, asked.target);
        let Some(name) = entry_point(&asked, arguments, entry_points) else {
            if chain.is_empty() {
                let names: Vec<String> =
                    entry_points.iter().map(|(name, known)| format!("{name} ({})", known.address)).collect();
                let missing = match &arguments.entrypoint {
                    Some(name) => format!("there is no entry point `{name}`"),
                    None => format!("no entry point listens on port {}", asked.port),
                };
                return Err(Failure::input(missing).hint(format!("choose one with --entrypoint: {}", names.join(", "))));
            }
            break;
        };
        if chain.iter().any(|before| before.request == request) || chain.len() > MOST_REDIRECTIONS {
            if let Some(last) = chain.last_mut().and_then(|last| last.answers.first_mut()) {
                last.location = last.location.take().map(|location| format!("{location} (a loop)"));
            }
            break;
        }
        let arrival = arrival(&asked, &name, arguments);
        let (answers, candidates) = (table.answers(&arrival), table.candidates(&arrival));
        let location = answers.first().and_then(|answer| answer.location.clone());
        next = location.and_then(|location| Asked::read(&location, &asked.method, &arguments.headers).ok());
        chain.push(Routed::of(request, name, &answers, &candidates));
    }
    Ok(chain)
}

/// The entry point that was named, or the one that listens on the request's port.
fn entry_point(asked: &Asked, arguments: &RouteArgs, entry_points: &EntryPoints) -> Option<Text> {
    if let Some(name) = &arguments.entrypoint {
        return entry_points.keys().find(|known| ***known == **name).cloned();
    }
    entry_points.iter().find(|(_, known)| known.port() == asked.port).map(|(name, _)| name.clone())
}

fn arrival(asked: &Asked, entry_point: &Text, arguments: &RouteArgs) -> Arrival {
    let hostname =
        asked.host.rsplit_once(':').filter(|(host, _)| !host.ends_with(':')).map_or(&*asked.host, |(a, _)| a);
    let mut headers = asked.headers.clone();
    let host = headers.iter().position(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = host.map_or_else(|| asked.host.clone(), |at| headers.remove(at).1);
    Arrival {
        entry_point: entry_point.clone(),
        tls: asked.tls,
        server_name: if asked.tls {
            arguments.sni.clone().unwrap_or_else(|| hostname.to_owned())
        } else {
            String::new()
        },
        protocols: Vec::new(),
        method: asked.method.clone(),
        target: asked.target.clone(),
        host,
        headers,
        remote_address: arguments.client_ip.clone(),
    }
}

/// One request in full, many in a line each with a summary.
fn text(all: &[Routed], arguments: &RouteArgs, styles: Styles) -> String {
    if arguments.requests.is_none() {
        return all.iter().map(|routed| routed.text(styles)).collect::<Vec<_>>().join("\n");
    }
    let mut table = crate::render::Table::new(&routed::HEADINGS, None, styles);
    for routed in all {
        let cells = routed.cells();
        table.row(&cells.each_ref().map(|cell| (None, cell.as_str())));
    }
    let taken = all.iter().filter(|routed| routed.is_routed()).count();
    format!("{}\n{} requests, {taken} with a router, {} without\n", table.text(), all.len(), all.len() - taken)
}
