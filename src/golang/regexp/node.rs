//! Pieces of an expression as `regex-syntax` represents them, with the measures by which Go limits expressions, and
//! with what they cost the `regex` crate, which makes automata of bytes where Go keeps classes of characters.

use regex_syntax::hir::{Capture, Class, ClassUnicode, Hir, Look, Repetition};

use super::error::Problem;

/// The largest product of nested counts.
const MAX_REPEAT: u64 = 1000;
/// The deepest nesting of nodes.
const MAX_HEIGHT: u32 = 1000;
/// The deepest nesting of sequences and alternatives of which each goes into the next without a level of its own.
/// Go has no limit there; each level moves all that is inside, so this one keeps a hostile text from taking minutes.
const MAX_JOINS: u32 = 5000;
/// The most instructions: 128 MiB of 40 bytes each.
const MAX_SIZE: u64 = (128 << 20) / 40;

/// The most that an expression may cost to compile: in half microseconds, by measurement.
pub(super) const MAX_COST: u64 = 1_000_000;

/// What a node is, as far as it decides how it goes into another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Texts next to each other become one.
    Literal,
    /// Goes into a sequence without a level of its own.
    Sequence,
    /// The same with alternatives.
    Choice,
    Other,
}

/// How often something may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Repeat {
    pub(super) min: u32,
    /// Nothing: any number of times.
    pub(super) max: Option<u32>,
    pub(super) greedy: bool,
}

/// A piece of an expression.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Without `mark`.
    hir: Hir,
    /// The `*`, `+` or `?` after it, which Go squashes when they nest: `(?:a*)*` is `a*`.
    mark: Option<Repeat>,
    shape: Shape,
    /// Levels of nodes in Go's tree.
    height: u32,
    /// Sequences and alternatives inside of each other.
    joins: u32,
    /// Instructions of Go's program.
    size: u64,
    /// The largest product of counts along a path.
    product: u64,
    /// What it costs to compile. Beyond the bound `hir` is empty: the expression is read on for Go's opinion alone.
    cost: u64,
}

impl Node {
    fn leaf(hir: Hir, shape: Shape, cost: u64) -> Self {
        Self { hir, mark: None, shape, height: 1, joins: 0, size: 1, product: 1, cost }
    }

    pub(super) fn empty() -> Self {
        Self::leaf(Hir::empty(), Shape::Other, 2)
    }

    pub(super) fn literal(character: char) -> Self {
        Self::leaf(Hir::literal(character.to_string().into_bytes()), Shape::Literal, 1)
    }

    /// One of these characters; of no characters at all it never matches.
    pub(super) fn class(class: ClassUnicode) -> Self {
        let cost = if class.is_ascii() { 6 } else { 24 + class.ranges().len() as u64 / 2 };
        Self::leaf(Hir::class(Class::Unicode(class)), Shape::Other, cost)
    }

    pub(super) fn look(look: Look) -> Self {
        Self::leaf(Hir::look(look), Shape::Other, 4)
    }

    /// Instructions of Go's program.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// What it costs to compile.
    pub(super) fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether that is more than an expression may cost.
    pub(super) fn is_beyond_bounds(&self) -> bool {
        self.cost > MAX_COST
    }

    /// The same without what matches, for Go's measures alone.
    pub(super) fn measured(self) -> Self {
        Self { hir: Hir::empty(), ..self }
    }

    /// As `regex-syntax` wants it.
    pub(super) fn into_hir(self) -> Hir {
        match self.mark {
            Some(mark) => repetition(self.hir, mark),
            None => self.hir,
        }
    }

    pub(super) fn capture(self, index: u32) -> Result<Self, Problem> {
        let (height, joins, size, product) = (self.height + 1, self.joins, self.size + 2, self.product);
        let cost = self.cost + 8;
        let name = Some(group_name(index).into());
        let hir = Hir::capture(Capture { index, name, sub: Box::new(self.into_hir()) });
        Self { hir, mark: None, shape: Shape::Other, height, joins, size, product, cost }.within_limits()
    }

    /// With `*`, `+` or `?` after it.
    pub(super) fn marked(mut self, mark: Repeat) -> Result<Self, Problem> {
        match self.mark {
            Some(inner) if inner.greedy == mark.greedy => {
                self.mark = Some(if inner == mark { mark } else { Repeat { min: 0, max: None, ..mark } });
                return Ok(self);
            }
            Some(inner) => self.hir = repetition(self.hir, inner),
            None => {}
        }
        self.mark = Some(mark);
        self.shape = Shape::Other;
        self.height += 1;
        self.cost += 4;
        self.size += if mark.min == 0 && mark.max.is_none() { 2 } else { 1 };
        self.within_limits()
    }

    /// With `{min,max}` after it.
    pub(super) fn counted(self, count: Repeat) -> Result<Self, Problem> {
        let times = u64::from(count.max.unwrap_or(count.min));
        let product = if count.max == Some(0) { 0 } else { self.product * times.max(1) };
        if (count.min >= 2 || count.max.is_some_and(|max| max >= 2)) && product > MAX_REPEAT {
            return Err(Problem::RepeatCount);
        }
        let size = match count.max {
            None if count.min == 0 => 2 + self.size,
            None => 1 + u64::from(count.min) * self.size,
            Some(max) => u64::from(max) * self.size + u64::from(max - count.min),
        };
        let (height, joins) = (self.height + 1, self.joins);
        let cost = 4 + self.cost.saturating_mul(times.max(1));
        let hir = repetition(self.into_hir(), count);
        Self { hir, mark: None, shape: Shape::Other, height, joins, size, product, cost }.within_limits()
    }

    /// One after the other.
    pub(super) fn sequence(nodes: Vec<Self>) -> Result<Self, Problem> {
        let texts = nodes.windows(2).filter(|pair| pair.iter().all(|node| node.shape == Shape::Literal)).count();
        if nodes.len() > 1 && texts + 1 == nodes.len() {
            let size = nodes.len() as u64;
            let cost = nodes.iter().map(|node| node.cost).sum();
            let hir = Hir::concat(nodes.into_iter().map(Self::into_hir).collect());
            return Ok(Self { size, ..Self::leaf(hir, Shape::Literal, cost) });
        }
        Self::joined(nodes, Shape::Sequence, Hir::concat)
    }

    /// One or another, the earlier preferred.
    pub(super) fn choice(nodes: Vec<Self>) -> Result<Self, Problem> {
        Self::joined(nodes, Shape::Choice, Hir::alternation)
    }

    fn joined(mut nodes: Vec<Self>, shape: Shape, join: fn(Vec<Hir>) -> Hir) -> Result<Self, Problem> {
        if nodes.len() <= 1 {
            return Ok(nodes.pop().unwrap_or_else(Self::empty));
        }
        let own_level = |node: &Self| if node.shape == shape { node.height - 1 } else { node.height };
        let height = nodes.iter().map(own_level).max().unwrap_or_default() + 1;
        let between = if shape == Shape::Choice { nodes.len() as u64 - 1 } else { 0 };
        let size = between + nodes.iter().map(|node| node.size).sum::<u64>();
        let joins = nodes.iter().map(|node| node.joins).max().unwrap_or_default() + 1;
        let product = nodes.iter().map(|node| node.product).max().unwrap_or(1);
        let cost = nodes.iter().map(|node| node.cost + 2).fold(0, u64::saturating_add);
        let hir = join(nodes.into_iter().map(Self::into_hir).collect());
        Self { hir, mark: None, shape, height, joins, size, product, cost }.within_limits()
    }

    fn within_limits(self) -> Result<Self, Problem> {
        if self.size > MAX_SIZE {
            Err(Problem::TooLarge)
        } else if self.height > MAX_HEIGHT || self.joins > MAX_JOINS {
            Err(Problem::TooDeep)
        } else if self.is_beyond_bounds() {
            Ok(self.measured())
        } else {
            Ok(self)
        }
    }
}

/// The name under which the crate knows a group. Its own numbers don't do: it forgets groups inside of `{0}`.
fn group_name(index: u32) -> String {
    format!("g{index}")
}

/// The number of the group that the crate knows under a name.
pub(super) fn group_of(name: &str) -> Option<usize> {
    name.strip_prefix('g')?.parse().ok()
}

fn repetition(sub: Hir, repeat: Repeat) -> Hir {
    let Repeat { min, max, greedy } = repeat;
    Hir::repetition(Repetition { min, max, greedy, sub: Box::new(sub) })
}
