//! Which calls a pass makes, in which order and batches, and which failures it survives.
