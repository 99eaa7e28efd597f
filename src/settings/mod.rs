//! What Traefik is set to, wherever it is said: static file, flags, environment, what-if options.

mod entry_point;
mod provider;
mod recorded;

pub use entry_point::{
    Domain, EncodedCharacters, EntryPoint, EntryPointHttp, EntryPointTls, EntryPoints, INTERNAL, Redirection,
    Transport, UnknownTransport, default_entry_points,
};
pub use provider::{Provider, Secret};
pub use recorded::WrongSetting;
