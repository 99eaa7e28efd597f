//! Texts that stand for all texts: for every combination of patterns that some text matches, one that does.
//!
//! What a policy says of a text is which of its patterns match. Following all patterns at once, character by character,
//! reaches every combination there is, the shortest text of each first; so a finite set of texts decides what holds for
//! all of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::glob::{Glob, Token};

/// The most positions that are followed in all: with more patterns, fewer combinations of them.
const MOST_POSITIONS: usize = 18_000;

/// Texts for every combination of patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Witnesses {
    /// The texts.
    pub(super) texts: Vec<String>,
    /// Whether every combination is among them.
    pub(super) complete: bool,
}

/// Which texts are asked about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Domain<'a> {
    /// All, the empty one included.
    Anything,
    /// Those that match.
    Matching(&'a Glob),
}

/// Finds a text of the domain for every combination of the patterns that one matches.
pub(super) fn witnesses(patterns: &[Glob], domain: Domain<'_>) -> Witnesses {
    let distinct: Vec<&Glob> = patterns.iter().collect::<BTreeSet<_>>().into_iter().collect();
    let (wild, plain): (Vec<&Glob>, Vec<&Glob>) =
        distinct.into_iter().partition(|pattern| plain_text(pattern).is_none());
    let plain: Vec<(String, &Glob)> = plain.into_iter().filter_map(|glob| Some((plain_text(glob)?, glob))).collect();
    let domain_takes = |text: &str| match domain {
        Domain::Anything => true,
        Domain::Matching(glob) => glob.matches(text),
    };
    // A plain text that no wildcard reaches stands for itself; the others must be told apart from their neighbours.
    let (reached, alone): (Vec<_>, Vec<_>) =
        plain.into_iter().partition(|(text, _)| wild.iter().any(|pattern| pattern.matches(text)));
    let mut texts: Vec<String> = alone.iter().map(|(text, _)| text.clone()).filter(|text| domain_takes(text)).collect();
    let mut followed = wild;
    followed.extend(reached.iter().map(|(_, glob)| *glob));
    let mut characters: BTreeSet<char> = followed.iter().flat_map(|pattern| literals(pattern)).collect();
    let fresh = fresh(alone.iter().flat_map(|(text, _)| text.chars()).chain(characters.iter().copied()));
    if let Domain::Matching(glob) = domain {
        characters.extend(literals(glob));
    }
    let complete = follow(&followed, domain, &alphabet(fresh, &characters, domain), &mut texts);
    Witnesses { texts, complete }
}

/// The text of a pattern without wildcards, whose letters have their case.
fn plain_text(pattern: &Glob) -> Option<String> {
    let character = |token: &Token| match token {
        Token::Exactly(character) => Some(*character),
        _ => None,
    };
    if pattern.is_folded() { None } else { pattern.tokens().iter().map(character).collect() }
}

/// The characters that a pattern tells apart from others.
fn literals(pattern: &Glob) -> Vec<char> {
    let of = |token: &Token| match token {
        Token::Exactly(character) if pattern.is_folded() => {
            character.to_uppercase().chain(std::iter::once(*character)).collect()
        }
        Token::Exactly(character) => vec![*character],
        Token::One(_) | Token::Many(_) => vec![':'],
        Token::Digit => Vec::new(),
    };
    pattern.tokens().iter().flat_map(of).collect()
}

/// A character that none of the patterns names: it stands for all such.
fn fresh(named: impl Iterator<Item = char>) -> char {
    let named: BTreeSet<char> = named.flat_map(|c| c.to_lowercase().chain(c.to_uppercase()).chain([c])).collect();
    let readable = "xzqyvwjkutrmnosp0123456789_".chars();
    readable.chain('\u{100}'..='\u{24f}').find(|character| !named.contains(character)).unwrap_or('\u{2d0}')
}

/// The characters to try, what stands for all others first.
fn alphabet(fresh: char, named: &BTreeSet<char>, domain: Domain<'_>) -> Vec<char> {
    let mut alphabet = vec![fresh];
    let has_digits = matches!(domain, Domain::Matching(glob) if glob.tokens().contains(&Token::Digit));
    if has_digits {
        alphabet.extend("0123456789abcdef".chars().find(|digit| !named.contains(digit)));
    }
    alphabet.extend(named.iter().copied());
    alphabet
}

/// Where each pattern, and the domain at the end, may be after a text.
type State = Vec<Vec<u16>>;

/// Follows the patterns together; gives whether all that is reachable was reached.
fn follow(patterns: &[&Glob], domain: Domain<'_>, alphabet: &[char], texts: &mut Vec<String>) -> bool {
    let mut all: Vec<&Glob> = patterns.to_vec();
    if let Domain::Matching(glob) = domain {
        all.push(glob);
    }
    let most_states = MOST_POSITIONS / all.len().max(1);
    let start: State = all.iter().map(|pattern| settle(pattern, BTreeSet::from([0]))).collect();
    let mut seen = BTreeSet::from([start.clone()]);
    let mut found: BTreeMap<Vec<bool>, String> = BTreeMap::new();
    let mut queue = VecDeque::from([(start, String::new())]);
    while let Some((state, text)) = queue.pop_front() {
        let ends: Vec<bool> = all.iter().zip(&state).map(|(pattern, at)| is_end(pattern, at)).collect();
        let inside = match domain {
            Domain::Anything => true,
            Domain::Matching(_) => ends[patterns.len()],
        };
        if inside {
            found.entry(ends[..patterns.len()].to_vec()).or_insert_with(|| text.clone());
        }
        for character in alphabet {
            let next: State = all.iter().zip(&state).map(|(pattern, at)| step(pattern, at, *character)).collect();
            let outside = matches!(domain, Domain::Matching(_)) && next[patterns.len()].is_empty();
            if outside || seen.contains(&next) {
                continue;
            }
            if seen.len() >= most_states {
                texts.extend(found.into_values());
                return false;
            }
            seen.insert(next.clone());
            queue.push_back((next, format!("{text}{character}")));
        }
    }
    texts.extend(found.into_values());
    true
}

fn is_end(pattern: &Glob, positions: &[u16]) -> bool {
    positions.last().is_some_and(|last| usize::from(*last) == pattern.tokens().len())
}

/// The positions after a character.
fn step(pattern: &Glob, positions: &[u16], character: char) -> Vec<u16> {
    let folded: Vec<char> = if pattern.is_folded() { character.to_lowercase().collect() } else { vec![character] };
    let mut at: Vec<u16> = positions.to_vec();
    for character in folded {
        let mut next = BTreeSet::new();
        for position in &at {
            match pattern.tokens().get(usize::from(*position)) {
                Some(token @ Token::Many(_)) if token.takes(character) => next.insert(*position),
                Some(Token::Many(_)) | None => false,
                Some(token) if token.takes(character) => next.insert(position + 1),
                Some(_) => false,
            };
        }
        at = settle(pattern, next);
    }
    at
}

/// The positions with those behind every `*` that they stand at, in order.
fn settle(pattern: &Glob, mut positions: BTreeSet<u16>) -> Vec<u16> {
    let mut open: Vec<u16> = positions.iter().copied().collect();
    while let Some(position) = open.pop() {
        if matches!(pattern.tokens().get(usize::from(position)), Some(Token::Many(_))) && positions.insert(position + 1)
        {
            open.push(position + 1);
        }
    }
    positions.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::glob::{Glob, Reach, Token};
    use super::{Domain, witnesses};

    fn glob(pattern: &str) -> Glob {
        let token = |character| match character {
            '*' => Token::Many(Reach::Anything),
            '?' => Token::One(Reach::Anything),
            '#' => Token::Digit,
            other => Token::Exactly(other),
        };
        Glob::new(pattern.chars().map(token).collect(), false)
    }

    /// The combinations that the witnesses of these patterns show.
    fn combinations(patterns: &[&str], domain: Domain<'_>) -> BTreeSet<Vec<bool>> {
        let globs: Vec<Glob> = patterns.iter().map(|pattern| glob(pattern)).collect();
        let found = witnesses(&globs, domain);
        assert!(found.complete, "{patterns:?} are few");
        found.texts.iter().map(|text| globs.iter().map(|pattern| pattern.matches(text)).collect()).collect()
    }

    #[test]
    fn every_combination_has_a_witness() {
        assert_eq!(combinations(&["a*", "*b"], Domain::Anything).len(), 4);
        assert_eq!(combinations(&["edge", "e*"], Domain::Anything).len(), 3);
        assert_eq!(combinations(&["edge", "core"], Domain::Anything).len(), 3);
        assert_eq!(combinations(&["*"], Domain::Anything).len(), 1);
        assert_eq!(combinations(&["?*"], Domain::Anything).len(), 2);
        assert_eq!(combinations(&["?*"], Domain::Matching(&glob("?*"))).len(), 1);
        assert_eq!(combinations(&["edge"], Domain::Matching(&glob("?*"))).len(), 2);
    }

    #[test]
    fn a_domain_limits_what_is_asked_about() {
        let ids = glob("task/web/####");
        assert_eq!(combinations(&["task/web/*"], Domain::Matching(&ids)).len(), 1);
        assert_eq!(combinations(&["task/web/????"], Domain::Matching(&ids)).len(), 1);
        assert_eq!(combinations(&["task/web/0*"], Domain::Matching(&ids)).len(), 2);
        assert_eq!(combinations(&["task/web/z*"], Domain::Matching(&ids)), BTreeSet::from([vec![false]]));
        assert_eq!(combinations(&["cluster/*"], Domain::Matching(&ids)), BTreeSet::from([vec![false]]));
    }
}
