//! One decoder for everything that Traefik reads: keys become a [tree](Tree), its names are checked against a
//! [schema](Schema), then its values are converted.
//!
//! Labels, flags, variables and files differ in how they become a tree and in the table that the schema is made of; the
//! rest is one code. Each phase ends at its first error, in the order of the tree, and the texts are Traefik's own.
//! Nothing here knows what a router is.

mod encode;
mod error;
mod fold;
mod node;
mod schema;
mod table;
mod value;

pub use encode::Form;
pub use error::{DecodeError, Problem};
pub use node::{Children, Node, NodeId, Tree};
pub use schema::{Field, Schema, Setting, Shape, StructType};
pub use table::{Row, rows};
pub use value::{Entries, Slot, Struct, TypeId, Value};
