//! One decoder for everything that Traefik reads: keys become a [tree](Tree), its names are checked against a
//! [schema](Schema), then its values are converted.
//!
//! Labels, flags, variables and files differ in how they become a tree and in the table that the schema is made of; the
//! rest is one code. Each phase ends at its first error, in the order of the tree, and the texts are Traefik's own.
//! Nothing here knows what a router is.

mod encode;
mod entries;
mod error;
mod fold;
mod free;
mod labels;
mod names;
mod node;
mod schema;
mod table;
mod typed_list;
mod value;
mod values;

pub use encode::Form;
pub use entries::Entries;
pub use error::{DecodeError, Problem};
pub use fold::same as same_name;
pub use labels::{label_tree, starts_with_any};
pub use names::Origin;
pub use node::{Children, Node, NodeId, Tree};
pub use schema::{Field, Schema, Setting, Shape, StructType};
pub use table::{Row, rows};
pub use typed_list::{InvalidList, typed_list};
pub use value::{Slot, Struct, TypeId, Value};

impl Schema {
    /// Decodes a tree into a structure: all names are checked first, then the values are converted. What the tree
    /// doesn't set stays as it is in `target`. No tree at all (nothing was set) changes nothing.
    ///
    /// # Errors
    /// The first thing that is wrong: of the names, in the order of the tree; else of the values.
    pub fn decode(&self, tree: Option<Tree<'_>>, mut target: Struct, origin: Origin) -> Result<Struct, DecodeError> {
        let Some(mut tree) = tree else { return Ok(target) };
        names::check(self, &mut tree, target.kind(), origin)?;
        values::fill(self, &tree, &mut target, origin)?;
        Ok(target)
    }
}
