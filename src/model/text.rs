//! Shared, immutable text. A fleet repeats the same few ARNs and states a hundred thousand times.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

/// A text that is cheap to clone and never changes.
pub type Text = Arc<str>;

/// How many distinct texts one thread remembers; beyond it texts are no longer shared, only correct.
const REMEMBERED: usize = 65_536;

thread_local! {
    static SEEN: RefCell<HashSet<Text>> = RefCell::default();
}

/// The one shared copy of `text` on this thread.
fn intern(text: &str) -> Text {
    SEEN.with_borrow_mut(|seen| {
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
    Ok(Option::<std::borrow::Cow<'de, str>>::deserialize(input)?.map(|text| intern(&text)))
}
