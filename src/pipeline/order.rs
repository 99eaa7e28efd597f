//! Many names in byte order. The names of a fleet's containers begin alike and differ soon after, so that sixteen bytes
//! behind what they have in common decide nearly always.

/// The places of names in byte order; equal names stay in their own order.
pub(super) fn order(names: &[&str]) -> Vec<usize> {
    let common = common(names);
    let mut keyed: Vec<(u128, usize)> = names.iter().enumerate().map(|(at, name)| (key(name, common), at)).collect();
    keyed.sort_unstable_by(|(a, first), (b, second)| {
        a.cmp(b).then_with(|| names[*first].cmp(names[*second])).then(first.cmp(second))
    });
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// How many bytes all names begin with.
fn common(names: &[&str]) -> usize {
    let Some((first, rest)) = names.split_first() else { return 0 };
    rest.iter().fold(first.len(), |common, name| {
        first.bytes().zip(name.bytes()).take(common).take_while(|(a, b)| a == b).count()
    })
}

/// The bytes behind the common ones as one number. It never puts two names in the wrong order.
fn key(name: &str, common: usize) -> u128 {
    let mut bytes = [0; 16];
    let rest = &name.as_bytes()[common..];
    let length = rest.len().min(bytes.len());
    bytes[..length].copy_from_slice(&rest[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::order;

    proptest! {
        #[test]
        fn it_is_byte_order(start in "[a-c]{0,20}", ends in prop::collection::vec("[\0-\u{2}a-bé]{0,20}", 0..30)) {
            let names: Vec<String> = ends.iter().map(|end| format!("{start}{end}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut sorted: Vec<usize> = (0..names.len()).collect();
            sorted.sort_by_key(|at| names[*at]);
            prop_assert_eq!(order(&names), sorted);
        }
    }
}
