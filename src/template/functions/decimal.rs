//! Decimal numbers of any length: `addf` and its kin calculate with them, so that 0.1 and 0.2 make 0.3.

use num_bigint::{BigInt, Sign};

/// Places behind the point that a division gives.
const DIVISION_PLACES: i64 = 16;

/// `coefficient × 10^exponent`.
#[derive(Debug, Clone)]
pub(super) struct Decimal {
    coefficient: BigInt,
    exponent: i64,
}

impl Decimal {
    /// The shortest decimal number that stands for a floating-point number.
    ///
    /// # Errors
    /// For what is no finite number.
    pub(super) fn of(number: f64) -> Result<Self, String> {
        if !number.is_finite() {
            let text = crate::golang::format::float::format(number, b'g', None);
            return Err(format!("Cannot create a Decimal from {text}"));
        }
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let coefficient = format!("{whole}{fraction}").parse().unwrap_or_default();
        let places = i64::try_from(fraction.len()).unwrap_or(0);
        Ok(Self { coefficient, exponent: exponent.parse::<i64>().unwrap_or(0) - places })
    }

    /// Bytes that it takes.
    pub(super) fn size(&self) -> usize {
        usize::try_from(self.coefficient.bits() / 8).unwrap_or(usize::MAX) + 16
    }

    /// Both with the smaller exponent.
    fn aligned(&self, other: &Self) -> (BigInt, BigInt, i64) {
        let exponent = self.exponent.min(other.exponent);
        (self.scaled(exponent), other.scaled(exponent), exponent)
    }

    fn scaled(&self, exponent: i64) -> BigInt {
        &self.coefficient * power_of_ten(self.exponent - exponent)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let (one, two, exponent) = self.aligned(other);
        Self { coefficient: one + two, exponent }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let (one, two, exponent) = self.aligned(other);
        Self { coefficient: one - two, exponent }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Self { coefficient: &self.coefficient * &other.coefficient, exponent: self.exponent + other.exponent }
    }

    /// Rounded to 16 places, halves away from zero.
    pub(super) fn over(&self, other: &Self) -> Result<Self, String> {
        if other.coefficient.sign() == Sign::NoSign {
            return Err("decimal division by 0".to_owned());
        }
        let shift = self.exponent - other.exponent + DIVISION_PLACES;
        let (mut above, mut below) = (self.coefficient.clone(), other.coefficient.clone());
        if shift >= 0 {
            above *= power_of_ten(shift);
        } else {
            below *= power_of_ten(-shift);
        }
        let negative = (above.sign() == Sign::Minus) != (below.sign() == Sign::Minus);
        let (above, below) = (above.magnitude().clone(), below.magnitude().clone());
        let quotient = (&above * 2_u32 + &below) / (&below * 2_u32);
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        Ok(Self { coefficient: BigInt::from_biguint(sign, quotient), exponent: -DIVISION_PLACES })
    }

    /// The nearest floating-point number.
    pub(super) fn nearest(&self) -> f64 {
        format!("{}e{}", self.coefficient, self.exponent).parse().unwrap_or(0.0)
    }
}

fn power_of_ten(exponent: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(exponent.clamp(0, 1 << 20)).unwrap_or(0))
}
