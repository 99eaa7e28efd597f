//! A pass over live AWS: connecting, watching it, and saying what to do where there is no connection.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::SourceArgs;
use crate::console::{Console, Verbosity};
use crate::discover::{self, Clusters, Phase, Progress, Scope};
use crate::failure::Failure;
use crate::model::{Action, CallError, Inventory, Text};
use crate::settings::Provider;
use crate::source::live::{self, Access, ConnectError, Connection, Identity};

/// What a live pass gave.
#[derive(Debug)]
pub(super) struct Reading {
    /// The records.
    pub(super) inventory: Inventory,
    /// Who asked, where STS said so in time.
    pub(super) identity: Option<Identity>,
    /// The clusters there are, where they were asked for.
    pub(super) listed: Option<Result<Vec<Text>, CallError>>,
}

/// When the clusters there are get listed, beside what the pass itself lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListClusters {
    /// When one that was named isn't found: to name those that could have been meant.
    WhenOneIsNotFound,
    /// In any case: a snapshot records them.
    Always,
}

/// Reads the fleet from AWS.
///
/// # Errors
/// When there is no connection to be had. A pass that failed on its way is no error: its failures are in the inventory.
pub(super) fn read(
    arguments: &SourceArgs,
    provider: &Provider,
    scope: &Scope,
    list: ListClusters,
    console: &mut Console<'_>,
) -> Result<Reading, Failure> {
    let scope = scope.clone().concurrently(arguments.concurrency.map_or(1, usize::from));
    connected(arguments, provider, console, async |connection, bar| pass(connection, &scope, list, bar).await)
}

/// Connects, and works with the connection; each call is told of as it ends, where that is asked for.
///
/// # Errors
/// When there is no connection to be had.
pub(super) fn connected<T>(
    arguments: &SourceArgs,
    provider: &Provider,
    console: &mut Console<'_>,
    work: impl AsyncFnOnce(&Connection, &Bar) -> T,
) -> Result<T, Failure> {
    let access = access(arguments, provider)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::system("the program could not set itself up for the network").because(&error))?;
    runtime.block_on(async {
        let (sender, mut attempts) = tokio::sync::mpsc::unbounded_channel();
        let connection = live::connect(&access, Some(sender)).await.map_err(unconnected)?;
        let (region, origin) = connection.region();
        console.detail(&format!("region {region}, from {origin}"));
        console.detail(&format!("credentials from {}", connection.credentials_origin));
        if let Some(role) = &access.role_arn {
            console.detail(&format!("with them the role {role} is assumed"));
        }
        let bar = Bar::new(console);
        let mut work = std::pin::pin!(work(&connection, &bar));
        let done = loop {
            tokio::select! {
                biased;
                Some(attempt) = attempts.recv() => console.call(&attempt.to_string()),
                done = &mut work => break done,
            }
        };
        while let Ok(attempt) = attempts.try_recv() {
            console.call(&attempt.to_string());
        }
        bar.0.finish_and_clear();
        Ok(done)
    })
}

/// The pass, with the questions beside it.
async fn pass(connection: &Connection, scope: &Scope, list: ListClusters, bar: &Bar) -> Reading {
    let source = &connection.source;
    let (mut inventory, identity) = tokio::join!(discover::run(source, scope, bar), connection.identity());
    inventory.notes.splice(0..0, connection.notes());
    inventory.account = identity.as_ref().map(|identity| identity.account.clone());
    let listed = match already_listed(scope, &inventory) {
        Some(listed) => Some(listed),
        None if list == ListClusters::Always || inventory.lost_cluster().is_some() => {
            Some(discover::cluster_names(source).await)
        }
        None => None,
    };
    Reading { inventory, identity, listed }
}

/// What the pass itself learnt of the clusters there are.
fn already_listed(scope: &Scope, inventory: &Inventory) -> Option<Result<Vec<Text>, CallError>> {
    if scope.clusters != Clusters::Discovered {
        return None;
    }
    let failure = inventory.errors.iter().find(|error| error.action == Action::ListClusters);
    let clusters = || inventory.clusters.iter().map(|records| records.cluster.clone()).collect();
    Some(failure.cloned().map_or_else(|| Ok(clusters()), Err))
}

/// How AWS is to be reached, by the command line and the provider's settings.
///
/// # Errors
/// When the endpoint is no address.
pub(super) fn access(arguments: &SourceArgs, provider: &Provider) -> Result<Access, Failure> {
    if let Some(url) = arguments.endpoint_url.as_deref().filter(|url| !is_address(url)) {
        return Err(Failure::input(format!("--endpoint-url `{url}` is not an address"))
            .hint("write it with its scheme, as http://localhost:4566"));
    }
    Ok(Access {
        profile: arguments.profile.clone(),
        region: arguments.region.clone(),
        endpoint_url: arguments.endpoint_url.clone(),
        role_arn: arguments.role_arn.clone(),
        external_id: arguments.external_id.clone(),
        max_rate: arguments.max_rate,
        ..Access::new(provider, arguments.timeout.unwrap_or(PATIENCE))
    })
}

/// How long everything may take where the command line says nothing.
const PATIENCE: Duration = Duration::from_mins(2);

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// What to say, and to do, where there is no connection.
pub(super) fn unconnected(error: ConnectError) -> Failure {
    let message = error.to_string();
    match error {
        ConnectError::UnknownProfile { known, .. } => look_around(Failure::input(message).hint(profiles(&known))),
        ConnectError::Configuration { .. } => look_around(Failure::input(message)),
        ConnectError::NoRegion { known } => look_around(
            Failure::system(message)
                .hint("give --region, set AWS_REGION, or choose a profile that has one with --profile")
                .hint(profiles(&known)),
        ),
        ConnectError::NoCredentials { known } => look_around(
            Failure::system(message)
                .hint("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile with --profile")
                .hint(profiles(&known)),
        ),
        ConnectError::SignIn { profile, .. } => {
            look_around(Failure::system(message).hint(format!("sign in with `aws sso login --profile {profile}`")))
        }
        ConnectError::Credentials { .. } | ConnectError::Role { .. } | ConnectError::TimedOut(_) => {
            look_around(Failure::system(message))
        }
    }
}

fn look_around(failure: Failure) -> Failure {
    failure.hint("to look around without AWS: --demo")
}

fn profiles(known: &[String]) -> String {
    match known {
        [] => "there are no AWS profiles here; `aws configure` makes one".to_owned(),
        known => format!("the AWS profiles here are {}", known.join(", ")),
    }
}

/// Progress on a terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Shown where stderr is a terminal and says neither less nor every call.
    fn new(console: &Console<'_>) -> Self {
        let shown = console.progress && matches!(console.verbosity, Verbosity::Normal | Verbosity::Verbose);
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{spinner} {msg} {pos}/{len}");
        let bar = ProgressBar::with_draw_target(Some(0), target);
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }
}

impl Progress for Bar {
    fn begin(&self, phase: Phase, steps: usize) {
        self.0.set_length(steps as u64);
        self.0.set_position(0);
        self.0.set_message(phase.to_string());
    }

    fn step(&self) {
        self.0.inc(1);
    }
}
