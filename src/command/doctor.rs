//! `doctor`: one look at what must be right before anything else can be: settings, region, credentials, clusters.

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
use crate::settings::Origin;
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
        (of_settings(&settings), looked.unwrap_or_else(|failure| Ground::out_of_reach(&failure)))
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
    fn out_of_reach(failure: &Failure) -> Self {
        let mut check = Check::new("connection", State::Bad, failure.message());
        check.todo = failure.hints().to_vec();
        let rest = ["identity", "endpoint", "clock", "clusters"].map(not_looked_up);
        Self { checks: std::iter::once(check).chain(rest).collect(), exit: Exit::of(failure.kind()) }
    }
}

fn not_looked_up(id: &'static str) -> Check {
    Check::new(id, State::Unknown, "not looked up")
}

/// What the settings alone show: which form is in force, and whether Traefik's own task would find region and role.
fn of_settings(settings: &Settings) -> Vec<Check> {
    let effective = &settings.effective;
    let given = effective.settings.iter().filter(|setting| setting.origin != Origin::Default).count();
    let by = effective.by.as_ref().map(|by| format!(" of {by}")).unwrap_or_default();
    let found = format!("{}{by}, {given} options given", crate::view::settings::source(effective));
    let mut form = Check::new("settings", State::Good, found);
    if !effective.is_on {
        form.state = State::Look;
        form = form.todo("the ECS provider is off: turn it on with `providers.ecs`");
    }
    for assumed in &effective.assumed {
        form.state = State::Look;
        form = form.todo(format!("assumed: {assumed}"));
    }
    vec![form, traefik_region(settings), traefik_role(settings)]
}

fn traefik_region(settings: &Settings) -> Check {
    let region = &settings.provider.region;
    if region.is_empty() {
        let found = "not set: Traefik takes AWS_REGION, which Fargate sets, or asks the instance metadata on EC2";
        return Check::new("traefik-region", State::Look, found).todo(
            "set `providers.ecs.region`, unless the metadata service answers from within a container (hop limit 2)",
        );
    }
    Check::new("traefik-region", State::Good, format!("{region}, by its own settings"))
}

fn traefik_role(settings: &Settings) -> Check {
    let (provider, effective) = (&settings.provider, &settings.effective);
    if !provider.access_key_id.is_empty() && !provider.secret_access_key.is_empty() {
        return Check::new("traefik-role", State::Look, "keys of its own: set (hidden)")
            .todo("a task role needs no keys that could leak or expire");
    }
    match (&effective.by, &effective.task_role) {
        (Some(_), Some(role)) => Check::new("traefik-role", State::Good, format!("the task role {role}")),
        (Some(by), None) => {
            let found = format!("{by} has no task role: on Fargate Traefik has none, on EC2 the instance's");
            Check::new("traefik-role", State::Bad, found).todo("give its task definition a `taskRoleArn`")
        }
        (None, _) => not_looked_up("traefik-role").todo("--static-from TASKDEF.json|SERVICE names Traefik's own task"),
    }
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
    checks.extend(ready(clusters(&source, settings)));
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
    let answered = identity.is_some() || clusters.iter().all(|check| check.state != State::Bad);
    let (reached, clock) = if answered {
        (
            Check::new("endpoint", State::Good, "AWS answers"),
            Check::new("clock", State::Good, "near enough to AWS's, which takes what is signed by it"),
        )
    } else {
        (not_looked_up("endpoint"), not_looked_up("clock"))
    };
    checks.extend([reached, clock]);
    let exit = if answered { Exit::Yes } else { Exit::System };
    checks.extend(clusters);
    Ground { checks, exit }
}

/// Whether the clusters that Traefik would search are there: asked as Traefik asks.
async fn clusters(source: &impl Source, settings: &Settings) -> Vec<Check> {
    let listed = cluster_names(source).await;
    if settings.provider.auto_discover_clusters {
        return vec![discovered(&listed)];
    }
    let mut checks = Vec::new();
    for cluster in &settings.provider.clusters {
        checks.push(match source.list_tasks(cluster, None).await {
            Ok(_) => Check::new("clusters", State::Good, format!("{cluster} is there, and its tasks may be listed")),
            Err(error) => missing(cluster, &error, &listed),
        });
    }
    checks
}

fn discovered(listed: &Answer<Vec<Text>>) -> Check {
    match listed {
        Ok(listed) if listed.is_empty() => {
            Check::new("clusters", State::Bad, "there is none in this region").todo("choose another with --region")
        }
        Ok(listed) => Check::new("clusters", State::Good, format!("all: {}", names(listed))),
        Err(error) => Check::new("clusters", State::Bad, error.to_string())
            .todo(format!("allow {}, or name the clusters", error.action)),
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
