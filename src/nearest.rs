//! Which known name someone may have meant by one that isn't known.

/// The known name that is nearest to `given`, if any is near enough to be meant: a slip of a letter or two, not another
/// word. Case doesn't count. Of equally near ones the first is taken.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let allowed = (given.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&given, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_mended_and_other_words_are_not() {
        let known = ["rule", "service", "entryPoints", "middlewares"];
        assert_eq!(nearest("entrypoint", known), Some("entryPoints"));
        assert_eq!(nearest("midlewares", known), Some("middlewares"));
        assert_eq!(nearest("rul", known), Some("rule"));
        assert_eq!(nearest("priority", known), None);
        assert_eq!(nearest("", known), None);
    }
}
