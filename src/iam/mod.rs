//! Whether IAM policies allow what the provider needs: read, evaluated, explained, suggested.
//!
//! A document is [read] strictly, with the place of everything in it. [Evaluation](evaluate) gives a proof: which
//! statements decide, and which layers lack an Allow. What is not known of a request is not taken for absent: the
//! [answer](answer) is over all that it may be.

mod answer;
mod arn;
mod catalog;
mod check;
mod choices;
mod condition;
mod documents;
mod evaluate;
mod excess;
mod explain;
mod finding;
mod fit;
mod fix;
mod glob;
mod key;
mod operand;
mod operator;
mod partition;
mod probe;
mod read;
mod request;
mod required;
mod review;
mod site;
mod statement;
mod suggest;
mod template;
mod witness;

pub use answer::{Answer, Asked, Knowledge, Outcome, Question, Unknown, answer};
pub use check::{Branch, Decision, Partial, Residual, decide};
pub use condition::{Condition, ConditionValue};
pub use documents::{Document, DocumentRole, Documents, NoDocument, Pseudo, find, given, unread};
pub use evaluate::{Deciding, Layer, Place, Policies, Proof, Verdict, evaluate};
pub use excess::{Excess, excess};
pub use explain::{Failed, FailedPart, NearMiss};
pub use finding::{Finding, Severity};
pub use fit::{KnownSite, fit, named_places};
pub use fix::{fix, mended};
pub use key::Key;
pub use operator::Operator;
pub use partition::partition;
pub use probe::{Probed, Refusal};
pub use read::{Reading, read, read_tree};
pub use request::{Context, Request};
pub use required::{Consequence, FleetFacts, Need, documented, need};
pub use review::size;
pub use site::{Site, SiteCluster};
pub use statement::{ActionName, ActionPattern, Effect, Elements, Placed, Policy, Statement};
pub use suggest::{Scope, Suggested, Suggestion, suggest};
pub use template::Version;
