//! `ECS005`: an item of a list of texts that is given by its index, which Traefik ignores.

use crate::lint::decoded::At;
use crate::lint::fields::field;
use crate::lint::finding::{Change, Finding, Fix, Severity};
use crate::lint::given::{Label, is_traefik};
use crate::lint::rule::Rule;
use crate::lint::world::World;
use crate::model::Release;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    id: "ECS005",
    name: "label-index",
    severity: Severity::Error,
    what: "A list of texts is given item by item (`entrypoints[0]`), which Traefik ignores without a word.",
    why: "The list stays empty: a router without entry points listens on all of them, one without its middlewares is \
          open.",
    example: "\"traefik.http.routers.web.entrypoints[0]\": \"websecure\"",
    fix: "Give the whole list in one label, with commas: `entrypoints=web,websecure`.",
    check,
};

fn check(world: &World<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in world.decoded() {
        // One finding for all items of a list, in the order of their numbers.
        let mut lists: BTreeMap<&str, Vec<Item<'_>>> = BTreeMap::new();
        for (position, label) in at.container.labels.iter().enumerate() {
            if let Some((list, number)) = item(label, world.run.release) {
                lists.entry(list).or_default().push(Item { position, number, label });
            }
        }
        for (list, mut items) in lists {
            items.sort_by_key(|item| (item.number, item.position));
            found.push(finding(at, list, &items));
        }
    }
    found
}

/// One item of a list that is given item by item.
struct Item<'a> {
    position: usize,
    number: usize,
    label: &'a Label,
}

/// The list whose item a label gives, and the item's number, where Traefik ignores that.
fn item(label: &Label, release: Release) -> Option<(&str, usize)> {
    let key = label.key.known().filter(|key| is_traefik(key) && key.ends_with(']'))?;
    let index = field(key, release)?.ignored_index.filter(|index| index.end == key.len())?;
    Some((&key[..index.start], key[index.start + 1..index.end - 1].parse().ok()?))
}

fn finding(at: At<'_>, list: &str, items: &[Item<'_>]) -> Finding {
    let name = list.rsplit('.').next().unwrap_or(list);
    let key = items[0].label.key.known().unwrap_or(list);
    let values: Option<Vec<&str>> = items.iter().map(|item| item.label.value.known()).collect();
    let finding = Finding::of(&RULE, format!("Traefik ignores `{key}`: `{name}` is no list of structures"))
        .at(items[0].label.key.site(), "ignored")
        .about(at.title());
    let Some(values) = values else { return finding.help(format!("write `{list}`, with commas between several")) };
    let joined = values.join(",");
    let mut finding = finding.help(format!("write `{list}={joined}`, with commas between several"));
    finding.fix = fix(at, list, items, joined);
    finding
}

/// The first label takes all values, and the others go with what parts them from the label before.
fn fix(at: At<'_>, list: &str, items: &[Item<'_>], joined: String) -> Option<Fix> {
    if at.label(list).is_some() {
        return None;
    }
    let mut written: Vec<&Item<'_>> = items.iter().collect();
    written.sort_by_key(|item| item.position);
    let (first, others) = written.split_first()?;
    let mut changes = vec![(first.label.key.site()?, Change::Text(list.to_owned()))];
    if !others.is_empty() {
        changes.push((first.label.value.site()?, Change::Text(joined)));
    }
    for other in others {
        let before = at.container.labels.get(other.position.checked_sub(1)?)?.value.site()?;
        changes.push((before.up_to(&other.label.value.site()?)?, Change::Gone));
    }
    Some(Fix { changes })
}
