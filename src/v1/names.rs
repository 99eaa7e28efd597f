//! How Traefik 1.7 names things.

use std::sync::LazyLock;

use regex::Regex;

static SEPARATORS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}]+").expect("the expression is written right here"));

/// A name that can stand anywhere: letters and digits of every script stay, runs of anything else become one `-`, and
/// none at the ends.
pub fn normalize(name: &str) -> String {
    let parts = SEPARATORS.split(name).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}
