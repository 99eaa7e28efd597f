//! Reads Go's syntax: groups, flags, alternatives, repetitions. No recursion: groups nest as deeply as they like.

use regex_syntax::hir::{ClassUnicode, Hir, Look};

use super::class::{self, Case, Sets};
use super::error::{Problem, RegexpError};
use super::escape::{Code, escape};
use super::node::{self, Node, Repeat};
use super::unicode;

/// The largest count of a repetition.
const MAX_COUNT: u32 = 1000;

/// Characters in the sets of an expression that Go takes, two for each range: 128 MiB of 4 bytes each.
const MAX_RUNES: usize = (128 << 20) / 4;

/// Slots for groups in all states of an automaton, which searching for groups needs memory for.
const MAX_SLOTS: u64 = 16_000_000;

/// An expression that Go takes.
pub(super) struct Parsed {
    pub(super) hir: Hir,
    /// Instructions of Go's program: what a search may have to look at for each byte of a text.
    pub(super) size: u64,
    /// What it costs to compile.
    pub(super) cost: u64,
    /// The names of the groups in order, the whole match first.
    pub(super) names: Vec<Option<String>>,
}

/// The flags in force.
#[derive(Debug, Clone, Copy)]
struct Flags {
    /// `i`
    case: Case,
    /// `m`: `^` and `$` match at line breaks too.
    lines: bool,
    /// `s`: `.` matches a line break too.
    all: bool,
    /// `U`: repetitions are lazy, and greedy with `?`.
    swapped: bool,
}

/// A group that is open, or the whole expression.
struct Group {
    /// The number of a group that captures.
    capture: Option<u32>,
    /// The flags to go back to.
    outside: Flags,
    alternatives: Vec<Node>,
    sequence: Vec<Node>,
}

struct Parser<'p> {
    pattern: &'p str,
    rest: &'p str,
    flags: Flags,
    open: Vec<Group>,
    group: Group,
    names: Vec<Option<String>>,
    sets: Sets,
    /// Characters in sets so far, as Go counts them.
    runes: usize,
    /// What the pieces so far cost to compile.
    cost: u64,
}

pub(super) fn parse(pattern: &str) -> Result<Parsed, RegexpError> {
    let flags = Flags { case: Case::Sensitive, lines: false, all: false, swapped: false };
    let mut parser = Parser {
        pattern,
        rest: pattern,
        flags,
        open: Vec::new(),
        group: Group::new(None, flags),
        names: vec![None],
        sets: Sets::default(),
        runes: 0,
        cost: 0,
    };
    // Where the repetition begins that stands right before: another one must not follow.
    let mut repeated = None;
    while let Some(next) = parser.rest.chars().next() {
        repeated = parser.item(next, repeated)?;
    }
    if !parser.open.is_empty() {
        return Err(RegexpError::new(Problem::MissingParenthesis, pattern));
    }
    let affordable = parser.is_affordable();
    let whole = parser.group.close().map_err(|problem| RegexpError::new(problem, pattern))?;
    let slots = whole.cost().saturating_mul(parser.names.len() as u64);
    if parser.runes > MAX_RUNES {
        return Err(RegexpError::new(Problem::TooLarge, pattern));
    }
    if !affordable || whole.is_beyond_bounds() || slots > MAX_SLOTS {
        return Err(RegexpError::new(Problem::BeyondBounds, pattern));
    }
    Ok(Parsed { size: whole.size(), cost: whole.cost(), hir: whole.into_hir(), names: parser.names })
}

impl Group {
    fn new(capture: Option<u32>, outside: Flags) -> Self {
        Self { capture, outside, alternatives: Vec::new(), sequence: Vec::new() }
    }

    /// What follows is another alternative.
    fn next_alternative(&mut self) -> Result<(), Problem> {
        self.alternatives.push(Node::sequence(std::mem::take(&mut self.sequence))?);
        Ok(())
    }

    fn close(mut self) -> Result<Node, Problem> {
        self.next_alternative()?;
        let inner = Node::choice(self.alternatives)?;
        match self.capture {
            Some(index) => inner.capture(index),
            None => Ok(inner),
        }
    }
}

impl<'p> Parser<'p> {
    /// Reads what comes next; where a repetition was read, its place.
    fn item(&mut self, next: char, repeated: Option<&'p str>) -> Result<Option<&'p str>, RegexpError> {
        match next {
            '(' => self.open_group()?,
            '|' => {
                self.group.next_alternative().map_err(|problem| self.whole(problem))?;
                self.skip(1);
            }
            ')' => self.close_group()?,
            '^' => self.look(if self.flags.lines { Look::StartLF } else { Look::Start }, 1),
            '$' => self.look(if self.flags.lines { Look::EndLF } else { Look::End }, 1),
            '.' => {
                let mut class = unicode::everything();
                if !self.flags.all {
                    class.difference(&class::between(10, 10));
                }
                self.class(class);
                self.skip(1);
            }
            '[' => {
                let (class, rest) = class::bracketed(self.rest, self.flags.case, &mut self.sets)?;
                self.class(class);
                self.rest = rest;
            }
            '*' | '+' | '?' => return self.mark(next, repeated).map(Some),
            '{' => return self.count(repeated),
            '\\' => self.backslash()?,
            plain => {
                self.literal(u32::from(plain));
                self.skip(plain.len_utf8());
            }
        }
        Ok(None)
    }

    fn skip(&mut self, length: usize) {
        self.rest = &self.rest[length..];
    }

    fn push(&mut self, node: Node) {
        self.group.sequence.push(node);
    }

    /// A piece without pieces in it. Where the expression costs too much already, nothing is made of it.
    fn leaf(&mut self, node: Node) {
        self.cost += node.cost();
        let node = if self.is_affordable() { node } else { node.measured() };
        self.push(node);
    }

    fn class(&mut self, class: ClassUnicode) {
        self.runes += class.ranges().len() * 2;
        self.leaf(Node::class(class));
    }

    /// Whether all that was read so far can be compiled here.
    fn is_affordable(&self) -> bool {
        self.cost <= node::MAX_COST && !self.sets.exhausted()
    }

    fn look(&mut self, look: Look, length: usize) {
        self.leaf(Node::look(look));
        self.skip(length);
    }

    fn literal(&mut self, code: Code) {
        match (char::from_u32(code), self.flags.case) {
            (Some(character), Case::Sensitive) => self.leaf(Node::literal(character)),
            _ => self.class(self.flags.case.close(class::between(code, code))),
        }
    }

    /// A problem of the expression as a whole.
    fn whole(&self, problem: Problem) -> RegexpError {
        RegexpError::new(problem, self.pattern)
    }

    fn backslash(&mut self) -> Result<(), RegexpError> {
        if let Some(quoted) = self.rest.strip_prefix(r"\Q") {
            let (text, rest) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
            text.chars().for_each(|character| self.literal(u32::from(character)));
            self.rest = rest;
            return Ok(());
        }
        let look = match self.rest.chars().nth(1) {
            Some('A') => Some(Look::Start),
            Some('z') => Some(Look::End),
            Some('b') => Some(Look::WordAscii),
            Some('B') => Some(Look::WordAsciiNegate),
            _ => None,
        };
        if let Some(look) = look {
            self.look(look, 2);
        } else if let Some((class, rest)) = class::escaped(self.rest, self.flags.case, &mut self.sets)? {
            self.class(class);
            self.rest = rest;
        } else {
            let (code, rest) = escape(self.rest)?;
            self.literal(code);
            self.rest = rest;
        }
        Ok(())
    }

    fn open_group(&mut self) -> Result<(), RegexpError> {
        let (rest, named) = match (self.rest.strip_prefix("(?P<"), self.rest.strip_prefix("(?<")) {
            (Some(after), _) | (None, Some(after)) if !after.is_empty() => (after, true),
            _ => (self.rest, false),
        };
        if named {
            return self.named_group(rest);
        }
        if let Some(after) = self.rest.strip_prefix("(?") {
            return self.flag_group(after);
        }
        self.skip(1);
        let index = self.number(None);
        self.begin(Some(index));
        Ok(())
    }

    fn named_group(&mut self, after: &'p str) -> Result<(), RegexpError> {
        let bad = |excerpt: &str| RegexpError::new(Problem::NamedCapture, excerpt);
        let (name, rest) = after.split_once('>').ok_or_else(|| bad(self.rest))?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(bad(&self.rest[..self.rest.len() - rest.len()]));
        }
        self.rest = rest;
        let index = self.number(Some(name.to_owned()));
        self.begin(Some(index));
        Ok(())
    }

    /// `(?i)`, which holds up to the end of the group around it, or `(?i:`, which is a group.
    fn flag_group(&mut self, after: &'p str) -> Result<(), RegexpError> {
        let (start, outside) = (self.rest, self.flags);
        let refused = |rest: &str| RegexpError::new(Problem::PerlSyntax, &start[..start.len() - rest.len()]);
        let (mut on, mut any) = (true, false);
        let mut rest = after;
        while let Some(flag) = rest.chars().next() {
            rest = &rest[flag.len_utf8()..];
            match flag {
                'i' => self.flags.case = if on { Case::Folded } else { Case::Sensitive },
                'm' => self.flags.lines = on,
                's' => self.flags.all = on,
                'U' => self.flags.swapped = on,
                '-' if on => {
                    (on, any) = (false, false);
                    continue;
                }
                ':' | ')' if on || any => {
                    self.rest = rest;
                    if flag == ':' {
                        let inside = std::mem::replace(&mut self.flags, outside);
                        self.begin(None);
                        self.flags = inside;
                    }
                    return Ok(());
                }
                _ => return Err(refused(rest)),
            }
            any = true;
        }
        Err(refused(rest))
    }

    /// The number of the next group that captures.
    fn number(&mut self, name: Option<String>) -> u32 {
        self.names.push(name);
        u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX)
    }

    /// Begins a group, with the number under which it captures.
    fn begin(&mut self, index: Option<u32>) {
        let outer = std::mem::replace(&mut self.group, Group::new(index, self.flags));
        self.open.push(outer);
    }

    fn close_group(&mut self) -> Result<(), RegexpError> {
        let Some(outer) = self.open.pop() else {
            return Err(self.whole(Problem::UnexpectedParenthesis));
        };
        let closed = std::mem::replace(&mut self.group, outer);
        self.flags = closed.outside;
        let node = closed.close().map_err(|problem| self.whole(problem))?;
        self.push(node);
        self.skip(1);
        Ok(())
    }

    fn mark(&mut self, mark: char, repeated: Option<&'p str>) -> Result<&'p str, RegexpError> {
        let (min, max) = match mark {
            '*' => (0, None),
            '+' => (1, None),
            _ => (0, Some(1)),
        };
        self.repeat(1, repeated, |greedy| (Repeat { min, max, greedy }, Node::marked))
    }

    /// `{2}`, `{2,}`, `{2,3}`; anything else in braces is text.
    fn count(&mut self, repeated: Option<&'p str>) -> Result<Option<&'p str>, RegexpError> {
        let Some((min, max, length)) = counts(self.rest) else {
            self.literal(u32::from('{'));
            self.skip(1);
            return Ok(None);
        };
        if min > MAX_COUNT || max.is_some_and(|max| max > MAX_COUNT || max < min) {
            return Err(RegexpError::new(Problem::RepeatCount, &self.rest[..length]));
        }
        self.repeat(length, repeated, |greedy| (Repeat { min, max, greedy }, Node::counted)).map(Some)
    }

    /// Repeats what stands before; gives the place of the repetition.
    fn repeat(
        &mut self,
        length: usize,
        repeated: Option<&'p str>,
        make: impl FnOnce(bool) -> (Repeat, fn(Node, Repeat) -> Result<Node, Problem>),
    ) -> Result<&'p str, RegexpError> {
        let start = self.rest;
        self.skip(length);
        let lazy = self.rest.starts_with('?');
        if lazy {
            self.skip(1);
        }
        let up_to_here = |from: &str| from[..from.len() - self.rest.len()].to_owned();
        if let Some(before) = repeated {
            return Err(RegexpError { problem: Problem::NestedRepetition, excerpt: up_to_here(before) });
        }
        let Some(node) = self.group.sequence.pop() else {
            return Err(RegexpError { problem: Problem::MissingArgument, excerpt: up_to_here(start) });
        };
        let (repeat, apply) = make(lazy == self.flags.swapped);
        let node = apply(node, repeat).map_err(|problem| match problem {
            Problem::RepeatCount => RegexpError { problem, excerpt: up_to_here(start) },
            _ => self.whole(problem),
        })?;
        self.push(node);
        Ok(start)
    }
}

/// The counts in braces and their length in bytes; nothing where it isn't a repetition.
fn counts(text: &str) -> Option<(u32, Option<u32>, usize)> {
    let inner = text.strip_prefix('{')?;
    let (inner, _) = inner.split_once('}')?;
    let (min, max) = match inner.split_once(',') {
        None => (number(inner)?, Some(number(inner)?)),
        Some((min, "")) => (number(min)?, None),
        Some((min, max)) => (number(min)?, Some(number(max)?)),
    };
    Some((min, max, inner.len() + 2))
}

/// A number without leading zeros; one that is too long to count with is very large.
fn number(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.len() > 1 && text.starts_with('0');
    (plain && !padded).then(|| text.parse().unwrap_or(u32::MAX))
}
