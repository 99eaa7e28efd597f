//! Values that conditions compare: numbers, dates, Booleans, bytes, addresses, texts, ARNs.
//!
//! A value that can't be read as what the operator compares makes the comparison neither true nor false; the operator
//! holds in neither sense then.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::arn::ArnPattern;
use super::operator::{Comparison, Family, Operator};
use super::request::Context;
use super::template::{Template, Version, Wildcards};

/// A value of a policy, read as its operator wants it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Text(Template),
    Arn(ArnPattern),
    Number(f64),
    /// Milliseconds since 1970.
    Instant(i64),
    Boolean(bool),
    Bytes(Vec<u8>),
    Network(Network),
    /// Not a value of this kind.
    Unreadable,
}

impl Operand {
    /// Reads a policy's value. Texts of computed parts hold `\0NAME\0` where one stands.
    pub(super) fn read(text: &str, operator: Operator, version: Version) -> Self {
        let wildcards = if operator.has_wildcards() { Wildcards::Match } else { Wildcards::Literal };
        let computed = text.contains('\0');
        let template = || {
            if computed {
                Template::computed(text, wildcards, version)
            } else {
                Template::parse(text, wildcards, version)
            }
        };
        let read = match operator.family {
            Family::Text | Family::TextIgnoringCase | Family::TextLike => Some(Self::Text(template())),
            Family::Arn => ArnPattern::condition(&template()).map(Self::Arn),
            _ if computed => Some(Self::Text(template())),
            Family::Number => number(text).map(Self::Number),
            Family::Date => instant(text).map(Self::Instant),
            Family::Boolean | Family::Presence => boolean(text).map(Self::Boolean),
            Family::Binary => STANDARD.decode(text).ok().map(Self::Bytes),
            Family::Address => Network::read(text).map(Self::Network),
        };
        read.unwrap_or(Self::Unreadable)
    }

    /// The template of a text or an ARN, which may hold variables.
    pub(super) fn template(&self) -> Option<&Template> {
        match self {
            Self::Text(template) => Some(template),
            Self::Arn(pattern) => Some(pattern.template()),
            _ => None,
        }
    }

    /// Compares a value of the request with it. `None` where one of them can't be read, or a variable has no value.
    pub(super) fn compare(&self, actual: &str, operator: Operator, context: &Context) -> Option<bool> {
        match self {
            Self::Text(template) => {
                let folded = operator.family == Family::TextIgnoringCase;
                let pattern = template.expand(context, folded)?;
                Some(pattern.matches(actual))
            }
            Self::Arn(pattern) => is_arn(actual).then(|| pattern.matches(actual, context)).flatten(),
            Self::Number(bound) => number(actual)?.partial_cmp(bound).map(|order| operator.comparison.accepts(order)),
            Self::Instant(bound) => Some(operator.comparison.accepts(instant(actual)?.cmp(bound))),
            Self::Boolean(wanted) => Some(boolean(actual)? == *wanted),
            Self::Bytes(wanted) => Some(STANDARD.decode(actual).ok()? == *wanted),
            Self::Network(network) => Some(network.holds(actual.parse().ok()?)),
            Self::Unreadable => None,
        }
    }
}

impl Comparison {
    fn accepts(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// Whether a text has an ARN's six fields.
pub(super) fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.matches(':').count() >= 5
}

/// A decimal number, an exponent included; no hexadecimal, no infinity.
pub(super) fn number(text: &str) -> Option<f64> {
    let trimmed = text.trim();
    let plain = trimmed.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { trimmed.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// An instant, in milliseconds since 1970: ISO 8601 from a year on (UTC where no offset is given), or seconds since
/// 1970.
pub(super) fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_seconds = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_seconds && !(text.len() == 4 && digits.len() == 4) {
        #[expect(clippy::cast_possible_truncation, reason = "a float saturates, and no date is that far away")]
        return number(text).map(|seconds| (seconds * 1000.0) as i64);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_millisecond());
    }
    let civil = |text: &str| {
        let date_time = text.parse::<jiff::civil::DateTime>();
        date_time.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_millisecond())
    };
    match text.len() {
        4 => civil(&format!("{text}-01-01")),
        7 => civil(&format!("{text}-01")),
        _ => civil(text),
    }
}

/// `true` or `false`, in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match () {
        () if text.eq_ignore_ascii_case("true") => Some(true),
        () if text.eq_ignore_ascii_case("false") => Some(false),
        () => None,
    }
}

/// A range of addresses; a single one is the range of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) first: IpAddr,
    pub(super) last: IpAddr,
}

impl Network {
    /// `203.0.113.0/24`, `2001:db8::/32`, or an address. Bits beyond the prefix don't count.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            None => (text, None),
            Some((address, prefix)) if prefix.bytes().all(|byte| byte.is_ascii_digit()) => {
                (address, Some(prefix.parse::<u32>().ok()?))
            }
            Some(_) => return None,
        };
        match address.parse().ok()? {
            IpAddr::V4(address) => {
                let host = 32_u32.checked_sub(prefix.unwrap_or(32))?;
                let free = u32::MAX.checked_shr(32 - host).unwrap_or(0);
                let first = address.to_bits() & !free;
                Some(Self { first: IpAddr::V4(first.into()), last: IpAddr::V4((first | free).into()) })
            }
            IpAddr::V6(address) => {
                let host = 128_u32.checked_sub(prefix.unwrap_or(128))?;
                let free = u128::MAX.checked_shr(128 - host).unwrap_or(0);
                let first = address.to_bits() & !free;
                Some(Self { first: IpAddr::V6(first.into()), last: IpAddr::V6((first | free).into()) })
            }
        }
    }

    fn holds(self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && self.first <= address && address <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::{Network, instant, number};

    #[test]
    fn dates_are_read_from_a_year_on() {
        let march = 1_772_323_200_000;
        for text in [
            "2026-03-01T00:00:00Z",
            "2026-03-01",
            "2026-03-01T00:00Z",
            "2026-03-01T02:00:00+02:00",
            "2026-03-01T00:00:00",
            "2026-03",
            "1772323200",
        ] {
            assert_eq!(instant(text), Some(march), "{text}");
        }
        assert_eq!(instant("2026"), Some(1_767_225_600_000));
        assert_eq!(instant("soon"), None);
        assert_eq!(instant(""), None);
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(number("300.0"), Some(300.0));
        assert_eq!(number("+5"), Some(5.0));
        assert_eq!(number("0x10"), None);
        assert_eq!(number("inf"), None);
    }

    #[test]
    fn networks_hold_their_addresses() {
        let holds = |network: &str, address: &str| {
            Network::read(network).is_some_and(|network| network.holds(address.parse().expect("an address")))
        };
        assert!(holds("0.0.0.0/0", "255.255.255.255"));
        assert!(holds("10.0.0.5/8", "10.1.2.3"));
        assert!(!holds("10.0.0.0/8", "11.0.0.0"));
        assert!(holds("2001:DB8::1", "2001:db8:0:0::1"));
        assert!(!holds("::/0", "10.0.0.1"));
        assert!(Network::read("203.0.113.0/99").is_none());
        assert!(Network::read("203.0.113.0/").is_none());
    }
}
