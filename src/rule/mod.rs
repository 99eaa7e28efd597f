//! Rules of routers: read in their generation's language, matched against requests, with a proof.
