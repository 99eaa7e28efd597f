//! Dates and durations.

use super::arguments::{any, bytes, text};
use super::fails;
use super::moment::{TIME, as_time, moment, round_to, time};
use crate::golang::duration::Duration;
use crate::golang::time::{Time, Zone};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("now", &[], |_, r| Ok(moment(now(r))), &[]),
    Function::new(
        "date",
        &[Param::String, Param::Any],
        |a, r| Ok(formatted(bytes(a, 0), a, 1, "Local", r)),
        &[("{{ date \"2006-01-02\" 86400 }}", "1970-01-02")],
    ),
    Function::new(
        "dateInZone",
        &[Param::String, Param::Any, Param::String],
        |a, r| Ok(formatted(bytes(a, 0), a, 1, &text(a, 2), r)),
        &[("{{ dateInZone \"15:04 MST\" 0 \"America/New_York\" }}", "19:00 EST")],
    ),
    Function::new(
        "date_in_zone",
        &[Param::String, Param::Any, Param::String],
        |a, r| Ok(formatted(bytes(a, 0), a, 1, &text(a, 2), r)),
        &[("{{ date_in_zone \"2006\" 0 \"UTC\" }}", "1970")],
    ),
    Function::new(
        "htmlDate",
        &[Param::Any],
        |a, r| Ok(formatted(b"2006-01-02", a, 0, "Local", r)),
        &[("{{ htmlDate 0 }}", "1970-01-01")],
    ),
    Function::new(
        "htmlDateInZone",
        &[Param::Any, Param::String],
        |a, r| Ok(formatted(b"2006-01-02", a, 0, &text(a, 1), r)),
        &[("{{ htmlDateInZone 0 \"UTC\" }}", "1970-01-01")],
    ),
    Function::new(
        "toDate",
        &[Param::String, Param::String],
        |a, _| Ok(moment(Time::parse(bytes(a, 0), bytes(a, 1)).unwrap_or_else(|_| Time::zero()))),
        &[("{{ (toDate \"2006-01-02\" \"2020-03-04\").Year }}", "2020")],
    ),
    Function::new(
        "mustToDate",
        &[Param::String, Param::String],
        |a, _| Time::parse(bytes(a, 0), bytes(a, 1)).map(moment).map_err(fails),
        &[("{{ (mustToDate \"2006\" \"2020\").Year }}", "2020")],
    ),
    Function::new(
        "dateModify",
        &[Param::String, TIME],
        |a, _| Ok(modified(a).unwrap_or_else(|_| a[1].clone())),
        &[("{{ dateModify \"24h\" (toDate \"2006\" \"2020\") | unixEpoch }}", "1577923200")],
    ),
    Function::new(
        "date_modify",
        &[Param::String, TIME],
        |a, _| Ok(modified(a).unwrap_or_else(|_| a[1].clone())),
        &[("{{ date_modify \"1h\" (toDate \"2006\" \"2020\") | unixEpoch }}", "1577840400")],
    ),
    Function::new(
        "mustDateModify",
        &[Param::String, TIME],
        |a, _| modified(a),
        &[("{{ mustDateModify \"1h\" (toDate \"2006\" \"2020\") | unixEpoch }}", "1577840400")],
    ),
    Function::new(
        "must_date_modify",
        &[Param::String, TIME],
        |a, _| modified(a),
        &[("{{ must_date_modify \"1h\" (toDate \"2006\" \"2020\") | unixEpoch }}", "1577840400")],
    ),
    Function::new(
        "unixEpoch",
        &[TIME],
        |a, _| Ok(Value::text(time(a, 0).seconds.to_string())),
        &[("{{ toDate \"2006\" \"2020\" | unixEpoch }}", "1577836800")],
    ),
    Function::new("ago", &[Param::Any], |a, r| Ok(Value::text(ago(a, r).to_string())), &[]),
    Function::new(
        "duration",
        &[Param::Any],
        |a, _| Ok(Value::text(duration(any(a, 0)).to_string())),
        &[("{{ duration \"95\" }}", "1m35s")],
    ),
    Function::new(
        "durationRound",
        &[Param::Any],
        |a, r| Ok(Value::text(rounded_duration(any(a, 0), r))),
        &[("{{ durationRound \"2h10m5s\" }}", "2h")],
    ),
];

fn now(run: &Run<'_>) -> Time {
    let now = run.ambient.now;
    let nanoseconds = now.subsec_nanosecond();
    Time::unix(now.as_second()).plus(i64::from(nanoseconds))
}

/// A moment, or a number of seconds; anything else is now.
fn moment_of(value: &Value, run: &Run<'_>) -> Time {
    match value {
        Value::Int(seconds) | Value::Int64(seconds) => Time::unix(*seconds),
        other => as_time(other).unwrap_or_else(|| now(run)),
    }
}

fn formatted(layout: &[u8], arguments: &[Value], index: usize, zone: &str, run: &Run<'_>) -> Value {
    let zone = Zone::load(zone).unwrap_or(Zone::Utc);
    Value::bytes(moment_of(any(arguments, index), run).within(zone).format(layout))
}

fn modified(arguments: &[Value]) -> Outcome {
    let duration: Duration = text(arguments, 0).parse().map_err(fails)?;
    Ok(moment(time(arguments, 1).plus(duration.0)))
}

/// Since a moment, in whole seconds.
fn ago(arguments: &[Value], run: &Run<'_>) -> Duration {
    let since = now(run).since(&moment_of(any(arguments, 0), run));
    Duration(round_to(since, 1_000_000_000))
}

fn duration(value: &Value) -> Duration {
    let seconds = match value {
        Value::String(text) => {
            let text = String::from_utf8_lossy(text);
            match crate::golang::number::parse_signed(&text, 10) {
                Ok(seconds) | Err(crate::golang::number::InvalidNumber::Range(seconds)) => seconds,
                Err(crate::golang::number::InvalidNumber::Syntax) => 0,
            }
        }
        Value::Int64(seconds) => *seconds,
        _ => 0,
    };
    Duration(seconds.wrapping_mul(1_000_000_000))
}

/// A duration in its largest unit alone.
fn rounded_duration(value: &Value, run: &Run<'_>) -> String {
    const UNITS: [(u64, &str); 6] =
        [(365 * 24 * 3_600, "y"), (30 * 24 * 3_600, "mo"), (24 * 3_600, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let nanoseconds = match value {
        Value::String(text) => {
            String::from_utf8_lossy(text).parse::<Duration>().map_or(0, |Duration(nanoseconds)| nanoseconds)
        }
        Value::Int64(nanoseconds) => *nanoseconds,
        other => as_time(other).map_or(0, |time| now(run).since(&time)),
    };
    let size = nanoseconds.unsigned_abs();
    let unit = UNITS.into_iter().map(|(seconds, name)| (seconds * 1_000_000_000, name)).find(|(unit, _)| size > *unit);
    unit.map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", size / unit))
}
