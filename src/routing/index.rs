//! Routers by the hosts and the beginnings of paths that they need, so that a request asks only the few whose rules
//! it can meet. What an index leaves out doesn't match; what it gives is still to be asked.

use std::collections::BTreeMap;

use crate::rule::{Needs, plain_host};

/// Numbers of routers by what they need.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_host: BTreeMap<String, Beginnings>,
    /// Those that need no host.
    free: Beginnings,
}

/// Numbers by the beginning of a path.
#[derive(Debug, Default)]
struct Beginnings(Vec<Beginning>);

#[derive(Debug)]
struct Beginning {
    text: Vec<u8>,
    /// The longest other one that this one begins with.
    within: Option<usize>,
    numbers: Vec<usize>,
}

impl Index {
    /// An index of routers, which are numbered in their order.
    pub(super) fn new(all: impl Iterator<Item = Needs>) -> Self {
        let mut sorted: BTreeMap<Option<String>, BTreeMap<Vec<u8>, Vec<usize>>> = BTreeMap::new();
        for (number, needs) in all.enumerate() {
            let hosts = match needs.hosts {
                None => vec![None],
                Some(hosts) => hosts.into_iter().map(Some).collect(),
            };
            for host in hosts {
                sorted.entry(host).or_default().entry(needs.prefix.clone()).or_default().push(number);
            }
        }
        let free = sorted.remove(&None).map(Beginnings::new).unwrap_or_default();
        let hosted = sorted.into_iter().filter_map(|(host, numbers)| Some((host?, Beginnings::new(numbers))));
        Self { by_host: hosted.collect(), free }
    }

    /// The numbers of the routers that a request can meet, in order.
    pub(super) fn near(&self, host: &str, path: &[u8]) -> Vec<usize> {
        let mut numbers = Vec::new();
        if let Some(hosted) = self.by_host.get(plain_host(host)) {
            hosted.collect(path, &mut numbers);
        }
        self.free.collect(path, &mut numbers);
        numbers.sort_unstable();
        numbers
    }
}

impl Beginnings {
    fn new(sorted: BTreeMap<Vec<u8>, Vec<usize>>) -> Self {
        let mut all: Vec<Beginning> = Vec::with_capacity(sorted.len());
        for (text, numbers) in sorted {
            let mut within = all.len().checked_sub(1);
            while let Some(at) = within.filter(|at| !text.starts_with(&all[*at].text)) {
                within = all[at].within;
            }
            all.push(Beginning { text, within, numbers });
        }
        Self(all)
    }

    /// Adds the numbers of all beginnings of a path. Of those that sort before the path the last one begins with the
    /// longest that the path begins with, so from there on each leads to the next.
    fn collect(&self, path: &[u8], numbers: &mut Vec<usize>) {
        let mut at = self.0.partition_point(|beginning| beginning.text.as_slice() <= path).checked_sub(1);
        while let Some(beginning) = at.map(|at| &self.0[at]) {
            if path.starts_with(&beginning.text) {
                numbers.extend(&beginning.numbers);
            }
            at = beginning.within;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Index;
    use crate::rule::Needs;

    #[test]
    fn all_beginnings_of_a_path_are_found() {
        let prefixes = ["", "/a", "/a/b", "/a/c", "/ab", "/b"];
        let index = Index::new(prefixes.iter().map(|prefix| Needs { prefix: prefix.as_bytes().to_vec(), hosts: None }));
        for (path, expected) in [
            ("/a/c/d", vec![0, 1, 3]),
            ("/a/bz", vec![0, 1, 2]),
            ("/abc", vec![0, 1, 4]),
            ("/", vec![0]),
            ("/c", vec![0]),
        ] {
            assert_eq!(index.near("h", path.as_bytes()), expected, "{path}");
        }
    }

    #[test]
    fn hosts_are_found_beside_those_that_need_none() {
        let on = |host: &str| Needs { hosts: Some([host.to_owned()].into()), prefix: Vec::new() };
        let index = Index::new([on("a"), Needs::default(), on("b"), on("a")].into_iter());
        assert_eq!(index.near("a.", b"/"), [0, 1, 3]);
        assert_eq!(index.near("c", b"/"), [1]);
    }
}
