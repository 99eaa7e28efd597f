//! The expression that containers' labels must satisfy: read once, judged for each container, with a proof.
