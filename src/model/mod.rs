//! What AWS says, as plain facts: records in the shape of its answers, and the names of the calls that give them.
//!
//! Nothing here decides anything. A field that AWS left out is `None` or empty, never a guess.

mod action;
mod call;
mod instance;
mod inventory;
mod list;
mod release;
mod task;
mod task_definition;
mod text;

pub use action::Action;
pub use call::{CallError, CallErrorKind, MissingRecord, codes};
pub use instance::{ContainerInstance, Ec2Instance, InstanceState, SsmInstance};
pub use inventory::{ClusterRecords, Inventory, PassNote};
pub use list::shared_records;
pub use release::{Release, UnknownRelease};
pub use task::{Attachment, Cluster, Container, KeyValue, NetworkBinding, NetworkInterface, Task};
pub use task_definition::{ContainerDefinition, PortMapping, TaskDefinition};
pub use text::{Index, Seen, Text, interned, interned_option};
