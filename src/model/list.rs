//! Lists as AWS's answers have them: short, and a hundred thousand of them, so that none holds more room than it needs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a list; `null` reads as empty, as an absent field does.
pub(super) fn list<'de, D, T>(input: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let read = input.deserialize_option(Listing { make: |item: T| item, read: PhantomData })?;
    Ok(read.unwrap_or_default())
}

/// Reads a section of records, each to be shared; `null` reads as none, as an absent section does.
///
/// # Errors
/// When the value is neither a list of such records nor null.
pub fn shared_records<'de, D, T>(input: D) -> Result<Option<Vec<Arc<T>>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    input.deserialize_option(Listing { make: Arc::new, read: PhantomData::<T> })
}

/// A list to read, and what to make of its items.
struct Listing<T, M> {
    make: fn(T) -> M,
    read: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>, M> Visitor<'de> for Listing<T, M> {
    type Value = Option<Vec<M>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Self::Value, D::Error> {
        input.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = input.next_element()? {
            if items.len() == items.capacity() {
                items.reserve_exact(items.len().max(1));
            }
            items.push((self.make)(item));
        }
        items.shrink_to_fit();
        Ok(Some(items))
    }
}
