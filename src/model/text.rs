//! Shared, immutable text. A fleet repeats the same few ARNs and states a hundred thousand times.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use foldhash::fast::RandomState;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// A text that is cheap to clone and never changes.
pub type Text = Arc<str>;

/// A map by keys that come by the hundred thousand: ARNs mostly, of which hashing would cost more than all else with
/// the standard library's hash. Its order means nothing, so nobody iterates over it.
pub type Index<K, V> = HashMap<K, V, RandomState>;

/// What was there already, of as many.
pub type Seen<T> = HashSet<T, RandomState>;

/// How many distinct texts one thread remembers; beyond it texts are no longer shared, only correct.
const REMEMBERED: usize = 65_536;

thread_local! {
    static REMEMBERING: RefCell<Seen<Text>> = RefCell::default();
}

/// The one shared copy of `text` on this thread.
fn intern(text: &str) -> Text {
    REMEMBERING.with_borrow_mut(|seen| {
        if let Some(known) = seen.get(text) {
            return known.clone();
        }
        let new = Text::from(text);
        if seen.len() < REMEMBERED {
            seen.insert(new.clone());
        }
        new
    })
}

/// Makes a text of what is read, without a copy in between.
struct Reading(fn(&str) -> Text);

impl Visitor<'_> for Reading {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(self.0(text))
    }
}

/// The same where there may be none.
struct MaybeReading(fn(&str) -> Text);

impl<'de> Visitor<'de> for MaybeReading {
    type Value = Option<Text>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<Text>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Option<Text>, D::Error> {
        input.deserialize_str(Reading(self.0)).map(Some)
    }
}

/// Reads a text so that equal ones share memory; `null` reads as empty, as an absent field does.
///
/// # Errors
/// When the value is neither a text nor null.
pub fn interned<'de, D: Deserializer<'de>>(input: D) -> Result<Text, D::Error> {
    interned_option(input).map(Option::unwrap_or_default)
}

/// Reads an optional text so that equal ones share memory.
///
/// # Errors
/// When the value is neither a text nor null.
pub fn interned_option<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Text>, D::Error> {
    input.deserialize_option(MaybeReading(intern))
}

/// Reads a text that hardly another one equals; `null` reads as empty, as an absent field does.
///
/// # Errors
/// When the value is neither a text nor null.
pub fn single<'de, D: Deserializer<'de>>(input: D) -> Result<Text, D::Error> {
    single_option(input).map(Option::unwrap_or_default)
}

/// Reads an optional text that hardly another one equals.
///
/// # Errors
/// When the value is neither a text nor null.
pub fn single_option<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Text>, D::Error> {
    input.deserialize_option(MaybeReading(|text| Text::from(text)))
}

/// A text that hardly another one equals, where it is a part of something that is read.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Single(pub(super) Text);

impl<'de> Deserialize<'de> for Single {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_str(Reading(|text| Text::from(text))).map(Self)
    }
}
