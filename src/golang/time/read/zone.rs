//! Zones in a text: offsets from UTC, and abbreviations.

use super::{Fields, Wrong, digits_of, number, ranged, take};

impl Fields {
    /// An offset from UTC: `iso` takes a `Z` for it, `parts` is how many of hours, minutes and seconds there are.
    pub(super) fn offset(&mut self, iso: bool, colons: bool, parts: u8, rest: &mut &[u8]) -> Result<(), Wrong> {
        if iso && rest.first() == Some(&b'Z') {
            take(rest, 1)?;
            self.utc = true;
            return Ok(());
        }
        let gap = usize::from(colons);
        let length = 3 + (usize::from(parts) - 1) * (2 + gap);
        let text = take(rest, length)?;
        let part = |index: usize| -> Result<i64, Wrong> {
            if index >= usize::from(parts) {
                return Ok(0);
            }
            let at = 1 + index * (2 + gap);
            if index > 0 && colons && text[at - 1] != b':' {
                return Err(Wrong::Syntax);
            }
            number(&mut &text[at..at + 2], true)
        };
        let hour = ranged(part(0)?, 0..25, "time zone offset hour")?;
        let minute = ranged(part(1)?, 0..61, "time zone offset minute")?;
        let second = ranged(part(2)?, 0..61, "time zone offset second")?;
        let total = (hour * 60 + minute) * 60 + second;
        self.offset = Some(match text[0] {
            b'+' => total,
            b'-' => -total,
            _ => return Err(Wrong::Syntax),
        });
        Ok(())
    }

    /// A zone's abbreviation.
    pub(super) fn zone_name(&mut self, rest: &mut &[u8]) -> Result<(), Wrong> {
        if rest.starts_with(b"UTC") {
            take(rest, 3)?;
            self.utc = true;
            return Ok(());
        }
        let length = zone_length(rest).ok_or(Wrong::Syntax)?;
        self.zone = take(rest, length)?.to_vec();
        Ok(())
    }
}

/// How long the zone's abbreviation at the start of a text is.
fn zone_length(text: &[u8]) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    if text.starts_with(b"ChST") || text.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(after) = text.strip_prefix(b"GMT") {
        return Some(3 + signed_offset(after));
    }
    if matches!(text[0], b'+' | b'-') {
        return Some(signed_offset(text)).filter(|length| *length > 0);
    }
    match text.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count() {
        5 if text[4] == b'T' => Some(5),
        4 if text[3] == b'T' || text.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// How long the hours behind a sign are, if they are hours.
fn signed_offset(text: &[u8]) -> usize {
    if !matches!(text.first(), Some(b'+' | b'-')) {
        return 0;
    }
    let digits = text[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = digits_of(&text[1..=digits]).unwrap_or(24);
    if digits == 0 || hours > 23 { 0 } else { digits + 1 }
}
