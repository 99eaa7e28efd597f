//! Values to bytes: one file for each form, and the one place that makes foreign text safe to print.

mod html;
mod json;
mod safe;
mod sarif;
mod styles;
mod table;
mod template;
mod toml;
mod yaml;

pub use html::html_text;
pub use json::json;
pub use safe::{csv_field, github_data, github_property, markdown_cell, printable};
pub use sarif::{SarifLevel, SarifRegion, SarifResult, SarifRule, sarif};
pub use styles::{Mark, Styles};
pub use table::Table;
pub use template::{TemplateError, built_in_template, built_in_templates, through_template};
pub use toml::{static_toml, toml};
pub use yaml::yaml;
