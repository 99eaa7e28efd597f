//! Exit statuses. 3 beats 2 beats 1; the same in every format.

use crate::failure::FailureKind;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done, and what was asked holds.
    Yes,
    /// 1: done, and the answer is no.
    No,
    /// 2: the input is wrong.
    Input,
    /// 3: AWS or the system failed, or the pass is not complete.
    System,
}

impl Exit {
    /// The status for the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Input => 2,
            Self::System => 3,
        }
    }

    /// The status of a failure.
    pub fn of(kind: FailureKind) -> Self {
        match kind {
            FailureKind::Input => Self::Input,
            FailureKind::System => Self::System,
        }
    }

    /// Yes when it holds, no otherwise.
    pub fn holds(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}
