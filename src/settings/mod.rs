//! What Traefik is set to, wherever it is said: static file, flags, environment, what-if options.

pub mod advice;
mod configuration;
mod deprecated;
mod effective;
mod entry_point;
mod environment;
mod file;
mod flags;
mod load;
mod own_routes;
mod provider;
mod recorded;
mod remark;
mod report;
mod schema;
mod search;
mod shell;
mod started;
mod validate;

pub use configuration::Configuration;
pub use effective::{Effective, Origin, Setting, Shadowed};
pub use entry_point::{
    Domain, EncodedCharacters, EntryPoint, EntryPointHttp, EntryPointTls, EntryPoints, ForwardedHeaders, INTERNAL,
    Redirection, Transport, UnknownTransport, default_entry_points,
};
pub use load::{FileChoice, Input, Loaded, Loading, Outcome, Source, load};
pub use own_routes::{Api, OwnRoutes, Rest, Served};
pub use provider::{Provider, Secret};
pub use recorded::WrongSetting;
pub use remark::{IDS as REMARKS, Remark, RemarkKind};
pub use report::{COMMAND_LINE, Level, Loader, Notice, Refusal, Spot, Stage, masked};
pub use schema::is_static_option;
pub use search::{FileError, FileSystem};
pub use started::{Launch, NotStarted, Started, Unseen};
