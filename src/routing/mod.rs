//! Which way a request takes through Traefik: entry point, router, middlewares, service, servers.
//!
//! A [`Table`] is made once from a dynamic configuration and the entry points; it holds the routers that start, and
//! says of the others why they don't. Nothing is sent anywhere, and what a server would answer is not known.

mod answer;
mod arrival;
mod candidate;
mod demand;
mod doors;
mod forwarded;
mod gate;
mod headers;
mod index;
mod laid;
mod middleware;
mod options;
mod own;
mod path_change;
mod predicate;
mod redirect;
mod served;
mod shadow;
mod table;
mod url;

pub use answer::{Answer, Received};
pub use arrival::Arrival;
pub use candidate::{Candidate, Standing};
pub use middleware::MiddlewareError;
pub use path_change::{Entered, PathChange};
pub use shadow::Shadow;
pub use table::{Cause, Disabled, Table, Traefik};

#[cfg(test)]
mod tests;
