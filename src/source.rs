//! x
mod snapshot;
pub use snapshot::{Snapshot, SnapshotError, offset_of};
