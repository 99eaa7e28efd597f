//! Semantic versions, and the methods of the values that they are.

use std::any::Any;
use std::rc::Rc;

use super::arguments::{any, text};
use super::constraint::Constraints;
use super::lists::NIL;
use super::version::Version;
use crate::golang::json::{Escape, quote};
use crate::golang::value::{Kind, Object, Value};
use crate::template::function::{Function, Outcome, Param, Run};

const POINTER: &str = "*semver.Version";
const VERSION: Param = Param::Opaque(POINTER);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "semver",
        &[Param::String],
        |a, _| Version::parse(&text(a, 0)).map(pointer),
        &[("{{ (semver \"1.2.3\").Minor }}", "2")],
    ),
    Function::new(
        "semverCompare",
        &[Param::String, Param::String],
        compare,
        &[("{{ semverCompare \"^1.2.0\" \"1.3.0\" }}", "true")],
    ),
];

const NOTHING: &[(&str, &str)] = &[];

const METHODS: &[Function] = &[
    Function::new("Major", &[], |a, _| Ok(Value::Uint64(version(a, 0)?.major)), NOTHING),
    Function::new("Minor", &[], |a, _| Ok(Value::Uint64(version(a, 0)?.minor)), NOTHING),
    Function::new("Patch", &[], |a, _| Ok(Value::Uint64(version(a, 0)?.patch)), NOTHING),
    Function::new("Prerelease", &[], |a, _| Ok(Value::text(version(a, 0)?.prerelease)), NOTHING),
    Function::new("Metadata", &[], |a, _| Ok(Value::text(version(a, 0)?.metadata)), NOTHING),
    Function::new("Original", &[], |a, _| Ok(Value::text(version(a, 0)?.original)), NOTHING),
    Function::new("String", &[], |a, _| Ok(Value::text(version(a, 0)?.to_string())), NOTHING),
    Function::new("IncMajor", &[], |a, _| Ok(plain(version(a, 0)?.next_major())), NOTHING),
    Function::new("IncMinor", &[], |a, _| Ok(plain(version(a, 0)?.next_minor())), NOTHING),
    Function::new("IncPatch", &[], |a, _| Ok(plain(version(a, 0)?.next_patch())), NOTHING),
    Function::new(
        "SetPrerelease",
        &[Param::String],
        |a, _| version(a, 0)?.with_prerelease(&text(a, 1)).map(plain),
        NOTHING,
    ),
    Function::new(
        "SetMetadata",
        &[Param::String],
        |a, _| version(a, 0)?.with_metadata(&text(a, 1)).map(plain),
        NOTHING,
    ),
    Function::new("Compare", &[VERSION], |a, _| Ok(Value::Int(version(a, 0)?.order(&version(a, 1)?) as i64)), NOTHING),
    Function::new(
        "LessThan",
        &[VERSION],
        |a, _| Ok(Value::Bool(version(a, 0)?.order(&version(a, 1)?).is_lt())),
        NOTHING,
    ),
    Function::new(
        "LessThanEqual",
        &[VERSION],
        |a, _| Ok(Value::Bool(version(a, 0)?.order(&version(a, 1)?).is_le())),
        NOTHING,
    ),
    Function::new(
        "GreaterThan",
        &[VERSION],
        |a, _| Ok(Value::Bool(version(a, 0)?.order(&version(a, 1)?).is_gt())),
        NOTHING,
    ),
    Function::new(
        "GreaterThanEqual",
        &[VERSION],
        |a, _| Ok(Value::Bool(version(a, 0)?.order(&version(a, 1)?).is_ge())),
        NOTHING,
    ),
    Function::new("Equal", &[VERSION], equal, NOTHING),
    Function::new("MarshalText", &[], |a, _| Ok(super::byte_slice(version(a, 0)?.to_string().as_bytes())), NOTHING),
    Function::new("MarshalJSON", &[], |a, _| Ok(super::byte_slice(json(&version(a, 0)?).as_bytes())), NOTHING),
];

/// The methods of a version.
pub(super) fn methods(value: &Value) -> &'static [Function] {
    match value {
        Value::Object(object) if object.as_any().is::<Held>() => METHODS,
        _ => &[],
    }
}

/// A version, by pointer or by value.
#[derive(Debug)]
struct Held {
    version: Version,
    by_pointer: bool,
}

fn pointer(version: Version) -> Value {
    Value::Object(Rc::new(Held { version, by_pointer: true }))
}

fn plain(version: Version) -> Value {
    Value::Object(Rc::new(Held { version, by_pointer: false }))
}

impl Object for Held {
    fn type_name(&self) -> &'static str {
        if self.by_pointer { POINTER } else { "semver.Version" }
    }

    fn kind(&self) -> Kind {
        if self.by_pointer { Kind::Pointer } else { Kind::Struct }
    }

    fn text(&self) -> String {
        self.version.to_string()
    }

    fn go_text(&self) -> String {
        let quoted = |text: &str| crate::golang::quote::quote(text.as_bytes());
        let Version { major, minor, patch, prerelease, metadata, original } = &self.version;
        let sign = if self.by_pointer { "&" } else { "" };
        let (prerelease, metadata, original) = (quoted(prerelease), quoted(metadata), quoted(original));
        format!(
            "{sign}semver.Version{{major:{major:#x}, minor:{minor:#x}, patch:{patch:#x}, \
             pre:{prerelease}, metadata:{metadata}, original:{original}}}"
        )
    }

    fn json(&self) -> Option<String> {
        Some(json(&self.version))
    }

    fn hidden_fields(&self) -> &'static [&'static str] {
        &["major", "minor", "patch", "pre", "metadata", "original"]
    }

    fn parts(&self) -> Option<Vec<(&'static str, Value)>> {
        let Version { major, minor, patch, prerelease, metadata, original } = &self.version;
        Some(vec![
            ("major", Value::Uint64(*major)),
            ("minor", Value::Uint64(*minor)),
            ("patch", Value::Uint64(*patch)),
            ("pre", Value::text(prerelease)),
            ("metadata", Value::text(metadata)),
            ("original", Value::text(original)),
        ])
    }

    fn reflected_copy(&self) -> Option<Value> {
        Some(Value::Object(Rc::new(Self { version: Version::default(), by_pointer: self.by_pointer })))
    }

    /// Pointers are equal when they are one.
    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| {
            if self.by_pointer { std::ptr::eq(self, other) } else { self.version == other.version }
        })
    }

    fn deep_equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref::<Self>().is_some_and(|other| self.version == other.version)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn json(version: &Version) -> String {
    quote(version.to_string().as_bytes(), Escape::Html)
}

/// The version that an argument points to.
fn version(arguments: &[Value], index: usize) -> Result<Version, String> {
    match any(arguments, index) {
        Value::Object(object) => object.as_any().downcast_ref::<Held>().map(|held| held.version.clone()),
        _ => None,
    }
    .ok_or_else(|| NIL.to_owned())
}

/// Nil is unequal to every version, and an error for the other comparisons.
fn equal(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    if matches!(any(arguments, 1), Value::Invalid) {
        return Ok(Value::Bool(false));
    }
    Ok(Value::Bool(version(arguments, 0)?.order(&version(arguments, 1)?).is_eq()))
}

fn compare(arguments: &[Value], _: &mut Run<'_>) -> Outcome {
    let constraints = Constraints::parse(&text(arguments, 0))?;
    let version = Version::parse(&text(arguments, 1))?;
    Ok(Value::Bool(constraints.allow(&version)))
}
