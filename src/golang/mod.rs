//! Every piece of Go's semantics that Traefik's behaviour rests on: literals, expressions, regular expressions.
//!
//! Nothing here knows of Traefik; nothing outside re-implements what Go does.

pub mod duration;
pub mod expression;
pub mod format;
mod header;
pub mod json;
pub mod literal;
pub mod net;
pub mod number;
pub mod path;
pub mod quote;
pub mod regexp;
pub mod strconv;
pub mod time;
pub mod unicode;
pub mod url;
pub mod value;

pub use header::canonical_header;
