//! The live source against an AWS of our own on loopback: every call, every failure, every way to sign in.

mod credentials;
mod differing;
mod doctor;
mod ending;
mod enforcement;
mod faults;
mod first_contact;
mod fleet;
mod lint;
mod migrating;
mod pass;
mod permissions;
pub mod program;
mod server;
mod static_from;
mod watching;

pub use fleet::Fleet;
pub use program::{folder, run_in, signed_in};
pub use server::FakeAws;
