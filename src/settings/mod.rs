//! What Traefik is set to, wherever it is said: static file, flags, environment, what-if options.

mod provider;

pub use provider::{Provider, Secret};
