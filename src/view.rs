//! Frozen shapes of output, one for each command: copies, never the domain's own types.

pub mod differed;
pub mod discovered;
pub mod doctor;
pub mod explained;
pub mod legacy;
pub mod linted;
pub mod migrated;
pub mod policy;
pub mod proof;
pub mod reasons;
pub mod reported;
pub mod routed;
pub mod settings;
pub mod templated;
pub mod tested;
pub mod upgraded;
pub mod verified;
pub mod watched;
