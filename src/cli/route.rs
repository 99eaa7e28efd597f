//! `route`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::{DiscoverFormat, FleetArgs, OutputArgs};

/// Which router would take this request?
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ecsroute route --demo https://shop.example.com/cart
  ecsroute route http://api.example.com/v1 --method POST --header 'X-Tenant: a'
  ecsroute route --demo --sni shop.example.com --entrypoint websecure
  ecsroute route --requests access.log --cluster prod")]
pub struct RouteArgs {
    /// The URL that is asked for
    #[arg(required_unless_present_any = ["requests", "sni"])]
    pub url: Option<String>,
    /// The server name of the TLS handshake, where it isn't the URL's host
    #[arg(long, value_name = "NAME")]
    pub sni: Option<String>,
    /// The request's method
    #[arg(short = 'X', long, value_name = "METHOD", default_value = "GET")]
    pub method: String,
    /// A header of the request, as `Name: value` (repeatable)
    #[arg(short = 'H', long = "header", value_name = "K:V")]
    pub headers: Vec<String>,
    /// The client's address [default: the log's, or 127.0.0.1]
    #[arg(long, value_name = "IP")]
    pub client_ip: Option<IpAddr>,
    /// The entry point that the connection is made to [default: the one of the URL's port]
    #[arg(long, value_name = "NAME")]
    pub entrypoint: Option<String>,
    /// Many requests: a URL a line, or an access log in common or JSON form; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["url", "sni"])]
    pub requests: Option<PathBuf>,
    /// The fleet to look at.
    #[command(flatten)]
    pub fleet: FleetArgs,
    /// Where the result goes.
    #[command(flatten)]
    pub output: OutputArgs,
    /// How the result looks
    #[arg(short, long, value_enum, default_value_t = DiscoverFormat::Table, value_name = "FORMAT", help_heading = "Output")]
    pub format: DiscoverFormat,
}
