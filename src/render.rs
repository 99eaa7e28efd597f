//! Values to bytes: one file for each form, and the one place that makes foreign text safe to print.

mod safe;
mod styles;
mod table;

pub use safe::{csv_field, github_data, github_property, markdown_cell, printable};
pub use styles::{Mark, Styles};
pub use table::Table;
