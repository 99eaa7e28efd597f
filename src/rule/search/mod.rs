//! Looks for a request that some rules take and others don't: whether a rule can match at all, whether others take
//! all that it takes, whether two have requests in common.
//!
//! What a rule asks of one part of a request (host, path, a header, …) doesn't depend on the others, so for every
//! part there are a few values that stand for all. A search then goes through the ways to make the rules come out as
//! wanted, and leaves a way as soon as no value is left for some part. What it finds is put to the rules themselves
//! before it is given. Where nothing is found, there is nothing; save where a regular expression decides, or where
//! rules are too large to be gone through: then nothing is said.

mod atom;
mod choices;
mod cover;
mod space;

use std::collections::BTreeMap;

use super::Rule;
use super::example::Example;
use atom::Joined;
pub use cover::covering;
pub use space::Reading;
use space::{Node, Set, Space};

/// More steps than this aren't taken.
const MOST_STEPS: usize = 2_000_000;

/// More ways than this aren't gone.
const MOST_WAYS: usize = 20_000;

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A request as it was wanted.
    Request(Box<Example>),
    /// There is none.
    Nothing,
    /// A regular expression decides, or the rules are too large.
    Unknown,
}

impl Found {
    /// The request.
    pub fn request(self) -> Option<Example> {
        match self {
            Self::Request(example) => Some(*example),
            _ => None,
        }
    }
}

/// Looks for a request that all of `wanted` take and none of `unwanted`. `read` says what becomes of a request before
/// rules see it.
pub fn search(wanted: &[&Rule], unwanted: &[&Rule], read: Reading<'_>) -> Found {
    let rules: Vec<&Rule> = wanted.iter().chain(unwanted).copied().collect();
    let Some(space) = Space::new(&rules, read) else { return Found::Unknown };
    let start = Way::new(&space, wanted.len());
    let mut search = Search { space: &space, steps: 0 };
    let (mut open, mut gone, mut unknown) = (vec![start], 0, false);
    while let Some(mut way) = open.pop() {
        gone += 1;
        if gone > MOST_WAYS || search.steps > MOST_STEPS {
            return Found::Unknown;
        }
        match search.settle(&mut way) {
            Settled::Dead => {}
            Settled::Parted(goals) => open.extend(goals.into_iter().rev().map(|goal| way.with(goal))),
            Settled::Done => {
                match way.example(&space).filter(|example| is_as_wanted(example, wanted, unwanted, read)) {
                    Some(example) => return Found::Request(Box::new(example)),
                    None => unknown = true,
                }
            }
        }
    }
    if unknown { Found::Unknown } else { Found::Nothing }
}

fn is_as_wanted(example: &Example, wanted: &[&Rule], unwanted: &[&Rule], read: Reading<'_>) -> bool {
    let forms = read(example);
    let takes = |rule: &&Rule| rule.takes(&forms);
    !forms.is_empty() && wanted.iter().all(takes) && !unwanted.iter().any(takes)
}

/// Something that shall come out one way.
#[derive(Debug, Clone, Copy)]
enum Goal {
    Node { tree: usize, node: usize, holds: bool },
    Atom { atom: usize, holds: bool },
}

/// What is known of something on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Truth {
    Holds,
    Fails,
    Open,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }

    fn not(self) -> Self {
        match self {
            Self::Holds => Self::Fails,
            Self::Fails => Self::Holds,
            Self::Open => Self::Open,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fails, _) | (_, Self::Fails) => Self::Fails,
            (Self::Holds, Self::Holds) => Self::Holds,
            _ => Self::Open,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

/// What is left of the choices for one part.
#[derive(Debug, Clone)]
struct Left {
    /// As all say.
    all: Set,
    /// As those say that the choices exhaust.
    firm: Set,
    is_pinned: bool,
}

/// One way to make everything come out.
#[derive(Debug, Clone)]
struct Way {
    goals: Vec<Goal>,
    /// Goals that can be met in several ways.
    later: Vec<Goal>,
    left: Vec<Left>,
    /// What was said of atoms that choices don't exhaust.
    said: BTreeMap<usize, bool>,
}

/// Where a way leads.
enum Settled {
    Dead,
    Done,
    /// On from here with any of these.
    Parted(Vec<Goal>),
}

struct Search<'s> {
    space: &'s Space,
    steps: usize,
}

impl Way {
    fn new(space: &Space, wanted: usize) -> Self {
        let whole = |(tree, known): (usize, &space::Tree)| Goal::Node {
            tree,
            node: known.nodes.len() - 1,
            holds: tree < wanted,
        };
        let goals = space.trees.iter().enumerate().filter(|(_, tree)| !tree.nodes.is_empty()).map(whole).collect();
        let left = |side: &space::Side| Left { all: side.usable.clone(), firm: side.usable.clone(), is_pinned: false };
        Self { goals, later: Vec::new(), left: space.sides.iter().map(left).collect(), said: BTreeMap::new() }
    }

    fn with(&self, goal: Goal) -> Self {
        let mut way = self.clone();
        way.goals.push(goal);
        way
    }

    /// Makes an atom come out one way; false where it can't.
    fn say(&mut self, space: &Space, number: usize, holds: bool) -> bool {
        let atom = &space.atoms[number];
        if let Some(twin) = atom.loose
            && *self.said.entry(twin).or_insert(holds) != holds
        {
            return false;
        }
        let left = &mut self.left[atom.side];
        left.all.keep(&atom.takes, holds);
        if atom.loose.is_none() {
            left.firm.keep(&atom.takes, holds);
        }
        left.is_pinned |= holds && atom.pins;
        !left.firm.is_empty() && (!left.is_pinned || !left.all.is_empty())
    }

    /// What is known of an atom.
    fn truth(&self, space: &Space, number: usize) -> Truth {
        let atom = &space.atoms[number];
        let left = &self.left[atom.side];
        if let Some(said) = atom.loose.and_then(|twin| self.said.get(&twin)) {
            return Truth::of(*said);
        }
        let possible = if left.is_pinned { &left.all } else { &left.firm };
        if atom.loose.is_some() && !left.is_pinned {
            Truth::Open
        } else if !possible.meets(&atom.takes) {
            Truth::Fails
        } else if possible.is_within(&atom.takes) {
            Truth::Holds
        } else {
            Truth::Open
        }
    }

    /// The request at the end of a way; nothing where no choice is left that regular expressions take.
    fn example(&self, space: &Space) -> Option<Example> {
        let mut example = Example::default();
        for (left, side) in self.left.iter().zip(&space.sides) {
            side.choices.get(left.all.first()?)?.put(&mut example);
        }
        Some(example)
    }
}

impl Search<'_> {
    /// Follows a way up to where it parts.
    fn settle(&mut self, way: &mut Way) -> Settled {
        loop {
            while let Some(goal) = way.goals.pop() {
                self.steps += 1;
                if !self.pursue(way, goal) {
                    return Settled::Dead;
                }
            }
            let (mut met, mut kept) = (true, Vec::new());
            for goal in std::mem::take(&mut way.later) {
                match self.open_ways(way, goal) {
                    None => {}
                    Some(ways) => match ways.as_slice() {
                        [] => return Settled::Dead,
                        [one] => {
                            way.goals.push(*one);
                            met = false;
                        }
                        _ => kept.push(goal),
                    },
                }
                if self.steps > MOST_STEPS {
                    return Settled::Parted(vec![goal]);
                }
            }
            way.later = kept;
            if met {
                break;
            }
        }
        match way.later.pop() {
            None => Settled::Done,
            Some(goal) => Settled::Parted(self.open_ways(way, goal).unwrap_or_default()),
        }
    }

    /// Takes a goal apart; false where it can't be met.
    fn pursue(&self, way: &mut Way, goal: Goal) -> bool {
        let (tree, node, holds) = match goal {
            Goal::Atom { atom, holds } => return way.say(self.space, atom, holds),
            Goal::Node { tree, node, holds } => (tree, node, holds),
        };
        let of = |node: usize, holds: bool| Goal::Node { tree, node, holds };
        match (&self.space.trees[tree].nodes[node], holds) {
            (Node::Not(inner), _) => way.goals.push(of(*inner, !holds)),
            (Node::And(left, right), true) | (Node::Or(left, right), false) => {
                way.goals.extend([of(*right, holds), of(*left, holds)]);
            }
            (Node::And(..), false) | (Node::Or(..), true) => way.later.push(goal),
            // None of the matchers that always hold is among the atoms.
            (Node::Leaf(_, atoms), _) if atoms.is_empty() => return holds,
            (Node::Leaf(joined, atoms), _) => {
                if (*joined == Joined::All) == holds || atoms.len() == 1 {
                    way.goals.extend(atoms.iter().map(|atom| Goal::Atom { atom: *atom, holds }));
                } else {
                    way.later.push(goal);
                }
            }
        }
        true
    }

    /// The ways that are open to meet a goal; nothing where it is met already.
    fn open_ways(&mut self, way: &Way, goal: Goal) -> Option<Vec<Goal>> {
        let mut open = Vec::new();
        for one in self.ways(goal) {
            match self.truth(way, one) {
                Truth::Holds => return None,
                Truth::Fails => {}
                Truth::Open => open.push(one),
            }
        }
        Some(open)
    }

    fn ways(&self, goal: Goal) -> Vec<Goal> {
        let Goal::Node { tree, node, holds } = goal else { return vec![goal] };
        match &self.space.trees[tree].nodes[node] {
            Node::And(left, right) | Node::Or(left, right) => {
                vec![Goal::Node { tree, node: *left, holds }, Goal::Node { tree, node: *right, holds }]
            }
            Node::Leaf(_, atoms) => atoms.iter().map(|atom| Goal::Atom { atom: *atom, holds }).collect(),
            Node::Not(_) => vec![goal],
        }
    }

    /// Whether a goal is met by what is said already.
    fn truth(&mut self, way: &Way, goal: Goal) -> Truth {
        let (tree, node, holds) = match goal {
            Goal::Atom { atom, holds } => {
                let truth = way.truth(self.space, atom);
                return if holds { truth } else { truth.not() };
            }
            Goal::Node { tree, node, holds } => (tree, node, holds),
        };
        let tree = &self.space.trees[tree];
        let first = tree.first[node];
        let mut known: Vec<Truth> = Vec::with_capacity(node + 1 - first);
        self.steps += node + 1 - first;
        for node in &tree.nodes[first..=node] {
            let truth = match node {
                Node::And(left, right) => known[left - first].and(known[right - first]),
                Node::Or(left, right) => known[left - first].or(known[right - first]),
                Node::Not(inner) => known[inner - first].not(),
                Node::Leaf(joined, atoms) => {
                    let atoms = atoms.iter().map(|atom| way.truth(self.space, *atom));
                    match joined {
                        Joined::All => atoms.fold(Truth::Holds, Truth::and),
                        Joined::Any => atoms.fold(Truth::Fails, Truth::or),
                    }
                }
            };
            known.push(truth);
        }
        let truth = known.pop().unwrap_or(Truth::Open);
        if holds { truth } else { truth.not() }
    }
}

#[cfg(test)]
mod tests;
