//! What Traefik demands of a middleware before it makes it. A router with one that it can't make doesn't start.
//!
//! Path middlewares and redirections check themselves where they are read; here are those that don't change where a
//! request goes, but whose options can keep a router from starting all the same.

use serde_json::Value;

use super::options::{flag, number, text, texts};
use super::predicate::{self, Function};
use crate::golang::regexp::Regexp;
use crate::rule::is_network;

/// The encodings that `compress` knows.
const ENCODINGS: [&str; 3] = ["gzip", "br", "zstd"];

/// Why Traefik doesn't make a middleware of this kind with these options; nothing where it does.
pub(super) fn unmet(kind: &str, options: &Value) -> Option<String> {
    match kind {
        "basicAuth" if texts(options, "users").is_empty() && text(options, "usersFile").is_empty() => {
            Some("has no users".to_owned())
        }
        "basicAuth" => users(options, "user:hash", 2),
        "digestAuth" => users(options, "user:realm:hash", 3),
        "ipAllowList" | "ipWhiteList" => addresses(options),
        "compress" => compress(options),
        "retry" => retry(options),
        "circuitBreaker" => expression(text(options, "expression"), predicate::CIRCUIT_BREAKER),
        "buffering" => buffering(options),
        "rateLimit" => rate_limit(options),
        "errors" => statuses(&texts(options, "status")),
        "forwardAuth" => forward_auth(options),
        "headers" => {
            let has_any = options.as_object().is_some_and(|options| options.values().any(is_set));
            if !has_any {
                return Some("sets no header at all".to_owned());
            }
            let origins = texts(options, "accessControlAllowOriginListRegex");
            let error = origins.iter().find_map(|pattern| Regexp::compile(pattern).err())?;
            Some(format!("has an accessControlAllowOriginListRegex that fails: {error}"))
        }
        _ => None,
    }
}

/// Whether an option says anything.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(set) => *set,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

fn expression(text: &str, functions: &'static [Function]) -> Option<String> {
    let why = predicate::refusal(text, functions)?;
    Some(format!("has the expression `{text}`, which Traefik can't read: {why}"))
}

fn buffering(options: &Value) -> Option<String> {
    let limits = ["maxRequestBodyBytes", "memRequestBodyBytes", "maxResponseBodyBytes", "memResponseBodyBytes"];
    if let Some(name) = limits.into_iter().find(|name| number(options, name).is_some_and(|bytes| bytes < 0)) {
        return Some(format!("has a {name} below 0"));
    }
    let retries = Some(text(options, "retryExpression")).filter(|text| !text.is_empty());
    retries.and_then(|text| expression(text, predicate::RETRY))
}

fn rate_limit(options: &Value) -> Option<String> {
    let period = options.get("period").and_then(Value::as_str).unwrap_or_default();
    period.starts_with('-').then(|| format!("has a period of {period}, which is none"))
}

fn users(options: &Value, form: &str, parts: usize) -> Option<String> {
    let wrong = texts(options, "users").into_iter().any(|user| user.split(':').count() != parts);
    wrong.then(|| format!("has a user that isn't written `{form}`"))
}

fn addresses(options: &Value) -> Option<String> {
    let ranges = texts(options, "sourceRange");
    if ranges.is_empty() {
        return Some("has no sourceRange".to_owned());
    }
    if let Some(code) = number(options, "rejectStatusCode").filter(|code| !is_status(*code)) {
        return Some(format!("has a rejectStatusCode of {code}, which is no status of HTTP"));
    }
    let wrong = ranges.into_iter().find(|range| !is_network(range))?;
    Some(format!("has `{wrong}` in its sourceRange, which is neither an address nor a network"))
}

/// The statuses that Go has a name for.
fn is_status(code: i64) -> bool {
    matches!(code, 0 | 100..=103 | 200..=208 | 226 | 300..=305 | 307..=308 | 400..=418 | 421..=426 | 428 | 429 | 431)
        || matches!(code, 451 | 500..=508 | 510 | 511)
}

fn compress(options: &Value) -> Option<String> {
    let given = |name| !texts(options, name).is_empty();
    if given("excludedContentTypes") && given("includedContentTypes") {
        return Some("has excludedContentTypes and includedContentTypes, of which only one may be given".to_owned());
    }
    let default = Some(text(options, "defaultEncoding").to_owned()).filter(|encoding| !encoding.is_empty());
    let mut named = texts(options, "encodings").into_iter().chain(default);
    let unknown = named.find(|encoding| !ENCODINGS.contains(&encoding.as_str()))?;
    Some(format!("names the encoding `{unknown}`, which Traefik doesn't know"))
}

fn retry(options: &Value) -> Option<String> {
    if number(options, "attempts").unwrap_or_default() <= 0 {
        return Some("has no attempts".to_owned());
    }
    let statuses_given = texts(options, "status");
    if flag(options, "disableRetryOnNetworkError") && statuses_given.is_empty() {
        return Some("retries on nothing: no status is given, and disableRetryOnNetworkError is set".to_owned());
    }
    statuses(&statuses_given)
}

fn statuses(ranges: &[String]) -> Option<String> {
    let is_number = |text: &str| text.parse::<i64>().is_ok();
    let wrong = ranges.iter().find(|range| !range.split('-').take(2).all(is_number))?;
    Some(format!("has the status `{wrong}`, which is no number and no range of two"))
}

fn forward_auth(options: &Value) -> Option<String> {
    let pattern = text(options, "authResponseHeadersRegex");
    let error =
        Some(pattern).filter(|pattern| !pattern.is_empty()).and_then(|pattern| Regexp::compile(pattern).err())?;
    Some(format!("has an authResponseHeadersRegex that fails: {error}"))
}
