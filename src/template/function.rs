//! What a template may call: functions and methods, with the types of their parameters.
//!
//! A [`Language`] is a set of them. The default rule has one (`functions`); another set over other data, such as the
//! custom templates of Traefik 1.7, is another `Language` over a value of one's own: see
//! [`Template::parse_in`](super::Template::parse_in) and [`Template::render_value`](super::Template::render_value).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use super::Ambient;
use super::budget::Budget;
use super::random::Random;
use crate::golang::regexp::Regexp;
use crate::golang::value::{Bytes, Element, Kind, Map, Slice, Value};

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param {
    /// `interface {}`: anything, nil too; arrives out of its interface.
    Any,
    /// `reflect.Value`: anything, and an interface stays one.
    Reflected,
    /// `string`.
    String,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `int64`, or a type named after it.
    Int64(&'static str),
    /// `uint32`.
    Uint32,
    /// `float64`.
    Float,
    /// `map[string]interface {}`.
    Dict,
    /// `[]interface {}`.
    Anys,
    /// A structure, or a pointer, by its type's name.
    Opaque(&'static str),
}

impl Param {
    /// The type as Go writes it.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflected => "reflect.Value",
            Self::String => "string",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Uint32 => "uint32",
            Self::Float => "float64",
            Self::Dict => "map[string]interface {}",
            Self::Anys => "[]interface {}",
            Self::Int64(name) | Self::Opaque(name) => name,
        }
    }

    /// What nil is in this type, where it is anything.
    pub(super) fn nil(self) -> Option<Value> {
        match self {
            Self::Any | Self::Reflected => Some(Value::Invalid),
            Self::Dict => Some(Value::Map(Map::nil(Element::Any))),
            Self::Anys => Some(Value::Slice(Slice::nil(Element::Any))),
            Self::Opaque(name) if name.starts_with('*') => Some(Value::Invalid),
            _ => None,
        }
    }

    /// Whether a value that is no interface has this type.
    pub(super) fn takes(self, value: &Value) -> bool {
        match self {
            Self::Any | Self::Reflected => true,
            Self::String => value.kind() == Kind::String,
            Self::Bool => value.kind() == Kind::Bool,
            Self::Int => matches!(value, Value::Int(_)),
            Self::Uint32 => matches!(value, Value::Uint32(_)),
            Self::Float => value.kind() == Kind::Float64,
            Self::Dict => matches!(value, Value::Map(map) if map.element == Element::Any),
            Self::Anys => matches!(value, Value::Slice(slice) if slice.element == Element::Any),
            Self::Int64(name) | Self::Opaque(name) => value.type_name() == name,
        }
    }
}

/// What a function gives, or why it fails, in Go's words.
pub type Outcome = Result<Value, String>;

/// How a function's arguments are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calling {
    /// All of them, then the function is called.
    Plain,
    /// Up to the first that is true.
    Or,
    /// Up to the first that is false.
    And,
    /// All of them, and the first one's text goes before them.
    Named,
    /// Not at all: templates can't use what it gives.
    Refused(&'static str),
}

/// A function, or a method whose receiver is its first argument.
pub struct Function {
    /// What it is called.
    pub name: &'static str,
    /// The types of its parameters, without a receiver.
    pub params: &'static [Param],
    /// Whether the last parameter may be given any number of times.
    pub variadic: bool,
    /// How it is called.
    pub calling: Calling,
    /// What it does; the arguments are as many and of the types that `params` says.
    pub run: fn(&[Value], &mut Run<'_>) -> Outcome,
    /// Templates with what they give.
    pub examples: &'static [(&'static str, &'static str)],
}

impl Function {
    /// A function with so many parameters.
    pub const fn new(
        name: &'static str,
        params: &'static [Param],
        run: fn(&[Value], &mut Run<'_>) -> Outcome,
        examples: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, params, variadic: false, calling: Calling::Plain, run, examples }
    }

    /// A function whose last parameter may be given any number of times.
    pub const fn variadic(
        name: &'static str,
        params: &'static [Param],
        run: fn(&[Value], &mut Run<'_>) -> Outcome,
        examples: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, params, variadic: true, calling: Calling::Plain, run, examples }
    }

    /// A method without parameters that templates can't call; the reason is Go's.
    pub(super) const fn refused(name: &'static str, reason: &'static str) -> Self {
        Self::new(name, &[], |_, _| Ok(Value::Invalid), &[]).called(Calling::Refused(reason))
    }

    /// The same function, called in another way.
    pub(super) const fn called(mut self, calling: Calling) -> Self {
        self.calling = calling;
        self
    }

    /// The type of the argument at an index.
    pub(super) fn param(&self, index: usize) -> Param {
        let last = self.params.len().saturating_sub(1);
        self.params.get(index.min(last)).copied().unwrap_or(Param::Any)
    }

    /// How many arguments it needs at least.
    pub(super) fn fixed(&self) -> usize {
        self.params.len() - usize::from(self.variadic)
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What a function may use beside its arguments.
pub struct Run<'a> {
    /// Clock, environment and seed.
    pub ambient: &'a Ambient,
    /// Variables that were asked for and are not in that environment.
    pub(super) unset: BTreeSet<String>,
    /// Whether it ends at something that isn't done here, such as reaching out.
    pub(super) stopped: bool,
    /// Numbers that follow from the seed.
    pub(super) random: Random,
    /// What is left of time and memory.
    pub(super) budget: Budget,
    /// Expressions that were compiled in this rendering.
    pub(super) regexps: BTreeMap<Bytes, Rc<Regexp>>,
}

/// The functions that a template may call, and the methods that its values have.
pub struct Language {
    functions: BTreeMap<&'static str, &'static Function>,
    methods: fn(&Value, &[u8]) -> Option<&'static Function>,
}

impl Language {
    /// A language of these tables; of functions with one name the last one counts.
    pub fn new(tables: &[&'static [Function]], methods: fn(&Value, &[u8]) -> Option<&'static Function>) -> Self {
        let functions = tables.iter().copied().flatten().map(|function| (function.name, function)).collect();
        Self { functions, methods }
    }

    /// The function of a name.
    pub fn function(&self, name: &str) -> Option<&'static Function> {
        self.functions.get(name).copied()
    }

    /// Every function, by name.
    pub fn functions(&self) -> impl Iterator<Item = &'static Function> + '_ {
        self.functions.values().copied()
    }

    /// The method of a name that a value has.
    pub(super) fn method(&self, value: &Value, name: &[u8]) -> Option<&'static Function> {
        (self.methods)(value, name)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.functions.keys()).finish()
    }
}
