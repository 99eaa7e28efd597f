//! `doctor`: one look at what must be right before anything else can be: settings, region, credentials, clusters.

mod named;
mod own;

use self::named::named;
use self::own::of_settings;
use super::Exit;
use super::fleet::{built_in, demo_settings, live_settings, read_snapshot, recorded_settings};
use super::live::connected;
use super::output::deliver;
use super::pass::styles;
use super::settings::Settings;
use crate::cli::{DoctorArgs, TextOrJson};
use crate::console::{Console, Surroundings};
use crate::discover::{cluster_names, ready};
use crate::failure::Failure;
use crate::model::{CallError, CallErrorKind, Text};
use crate::source::live::Connection;
use crate::source::{Answer, Snapshot, SnapshotSource, Source};
use crate::view::doctor::{self, Check, State};

pub(super) fn run(
    arguments: &DoctorArgs,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let fleet = &arguments.fleet;
    let (mut checks, ground) = if let Some(path) = &fleet.source.snapshot {
        let snapshot = read_snapshot(path, surroundings)?;
        let settings = recorded_settings(&snapshot, &fleet.settings, surroundings, console)?;
        (of_settings(&settings), over_snapshot(snapshot, &settings))
    } else if fleet.source.demo {
        let snapshot = built_in()?;
        let settings = demo_settings(&snapshot, &fleet.settings, surroundings, console)?;
        (of_settings(&settings), over_snapshot(snapshot, &settings))
    } else {
        let settings = live_settings(fleet, surroundings, console)?;
        let looked = connected(&fleet.source, &settings.provider, console, async |connection, _| {
            live(connection, &settings).await
        });
        let known = || named(&fleet.source, &settings.provider, &surroundings.environment);
        (of_settings(&settings), looked.unwrap_or_else(|failure| Ground::out_of_reach(&failure, known())))
    };
    checks.extend(ground.checks);
    let bytes = match arguments.format {
        TextOrJson::Text => doctor::text(&checks, styles(&arguments.output, console)),
        TextOrJson::Json => doctor::json(&checks),
    };
    deliver(arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    let holds = checks.iter().all(|check| check.state != State::Bad);
    Ok(Exit::holds(holds).max(ground.exit))
}

/// What AWS, or its recording, showed.
struct Ground {
    checks: Vec<Check>,
    /// Whether it could be asked at all.
    exit: Exit,
}

impl Ground {
    /// Without a connection: what needs none is told.
    fn out_of_reach(failure: &Failure, known: [Check; 2]) -> Self {
        let mut check = Check::new("connection", State::Bad, failure.message());
        check.todo = failure.hints().to_vec();
        let rest = ["identity", "endpoint", "clock", "clusters"].map(not_looked_up);
        Self { checks: std::iter::once(check).chain(known).chain(rest).collect(), exit: Exit::of(failure.kind()) }
    }
}

fn not_looked_up(id: &'static str) -> Check {
    Check::new(id, State::Unknown, "not looked up")
}

/// What a recording shows: nothing of credentials, and the clusters that it knows.
fn over_snapshot(snapshot: Snapshot, settings: &Settings) -> Ground {
    let region = match &snapshot.region {
        Some(region) => Check::new("region", State::Good, format!("{region}, as recorded")),
        None => Check::new("region", State::Unknown, "not recorded"),
    };
    let identity = match &snapshot.account {
        Some(account) => Check::new("identity", State::Good, format!("account {account}, as recorded")),
        None => not_looked_up("identity"),
    };
    let source = SnapshotSource::new(snapshot);
    let mut checks = vec![region, not_looked_up("credentials"), identity];
    checks.extend(["endpoint", "clock"].map(not_looked_up));
    checks.extend(ready(clusters(&source, settings)).into_iter().map(|looked| looked.check));
    Ground { checks, exit: Exit::Yes }
}

async fn live(connection: &Connection, settings: &Settings) -> Ground {
    let (region, origin) = connection.region();
    let identity = connection.identity().await;
    let clusters = clusters(&connection.source, settings).await;
    let mut checks = vec![
        Check::new("region", State::Good, format!("{region}, from {origin}")),
        Check::new("credentials", State::Good, format!("from {}", connection.credentials_origin)),
        match &identity {
            Some(identity) => Check::new("identity", State::Good, format!("{} ({})", identity.arn, identity.account)),
            None => Check::new("identity", State::Unknown, "STS gave no answer"),
        },
    ];
    let refusal = clusters.iter().find_map(|looked| looked.failed.as_ref());
    let answered = identity.is_some() || refusal.is_none_or(is_answer);
    checks.push(endpoint(connection, answered, refusal));
    checks.push(clock(connection.clock_ahead()));
    let exit = if answered { Exit::Yes } else { Exit::System };
    checks.extend(clusters.into_iter().map(|looked| looked.check));
    Ground { checks, exit }
}

/// Whether AWS said something, be it a refusal.
fn is_answer(error: &CallError) -> bool {
    !matches!(error.kind, CallErrorKind::Unreachable | CallErrorKind::TimedOut | CallErrorKind::Garbled)
}

fn endpoint(connection: &Connection, answered: bool, failed: Option<&CallError>) -> Check {
    let where_to = match &connection.endpoint {
        Some(url) => url.clone(),
        None => format!("AWS's own in {}", connection.region().0),
    };
    if answered {
        return Check::new("endpoint", State::Good, format!("{where_to} answers"));
    }
    let why = failed.map_or_else(String::new, |error| format!(": {error}"));
    Check::new("endpoint", State::Bad, format!("{where_to} gives no answer{why}"))
        .todo("look at the network, a proxy, a VPC endpoint; --endpoint-url names another")
}

/// How far off a clock may be before AWS refuses what is signed by it, in seconds.
const MOST_OFF: i64 = 300;

fn clock(ahead: Option<i64>) -> Check {
    let Some(ahead) = ahead else { return not_looked_up("clock") };
    let off = match ahead {
        -2..=2 => return Check::new("clock", State::Good, "as AWS's"),
        ahead if ahead > 0 => format!("{ahead} s behind AWS's"),
        ahead => format!("{} s ahead of AWS's", ahead.saturating_abs()),
    };
    if ahead.saturating_abs() < MOST_OFF {
        return Check::new("clock", State::Good, off);
    }
    Check::new("clock", State::Bad, format!("{off}: AWS refuses what is signed by it")).todo("set this machine's clock")
}

/// One cluster that was looked at, and the call that failed over it.
struct Looked {
    check: Check,
    failed: Option<CallError>,
}

impl Looked {
    fn found(check: Check) -> Self {
        Self { check, failed: None }
    }

    fn failed(check: Check, error: &CallError) -> Self {
        Self { check, failed: Some(error.clone()) }
    }
}

/// Whether the clusters that Traefik would search are there: asked as Traefik asks.
async fn clusters(source: &impl Source, settings: &Settings) -> Vec<Looked> {
    let listed = cluster_names(source).await;
    if settings.provider.auto_discover_clusters {
        return vec![discovered(&listed)];
    }
    let mut looked = Vec::new();
    for cluster in &settings.provider.clusters {
        looked.push(match source.list_tasks(cluster, None).await {
            Ok(_) => {
                let found = format!("{cluster} is there, and its tasks may be listed");
                Looked::found(Check::new("clusters", State::Good, found))
            }
            Err(error) => Looked::failed(missing(cluster, &error, &listed), &error),
        });
    }
    if looked.is_empty() {
        let none = Check::new("clusters", State::Bad, "none is named, so Traefik searches none");
        looked.push(Looked::found(none.todo("name them in `clusters`, or turn `autoDiscoverClusters` on")));
    }
    looked
}

fn discovered(listed: &Answer<Vec<Text>>) -> Looked {
    match listed {
        Ok(listed) if listed.is_empty() => {
            let none = Check::new("clusters", State::Bad, "there is none in this region");
            Looked::found(none.todo("choose another with --region"))
        }
        Ok(listed) => Looked::found(Check::new("clusters", State::Good, format!("all: {}", names(listed)))),
        Err(error) => {
            let refused = Check::new("clusters", State::Bad, error.to_string());
            Looked::failed(refused.todo(format!("allow {}, or name the clusters", error.action)), error)
        }
    }
}

fn missing(cluster: &Text, error: &CallError, listed: &Answer<Vec<Text>>) -> Check {
    if error.kind != CallErrorKind::NotFound {
        return Check::new("clusters", State::Bad, error.to_string());
    }
    let check = Check::new("clusters", State::Bad, format!("{cluster} is not there"));
    match listed {
        Ok(listed) if !listed.is_empty() => {
            check.todo(format!("there are {}: choose with --cluster NAME, or --auto-discover-clusters", names(listed)))
        }
        Ok(_) => check.todo("there is none in this region: choose another with --region"),
        Err(_) => check.todo("which there are may not be listed"),
    }
}

fn names(listed: &[Text]) -> String {
    let mut names: Vec<&str> = listed.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn)).collect();
    names.sort_unstable();
    names.join(", ")
}
