//! Names compared ignoring case, as Go compares them: by Unicode's simple folding.

use std::borrow::Cow;

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// Whether two names differ in case alone.
pub fn same(a: &str, b: &str) -> bool {
    if a == b || a.len() == b.len() && a.eq_ignore_ascii_case(b) {
        return true;
    }
    !(a.is_ascii() && b.is_ascii()) && a.chars().map(folded_char).eq(b.chars().map(folded_char))
}

/// The name that stands for all that differ from it in case alone.
pub(super) fn folded(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().map(folded_char).collect())
}

fn folded_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut orbit = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
    orbit.case_fold_simple();
    orbit.iter().next().map_or(c, |range| range.start().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{folded, same};

    #[test]
    fn names_fold_as_in_go() {
        assert!(same("Routers", "rOUTERS"));
        assert!(same("middleware\u{17f}", "MIDDLEWARES"));
        assert!(same("to\u{212a}en", "token"));
        assert!(same("É", "é"));
        assert!(same("σ", "ς"));
        assert!(!same("ß", "ss"));
        assert!(!same("İ", "i"));
        assert_eq!(folded("To\u{212a}en"), "token");
    }
}
