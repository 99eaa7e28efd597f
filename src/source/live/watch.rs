//! Counts every request that leaves, and tells of each what became of it: its status and its time, nothing of what it
//! carries.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

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

/// Stands in every client's way.
#[derive(Debug)]
pub(super) struct Watch {
    pub(super) calls: Arc<Counter>,
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
