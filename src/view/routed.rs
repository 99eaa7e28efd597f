//! Where a request goes, as it is shown: `ecsroute.route/1`.

mod many;

use std::fmt::Write as _;

use serde::Serialize;

use crate::model::Text;
use crate::render::{Mark, Styles, csv_field, json, markdown_cell, printable};
use crate::routing::{Answer, Candidate, Standing, Table};

pub use many::Many;

/// One request, and where it goes.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Routed {
    /// The request as it was asked about: `GET https://a.b/x`.
    pub request: String,
    /// The entry point that it arrives at.
    pub entry_point: Text,
    /// What becomes of it; several where routers of one priority take it.
    pub answers: Vec<Outcome>,
    /// What comes of a redirection; null where there is none.
    pub then: Option<Then>,
    /// How every other router fared.
    pub others: Vec<Other>,
}

/// What comes of a redirection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// It leads to the fleet: the next request.
    Followed,
    /// It leads somewhere else.
    Elsewhere,
    /// It leads to a request that was there before.
    Loop,
    /// There were too many before it.
    TooMany,
}

/// What becomes of a request.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The status of Traefik's own answer; null where a server answers.
    pub status: Option<u16>,
    /// Whether the connection is closed without an answer.
    pub closed: bool,
    /// `tcp` where the connection is not read as HTTP.
    pub protocol: &'static str,
    /// The router; null where none takes it.
    pub router: Option<Text>,
    /// Its middlewares, in order, up to the one that answered.
    pub middlewares: Vec<Text>,
    /// The service.
    pub service: Option<Text>,
    /// The servers that it may go to.
    pub servers: Vec<Text>,
    /// Where a redirection leads.
    pub location: Option<String>,
    /// Whether it is refused since it comes from Traefik itself and would go round for ever.
    pub recursive: bool,
    /// What a server gets: path and query, and the `Host` header.
    pub sent: Option<Sent>,
}

/// What a server gets.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// Path and query.
    pub target: String,
    /// The `Host` header.
    pub host: String,
}

/// A router that doesn't take the request.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Other {
    /// `http` or `tcp`.
    pub protocol: &'static str,
    /// Its name.
    pub router: Text,
    /// Its rule.
    pub rule: Text,
    /// Its priority; null where it doesn't start.
    pub priority: Option<i64>,
    /// Why not.
    pub why: String,
    /// Whether it would have taken the request.
    #[serde(skip)]
    lost: bool,
    /// The routers that leave it no request at all at this entry point; none where it gets some.
    pub shadowed_by: Vec<Text>,
}

impl Routed {
    /// What is shown of a request.
    pub fn of(request: String, entry_point: Text, answers: &[Answer], candidates: &[Candidate]) -> Self {
        let others = candidates.iter().filter_map(Other::of).collect();
        Self { request, entry_point, answers: answers.iter().map(Outcome::of).collect(), then: None, others }
    }

    /// Says of the routers that lost which of them never win.
    #[must_use]
    pub fn with_shadows(mut self, table: &Table) -> Self {
        for other in self.others.iter_mut().filter(|other| other.lost) {
            let shadows = table.shadows_of(&other.router);
            let here = shadows.into_iter().find(|shadow| shadow.entry_point == self.entry_point);
            other.shadowed_by = here.map(|shadow| shadow.by).unwrap_or_default();
        }
        self
    }

    /// Where it is redirected to.
    pub fn location(&self) -> Option<&str> {
        self.answers.first()?.location.as_deref()
    }

    /// Whether a router takes it.
    pub fn is_routed(&self) -> bool {
        self.answers.iter().any(|answer| answer.router.is_some())
    }

    /// For reading.
    pub fn text(&self, styles: Styles) -> String {
        let mut text = format!("{}  at {}\n", styles.heading(&printable(&self.request)), printable(&self.entry_point));
        if self.answers.len() > 1 {
            let _ = writeln!(
                text,
                "{} routers of one priority take it; which one wins is left to chance:",
                self.answers.len()
            );
        }
        for answer in &self.answers {
            answer.write(&mut text, styles);
        }
        match self.then {
            Some(Then::Loop) => text.push_str("      a loop: this was asked for before\n"),
            Some(Then::TooMany) => text.push_str("      not followed: there were too many redirections before\n"),
            Some(Then::Elsewhere) => text.push_str("      not followed: it leads out of the fleet\n"),
            Some(Then::Followed) | None => {}
        }
        for other in &self.others {
            let mut why = other.why.clone();
            if !other.shadowed_by.is_empty() {
                let take = if other.shadowed_by.len() == 1 { "takes" } else { "take" };
                let _ = write!(why, "; it never gets a request: {} {take} them all", other.shadowed_by.join(" and "));
            }
            let why = styles.paint(Mark::Aside, &printable(&why));
            let _ = writeln!(text, "  {} {}  {why}", styles.mark(Mark::Bad), printable(&other.router));
        }
        text
    }

    /// The columns of a row: request, entry point, router, service, status, location, servers.
    pub fn cells(&self) -> [String; 7] {
        let first = self.answers.first();
        let name = |name: Option<&Text>| name.map(ToString::to_string).unwrap_or_default();
        [
            self.request.clone(),
            self.entry_point.to_string(),
            name(first.and_then(|answer| answer.router.as_ref())),
            name(first.and_then(|answer| answer.service.as_ref())),
            first.and_then(|answer| answer.status).map(|status| status.to_string()).unwrap_or_default(),
            first.and_then(|answer| answer.location.clone()).unwrap_or_default(),
            first.map(|answer| answer.servers.join(" ")).unwrap_or_default(),
        ]
    }
}

/// The headings of [`Routed::cells`].
pub const HEADINGS: [&str; 7] = ["request", "entryPoint", "router", "service", "status", "location", "servers"];

/// All requests as one JSON document.
pub fn document(routed: &[Routed]) -> Vec<u8> {
    json(&serde_json::json!({ "schema": "ecsroute.route/1", "requests": routed }))
}

/// All requests, one JSON object a line.
pub fn lines(routed: &[Routed]) -> Vec<u8> {
    let lines = routed.iter().filter_map(|one| serde_json::to_string(one).ok());
    lines.flat_map(|line| (line + "\n").into_bytes()).collect()
}

/// All requests as CSV.
pub fn csv(routed: &[Routed]) -> Vec<u8> {
    let mut text = format!("{}\r\n", HEADINGS.join(","));
    for one in routed {
        let cells: Vec<_> = one.cells().iter().map(|cell| csv_field(cell)).collect();
        let _ = write!(text, "{}\r\n", cells.join(","));
    }
    text.into_bytes()
}

/// All requests as a Markdown table.
pub fn markdown(routed: &[Routed]) -> Vec<u8> {
    let mut text = format!("| {} |\n|{}\n", HEADINGS.join(" | "), "---|".repeat(HEADINGS.len()));
    for one in routed {
        let cells: Vec<_> = one.cells().iter().map(|cell| markdown_cell(cell)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.into_bytes()
}

impl Outcome {
    /// An outcome over HTTP of which nothing is known yet.
    pub fn http() -> Self {
        Self {
            status: None,
            closed: false,
            protocol: "http",
            router: None,
            middlewares: Vec::new(),
            service: None,
            servers: Vec::new(),
            location: None,
            recursive: false,
            sent: None,
        }
    }

    fn of(answer: &Answer) -> Self {
        let sent = answer.received.as_ref().map(|received| Sent {
            target: match &received.query {
                Some(query) => format!("{}?{query}", received.path),
                None => received.path.clone(),
            },
            host: received.host.clone(),
        });
        Self {
            status: answer.status,
            closed: answer.closed,
            protocol: if answer.passthrough.is_some() { "tcp" } else { "http" },
            router: answer.router.clone(),
            middlewares: answer.middlewares.clone(),
            service: answer.service.clone(),
            servers: answer.servers.clone(),
            location: answer.location.clone(),
            recursive: answer.is_recursive,
            sent,
        }
    }

    fn write(&self, text: &mut String, styles: Styles) {
        match &self.router {
            Some(router) => {
                let _ = writeln!(text, "  {} {}", styles.mark(Mark::Good), printable(router));
            }
            None if self.closed => {
                let _ = writeln!(text, "  {} Traefik closes the connection", styles.mark(Mark::Bad));
            }
            None => {
                let _ = writeln!(text, "  {} no router takes it", styles.mark(Mark::Bad));
            }
        }
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "      {name:<12}{}", printable(value));
        };
        if !self.middlewares.is_empty() {
            line("middlewares", &self.middlewares.join(", "));
        }
        if let Some(service) = &self.service {
            line("service", service);
        }
        if !self.servers.is_empty() {
            line("servers", &self.servers.join(", "));
        }
        if let Some(sent) = &self.sent {
            line("sent", &format!("{}, Host: {}", sent.target, sent.host));
        }
        match (&self.location, self.status) {
            (Some(location), Some(status)) => line("answer", &format!("{status}, to {location}")),
            (None, Some(status)) if self.recursive => {
                line("answer", &format!("{status}: Traefik itself sends it, and would send it again and again"));
            }
            (None, Some(status)) => line("answer", &status.to_string()),
            _ if self.closed && self.router.is_some() => line("answer", "the connection is closed"),
            _ => {}
        }
    }
}

impl Other {
    /// A frontend of 1.7 that doesn't take the request.
    pub fn of_v1(router: Text, rule: Text, priority: Option<i64>, why: String) -> Self {
        Self { protocol: "http", router, rule, priority, why, lost: false, shadowed_by: Vec::new() }
    }

    fn of(candidate: &Candidate) -> Option<Self> {
        let why = match &candidate.standing {
            Standing::Wins | Standing::Ties => return None,
            Standing::Lower => "matches, with a lower priority".to_owned(),
            Standing::NoMatch(proof) => {
                let rule = &candidate.rule;
                let told = proof.steps().into_iter().filter(|step| step.decides).find_map(|step| {
                    let crate::golang::expression::Part::Leaf(evidence) = &step.proven.part else { return None };
                    let part = rule.get(step.proven.span.range()).unwrap_or_default();
                    Some(format!("{part} is {}: {evidence}", step.proven.holds))
                });
                told.unwrap_or_else(|| "its rule does not match".to_owned())
            }
            Standing::Elsewhere(names) => format!("it is on {}", names.join(", ")),
            Standing::WantsTls => "it takes connections with TLS alone".to_owned(),
            Standing::WantsPlain => "it takes connections without TLS alone".to_owned(),
            Standing::BehindTcp(name) => format!("the TCP router {name} takes the connection before"),
            Standing::BehindHttp => "HTTP takes the connection by its server name".to_owned(),
            Standing::Disabled(cause) => format!("it does not start: {cause}"),
        };
        let (router, rule) = (candidate.name.clone(), candidate.rule.clone());
        let protocol = candidate.protocol.name();
        let lost = matches!(candidate.standing, Standing::Lower | Standing::BehindTcp(_));
        Some(Self { protocol, router, rule, priority: candidate.priority, why, lost, shadowed_by: Vec::new() })
    }
}
