//! Layouts: the reference time, Mon Jan 2 15:04:05 MST 2006, in the form that is wanted.

/// A piece of a layout that stands for a part of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    LongMonth,
    Month,
    NumberedMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperHalf,
    LowerHalf,
    ZoneName,
    /// An offset: whether `Z` stands for none, whether colons separate, and how many of hour, minute and second.
    Offset {
        iso: bool,
        colons: bool,
        parts: u8,
    },
    /// Digits behind a separator; with nines, zeros at the end are left out.
    Fraction {
        digits: usize,
        nines: bool,
        separator: u8,
    },
}

/// The first element of a layout: what stands before it, it, and what follows it.
pub(super) fn next(layout: &[u8]) -> (&[u8], Option<Element>, &[u8]) {
    for at in 0..layout.len() {
        if let Some((skipped, element, length)) = element_at(&layout[at..]) {
            let start = at + skipped;
            return (&layout[..start], Some(element), &layout[start + length..]);
        }
    }
    (layout, None, &[])
}

/// Elements with one spelling, longer ones before those that they begin with.
const FIXED: &[(&[u8], Element)] = &[
    (b"January", Element::LongMonth),
    (b"Monday", Element::LongWeekday),
    (b"MST", Element::ZoneName),
    (b"002", Element::ZeroYearDay),
    (b"01", Element::ZeroMonth),
    (b"02", Element::ZeroDay),
    (b"03", Element::ZeroHour12),
    (b"04", Element::ZeroMinute),
    (b"05", Element::ZeroSecond),
    (b"06", Element::Year),
    (b"15", Element::Hour),
    (b"1", Element::NumberedMonth),
    (b"2006", Element::LongYear),
    (b"2", Element::Day),
    (b"_2", Element::UnderDay),
    (b"__2", Element::UnderYearDay),
    (b"3", Element::Hour12),
    (b"4", Element::Minute),
    (b"5", Element::Second),
    (b"PM", Element::UpperHalf),
    (b"pm", Element::LowerHalf),
    (b"-070000", Element::Offset { iso: false, colons: false, parts: 3 }),
    (b"-07:00:00", Element::Offset { iso: false, colons: true, parts: 3 }),
    (b"-0700", Element::Offset { iso: false, colons: false, parts: 2 }),
    (b"-07:00", Element::Offset { iso: false, colons: true, parts: 2 }),
    (b"-07", Element::Offset { iso: false, colons: false, parts: 1 }),
    (b"Z070000", Element::Offset { iso: true, colons: false, parts: 3 }),
    (b"Z07:00:00", Element::Offset { iso: true, colons: true, parts: 3 }),
    (b"Z0700", Element::Offset { iso: true, colons: false, parts: 2 }),
    (b"Z07:00", Element::Offset { iso: true, colons: true, parts: 2 }),
    (b"Z07", Element::Offset { iso: true, colons: false, parts: 1 }),
];

/// The element that a text begins with: bytes before it that are literal, it, and its length.
fn element_at(text: &[u8]) -> Option<(usize, Element, usize)> {
    if text.starts_with(b"_2006") {
        return Some((1, Element::LongYear, 4));
    }
    if let Some((spelling, element)) = FIXED.iter().find(|(spelling, _)| text.starts_with(spelling)) {
        return Some((0, *element, spelling.len()));
    }
    let small_follows = text.get(3).is_some_and(u8::is_ascii_lowercase);
    match text {
        [b'J', b'a', b'n', ..] if !small_follows => Some((0, Element::Month, 3)),
        [b'M', b'o', b'n', ..] if !small_follows => Some((0, Element::Weekday, 3)),
        [separator @ (b'.' | b','), digit @ (b'0' | b'9'), ..] => {
            let digits = text[1..].iter().take_while(|byte| *byte == digit).count();
            if text.get(1 + digits).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            Some((0, Element::Fraction { digits, nines: *digit == b'9', separator: *separator }, digits + 1))
        }
        _ => None,
    }
}
