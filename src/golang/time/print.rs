//! Moments as text.

use super::calendar::{MONTHS, WEEKDAYS};
use super::layout::{Element, next};
use super::{Date, Time, Zone};

/// The layout of the method `String`.
const DEFAULT: &[u8] = b"2006-01-02 15:04:05.999999999 -0700 MST";

/// The layout that JSON has.
const RFC_3339: &[u8] = b"2006-01-02T15:04:05.999999999Z07:00";

/// The parts of a moment, as its zone's clocks show them.
struct Parts {
    date: Date,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: u32,
    weekday: usize,
    abbreviation: String,
    offset: i64,
}

impl Time {
    /// The moment in a layout.
    pub fn format(&self, layout: &[u8]) -> Vec<u8> {
        let (date, second) = self.civil();
        let (abbreviation, offset, _) = self.zone_info();
        let parts = Parts {
            date,
            hour: second / 3_600,
            minute: second / 60 % 60,
            second: second % 60,
            nanosecond: self.nanoseconds,
            weekday: usize::try_from(self.weekday()).unwrap_or(0),
            abbreviation,
            offset,
        };
        let mut out = Vec::with_capacity(layout.len());
        let mut rest = layout;
        loop {
            let (literal, element, after) = next(rest);
            out.extend_from_slice(literal);
            let Some(element) = element else { return out };
            out.extend_from_slice(parts.element(element).as_bytes());
            rest = after;
        }
    }

    /// What its method `String` gives.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.format(DEFAULT)).into_owned()
    }

    /// As in JSON, without quotes.
    pub fn rfc_3339(&self) -> String {
        String::from_utf8_lossy(&self.format(RFC_3339)).into_owned()
    }

    /// As Go code, `%#v`.
    pub fn go_text(&self) -> String {
        let (date, second) = self.civil();
        let zone = match &self.zone {
            Zone::Utc => "time.UTC".to_owned(),
            Zone::Local => "time.Local".to_owned(),
            other => format!("time.Location({})", super::super::quote::quote(other.name().as_bytes())),
        };
        format!(
            "time.Date({}, time.{}, {}, {}, {}, {}, {}, {zone})",
            date.year,
            month_name(date.month),
            date.day,
            second / 3_600,
            second / 60 % 60,
            second % 60,
            self.nanoseconds
        )
    }
}

/// A month's name; `%!Month(13)` for none.
pub fn month_name(month: i64) -> String {
    let index = usize::try_from(month - 1).ok();
    index.and_then(|index| MONTHS.get(index)).map_or_else(|| format!("%!Month({month})"), ToString::to_string)
}

/// A weekday's name; `%!Weekday(7)` for none.
pub fn weekday_name(day: i64) -> String {
    let index = usize::try_from(day).ok();
    index.and_then(|index| WEEKDAYS.get(index)).map_or_else(|| format!("%!Weekday({day})"), ToString::to_string)
}

impl Parts {
    fn element(&self, element: Element) -> String {
        let Self { date, hour, minute, second, .. } = self;
        let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
        match element {
            Element::LongMonth => month_name(date.month),
            Element::Month => month_name(date.month)[..3].to_owned(),
            Element::NumberedMonth => date.month.to_string(),
            Element::ZeroMonth => format!("{:02}", date.month),
            Element::LongWeekday => WEEKDAYS[self.weekday].to_owned(),
            Element::Weekday => WEEKDAYS[self.weekday][..3].to_owned(),
            Element::Day => date.day.to_string(),
            Element::UnderDay => format!("{:2}", date.day),
            Element::ZeroDay => format!("{:02}", date.day),
            Element::UnderYearDay => format!("{:3}", date.day_of_year()),
            Element::ZeroYearDay => format!("{:03}", date.day_of_year()),
            Element::Hour => format!("{hour:02}"),
            Element::Hour12 => hour12.to_string(),
            Element::ZeroHour12 => format!("{hour12:02}"),
            Element::Minute => minute.to_string(),
            Element::ZeroMinute => format!("{minute:02}"),
            Element::Second => second.to_string(),
            Element::ZeroSecond => format!("{second:02}"),
            Element::LongYear if date.year < 0 => format!("-{:04}", -date.year),
            Element::LongYear => format!("{:04}", date.year),
            Element::Year => format!("{:02}", date.year.max(0) % 100),
            Element::UpperHalf => if *hour >= 12 { "PM" } else { "AM" }.to_owned(),
            Element::LowerHalf => if *hour >= 12 { "pm" } else { "am" }.to_owned(),
            Element::ZoneName if self.abbreviation.is_empty() => self.offset(false, 2),
            Element::ZoneName => self.abbreviation.clone(),
            Element::Offset { iso: true, .. } if self.offset == 0 => "Z".to_owned(),
            Element::Offset { colons, parts, .. } => self.offset(colons, parts),
            Element::Fraction { digits, nines, separator } => self.fraction(digits, nines, separator),
        }
    }

    fn offset(&self, colons: bool, parts: u8) -> String {
        let size = self.offset.unsigned_abs();
        let numbers = [size / 3_600, size / 60 % 60, size % 60];
        let texts: Vec<String> = numbers[..usize::from(parts)].iter().map(|number| format!("{number:02}")).collect();
        // The sign is that of whole minutes.
        let sign = if self.offset / 60 < 0 { '-' } else { '+' };
        format!("{sign}{}", texts.join(if colons { ":" } else { "" }))
    }

    fn fraction(&self, digits: usize, nines: bool, separator: u8) -> String {
        let all = format!("{:09}", self.nanosecond);
        let mut shown = all[..digits.min(9)].to_owned();
        shown.push_str(&"0".repeat(digits.saturating_sub(9)));
        if nines {
            shown.truncate(shown.trim_end_matches('0').len());
            if shown.is_empty() {
                return shown;
            }
        }
        format!("{}{shown}", char::from(separator))
    }
}
