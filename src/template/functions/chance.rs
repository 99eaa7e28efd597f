//! Functions that want chance: it follows from the seed, so that a rendering can be repeated.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::arguments::{bytes, count, integer};
use crate::golang::unicode::{encode, runes};
use crate::golang::value::Value;
use crate::template::function::{Function, Outcome, Param, Run};

const COUNT: &[Param] = &[Param::Int];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "randAlphaNum",
        COUNT,
        |a, r| characters(a, r, char::is_alphanumeric),
        &[("{{ randAlphaNum 4 | len }}", "4")],
    ),
    Function::new(
        "randAlpha",
        COUNT,
        |a, r| characters(a, r, char::is_alphabetic),
        &[("{{ randAlpha 4 | len }}", "4")],
    ),
    Function::new(
        "randNumeric",
        COUNT,
        |a, r| characters(a, r, char::is_numeric),
        &[("{{ randNumeric 4 | len }}", "4")],
    ),
    Function::new("randAscii", COUNT, |a, r| characters(a, r, |_| true), &[("{{ randAscii 4 | len }}", "4")]),
    Function::new("randBytes", COUNT, random_bytes, &[("{{ randBytes 12 | len }}", "16")]),
    Function::new("randInt", &[Param::Int, Param::Int], random_integer, &[("{{ randInt 5 6 }}", "5")]),
    Function::new("uuidv4", &[], |_, r| Ok(Value::text(uuid(r))), &[("{{ uuidv4 | len }}", "36")]),
    Function::new("shuffle", &[Param::String], |a, r| Ok(shuffle(bytes(a, 0), r)), &[("{{ shuffle \"aaa\" }}", "aaa")]),
];

/// So many of the printing characters of ASCII that are wanted.
fn characters(arguments: &[Value], run: &mut Run<'_>, is_wanted: fn(char) -> bool) -> Outcome {
    let count = count(arguments, 0);
    run.budget.reserve(count)?;
    let set: Vec<char> = (' '..='~').filter(|character| is_wanted(*character)).collect();
    let picked = (0..count).map(|_| {
        let index = run.random.below(set.len() as u64);
        set[usize::try_from(index).unwrap_or(0)]
    });
    Ok(Value::text(picked.collect::<String>()))
}

fn random_bytes(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    if integer(arguments, 0) < 0 {
        return Err("runtime error: makeslice: len out of range".to_owned());
    }
    let count = count(arguments, 0);
    run.budget.reserve(count.saturating_mul(2))?;
    Ok(Value::text(STANDARD.encode(run.random.bytes(count))))
}

fn random_integer(arguments: &[Value], run: &mut Run<'_>) -> Outcome {
    let (least, limit) = (integer(arguments, 0), integer(arguments, 1));
    let range = limit.wrapping_sub(least);
    let range = u64::try_from(range).ok().filter(|range| *range > 0).ok_or("invalid argument to Intn")?;
    Ok(Value::Int(least.wrapping_add_unsigned(run.random.below(range))))
}

fn uuid(run: &mut Run<'_>) -> String {
    let high = run.random.next() & !0xf000 | 0x4000;
    let low = run.random.next() & (u64::MAX >> 2) | 1 << 63;
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xffff);
    format!("{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}", low >> 48, low & 0xffff_ffff_ffff)
}

fn shuffle(text: &[u8], run: &mut Run<'_>) -> Value {
    let mut characters: Vec<char> = runes(text).map(|(_, character)| character).collect();
    for last in (1..characters.len()).rev() {
        let other = run.random.below(last as u64 + 1);
        characters.swap(last, usize::try_from(other).unwrap_or(0));
    }
    Value::bytes(encode(characters))
}
