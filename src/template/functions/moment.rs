//! The values of Go's package `time` that templates meet, and their methods.

use std::any::Any;
use std::rc::Rc;

use super::arguments::{any, bytes, integer};
use crate::golang::duration::Duration;
use crate::golang::time::{Time, Zone, month_name, weekday_name};
use crate::golang::value::{Element, Kind, NamedInteger, Object, Slice, Value};
use crate::template::function::{Function, Outcome, Param, Run};

pub(super) const TIME: Param = Param::Opaque("time.Time");

static MONTH: NamedInteger = NamedInteger { name: "time.Month", kind: Kind::Int, text: month_name };
static WEEKDAY: NamedInteger = NamedInteger { name: "time.Weekday", kind: Kind::Int, text: weekday_name };
static DURATION: NamedInteger =
    NamedInteger { name: "time.Duration", kind: Kind::Int64, text: |number| Duration(number).to_string() };

const NOTHING: &[(&str, &str)] = &[];

const TIME_METHODS: &[Function] = &[
    Function::new("String", &[], |a, _| Ok(Value::text(time(a, 0).text())), NOTHING),
    Function::new("GoString", &[], |a, _| Ok(Value::text(time(a, 0).go_text())), NOTHING),
    Function::new("Format", &[Param::String], |a, _| Ok(Value::bytes(time(a, 0).format(bytes(a, 1)))), NOTHING),
    Function::new("Year", &[], |a, _| Ok(Value::Int(time(a, 0).civil().0.year)), NOTHING),
    Function::new("Month", &[], |a, _| Ok(Value::Named(&MONTH, time(a, 0).civil().0.month)), NOTHING),
    Function::new("Day", &[], |a, _| Ok(Value::Int(time(a, 0).civil().0.day)), NOTHING),
    Function::new("Weekday", &[], |a, _| Ok(Value::Named(&WEEKDAY, time(a, 0).weekday())), NOTHING),
    Function::new("YearDay", &[], |a, _| Ok(Value::Int(time(a, 0).civil().0.day_of_year())), NOTHING),
    Function::new("Hour", &[], |a, _| Ok(Value::Int(time(a, 0).civil().1 / 3_600)), NOTHING),
    Function::new("Minute", &[], |a, _| Ok(Value::Int(time(a, 0).civil().1 / 60 % 60)), NOTHING),
    Function::new("Second", &[], |a, _| Ok(Value::Int(time(a, 0).civil().1 % 60)), NOTHING),
    Function::new("Nanosecond", &[], |a, _| Ok(Value::Int(i64::from(time(a, 0).nanoseconds))), NOTHING),
    Function::new("Unix", &[], |a, _| Ok(Value::Int64(time(a, 0).seconds)), NOTHING),
    Function::new("UnixMilli", &[], |a, _| Ok(since_1970(a, 1_000)), NOTHING),
    Function::new("UnixMicro", &[], |a, _| Ok(since_1970(a, 1_000_000)), NOTHING),
    Function::new("UnixNano", &[], |a, _| Ok(since_1970(a, 1_000_000_000)), NOTHING),
    Function::new("UTC", &[], |a, _| Ok(moment(time(a, 0).within(Zone::Utc))), NOTHING),
    Function::new("Local", &[], |a, _| Ok(moment(time(a, 0).within(Zone::Local))), NOTHING),
    Function::new("In", &[Param::Opaque("*time.Location")], within, NOTHING),
    Function::new("Location", &[], |a, _| Ok(Value::Object(Rc::new(Location(time(a, 0).zone)))), NOTHING),
    Function::new("IsZero", &[], |a, _| Ok(Value::Bool(time(a, 0).order(&Time::zero()).is_eq())), NOTHING),
    Function::new("IsDST", &[], |a, _| Ok(Value::Bool(time(a, 0).zone_info().2)), NOTHING),
    Function::new("After", &[TIME], |a, _| Ok(Value::Bool(time(a, 0).order(&time(a, 1)).is_gt())), NOTHING),
    Function::new("Before", &[TIME], |a, _| Ok(Value::Bool(time(a, 0).order(&time(a, 1)).is_lt())), NOTHING),
    Function::new("Equal", &[TIME], |a, _| Ok(Value::Bool(time(a, 0).order(&time(a, 1)).is_eq())), NOTHING),
    Function::new("Compare", &[TIME], |a, _| Ok(Value::Int(time(a, 0).order(&time(a, 1)) as i64)), NOTHING),
    Function::new("Add", &[Param::Int64("time.Duration")], |a, _| Ok(moment(time(a, 0).plus(integer(a, 1)))), NOTHING),
    Function::new(
        "AddDate",
        &[Param::Int, Param::Int, Param::Int],
        |a, _| Ok(moment(time(a, 0).plus_date(integer(a, 1), integer(a, 2), integer(a, 3)))),
        NOTHING,
    ),
    Function::new("Sub", &[TIME], |a, _| Ok(lasting(time(a, 0).since(&time(a, 1)))), NOTHING),
    Function::new(
        "Round",
        &[Param::Int64("time.Duration")],
        |a, _| Ok(moment(rounded(&time(a, 0), integer(a, 1), true))),
        NOTHING,
    ),
    Function::new(
        "Truncate",
        &[Param::Int64("time.Duration")],
        |a, _| Ok(moment(rounded(&time(a, 0), integer(a, 1), false))),
        NOTHING,
    ),
    Function::new("MarshalText", &[], |a, _| Ok(super::byte_slice(time(a, 0).rfc_3339().as_bytes())), NOTHING),
    Function::new(
        "MarshalJSON",
        &[],
        |a, _| Ok(super::byte_slice(format!("\"{}\"", time(a, 0).rfc_3339()).as_bytes())),
        NOTHING,
    ),
    Function::refused("Clock", "function Clock has 3 return values; should be 1 or 2"),
    Function::refused("Date", "function Date has 3 return values; should be 1 or 2"),
    Function::refused("ISOWeek", "invalid function signature for ISOWeek: second return value should be error; is int"),
    Function::refused("Zone", "invalid function signature for Zone: second return value should be error; is int"),
    Function::refused(
        "ZoneBounds",
        "invalid function signature for ZoneBounds: second return value should be error; is time.Time",
    ),
];

const DURATION_METHODS: &[Function] = &[
    Function::new("String", &[], |a, _| Ok(Value::text(Duration(integer(a, 0)).to_string())), NOTHING),
    Function::new("Hours", &[], |a, _| Ok(in_units(a, 3_600_000_000_000)), NOTHING),
    Function::new("Minutes", &[], |a, _| Ok(in_units(a, 60_000_000_000)), NOTHING),
    Function::new("Seconds", &[], |a, _| Ok(in_units(a, 1_000_000_000)), NOTHING),
    Function::new("Milliseconds", &[], |a, _| Ok(Value::Int64(integer(a, 0) / 1_000_000)), NOTHING),
    Function::new("Microseconds", &[], |a, _| Ok(Value::Int64(integer(a, 0) / 1_000)), NOTHING),
    Function::new("Nanoseconds", &[], |a, _| Ok(Value::Int64(integer(a, 0))), NOTHING),
    Function::new("Abs", &[], |a, _| Ok(lasting(integer(a, 0).saturating_abs())), NOTHING),
    Function::new(
        "Round",
        &[Param::Int64("time.Duration")],
        |a, _| Ok(lasting(round_to(integer(a, 0), integer(a, 1)))),
        NOTHING,
    ),
    Function::new(
        "Truncate",
        &[Param::Int64("time.Duration")],
        |a, _| Ok(lasting(truncated_to(integer(a, 0), integer(a, 1)))),
        NOTHING,
    ),
];

const NAME_METHODS: &[Function] = &[Function::new("String", &[], |a, _| super::shown(&a[0]).map(Value::text), NOTHING)];

/// The methods of a value of this package.
pub(super) fn methods(value: &Value) -> &'static [Function] {
    match value {
        Value::Named(named, _) if named.name == "time.Duration" => DURATION_METHODS,
        Value::Named(..) => NAME_METHODS,
        Value::Object(object) if object.as_any().is::<Moment>() => TIME_METHODS,
        Value::Object(object) if object.as_any().is::<Location>() => NAME_METHODS,
        _ => &[],
    }
}

/// A number in one of the package's types.
pub(super) fn named(name: &str, number: i64) -> Value {
    let known = [&MONTH, &WEEKDAY, &DURATION].into_iter().find(|known| known.name == name);
    known.map_or(Value::Int64(number), |known| Value::Named(known, number))
}

fn lasting(nanoseconds: i64) -> Value {
    Value::Named(&DURATION, nanoseconds)
}

/// A `time.Time`.
#[derive(Debug)]
struct Moment(Time);

pub(super) fn moment(time: Time) -> Value {
    Value::Object(Rc::new(Moment(time)))
}

impl Object for Moment {
    fn type_name(&self) -> &'static str {
        "time.Time"
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn text(&self) -> String {
        self.0.text()
    }

    fn go_text(&self) -> String {
        self.0.go_text()
    }

    fn json(&self) -> Option<String> {
        Some(format!("\"{}\"", self.0.rfc_3339()))
    }

    fn hidden_fields(&self) -> &'static [&'static str] {
        &["wall", "ext", "loc"]
    }

    /// Nanoseconds, seconds since the zero time, and a pointer that is nil for UTC.
    fn parts(&self) -> Option<Vec<(&'static str, Value)>> {
        let loc: Rc<dyn Object> = match &self.0.zone {
            Zone::Utc => Rc::new(NoPointer("*time.Location")),
            other => Rc::new(Location(other.clone())),
        };
        Some(vec![
            ("wall", Value::Uint64(u64::from(self.0.nanoseconds))),
            ("ext", Value::Int64(self.0.seconds.wrapping_sub(Time::zero().seconds))),
            ("loc", Value::Object(loc)),
        ])
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other
            .as_any()
            .downcast_ref::<Self>()
            .is_some_and(|Self(other)| self.0.order(other).is_eq() && self.0.zone.is_same(&other.zone))
    }

    fn deep_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|Self(other)| {
            let same = self.0.zone.is_same(&other.zone);
            let pointers = !matches!((&self.0.zone, &other.zone), (Zone::Utc, _) | (_, Zone::Utc));
            self.0.order(other).is_eq() && (same || (pointers && self.0.zone_info() == other.zone_info()))
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A `*time.Location`.
#[derive(Debug)]
struct Location(Zone);

impl Object for Location {
    fn type_name(&self) -> &'static str {
        "*time.Location"
    }

    fn kind(&self) -> Kind {
        Kind::Pointer
    }

    fn text(&self) -> String {
        self.0.name().to_owned()
    }

    fn go_text(&self) -> String {
        format!("&time.Location{{name:{}}}", crate::golang::quote::quote(self.0.name().as_bytes()))
    }

    fn parts(&self) -> Option<Vec<(&'static str, Value)>> {
        let nothing = || Value::Slice(Slice::nil(Element::Any));
        Some(vec![
            ("name", Value::text(self.0.name())),
            ("zone", nothing()),
            ("tx", nothing()),
            ("extend", Value::text("")),
            ("cacheStart", Value::Int64(0)),
            ("cacheEnd", Value::Int64(0)),
            ("cacheZone", Value::Object(Rc::new(NoPointer("*time.zone")))),
        ])
    }

    fn reflected_copy(&self) -> Option<Value> {
        let nowhere = Zone::Fixed { name: String::new(), offset: 0 };
        Some(Value::Object(Rc::new(Self(nowhere))))
    }

    fn json(&self) -> Option<String> {
        None
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| self.0.is_same(&other.0))
    }

    fn deep_equals(&self, other: &dyn Object) -> bool {
        self.equals(other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A pointer of some type that is nil: nothing but the field of a structure.
#[derive(Debug)]
struct NoPointer(&'static str);

impl Object for NoPointer {
    fn type_name(&self) -> &'static str {
        self.0
    }

    fn kind(&self) -> Kind {
        Kind::Pointer
    }

    fn is_nil(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "<nil>".to_owned()
    }

    fn go_text(&self) -> String {
        format!("({})(nil)", self.0)
    }

    fn json(&self) -> Option<String> {
        Some("null".to_owned())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.is_nil()
    }

    fn deep_equals(&self, other: &dyn Object) -> bool {
        other.is_nil()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The moment that an argument is.
pub(super) fn time(arguments: &[Value], index: usize) -> Time {
    as_time(any(arguments, index)).unwrap_or_else(Time::zero)
}

pub(super) fn as_time(value: &Value) -> Option<Time> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Moment>().map(|Moment(time)| time.clone()),
        _ => None,
    }
}

fn within(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    match any(arguments, 1) {
        Value::Object(object) => match object.as_any().downcast_ref::<Location>() {
            Some(Location(zone)) => Ok(moment(time(arguments, 0).within(zone.clone()))),
            None => Ok(arguments[0].clone()),
        },
        _ => Err("time: missing Location in call to Time.In".to_owned()),
    }
}

fn since_1970(arguments: &[Value], per_second: i64) -> Value {
    let time = time(arguments, 0);
    let below = i64::from(time.nanoseconds) / (1_000_000_000 / per_second);
    Value::Int64(time.seconds.wrapping_mul(per_second).wrapping_add(below))
}

/// A duration in a unit, with what is left as a fraction.
#[expect(clippy::cast_precision_loss, reason = "Go rounds too")]
fn in_units(arguments: &[Value], unit: i64) -> Value {
    let nanoseconds = integer(arguments, 0);
    Value::Float((nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64)
}

fn truncated_to(duration: i64, unit: i64) -> i64 {
    if unit <= 0 { duration } else { duration - duration % unit }
}

/// To the nearest multiple, halves away from zero; the largest where that doesn't fit.
pub(super) fn round_to(duration: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return duration;
    }
    let rest = i128::from((duration % unit).abs());
    let whole = i128::from(truncated_to(duration, unit));
    let step = if rest * 2 < i128::from(unit) { 0 } else { i128::from(unit) };
    let rounded = if duration < 0 { whole - step } else { whole + step };
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}

/// A moment rounded, or cut, to multiples of a duration since the zero time.
fn rounded(time: &Time, unit: i64, nearest: bool) -> Time {
    if unit <= 0 {
        return time.clone();
    }
    let rest = i64::try_from(time.absolute().rem_euclid(i128::from(unit))).unwrap_or(0);
    let up = nearest && i128::from(rest) * 2 >= i128::from(unit);
    time.plus(if up { unit - rest } else { -rest })
}
