//! Where requests go: which frontend takes one, which others might have, and which servers get it.
//!
//! It plays what decides about that: rules with what they do to paths, priorities, entry points, redirections, and lists
//! of addresses. Whether an authentication or a limit then refuses the request is not looked at.

use super::allowed::Allowed;
use super::configuration::{Configuration, Frontend};
use super::entry_points::{EntryPoint, EntryPoints, Redirect};
use super::rule::{Request, Rule, RuleError, RuleMatch, answer};
use crate::golang::regexp::Regexp;

/// What a redirection to an entry point takes a URL apart with.
const WHOLE_URL: &str = r"^(?:https?:\/\/)?([\w\._-]+)(?::\d+)?(.*)$";

/// A frontend.
#[derive(Debug)]
pub struct Route<'c> {
    /// Its name.
    pub name: &'c str,
    /// Its rule, as it is written.
    pub text: &'c str,
    /// The rule, where 1.7 gives the frontend a route for it.
    pub rule: Result<Rule, RuleError>,
    /// Its effective priority.
    pub priority: i64,
    /// The entry points that it is on.
    pub entry_points: Vec<&'c str>,
    /// Its backend.
    pub backend: &'c str,
    /// Its servers.
    pub servers: Vec<&'c str>,
    passes_host: bool,
    allowed: Option<Allowed>,
    redirect: Option<Redirect>,
    secure: Option<bool>,
}

/// Every frontend of a configuration, in the order in which they are tried.
#[derive(Debug)]
pub struct Routes<'c> {
    routes: Vec<Route<'c>>,
    entry_points: &'c EntryPoints,
}

/// A request that comes in.
#[derive(Debug, Clone)]
pub struct Incoming<'a> {
    /// The entry point.
    pub entry_point: &'a str,
    /// The URL's scheme.
    pub tls: bool,
    /// Path and query, as they are sent.
    pub target: &'a str,
    /// The client's address.
    pub client: &'a str,
    /// The rest of it.
    pub request: Request,
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken<'c> {
    /// The frontend that takes it; nothing where none does.
    pub frontend: Option<&'c str>,
    /// The status where Traefik answers itself.
    pub status: Option<u16>,
    /// Where a redirection leads.
    pub location: Option<String>,
    /// The backend, where a server is asked.
    pub backend: Option<&'c str>,
    /// The servers that may be asked.
    pub servers: Vec<&'c str>,
    /// What a server is asked for: the target, and the `Host` header.
    pub sent: Option<(String, String)>,
}

/// How a frontend fared that doesn't take a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fared {
    /// It matches, and another of a higher priority does too.
    Lower,
    /// It matches, but the entry point refuses the client before any frontend is looked at.
    Barred,
    /// Its rule doesn't match.
    NoMatch(RuleMatch),
    /// It is on other entry points.
    Elsewhere,
    /// 1.7 gives it no route.
    NoRoute(RuleError),
}

impl<'c> Routes<'c> {
    /// The frontends of a configuration on these entry points.
    pub fn new(configuration: &'c Configuration, entry_points: &'c EntryPoints) -> Self {
        let made = configuration.frontends().flat_map(|frontend| {
            frontend.rules().map(move |rule| Route::new(configuration, entry_points, frontend, rule))
        });
        let mut routes: Vec<Route<'c>> = made.collect();
        routes.sort_by_key(|route| (std::cmp::Reverse(route.priority), route.name));
        Self { routes, entry_points }
    }

    /// What becomes of a request; several where frontends of one priority take it, since 1.7 doesn't order those.
    pub fn answers(&self, incoming: &Incoming<'_>) -> Vec<Taken<'c>> {
        let here = self.entry_points.known.get(incoming.entry_point);
        if !incoming.may_pass(here.and_then(|point| point.allowed.as_ref())) {
            return vec![Taken::of(403)];
        }
        let tried: Vec<(&Route<'c>, &Rule)> = self
            .routes
            .iter()
            .filter(|route| route.entry_points.contains(&incoming.entry_point))
            .filter_map(|route| Some((route, route.rule.as_ref().ok()?)))
            .collect();
        let matching: Vec<usize> =
            (0..tried.len()).filter(|at| tried[*at].1.try_match(&incoming.request).holds()).collect();
        let Some(first) = matching.first() else { return vec![Taken::of(404)] };
        let priority = tried[*first].0.priority;
        let tied = matching.iter().filter(|at| tried[**at].0.priority == priority);
        tied.map(|winner| {
            // Of equals this one is tried before the others that match.
            let order = tried.iter().enumerate().filter(|(at, _)| at == winner || !matching.contains(at));
            let order: Vec<&(&Route<'c>, &Rule)> = order.map(|(_, tried)| tried).collect();
            self.answer(tried[*winner].0, order.iter().map(|(_, rule)| *rule), incoming)
        })
        .collect()
    }

    fn answer<'r>(
        &self,
        route: &Route<'c>,
        rules: impl Iterator<Item = &'r Rule>,
        incoming: &Incoming<'_>,
    ) -> Taken<'c> {
        let taken = Taken { frontend: Some(route.name), ..Taken::of(0) };
        if !incoming.may_pass(route.allowed.as_ref()) {
            return Taken { status: Some(403), ..taken };
        }
        if let Some((status, location)) = self.redirected(route, incoming) {
            return Taken { status: Some(status), location: Some(location), ..taken };
        }
        let answered = answer(rules, &incoming.request);
        let Some(forward) = answered.forward else {
            return Taken { status: Some(answered.status), location: answered.location, ..taken };
        };
        if route.servers.is_empty() {
            return Taken { status: Some(503), ..taken };
        }
        let own_host = |url: &str| {
            let after = url.split_once("://").map_or(url, |(_, after)| after);
            after.split('/').next().unwrap_or_default().to_owned()
        };
        let host = if route.passes_host {
            incoming.request.host.clone()
        } else {
            route.servers.first().map(|url| own_host(url)).unwrap_or_default()
        };
        Taken {
            status: None,
            backend: Some(route.backend),
            servers: route.servers.clone(),
            sent: Some((forward.request_uri, host)),
            ..taken
        }
    }

    /// Where the entry point, the frontend, or its headers send a request instead.
    fn redirected(&self, route: &Route<'c>, incoming: &Incoming<'_>) -> Option<(u16, String)> {
        let here = self.entry_points.known.get(incoming.entry_point);
        let of_point = here.and_then(|point| point.redirect.as_ref());
        let not_here = |redirect: &&Redirect| redirect.entry_point != incoming.entry_point;
        let redirects = of_point.into_iter().chain(&route.redirect).filter(not_here);
        let url = incoming.url();
        let found = redirects.filter_map(|redirect| {
            let location = redirect.location(&url, self.entry_points)?;
            Some((if redirect.permanent { 301 } else { 302 }, location))
        });
        let secure = route.secure.filter(|_| !incoming.tls).map(|temporary| {
            let location = url.replacen("http://", "https://", 1);
            (if temporary { 302 } else { 301 }, location)
        });
        found.chain(secure).next()
    }

    /// Every frontend that doesn't take a request, with how it fared.
    pub fn others(&self, incoming: &Incoming<'_>, winners: &[Taken<'c>]) -> Vec<(&Route<'c>, Fared)> {
        let lost = self.routes.iter().filter(|route| !winners.iter().any(|taken| taken.frontend == Some(route.name)));
        let is_barred = winners.iter().all(|taken| taken.frontend.is_none());
        let fared = |route: &Route<'c>| match &route.rule {
            _ if !route.entry_points.contains(&incoming.entry_point) => Fared::Elsewhere,
            Err(error) => Fared::NoRoute(error.clone()),
            Ok(rule) => {
                let tried = rule.try_match(&incoming.request);
                match tried.holds() {
                    true if is_barred => Fared::Barred,
                    true => Fared::Lower,
                    false => Fared::NoMatch(tried),
                }
            }
        };
        lost.map(|route| (route, fared(route))).collect()
    }
}

impl<'c> Route<'c> {
    fn new(
        configuration: &'c Configuration,
        entry_points: &'c EntryPoints,
        frontend: Frontend<'c>,
        text: &'c str,
    ) -> Self {
        let backend = configuration.backend(frontend.backend());
        let own: Vec<&str> = frontend.entry_points().iter().map(String::as_str).collect();
        let default = || entry_points.default.iter().map(String::as_str).collect();
        let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
        let redirect = frontend.options.section("Redirect").map(|section| Redirect {
            entry_point: section.text("EntryPoint").to_owned(),
            regex: section.text("Regex").to_owned(),
            replacement: section.text("Replacement").to_owned(),
            permanent: section.bool("Permanent"),
        });
        let headers = frontend.options.section("Headers").filter(|headers| headers.bool("SSLRedirect"));
        Self {
            name: frontend.name,
            text,
            rule: Rule::parse(text),
            priority: if frontend.priority() > 0 { frontend.priority() } else { length },
            entry_points: if own.is_empty() { default() } else { own },
            backend: frontend.backend(),
            servers: backend.into_iter().flat_map(|backend| backend.servers().map(|(_, url)| url)).collect(),
            passes_host: frontend.options.bool("PassHostHeader"),
            allowed: Allowed::of_frontend(frontend.options),
            redirect,
            secure: headers.map(|headers| headers.bool("SSLTemporaryRedirect")),
        }
    }
}

impl Taken<'_> {
    fn of(status: u16) -> Self {
        Self { frontend: None, status: Some(status), location: None, backend: None, servers: Vec::new(), sent: None }
    }
}

impl Incoming<'_> {
    /// Whether a list lets it pass; where there is none it does.
    fn may_pass(&self, allowed: Option<&Allowed>) -> bool {
        allowed.is_none_or(|allowed| allowed.passes(self.client, &self.request))
    }

    fn url(&self) -> String {
        let scheme = if self.tls { "https" } else { "http" };
        format!("{scheme}://{}{}", self.request.host, self.target)
    }
}

impl Redirect {
    /// Where a URL leads; nothing where it stays as it is.
    fn location(&self, url: &str, entry_points: &EntryPoints) -> Option<String> {
        let (regex, replacement) = if self.entry_point.is_empty() {
            (self.regex.clone(), self.replacement.clone())
        } else {
            let EntryPoint { tls, .. } = entry_points.known.get(&self.entry_point)?;
            let port = entry_points.known.get(&self.entry_point)?.port();
            let scheme = if *tls { "https" } else { "http" };
            (WHOLE_URL.to_owned(), format!("{scheme}://${{1}}:{port}${{2}}"))
        };
        let replaced = Regexp::compile(&regex).ok()?.replace_all(url.as_bytes(), replacement.as_bytes());
        let replaced = String::from_utf8_lossy(&replaced).into_owned();
        (replaced != url).then_some(replaced)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fared, Incoming, Routes, Taken};
    use crate::v1::configuration::decode;
    use crate::v1::entry_points::EntryPoints;
    use crate::v1::rule::Request;
    use crate::v1::toml::parse;

    const STATIC: &str = "defaultEntryPoints = [\"http\", \"https\"]\n[entryPoints.http]\naddress = \":80\"\n\
                          [entryPoints.https]\naddress = \":443\"\n[entryPoints.https.tls]\n";

    const FLEET: &str = "[backends.b.servers.s]\nurl = \"http://10.0.0.1:80\"\n\
        [frontends.a]\nbackend = \"b\"\npassHostHeader = true\n[frontends.a.routes.r]\nrule = \"Host:a.b;PathPrefixStrip:/x\"\n\
        [frontends.c]\nbackend = \"b\"\nentryPoints = [\"https\"]\n[frontends.c.routes.r]\nrule = \"Host:a.b\"\n\
        [frontends.d]\nbackend = \"b\"\n[frontends.d.redirect]\nentryPoint = \"https\"\n[frontends.d.routes.r]\nrule = \"Host:d\"\n\
        [frontends.e]\nbackend = \"b\"\npriority = 100\n[frontends.e.routes.r]\nrule = \"Host:e\"\n\
        [frontends.f]\nbackend = \"b\"\npriority = 100\n[frontends.f.routes.r]\nrule = \"Host:e,f\"\n\
        [frontends.g]\nbackend = \"none\"\n[frontends.g.routes.r]\nrule = \"Nope:x\"\n";

    fn played<T>(host: &str, target: &str, look: impl Fn(&Routes<'_>, &Incoming<'_>, &[Taken<'_>]) -> T) -> T {
        let configuration = decode(&parse(FLEET).expect("it is TOML")).expect("it is a configuration");
        let entry_points = EntryPoints::from_file(&parse(STATIC).expect("it is TOML"));
        let routes = Routes::new(&configuration, &entry_points);
        let request = Request::new("GET", host, target, "").expect("it is a request");
        let incoming = Incoming { entry_point: "http", tls: false, target, client: "127.0.0.1", request };
        let answers = routes.answers(&incoming);
        look(&routes, &incoming, &answers)
    }

    #[test]
    fn the_highest_priority_takes_a_request_and_changes_its_path() {
        played("a.b", "/x/1", |routes, incoming, answers| {
            assert_eq!(answers.len(), 1);
            assert_eq!((answers[0].frontend, answers[0].backend), (Some("a"), Some("b")));
            assert_eq!(answers[0].sent, Some(("/1".to_owned(), "a.b".to_owned())));
            let others = routes.others(incoming, answers);
            let fared = |name| others.iter().find(|(route, _)| route.name == name).map(|(_, fared)| fared);
            assert_eq!(fared("c"), Some(&Fared::Elsewhere));
            assert!(matches!(fared("g"), Some(Fared::NoRoute(_))));
            assert!(matches!(fared("d"), Some(Fared::NoMatch(_))));
        });
    }

    #[test]
    fn redirections_lead_to_the_other_entry_point_with_its_port() {
        played("d", "/p", |_, _, answers| {
            assert_eq!((answers[0].status, answers[0].location.as_deref()), (Some(302), Some("https://d:443/p")));
        });
    }

    #[test]
    fn equals_both_take_it_and_nobody_answers_404() {
        played("e", "/", |_, _, answers| {
            assert_eq!(answers.iter().map(|taken| taken.frontend).collect::<Vec<_>>(), [Some("e"), Some("f")]);
        });
        played("nobody", "/", |_, _, answers| assert_eq!(answers, [Taken::of(404)]));
    }
}
