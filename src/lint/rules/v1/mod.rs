//! Rules about Traefik 1.7: they look at the pass of its own provider, and find nothing where another release is asked.

pub mod backend_by_chance;
pub mod label_breaks_all;
pub mod label_unread;
pub mod nothing_published;
pub mod port_missing;
pub mod rule_refused;

use crate::lint::finding::Finding;
use crate::lint::given::{Container, Definition};
use crate::lint::place::{Site, Word};
use crate::lint::rule::Rule;
use crate::lint::world::{World, title};
use crate::v1::Verdict;

/// A container that 1.7's pass has judged, with what was written of it.
struct Judged<'a> {
    verdict: &'a Verdict,
    definition: &'a Definition,
    container: &'a Container,
}

/// Every container that was judged, those of several tasks once.
fn judged<'a>(world: &'a World<'_>) -> Vec<Judged<'a>> {
    let mut seen = std::collections::BTreeSet::new();
    let verdicts = world.old.iter().flat_map(|run| &run.verdicts);
    let found = verdicts.filter(|verdict| seen.insert((&verdict.task.task_definition_arn, &verdict.container)));
    found
        .filter_map(|verdict| {
            let definition = world.definition(&verdict.task.task_definition_arn)?;
            let named = |container: &&Container| {
                container.name.as_ref().and_then(Word::known).unwrap_or_default() == &*verdict.container
            };
            Some(Judged { verdict, definition, container: definition.containers.iter().find(named)? })
        })
        .collect()
}

impl Judged<'_> {
    /// A finding at the value of a label, which may be written for a segment; at the container where there is none.
    fn finding(&self, rule: &'static Rule, label: &str, message: String) -> Finding {
        let of_segment = |key: &str| {
            let (rest, own) = (key.strip_prefix("traefik."), label.strip_prefix("traefik."));
            rest.zip(own).is_some_and(|(rest, own)| rest.ends_with(&format!(".{own}")))
        };
        let known = |fits: &dyn Fn(&str) -> bool| {
            let mut labels = self.container.labels.iter();
            labels.find(|label| label.key.known().is_some_and(fits)).and_then(|label| label.value.site())
        };
        let site: Option<Site> = known(&|key| key == label).or_else(|| known(&of_segment));
        Finding::of(rule, message)
            .about(title(self.definition, self.container))
            .at(site.or_else(|| self.container.site.clone()), "this")
    }
}
