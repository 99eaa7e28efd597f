//! What one rendering may use of time and memory, so that no template hangs or fills it. Go has no such limits.

use crate::golang::regexp::Meter;
use crate::golang::value::Value;

/// Steps: nodes, calls, and pieces of long arguments. Some half a second's worth.
const STEPS: u64 = 4_000_000;

/// Bytes of all values ever made.
const BYTES: usize = 256 << 20;

/// Bytes of text that count as one step.
const BYTES_PER_STEP: usize = 32;

/// What is left.
#[derive(Debug)]
pub struct Budget {
    steps: u64,
    bytes: usize,
    exhausted: bool,
}

/// Nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Exhausted {
    /// It takes too many steps.
    #[error("the template takes more than {STEPS} steps")]
    Steps,
    /// Its values take too much memory.
    #[error("the template makes more than {} MiB of values", BYTES >> 20)]
    Bytes,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: STEPS, bytes: BYTES, exhausted: false }
    }
}

impl Budget {
    /// Whether more was wanted than was left.
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Takes steps.
    ///
    /// # Errors
    /// When there are not so many left.
    pub fn step(&mut self, count: u64) -> Result<(), Exhausted> {
        let Some(left) = self.steps.checked_sub(count) else {
            self.exhausted = true;
            return Err(Exhausted::Steps);
        };
        self.steps = left;
        Ok(())
    }

    /// Takes memory for a value before it is made, and the steps of making it.
    ///
    /// # Errors
    /// When there is not so much left.
    pub fn reserve(&mut self, bytes: usize) -> Result<(), Exhausted> {
        let Some(left) = self.bytes.checked_sub(bytes) else {
            self.exhausted = true;
            return Err(Exhausted::Bytes);
        };
        self.bytes = left;
        self.read(bytes)
    }

    /// Takes the steps of reading so many bytes.
    ///
    /// # Errors
    /// When there are not so many left.
    pub fn read(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.step((bytes / BYTES_PER_STEP) as u64)
    }

    /// Takes the steps of reading these values.
    ///
    /// # Errors
    /// When there are not so many left.
    pub fn read_all(&mut self, values: &[Value]) -> Result<(), Exhausted> {
        self.read(values.iter().map(Value::weight).sum())
    }
}

/// Nanoseconds that count as one step.
const NANOSECONDS_PER_STEP: u64 = 128;

impl Meter for Budget {
    type Exhausted = Exhausted;

    fn spend(&mut self, nanoseconds: u64) -> Result<(), Exhausted> {
        self.step(nanoseconds / NANOSECONDS_PER_STEP)
    }
}

impl From<Exhausted> for String {
    fn from(exhausted: Exhausted) -> Self {
        exhausted.to_string()
    }
}
