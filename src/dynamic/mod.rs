//! Traefik's dynamic configuration: its schema, and names for the few fields that the pipeline touches.
//!
//! Some 330 fields can be set by labels. They are a [table](schema), not types; what decodes, compares and prints them
//! walks the table. The views here ([`Router`], [`Service`], [`Server`] …) are the exceptions: what the provider itself
//! reads and writes.

mod configuration;
mod file_form;
mod labels;
mod router;
mod schema;
mod section;
mod service;

pub use configuration::Configuration;
pub use file_form::FileForm;
pub use router::{Router, RouterMut, RouterTls};
pub use schema::schema;
pub use section::{Protocol, Section};
pub use service::{LoadBalancer, LoadBalancerMut, Server, ServerMut, Service, ServiceMut};

pub use crate::decode::{Entries, Struct, Value};
