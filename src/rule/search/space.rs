//! Rules over tried requests: every atom with the choices of its part that it takes.

use std::collections::{BTreeMap, BTreeSet};

use super::atom::{Joined, Part, atoms, loose, own_part, part, pins};
use super::choices::{Choice, choices};
use crate::golang::expression;
use crate::rule::Rule;
use crate::rule::example::Example;
use crate::rule::matcher::Matcher;
use crate::rule::request::Request;

/// More choices than this for one part, or more parts of rules, aren't looked into.
const MOST_CHOICES: usize = 4096;
const MOST_NODES: usize = 20_000;

/// What becomes of a request before rules see it; nothing where none of them ever does.
pub type Reading<'r> = &'r dyn Fn(&Example) -> Vec<Request>;

/// A set of choices of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    pub(super) fn first(&self) -> Option<usize> {
        let (word, bits) = self.0.iter().enumerate().find(|(_, bits)| **bits != 0)?;
        Some(word * 64 + usize::try_from(bits.trailing_zeros()).ok()?)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// What is in both, or in this one alone where the other is what is refused.
    pub(super) fn keep(&mut self, other: &Self, holds: bool) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= if holds { *theirs } else { !*theirs };
        }
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine & !theirs == 0)
    }
}

/// A part of a request, and what is tried for it.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) choices: Vec<Choice>,
    /// Those that reach the rules at all.
    pub(super) usable: Set,
}

/// One question of a rule to one part of a request.
#[derive(Debug)]
pub(super) struct Atom {
    pub(super) side: usize,
    /// The choices that it takes.
    pub(super) takes: Set,
    /// The first atom that asks the same, where the choices can't exhaust it.
    pub(super) loose: Option<usize>,
    /// Whether it leaves no other values than the choices.
    pub(super) pins: bool,
}

/// A part of a rule.
#[derive(Debug, Clone)]
pub(super) enum Node {
    And(usize, usize),
    Or(usize, usize),
    Not(usize),
    /// Atoms; none always holds.
    Leaf(Joined, Vec<usize>),
}

/// A rule: its parts, children before parents, the last one the whole.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Where what belongs to each node begins.
    pub(super) first: Vec<usize>,
}

/// Rules over tried requests.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) sides: Vec<Side>,
    pub(super) atoms: Vec<Atom>,
    pub(super) trees: Vec<Tree>,
}

impl Space {
    /// Nothing where the rules are too large.
    pub(super) fn new(rules: &[&Rule], read: Reading<'_>) -> Option<Self> {
        if rules.iter().map(|rule| rule.condition.parts().len()).sum::<usize>() > MOST_NODES {
            return None;
        }
        let (mut matchers, mut trees) = (Vec::new(), Vec::new());
        for rule in rules {
            trees.push(tree(rule, &mut matchers));
        }
        let searched: BTreeSet<Part> =
            matchers.iter().filter(|matcher| loose(matcher).is_some()).filter_map(part).collect();
        let parts: Vec<Option<Part>> = matchers.iter().map(|matcher| own_part(matcher, &searched)).collect();
        let mut by_part: BTreeMap<&Part, Vec<usize>> = BTreeMap::new();
        for (number, part) in parts.iter().enumerate() {
            if let Some(part) = part {
                by_part.entry(part).or_default().push(number);
            }
        }
        let mut sides = Vec::new();
        let mut made: Vec<Option<Atom>> = matchers.iter().map(|_| None).collect();
        let mut twins: BTreeMap<String, usize> = BTreeMap::new();
        for (part, numbers) in by_part {
            let about: Vec<&Matcher> = numbers.iter().map(|number| &matchers[*number]).collect();
            let (side, taken) = side(part, &about, read)?;
            for ((number, takes), matcher) in numbers.into_iter().zip(taken).zip(about) {
                let loose = loose(matcher).map(|key| *twins.entry(key).or_insert(number));
                made[number] = Some(Atom { side: sides.len(), takes, loose, pins: pins(matcher) });
            }
            sides.push(side);
        }
        // Every atom is about a part: those about none were left out of the trees.
        Some(Self { sides, atoms: made.into_iter().flatten().collect(), trees })
    }
}

/// What is tried for a part, and what each of its atoms takes of that.
fn side(part: &Part, atoms: &[&Matcher], read: Reading<'_>) -> Option<(Side, Vec<Set>)> {
    let choices = choices(part, atoms);
    if choices.len() > MOST_CHOICES {
        return None;
    }
    let mut usable = Set::none(choices.len());
    let mut taken = vec![Set::none(choices.len()); atoms.len()];
    for (at, choice) in choices.iter().enumerate() {
        let mut example = Example::default();
        choice.put(&mut example);
        let requests = read(&example);
        if requests.is_empty() {
            continue;
        }
        usable.insert(at);
        for (atom, takes) in atoms.iter().zip(&mut taken) {
            if requests.iter().any(|request| atom.matches(request)) {
                takes.insert(at);
            }
        }
    }
    Some((Side { choices, usable }, taken))
}

/// A rule over the atoms of its leaves, which are added to `matchers`.
fn tree(rule: &Rule, matchers: &mut Vec<Matcher>) -> Tree {
    let mut tree = Tree::default();
    for (node, _) in rule.condition.parts() {
        let (node, first) = match node {
            expression::Part::And(left, right) => (Node::And(left.index(), right.index()), tree.first[left.index()]),
            expression::Part::Or(left, right) => (Node::Or(left.index(), right.index()), tree.first[left.index()]),
            expression::Part::Not(inner) => (Node::Not(inner.index()), tree.first[inner.index()]),
            expression::Part::Leaf(matcher) => {
                let (joined, atoms) = atoms(matcher);
                let mut numbers = Vec::new();
                for atom in atoms.into_iter().filter(|atom| part(atom).is_some()) {
                    numbers.push(matchers.len());
                    matchers.push(atom);
                }
                (Node::Leaf(joined, numbers), tree.nodes.len())
            }
        };
        tree.nodes.push(node);
        tree.first.push(first);
    }
    tree
}
