//! Go expressions, as constraints and rules are written in them: from a text to conditions joined by `&&`, `||`, `!`.
//!
//! It knows the language, not the matchers: which functions there are and what they mean is the caller's.

pub mod condition;
pub(crate) mod depth;
pub mod error;
mod evaluate;
pub(crate) mod lexer;
mod print;
pub mod proof;
pub(crate) mod syntax;
pub mod token;
pub mod tree;

pub use condition::{Argument, Arity, Call, Condition, Part};
pub use error::{Expected, ExpressionError, Found, Problem, Shape};
pub use proof::{Proof, Proven, Step};
pub use tree::{NodeId, Operator, Span};
