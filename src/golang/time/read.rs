//! Moments from text, by a layout.

mod zone;

use std::fmt;

use super::calendar::{Date, MONTHS, WEEKDAYS, is_leap};
use super::layout::{Element, next};
use super::{DAY, Time, Zone};

/// Why a text is no moment; prints in Go's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTime {
    layout: Vec<u8>,
    text: Vec<u8>,
    element: Vec<u8>,
    rest: Vec<u8>,
    message: String,
}

/// Text between quotes as the package `time` writes it: bytes that aren't printing ASCII as `\x…`.
fn quoted(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=0x7f => out.push(char::from(*byte)),
            _ => out.extend(format!("\\x{byte:02x}").chars()),
        }
    }
    out.push('"');
    out
}

impl fmt::Display for InvalidTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parsing time {}", quoted(&self.text))?;
        if self.message.is_empty() {
            write!(f, " as {}: cannot parse {} as {}", quoted(&self.layout), quoted(&self.rest), quoted(&self.element))
        } else {
            f.write_str(&self.message)
        }
    }
}

/// What is wrong with an element.
enum Wrong {
    /// It isn't there.
    Syntax,
    /// Its number is none that it may have.
    Range(&'static str),
}

/// What was read so far.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    afternoon: Option<bool>,
    utc: bool,
    offset: Option<i64>,
    zone: Vec<u8>,
}

impl Time {
    /// Reads a moment by a layout; without a zone it is local.
    ///
    /// # Errors
    /// Where the text isn't in the layout, or no moment.
    pub fn parse(layout: &[u8], text: &[u8]) -> Result<Self, InvalidTime> {
        let error = |element: &[u8], rest: &[u8], message: &str| InvalidTime {
            layout: layout.to_vec(),
            text: text.to_vec(),
            element: element.to_vec(),
            rest: rest.to_vec(),
            message: message.to_owned(),
        };
        let mut fields = Fields::default();
        let (mut pattern, mut rest) = (layout, text);
        loop {
            let (literal, element, after) = next(pattern);
            let spelled = &pattern[literal.len()..pattern.len() - after.len()];
            if let Err(at) = skip(&mut rest, literal) {
                return Err(error(literal, at, ""));
            }
            let Some(element) = element else {
                if rest.is_empty() {
                    break;
                }
                return Err(error(b"", rest, &format!(": extra text: {}", quoted(rest))));
            };
            let before = rest;
            match fields.read(element, &mut rest, after) {
                Ok(()) => {}
                Err(Wrong::Syntax) => return Err(error(spelled, before, "")),
                Err(Wrong::Range(what)) => return Err(error(spelled, rest, &format!(": {what} out of range"))),
            }
            pattern = after;
        }
        fields.moment().map_err(|message| error(b"", text, message))
    }
}

/// Goes past literal text; a space stands for any number of them.
fn skip<'t>(rest: &mut &'t [u8], literal: &[u8]) -> Result<(), &'t [u8]> {
    let without_space = |text: &'t [u8]| &text[text.iter().take_while(|byte| **byte == b' ').count()..];
    let mut literal = literal;
    while let Some((first, others)) = literal.split_first() {
        if *first == b' ' {
            if rest.first().is_some_and(|byte| *byte != b' ') {
                return Err(rest);
            }
            literal = &literal[literal.iter().take_while(|byte| **byte == b' ').count()..];
            *rest = without_space(rest);
            continue;
        }
        match rest.split_first() {
            Some((found, after)) if found == first => *rest = after,
            _ => return Err(rest),
        }
        literal = others;
    }
    Ok(())
}

/// Takes bytes off the front.
fn take<'t>(rest: &mut &'t [u8], count: usize) -> Result<&'t [u8], Wrong> {
    if rest.len() < count {
        return Err(Wrong::Syntax);
    }
    let (front, after) = rest.split_at(count);
    *rest = after;
    Ok(front)
}

/// A number of one or two digits, or of exactly two.
fn number(rest: &mut &[u8], exactly_two: bool) -> Result<i64, Wrong> {
    let digits = rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || (exactly_two && digits < 2) {
        return Err(Wrong::Syntax);
    }
    digits_of(take(rest, digits)?)
}

/// The number that digits make.
fn digits_of(text: &[u8]) -> Result<i64, Wrong> {
    std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).ok_or(Wrong::Syntax)
}

/// A name, whatever its case: its index.
fn name(rest: &mut &[u8], names: &[&str], length: Option<usize>) -> Result<i64, Wrong> {
    for (index, name) in names.iter().enumerate() {
        let name = length.map_or(*name, |length| &name[..length]);
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            take(rest, name.len())?;
            return Ok(i64::try_from(index).unwrap_or(0));
        }
    }
    Err(Wrong::Syntax)
}

/// A number that must lie in a range.
fn ranged(found: i64, range: std::ops::Range<i64>, what: &'static str) -> Result<i64, Wrong> {
    if range.contains(&found) { Ok(found) } else { Err(Wrong::Range(what)) }
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'.' | b',')
}

/// Nanoseconds from a separator and digits.
fn nanoseconds(text: &[u8]) -> Result<i64, Wrong> {
    let Some((separator, digits)) = text.split_first() else { return Err(Wrong::Syntax) };
    if !is_separator(*separator) || digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Wrong::Syntax);
    }
    let digits = &digits[..digits.len().min(9)];
    let missing = u32::try_from(9 - digits.len()).unwrap_or(0);
    Ok(digits_of(digits)? * 10_i64.pow(missing))
}

impl Fields {
    fn read(&mut self, element: Element, rest: &mut &[u8], after: &[u8]) -> Result<(), Wrong> {
        match element {
            Element::Year => {
                let year = year(take(rest, 2)?)?;
                self.year = if year >= 69 { year + 1900 } else { year + 2000 };
            }
            Element::LongYear => {
                if !rest.first().is_some_and(u8::is_ascii_digit) {
                    return Err(Wrong::Syntax);
                }
                self.year = year(take(rest, 4)?)?;
            }
            Element::Month => self.month = Some(name(rest, &MONTHS, Some(3))? + 1),
            Element::LongMonth => self.month = Some(name(rest, &MONTHS, None)? + 1),
            Element::NumberedMonth | Element::ZeroMonth => {
                let month = number(rest, element == Element::ZeroMonth)?;
                self.month = Some(ranged(month, 1..13, "month")?);
            }
            Element::Weekday => drop(name(rest, &WEEKDAYS, Some(3))?),
            Element::LongWeekday => drop(name(rest, &WEEKDAYS, None)?),
            Element::Day | Element::UnderDay | Element::ZeroDay => {
                if element == Element::UnderDay && rest.first() == Some(&b' ') {
                    take(rest, 1)?;
                }
                self.day = Some(number(rest, element == Element::ZeroDay)?);
            }
            Element::UnderYearDay | Element::ZeroYearDay => self.day_of_year(element, rest)?,
            _ => return self.read_clock(element, rest, after),
        }
        Ok(())
    }

    fn day_of_year(&mut self, element: Element, rest: &mut &[u8]) -> Result<(), Wrong> {
        for _ in 0..2 {
            if element == Element::UnderYearDay && rest.first() == Some(&b' ') {
                take(rest, 1)?;
            }
        }
        let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || (element == Element::ZeroYearDay && digits < 3) {
            return Err(Wrong::Syntax);
        }
        self.day_of_year = Some(digits_of(take(rest, digits)?)?);
        Ok(())
    }

    fn read_clock(&mut self, element: Element, rest: &mut &[u8], after: &[u8]) -> Result<(), Wrong> {
        match element {
            Element::Hour => self.hour = ranged(number(rest, false)?, 0..24, "hour")?,
            Element::Hour12 | Element::ZeroHour12 => {
                self.hour = ranged(number(rest, element == Element::ZeroHour12)?, 0..13, "hour")?;
            }
            Element::Minute | Element::ZeroMinute => {
                self.minute = ranged(number(rest, element == Element::ZeroMinute)?, 0..60, "minute")?;
            }
            Element::Second | Element::ZeroSecond => {
                self.second = ranged(number(rest, element == Element::ZeroSecond)?, 0..60, "second")?;
                let fraction_follows = matches!(next(after), (b"", Some(Element::Fraction { .. }), _))
                    || matches!(next(after).1, Some(Element::Fraction { .. }));
                if !fraction_follows {
                    self.fraction(rest)?;
                }
            }
            Element::UpperHalf | Element::LowerHalf => {
                let (noon, morning): (&[u8], &[u8]) =
                    if element == Element::UpperHalf { (b"PM", b"AM") } else { (b"pm", b"am") };
                let half = take(rest, 2)?;
                if half != noon && half != morning {
                    return Err(Wrong::Syntax);
                }
                self.afternoon = Some(half == noon);
            }
            Element::Fraction { digits, nines: false, .. } => {
                self.nanosecond = nanoseconds(take(rest, digits + 1)?)?;
            }
            Element::Fraction { nines: true, .. } => self.fraction(rest)?,
            Element::ZoneName => self.zone_name(rest)?,
            Element::Offset { iso, colons, parts } => self.offset(iso, colons, parts, rest)?,
            _ => {}
        }
        Ok(())
    }

    /// Digits of a second that may be there.
    fn fraction(&mut self, rest: &mut &[u8]) -> Result<(), Wrong> {
        if rest.len() < 2 || !is_separator(rest[0]) || !rest[1].is_ascii_digit() {
            return Ok(());
        }
        let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.nanosecond = nanoseconds(take(rest, digits + 1)?)?;
        Ok(())
    }

    /// The moment, or why there is none.
    fn moment(mut self) -> Result<Time, &'static str> {
        match self.afternoon {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        let date = self.date()?;
        let local = date.days() * DAY + self.hour * 3_600 + self.minute * 60 + self.second;
        let nanoseconds = u32::try_from(self.nanosecond).unwrap_or(0);
        let moment = |seconds, zone| Ok(Time { seconds, nanoseconds, zone });
        let name = String::from_utf8_lossy(&self.zone).into_owned();
        match (self.utc, self.offset) {
            (true, _) => moment(local, Zone::Utc),
            (false, Some(0)) if name.is_empty() || name == "UTC" => moment(local, Zone::Local),
            // Go marks an offset that wasn't there with -1, so a second west of UTC is as none.
            (false, Some(offset)) if offset != -1 => moment(local - offset, Zone::Fixed { name, offset }),
            _ if name.is_empty() => moment(local, Zone::Local),
            _ => {
                let offset = name.strip_prefix("GMT").and_then(|hours| hours.parse::<i64>().ok()).unwrap_or(0) * 3_600;
                moment(local - offset, Zone::Fixed { name, offset })
            }
        }
    }

    fn date(&self) -> Result<Date, &'static str> {
        let year = self.year;
        let Some(day_of_year) = self.day_of_year else {
            let date = Date { year, month: self.month.unwrap_or(1), day: self.day.unwrap_or(1) };
            let valid = (1..=date.month_length()).contains(&date.day);
            return if valid { Ok(date) } else { Err(": day out of range") };
        };
        if day_of_year < 1 || day_of_year > 365 + i64::from(is_leap(year)) {
            return Err(": day-of-year out of range");
        }
        let date = Date::of_days(Date { year, month: 1, day: 1 }.days() + day_of_year - 1);
        if self.month.is_some_and(|month| month != date.month) {
            return Err(": day-of-year does not match month");
        }
        if self.day.is_some_and(|day| day != date.day) {
            return Err(": day-of-year does not match day");
        }
        Ok(date)
    }
}

/// A year's digits; Go takes a sign too.
fn year(text: &[u8]) -> Result<i64, Wrong> {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Wrong::Syntax);
    }
    digits_of(text)
}
