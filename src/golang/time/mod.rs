//! Go's package `time`: moments in a time zone, printed and read by its layouts.
//!
//! The local time zone is UTC, as it is where Traefik runs in a container. Zones come from the database that is built
//! in, never from the system.

mod calendar;
mod layout;
mod print;
mod read;

use std::rc::Rc;

use jiff::tz::{TimeZone, TimeZoneDatabase};

pub use calendar::Date;
pub use print::{month_name, weekday_name};
pub use read::InvalidTime;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A moment, and the zone that it is seen in.
#[derive(Debug, Clone)]
pub struct Time {
    /// Since 1970, in UTC.
    pub seconds: i64,
    /// Below a second.
    pub nanoseconds: u32,
    /// Where it is seen.
    pub zone: Zone,
}

/// A time zone.
#[derive(Debug, Clone)]
pub enum Zone {
    /// `time.UTC`.
    Utc,
    /// `time.Local`, which is UTC too, but not the same pointer.
    Local,
    /// A zone of the database.
    Named(Rc<TimeZone>, String),
    /// An offset that a text had, perhaps with a name.
    Fixed {
        /// The name, perhaps none.
        name: String,
        /// Seconds east of UTC.
        offset: i64,
    },
}

impl Zone {
    /// `time.LoadLocation`: a zone by its exact name.
    pub fn load(name: &str) -> Option<Self> {
        match name {
            "" | "UTC" => return Some(Self::Utc),
            "Local" => return Some(Self::Local),
            _ => {}
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        if zone.iana_name() != Some(name) {
            return None;
        }
        Some(Self::Named(Rc::new(zone), name.to_owned()))
    }

    /// What its method `String` gives.
    pub fn name(&self) -> &str {
        match self {
            Self::Utc | Self::Local => "UTC",
            Self::Named(_, name) | Self::Fixed { name, .. } => name,
        }
    }

    /// Whether Go has one pointer for both.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Utc, Self::Utc) | (Self::Local, Self::Local) => true,
            (Self::Named(one, _), Self::Named(two, _)) => Rc::ptr_eq(one, two),
            _ => false,
        }
    }

    /// Abbreviation, offset, and whether it is summer time, at a moment.
    fn at(&self, seconds: i64) -> (String, i64, bool) {
        match self {
            Self::Utc | Self::Local => ("UTC".to_owned(), 0, false),
            Self::Fixed { name, offset } => (name.clone(), *offset, false),
            Self::Named(zone, _) => {
                let (least, most) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
                let moment = jiff::Timestamp::from_second(seconds.clamp(least, most)).unwrap_or_default();
                let info = zone.to_offset_info(moment);
                (info.abbreviation().to_owned(), i64::from(info.offset().seconds()), info.dst().is_dst())
            }
        }
    }
}

impl Time {
    /// The zero time: the start of year 1.
    pub fn zero() -> Self {
        Self { seconds: Date { year: 1, month: 1, day: 1 }.days() * DAY, nanoseconds: 0, zone: Zone::Utc }
    }

    /// A moment by its seconds, in the local zone.
    pub fn unix(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0, zone: Zone::Local }
    }

    /// The same moment in another zone.
    #[must_use]
    pub fn within(&self, zone: Zone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// The zone's abbreviation, offset, and whether it is summer time.
    pub fn zone_info(&self) -> (String, i64, bool) {
        self.zone.at(self.seconds)
    }

    /// Date and second of the day, as the zone's clocks show them.
    pub fn civil(&self) -> (Date, i64) {
        let local = self.seconds.wrapping_add(self.zone_info().1);
        (Date::of_days(local.div_euclid(DAY)), local.rem_euclid(DAY))
    }

    /// The day of the week, from Sunday.
    pub fn weekday(&self) -> i64 {
        (self.civil().0.days() + 4).rem_euclid(7)
    }

    /// A moment so many nanoseconds later.
    #[must_use]
    pub fn plus(&self, nanoseconds: i64) -> Self {
        let sum = i64::from(self.nanoseconds) + nanoseconds % 1_000_000_000;
        let seconds =
            self.seconds.wrapping_add(nanoseconds / 1_000_000_000).wrapping_add(sum.div_euclid(1_000_000_000));
        let nanoseconds = u32::try_from(sum.rem_euclid(1_000_000_000)).unwrap_or(0);
        Self { seconds, nanoseconds, zone: self.zone.clone() }
    }

    /// Nanoseconds since another moment, as many as fit.
    pub fn since(&self, other: &Self) -> i64 {
        let seconds = i128::from(self.seconds) - i128::from(other.seconds);
        let total = seconds * 1_000_000_000 + i128::from(self.nanoseconds) - i128::from(other.nanoseconds);
        i64::try_from(total).unwrap_or(if total < 0 { i64::MIN } else { i64::MAX })
    }

    /// Years, months and days later; days that a month doesn't have run into the next.
    #[must_use]
    pub fn plus_date(&self, years: i64, months: i64, days: i64) -> Self {
        let (date, second) = self.civil();
        let bounded = |number: i64| number.clamp(-1 << 40, 1 << 40);
        let months = date.month - 1 + bounded(months);
        let year = date.year + bounded(years) + months.div_euclid(12);
        let first = Date { year, month: months.rem_euclid(12) + 1, day: 1 };
        let day = first.days().wrapping_add(date.day - 1).wrapping_add(bounded(days));
        self.at_local(day.wrapping_mul(DAY).wrapping_add(second))
    }

    /// The moment at which the zone's clocks show so many seconds since 1970.
    fn at_local(&self, local: i64) -> Self {
        let mut seconds = local.wrapping_sub(self.zone.at(local).1);
        // The offset was taken at another moment than is meant; a second look settles it.
        let offset = self.zone.at(seconds).1;
        if local.wrapping_sub(offset) != seconds {
            seconds = local.wrapping_sub(offset);
        }
        Self { seconds, nanoseconds: self.nanoseconds, zone: self.zone.clone() }
    }

    /// The order of the moments, whatever their zones.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.seconds, self.nanoseconds).cmp(&(other.seconds, other.nanoseconds))
    }

    /// Nanoseconds since the zero time, for rounding.
    pub fn absolute(&self) -> i128 {
        let zero = Self::zero();
        (i128::from(self.seconds) - i128::from(zero.seconds)) * 1_000_000_000 + i128::from(self.nanoseconds)
    }
}
