//! Counts every request that leaves, and tells of each what became of it: its status and its time, nothing of what it
//! carries.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use tokio::sync::mpsc::UnboundedSender;

use crate::model::Action;
use crate::source::Counter;

/// Where requests are told of as they end.
pub type Attempts = UnboundedSender<Attempt>;

/// One request that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Which call it was an attempt of.
    pub action: Action,
    /// The status of the answer; `None` where there was none.
    pub status: Option<u16>,
    /// How long it took.
    pub time: Duration,
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time.as_millis();
        match self.status {
            Some(status) => write!(f, "{}: {status} in {time} ms", self.action),
            None => write!(f, "{}: no answer in {time} ms", self.action),
        }
    }
}

/// By how many seconds AWS's clock is ahead of this machine's, as the last answer said it; nothing where none did.
#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<Option<i64>>);

impl Clock {
    /// Takes the date of an answer.
    fn take(&self, date: &str) {
        let Ok(theirs) = jiff::fmt::rfc2822::parse(date) else { return };
        let Ok(ours) = SystemTime::now().duration_since(UNIX_EPOCH) else { return };
        let ahead = theirs.timestamp().as_second().saturating_sub_unsigned(ours.as_secs());
        if let Ok(mut known) = self.0.lock() {
            *known = Some(ahead);
        }
    }

    pub(super) fn ahead(&self) -> Option<i64> {
        self.0.lock().ok().and_then(|known| *known)
    }
}

/// Stands in every client's way.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) calls: Arc<Counter>,
    pub(super) clock: Arc<Clock>,
    pub(super) attempts: Option<Attempts>,
}

/// When a request left.
#[derive(Debug)]
struct Left(Instant);

impl Storable for Left {
    type Storer = StoreReplace<Self>;
}

fn action(configuration: &ConfigBag) -> Option<Action> {
    Action::parse(configuration.load::<Metadata>()?.name())
}

impl Intercept for Watch {
    fn name(&self) -> &'static str {
        "watch"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        configuration: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(action) = action(configuration) {
            self.calls.count(action);
        }
        configuration.interceptor_state().store_put(Left(Instant::now()));
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        configuration: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(date) = context.response().and_then(|response| response.headers().get("date")) {
            self.clock.take(date);
        }
        let (Some(attempts), Some(action), Some(Left(left))) =
            (&self.attempts, action(configuration), configuration.load::<Left>())
        else {
            return Ok(());
        };
        let status = context.response().map(|response| response.status().as_u16());
        // Nobody may be listening any more, and that is no reason to fail a call.
        let _ = attempts.send(Attempt { action, status, time: left.elapsed() });
        Ok(())
    }
}
