//! From records to what Traefik would publish, every decision recorded on the way. Pure: it asks nobody anything.
//!
//! [`run`] takes what a pass has read and gives a [`Run`]: one value that every command reads. It holds one
//! [`Verdict`] for each container of each task (and one for each task that could not be read), and each verdict one
//! [`Decision`] for each [`Stage`] in Traefik's order: what was looked at, or the [`Reason`] why the container went no
//! further. Whether a container is routed is never stored beside that; it follows from it.

mod admit;
mod assemble;
mod build;
mod conclude;
mod conflict;
mod decision;
mod definition;
mod enable;
mod ending;
mod known;
mod log;
mod merge;
mod order;
mod reason;
mod rules;
mod run;
mod server;
mod told;
mod trail;
mod verdict;

pub use conflict::{Conflict, Difference, Variant};
pub use decision::{Decision, Evidence, Made, Outcome, PortFrom, Routers, Stage};
pub use enable::enabled;
pub use ending::{Crash, Ending};
pub use log::{Field, Level, LogLine};
pub use reason::{EnabledBy, Reason, RouterCause, RouterDrop, StateOf};
pub use run::{Run, run};
pub use verdict::{Found, Machine, Port, PublishedRouter, PublishedServer, Subject, Verdict};
