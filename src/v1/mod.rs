//! Traefik 1.7: another provider, another rule language, frontends and backends instead of routers and services.
//!
//! Nothing here is shared with the later releases but the records that AWS gives and Go's own semantics. A pass is
//! one pure value, [`Run`]: instances are assembled from records, each goes through the filters, those that are left
//! are grouped into services, a template renders these as TOML, and that is decoded. Labels go into the TOML as they
//! stand, so a wrong one can take the whole fleet down; that is played out, not repaired.

mod allowed;
mod compose;
pub mod configuration;
pub mod constraint;
mod custom;
mod digest;
mod entry_points;
mod fleet;
pub mod labels;
mod names;
pub mod options;
mod routes;
pub mod rule;
mod run;
mod segment;
mod service;
mod settings;
pub mod toml;
mod verdict;

pub use entry_points::{EntryPoint, EntryPoints, Redirect};
pub use names::normalize;
pub use routes::{Fared, Incoming, Route, Routes, Taken};
pub use run::{Ambiguity, Ambiguous, Ending, Failed, Run, run};
pub use segment::{Segments, segments};
pub use service::{Server, Services, Unit};
pub use settings::{Effective, REMARKS, Settings, TemplateVersion, load};
pub use verdict::{EnabledBy, Machine, Outcome, Port, Reason, Stage, Step, Verdict};
