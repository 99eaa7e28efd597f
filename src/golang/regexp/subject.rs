//! A text as Go's matcher reads it: character by character, where a byte that is part of none counts as U+FFFD.

use std::borrow::Cow;
use std::ops::Range;

/// A text to search, with the way back to the bytes it came from.
pub(super) struct Subject<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where, in `text`, the characters end that stand for one byte each.
    replaced: Vec<usize>,
}

impl<'t> Subject<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self { text: Cow::Borrowed(text), replaced: Vec::new() };
        }
        let mut text = String::with_capacity(bytes.len() + 16);
        let mut replaced = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            for _ in chunk.invalid() {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced.push(text.len());
            }
        }
        Self { text: Cow::Owned(text), replaced }
    }

    /// Where a place of the text is in the bytes.
    pub(super) fn origin(&self, at: usize) -> usize {
        let before = self.replaced.partition_point(|end| *end <= at);
        at - before * (char::REPLACEMENT_CHARACTER.len_utf8() - 1)
    }

    /// Where a part of the text is in the bytes.
    pub(super) fn origins(&self, part: Range<usize>) -> Range<usize> {
        self.origin(part.start)..self.origin(part.end)
    }
}
