//! The tests that need more than one module: one target, since every target links the AWS SDK again.

mod architecture;
mod cases;
mod completions;
mod console;
mod cost;
mod docs;
mod explained;
mod fleet;
mod help;
mod hostile;
mod large;
mod licences;
mod lint;
mod live;
mod migration;
mod policies;
mod properties;
mod reasons;
mod report;
mod settings;
mod snippets;
mod templates;
mod told;
mod vectors;
mod warnings;
mod watching;
