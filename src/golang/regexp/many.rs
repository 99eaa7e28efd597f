//! All matches of a text: found, split at, replaced.
//!
//! Each search begins where the last match ended, and may look at all that follows: a text can take the square of its
//! length, in Go too. So each search is paid for from a meter, which may stop it.

use std::convert::Infallible;
use std::ops::Range;

use super::subject::Subject;
use super::{Captures, Regexp, expand};

/// What filling in a replacement may cost for each byte, in nanoseconds: most of it is reading references.
const FILLING_IN: u64 = 64;

/// What keeping the groups of a match costs, in nanoseconds.
const KEEPING: u64 = 256;

/// What searching is paid from.
pub trait Meter {
    /// Nothing is left.
    type Exhausted;

    /// Pays for so many nanoseconds or so.
    ///
    /// # Errors
    /// When there is not so much left.
    fn spend(&mut self, nanoseconds: u64) -> Result<(), Self::Exhausted>;
}

/// Pays for everything: for texts that are short by nature, such as a URL.
#[derive(Debug, Clone, Copy)]
pub struct Free;

impl Meter for Free {
    type Exhausted = Infallible;

    fn spend(&mut self, _: u64) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Regexp {
    /// What a search cost that began at `from` and found what ends at `end`: it looked at no more than the longest
    /// match beyond.
    fn searched(&self, from: usize, end: Option<usize>, length: usize) -> u64 {
        let (end, ahead) = (end.unwrap_or(length), self.longest.unwrap_or(length));
        self.effort((end - from).saturating_add(ahead).min(length - from))
    }

    /// Where the matches are, up to `limit` of them; an empty one right after another doesn't count.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn find_all<M: Meter>(
        &self,
        text: &[u8],
        limit: usize,
        meter: &mut M,
    ) -> Result<Vec<Range<usize>>, M::Exhausted> {
        let subject = Subject::new(text);
        let (mut all, mut from) = (Vec::new(), 0);
        let mut matches = self.program.automaton().regex.find_iter(&subject.text).take(limit);
        loop {
            let found = matches.next();
            meter.spend(self.searched(from, found.map(|found| found.end()), subject.text.len()))?;
            let Some(found) = found else { return Ok(all) };
            from = found.end();
            all.push(subject.origins(found.range()));
        }
    }

    /// All matches with their groups.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn captures_all<'t, M: Meter>(&self, text: &'t [u8], meter: &mut M) -> Result<Vec<Captures<'t>>, M::Exhausted> {
        let subject = Subject::new(text);
        let (mut all, mut from) = (Vec::new(), 0);
        let mut matches = self.program.automaton().regex.captures_iter(&subject.text);
        loop {
            let found = matches.next();
            let end = found.as_ref().and_then(|found| found.get(0)).map(|whole| whole.end());
            // Groups are found by a second search of the match.
            let searched = self.searched(from, end, subject.text.len()).saturating_mul(2);
            meter.spend(searched.saturating_add(KEEPING * self.names.len() as u64))?;
            let (Some(found), Some(end)) = (found, end) else { return Ok(all) };
            from = end;
            all.push(self.taken(&found, &subject, text));
        }
    }

    /// The parts between matches, at most `limit` of them, the last one with all that is left.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn split<'t, M: Meter>(
        &self,
        text: &'t [u8],
        limit: Option<usize>,
        meter: &mut M,
    ) -> Result<Vec<&'t [u8]>, M::Exhausted> {
        if limit == Some(0) {
            return Ok(Vec::new());
        }
        if text.is_empty() && !self.source.is_empty() {
            return Ok(vec![text]);
        }
        let mut parts = Vec::new();
        let (mut from, mut last) = (0, 0);
        for found in self.find_all(text, limit.unwrap_or(usize::MAX), meter)? {
            if limit.is_some_and(|limit| parts.len() + 1 == limit) {
                break;
            }
            last = found.start;
            if found.end != 0 {
                parts.push(&text[from..last]);
            }
            from = found.end;
        }
        if last != text.len() {
            parts.push(&text[from..]);
        }
        Ok(parts)
    }

    /// The text with every match replaced; `$1`, `$name`, `${name}` in the replacement stand for groups, `$$` for a
    /// dollar. `$1x` is the group named `1x`.
    pub fn replace_all(&self, text: &[u8], replacement: &[u8]) -> Vec<u8> {
        let Ok(replaced) = self.replace_all_within(text, replacement, &mut Free);
        replaced
    }

    /// The same on a meter, which pays for what is written too.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn replace_all_within<M: Meter>(
        &self,
        text: &[u8],
        replacement: &[u8],
        meter: &mut M,
    ) -> Result<Vec<u8>, M::Exhausted> {
        let mut result = Vec::with_capacity(text.len());
        let mut from = 0;
        for captures in self.captures_all(text, meter)? {
            let whole = captures.range(0).unwrap_or_default();
            result.extend_from_slice(&text[from..whole.start]);
            let before = result.len();
            expand::expand(replacement, &captures, &self.names, &mut result);
            let bytes = replacement.len() + result.len() - before;
            meter.spend((bytes as u64).saturating_mul(FILLING_IN))?;
            from = whole.end;
        }
        result.extend_from_slice(&text[from..]);
        Ok(result)
    }

    /// The text with every match replaced by a text that is taken as it stands.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn replace_all_literal<M: Meter>(
        &self,
        text: &[u8],
        replacement: &[u8],
        meter: &mut M,
    ) -> Result<Vec<u8>, M::Exhausted> {
        let mut result = Vec::with_capacity(text.len());
        let mut from = 0;
        for found in self.find_all(text, usize::MAX, meter)? {
            meter.spend(replacement.len() as u64)?;
            result.extend_from_slice(&text[from..found.start]);
            result.extend_from_slice(replacement);
            from = found.end;
        }
        result.extend_from_slice(&text[from..]);
        Ok(result)
    }
}
