//! `route`: which router would take this request, which lost to it and why, and which servers would get it?
//!
//! What a release does with a request is for its own module, `current` and `legacy`; reading requests, finding the
//! entry point, and following redirections are the same for all.

mod current;
mod legacy;
mod log;
mod requests;

pub(super) use current::{assumed_entry_points, table};

use super::Exit;
use super::asked::Asked;
use super::output::deliver;
use super::pass::styles;
use crate::cli::{DiscoverFormat, RouteArgs};
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::model::{Release, Text};
use crate::view::routed::{self, Routed, Then};

/// Who asks where nobody is named.
const SOMEBODY: &str = "127.0.0.1";

/// The most redirections that are followed.
const MOST_REDIRECTIONS: usize = 10;

/// A fleet as a release of Traefik routes to it.
trait Fleet {
    /// What becomes of a request.
    fn answer(&self, arriving: &Arriving<'_>) -> Routed;

    /// The same, with how every other router fared.
    fn explain(&self, arriving: &Arriving<'_>) -> Routed;
}

/// A request at an entry point.
struct Arriving<'a> {
    asked: &'a Asked,
    entry_point: &'a Text,
    /// The client, where a log tells it.
    client: Option<&'a str>,
}

/// An entry point, as far as it matters for which of them a request comes to.
struct Listener {
    name: Text,
    address: Text,
    port: Text,
    tls: bool,
}

/// What requests are put to.
struct Ground<'a> {
    fleet: &'a dyn Fleet,
    listeners: Vec<Listener>,
    arguments: &'a RouteArgs,
}

pub(super) fn run(
    arguments: &RouteArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    match arguments.fleet.settings.traefik {
        Release::V1_7 => legacy::run(arguments, surroundings, console),
        _ => current::run(arguments, surroundings, console),
    }
}

/// The request that is asked about; a connection alone is one for `/`. Nothing where a file names the requests.
fn asked(arguments: &RouteArgs) -> Result<Option<Asked>, Failure> {
    let read = |text: &str| Asked::read(text, &arguments.method, &arguments.headers);
    match (&arguments.url, &arguments.sni) {
        (Some(url), _) => read(url).map(Some),
        (None, Some(name)) => read(&format!("https://{name}")).map(Some),
        (None, None) => Ok(None),
    }
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

/// Where a redirection leads, as a browser reads it: without a scheme or a host it has those of the request.
fn resolved(location: &str, asked: &Asked) -> String {
    let scheme = if asked.tls { "https" } else { "http" };
    match location {
        _ if location.starts_with("//") => format!("{scheme}:{location}"),
        _ if location.starts_with('/') => format!("{scheme}://{}{location}", asked.host),
        _ => location.to_owned(),
    }
}

/// A request as it is shown: `GET https://a.b/x`.
fn shown(asked: &Asked) -> String {
    let scheme = if asked.tls { "https" } else { "http" };
    format!("{} {scheme}://{}{}", asked.method, asked.host, asked.target)
}

impl Ground<'_> {
    /// Puts the request that is asked about to the fleet, or those of the file.
    fn put(
        &self,
        asked: Option<Asked>,
        surroundings: &Surroundings,
        console: &mut Console<'_>,
    ) -> Result<Exit, Failure> {
        match (&self.arguments.requests, asked) {
            (Some(path), _) => requests::run(path, self, surroundings, console),
            // One request in full, and those that redirections make of it.
            (None, Some(asked)) => print(&self.follow(asked)?, self.arguments, surroundings, console),
            (None, None) => Err(Failure::input("no request is given")),
        }
    }

    /// A request, and those that redirections within the fleet make of it.
    fn follow(&self, asked: Asked) -> Result<Vec<Routed>, Failure> {
        let entry_point = &self.listener(&asked)?.name;
        let mut chain = vec![self.fleet.explain(&Arriving { asked: &asked, entry_point, client: None })];
        let mut asked = asked;
        while let Some(location) = chain.last().and_then(Routed::location) {
            let next = Asked::with(&resolved(location, &asked), &asked.method, asked.headers.clone()).ok();
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
        let here = next.and_then(|next| Some((self.redirected(chain, asked, &next)?, next)));
        let Some((entry_point, next)) = here else { return (Then::Elsewhere, None) };
        if chain.iter().any(|before| before.request == shown(&next)) {
            return (Then::Loop, None);
        }
        if chain.len() > MOST_REDIRECTIONS {
            return (Then::TooMany, None);
        }
        let routed = self.fleet.explain(&Arriving { asked: &next, entry_point, client: None });
        // A host that the fleet doesn't know is somebody else's.
        let name = |asked: &Asked| asked.host.split(':').next().unwrap_or_default().to_owned();
        if !routed.is_routed() && name(asked) != name(&next) {
            return (Then::Elsewhere, None);
        }
        (Then::Followed, Some((routed, next)))
    }

    /// The entry point that a redirection leads to: the one before where the port stays, however that was named, else
    /// the one that listens there.
    fn redirected(&self, chain: &[Routed], asked: &Asked, next: &Asked) -> Option<&Text> {
        let before = chain.last().map(|routed| &routed.entry_point).filter(|_| asked.port == next.port);
        let found = match before {
            Some(name) => self.named(name),
            None => self.listeners.iter().find(|known| *known.port == *next.port),
        };
        found.map(|listener| &listener.name)
    }

    fn named(&self, name: &str) -> Option<&Listener> {
        self.listeners.iter().find(|known| *known.name == *name)
    }

    /// The entry point that was named, or the one that listens on the request's port.
    fn listener(&self, asked: &Asked) -> Result<&Listener, Failure> {
        let found = match &self.arguments.entrypoint {
            Some(name) => self.named(name),
            None => self.listeners.iter().find(|known| *known.port == *asked.port),
        };
        found.ok_or_else(|| {
            let missing = match &self.arguments.entrypoint {
                Some(name) => format!("there is no entry point `{name}`"),
                None => format!("no entry point listens on port {}", asked.port),
            };
            let names = self.listeners.iter().map(|known| format!("{} ({})", known.name, known.address));
            let names: Vec<String> = names.collect();
            Failure::input(missing).hint(format!("choose one with --entrypoint: {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;
    use crate::command::asked::Asked;

    #[test]
    fn a_location_has_what_it_leaves_out_of_the_request() {
        let asked = Asked::read("https://a.b:8443/x/", "GET", &[]).expect("a URL");
        for (location, whole) in
            [("/x?y", "https://a.b:8443/x?y"), ("//c.d/x", "https://c.d/x"), ("http://c.d/", "http://c.d/")]
        {
            assert_eq!(resolved(location, &asked), whole);
        }
    }
}
