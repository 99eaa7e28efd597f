//! What Traefik's ECS provider would publish for a fleet, and why.
//!
//! The architecture on one page. Data flows one way, from the shell through a pure core and back:
//!
//! ```text
//! argv, files, environment ──settings──▶ Settings                          shell
//! Settings + impl Source ──discover──▶ Inventory { records, calls }        shell
//! Inventory ──assemble──▶ Vec<Candidate>                                   pure from here
//!           ──admit──▶ Vec<Verdict>        each kept, or dropped with a Reason
//!           ──build──▶ Vec<Fragment>       one container's dynamic configuration
//!           ──merge──▶ Merged
//! all of it = Run { settings, inventory, verdicts, configuration, trace }  one pure value
//! Run ──command──▶ View ──render──▶ bytes
//! ```
//!
//! Every command reads the same `Run`: none decides a second time.

pub mod cases;
pub mod cli;
pub mod command;
pub mod console;
pub mod constraint;
pub mod cost;
pub mod decode;
pub mod diff;
pub mod discover;
pub mod document;
pub mod dynamic;
pub mod failure;
pub mod golang;
pub mod iam;
pub mod lint;
pub mod migrate;
pub mod model;
pub mod nearest;
pub mod pipeline;
pub mod render;
pub mod routing;
pub mod rule;
pub mod settings;
pub mod source;
pub mod template;
pub mod v1;
pub mod view;
pub mod watch;
