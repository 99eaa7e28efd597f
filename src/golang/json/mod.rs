//! `encoding/json`: values as text, and text as values, with Go's words for what is wrong.

mod decode;
mod encode;
mod scan;

pub use decode::{Decoded, decode};
pub use encode::{Escape, encode, indent, quote};
