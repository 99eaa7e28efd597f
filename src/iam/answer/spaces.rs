//! The choices of all unknown keys together, where variables tie them: `"aws:ResourceTag/team":
//! "${aws:PrincipalTag/team}"`.
//!
//! A variable takes every text that makes its pattern fit what it is compared with, and what it is compared with takes
//! every text that the filled-in pattern names. Two rounds reach both sides.

use std::collections::BTreeMap;

use super::super::arn::ArnPattern;
use super::super::choices::{Choices, Said, choices, pattern};
use super::super::condition::Condition;
use super::super::glob::Glob;
use super::super::key::Key;
use super::super::operand::Operand;
use super::super::request::Context;
use super::super::statement::Statement;
use super::super::template::{Piece, Template};
use super::part::Part;
use super::question::{Asked, Question};

/// The most texts that are taken for one variable.
const MOST_TEXTS: usize = 64;

/// The most steps that are taken to fit a pattern to a text.
const MOST_STEPS: usize = 20_000;

/// A pattern with unknown variables, and what is compared with it.
struct Tie<'a> {
    template: &'a Template,
    source: Source<'a>,
    subject: Subject,
}

/// Where a pattern comes from, which decides how it is filled in.
enum Source<'a> {
    Resource(&'a ArnPattern),
    Value(&'a Condition, &'a Operand),
    Action,
}

/// What a pattern is compared with.
enum Subject {
    /// Texts that are known.
    Texts(Vec<String>),
    /// The values of an unknown key.
    Key(Key),
}

/// Everything that is said of the unknown keys.
struct Spaces<'a> {
    question: &'a Question,
    known: &'a Context,
    said: BTreeMap<Key, Said<'a>>,
    ties: Vec<Tie<'a>>,
}

/// What each unknown key may be, as far as these parts can tell.
pub(super) fn choices_of<'a>(question: &'a Question, known: &'a Context, parts: &[Part<'a>]) -> Vec<(Key, Choices)> {
    let mut spaces = Spaces { question, known, said: BTreeMap::new(), ties: Vec::new() };
    for part in parts {
        spaces.note(*part);
    }
    let mut found = spaces.choose();
    if spaces.ties.is_empty() {
        return found.into_iter().collect();
    }
    for _ in 0..2 {
        spaces.fit_variables(&found);
        found = spaces.choose();
        spaces.fill_patterns(&found);
        found = spaces.choose();
    }
    found.into_iter().collect()
}

impl<'a> Spaces<'a> {
    /// Notes what a part says of its keys.
    fn note(&mut self, part: Part<'a>) {
        for key in part.unknown(self.question) {
            let may_be_absent = self.question.knowledge.is_unknown(&key, &self.question.action) == Some(true);
            let domain = if key.is_resource() { self.question.resource.domain() } else { None };
            let said = self.said.entry(key).or_default();
            said.may_be_absent = may_be_absent;
            said.domain = domain;
        }
        match part {
            Part::Condition(condition) => self.note_condition(condition),
            Part::Resource(statement) => self.note_resource(statement),
            Part::Action(statement) => {
                for template in statement.actions.patterns.iter().filter_map(|placed| placed.pattern.template()) {
                    let subject = Subject::Texts(vec![self.question.action.clone()]);
                    self.ties.push(Tie { template, source: Source::Action, subject });
                }
            }
        }
    }

    fn is_open(&self, key: &Key) -> bool {
        self.question.knowledge.is_unknown(key, &self.question.action).is_some()
    }

    fn note_condition(&mut self, condition: &'a Condition) {
        let open = self.is_open(&condition.key);
        if open {
            self.said.entry(condition.key.clone()).or_default().conditions.push(condition);
        }
        for value in &condition.values {
            let Some(template) = value.operand.template() else { continue };
            if template.keys().any(|key| self.is_open(key)) {
                let subject = if open {
                    Subject::Key(condition.key.clone())
                } else {
                    Subject::Texts(self.known.values(&condition.key).unwrap_or_default().to_vec())
                };
                self.ties.push(Tie { template, source: Source::Value(condition, &value.operand), subject });
            }
        }
    }

    fn note_resource(&mut self, statement: &'a Statement) {
        for placed in &statement.resources.patterns {
            let template = placed.pattern.template();
            let tied = template.keys().any(|key| self.is_open(key));
            match &self.question.resource {
                Asked::One(resource) if tied => {
                    let subject = Subject::Texts(vec![resource.clone()]);
                    self.ties.push(Tie { template, source: Source::Resource(&placed.pattern), subject });
                }
                Asked::One(_) => {}
                Asked::EveryIdAfter(_) if tied => {
                    let subject = Subject::Key(Key::resource());
                    self.ties.push(Tie { template, source: Source::Resource(&placed.pattern), subject });
                }
                Asked::EveryIdAfter(_) => {
                    let glob = placed.pattern.glob(self.known);
                    self.said.entry(Key::resource()).or_default().patterns.extend(glob);
                }
            }
        }
    }

    fn choose(&self) -> BTreeMap<Key, Choices> {
        self.said.iter().map(|(key, said)| (key.clone(), choices(key, said, self.known))).collect()
    }

    /// Gives each variable the texts that make its pattern fit.
    fn fit_variables(&mut self, found: &BTreeMap<Key, Choices>) {
        let mut fitting = Vec::new();
        for tie in &self.ties {
            for text in tie.subject.texts(found) {
                fitting.extend(fits(tie.template, &text, self.known));
            }
        }
        for (key, text) in fitting {
            if let Some(said) = self.said.get_mut(&key).filter(|said| said.texts.len() < MOST_TEXTS) {
                said.texts.insert(text);
            }
        }
    }

    /// Gives what is compared with a pattern the texts that it names, filled in with what its variables may be.
    fn fill_patterns(&mut self, found: &BTreeMap<Key, Choices>) {
        let mut filled = Vec::new();
        for tie in &self.ties {
            let Subject::Key(subject) = &tie.subject else { continue };
            for context in assignments(tie.template, found, self.known) {
                filled.extend(tie.fill(&context).map(|glob| (subject.clone(), glob)));
            }
        }
        for (key, glob) in filled {
            if let Some(said) = self.said.get_mut(&key).filter(|said| !said.patterns.contains(&glob)) {
                said.patterns.push(glob);
            }
        }
    }
}

impl Tie<'_> {
    fn fill(&self, context: &Context) -> Option<Glob> {
        match self.source {
            Source::Resource(pattern) => pattern.glob(context),
            Source::Value(condition, operand) => pattern(condition, operand, context),
            Source::Action => self.template.expand(context, true),
        }
    }
}

impl Subject {
    fn texts(&self, found: &BTreeMap<Key, Choices>) -> Vec<String> {
        match self {
            Self::Texts(texts) => texts.clone(),
            Self::Key(key) => {
                let values = found.get(key).into_iter().flat_map(|choices| choices.values.iter().flatten());
                values.flatten().take(MOST_TEXTS).cloned().collect()
            }
        }
    }
}

/// Contexts in which the variables of a template take their choices.
fn assignments(template: &Template, found: &BTreeMap<Key, Choices>, known: &Context) -> Vec<Context> {
    let mut contexts = vec![known.clone()];
    for key in template.keys() {
        let Some(choices) = found.get(key) else { continue };
        let values: Vec<&Vec<String>> = choices.values.iter().flatten().filter(|values| values.len() == 1).collect();
        let mut next = Vec::new();
        for context in &contexts {
            for value in values.iter().take(MOST_TEXTS) {
                let mut chosen = context.clone();
                chosen.set(key.clone(), (*value).clone());
                next.push(chosen);
            }
        }
        next.truncate(MOST_TEXTS * 4);
        contexts = next;
    }
    contexts
}

/// The texts of the unknown variables with which a template fits a text.
fn fits(template: &Template, text: &str, known: &Context) -> Vec<(Key, String)> {
    let mut fit = Fit { known, found: Vec::new(), steps: 0 };
    fit.pieces(template.pieces(), text, &mut Vec::new());
    fit.found
}

struct Fit<'a> {
    known: &'a Context,
    found: Vec<(Key, String)>,
    steps: usize,
}

impl Fit<'_> {
    fn pieces(&mut self, pieces: &[Piece], text: &str, taken: &mut Vec<(Key, String)>) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        let Some((piece, rest)) = pieces.split_first() else {
            if text.is_empty() {
                self.found.extend(taken.iter().cloned());
            }
            return;
        };
        match piece {
            Piece::Text(plain) => self.after(plain, rest, text, taken),
            Piece::One => {
                let mut characters = text.chars();
                if characters.next().is_some() {
                    self.pieces(rest, characters.as_str(), taken);
                }
            }
            Piece::Many => {
                for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    self.pieces(rest, &text[at..], taken);
                }
            }
            Piece::Variable(key, _) => match self.known.single(key).map(str::to_owned) {
                Some(value) => self.after(&value, rest, text, taken),
                None => {
                    for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                        taken.push((key.clone(), text[..at].to_owned()));
                        self.pieces(rest, &text[at..], taken);
                        taken.pop();
                    }
                }
            },
        }
    }

    fn after(&mut self, plain: &str, rest: &[Piece], text: &str, taken: &mut Vec<(Key, String)>) {
        let starts = text.get(..plain.len()).is_some_and(|start| start.eq_ignore_ascii_case(plain));
        if starts {
            self.pieces(rest, &text[plain.len()..], taken);
        }
    }
}
