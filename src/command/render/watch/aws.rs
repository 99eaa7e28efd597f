//! AWS over one connection for as long as it works, and the signals that end a watch.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::mpsc::UnboundedReceiver;

use super::super::super::live::{access, unconnected};
use super::super::super::settings::Settings;
use crate::cli::SourceArgs;
use crate::discover::{self, Scope, Unwatched};
use crate::failure::Failure;
use crate::model::{CallErrorKind, Inventory};
use crate::source::live::{self, Attempt, Connection};
use crate::source::{KnownDefinitions, Remembering};

/// The connection, with what is known from earlier passes.
pub(super) struct Aws {
    connection: Option<(Connection, UnboundedReceiver<Attempt>)>,
    known: KnownDefinitions,
}

impl Aws {
    pub(super) fn new() -> Self {
        Self { connection: None, known: KnownDefinitions::default() }
    }

    /// Gives the connection up: other settings may need another region or other keys.
    pub(super) fn disconnect(&mut self) {
        self.connection = None;
    }

    /// Connects, where there is no connection.
    ///
    /// # Errors
    /// When there is none to be had.
    pub(super) async fn connect(&mut self, arguments: &SourceArgs, settings: &Settings) -> Result<(), Failure> {
        if self.connection.is_none() {
            let (sender, attempts) = tokio::sync::mpsc::unbounded_channel();
            let access = access(arguments, &settings.provider)?;
            let connection = live::connect(&access, Some(sender)).await.map_err(unconnected)?;
            self.connection = Some((connection, attempts));
        }
        Ok(())
    }

    /// Reads the fleet.
    ///
    /// # Errors
    /// When there is no connection to be had. Calls that fail are in the inventory.
    pub(super) async fn read(&mut self, arguments: &SourceArgs, settings: &Settings) -> Result<Inventory, Failure> {
        self.connect(arguments, settings).await?;
        let Some((connection, _)) = &self.connection else { return Ok(Inventory::default()) };
        connection.source.begin_anew();
        let scope = Scope::new(&settings.provider, settings.release);
        let scope = scope.concurrently(arguments.concurrency.map_or(1, usize::from));
        let source = Remembering { source: &connection.source, known: &self.known };
        let mut inventory = discover::run(&source, &scope, &Unwatched).await;
        inventory.notes.splice(0..0, connection.notes());
        if inventory.is_complete() {
            self.known.keep_those_of(&inventory);
        }
        Ok(inventory)
    }

    /// The requests that left since this was asked last.
    pub(super) fn attempts(&mut self) -> Vec<Attempt> {
        let waiting = self.connection.as_mut().into_iter();
        waiting.flat_map(|(_, attempts)| std::iter::from_fn(|| attempts.try_recv().ok())).collect()
    }

    /// Gives a connection up whose credentials AWS refuses: others may be there by the next pass.
    pub(super) fn doubt(&mut self, inventory: &Inventory) {
        if inventory.errors.iter().any(|error| error.kind == CallErrorKind::Credentials) {
            self.disconnect();
        }
    }
}

/// The signals that end a watch: from the terminal, and from whoever stops a container.
pub(super) struct Signals {
    runtime: Runtime,
    #[cfg(unix)]
    asked: [tokio::signal::unix::Signal; 2],
}

impl Signals {
    /// Listens from now on.
    pub(super) fn listen() -> Result<Self, Failure> {
        let failed = |error: std::io::Error| {
            Failure::system("the program could not set itself up to be ended by a signal").because(&error)
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        #[cfg(unix)]
        let asked = {
            use tokio::signal::unix::{SignalKind, signal};
            let _inside = runtime.enter();
            [signal(SignalKind::interrupt()).map_err(failed)?, signal(SignalKind::terminate()).map_err(failed)?]
        };
        Ok(Self {
            runtime,
            #[cfg(unix)]
            asked,
        })
    }

    /// Does some work; `None` where the end is asked for before it is done.
    pub(super) fn unless_ended<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        #[cfg(unix)]
        let [interrupt, terminate] = &mut self.asked;
        self.runtime.block_on(async {
            #[cfg(unix)]
            let ended = async {
                tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            };
            #[cfg(not(unix))]
            let ended = async { drop(tokio::signal::ctrl_c().await) };
            tokio::select! {
                biased;
                () = ended => None,
                done = work => Some(done),
            }
        })
    }

    /// Waits; gives whether the time passed before the end was asked for.
    pub(super) fn rest(&mut self, time: Duration) -> bool {
        self.unless_ended(async move { tokio::time::sleep(time).await }).is_some()
    }
}
