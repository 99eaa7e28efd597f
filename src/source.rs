//! Where records come from: live AWS, or a recorded snapshot.

mod snapshot;

pub use snapshot::{Snapshot, SnapshotError, offset_of};
