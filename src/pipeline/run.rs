//! One whole pass, as one value.

use super::admit::admit;
use super::assemble::{Assembled, Candidate, assemble, contained};
use super::conclude::{Contribution, conclude};
use super::conflict::Conflict;
use super::decision::{Evidence, Stage};
use super::ending::{Ending, ending};
use super::known::{Known, PlanId};
use super::log::LogLine;
use super::merge::{Fragment, Merged, merge};
use super::order::order;
use super::reason::Reason;
use super::rules::Rules;
use super::told::told;
use super::verdict::Verdict;
use crate::dynamic::Configuration;
use crate::model::{Inventory, Release};
use crate::settings::Provider;
use crate::template::Ambient;

/// One whole pass: what went in, what became of it, and what comes out. Every command reads this.
#[derive(Debug, Clone)]
pub struct Run {
    /// What the provider is set to.
    pub settings: Provider,
    /// Whose behaviour this is.
    pub release: Release,
    /// The records that the pass read.
    pub inventory: Inventory,
    /// Whether the pass publishes anything.
    pub ending: Ending,
    /// One for each container, in the order of clusters, tasks and containers.
    pub verdicts: Vec<Verdict>,
    /// What the records come to. It is published only where [`ending`](Self::ending) says so.
    pub configuration: Configuration,
    /// The elements that containers define differently, in the order of sections and names.
    pub conflicts: Vec<Conflict>,
    /// The place of the cluster in which Traefik crashes while it reads.
    pub(super) crashed_in: Option<usize>,
}

/// Plays one pass of the provider over what was read. Pure: the same input gives the same value.
///
/// Where a call failed the records that there are go through all the same, so that it can be said what they would come
/// to; [`Run::ending`] says that nothing of it is published.
pub fn run(inventory: Inventory, settings: &Provider, release: Release, ambient: &Ambient) -> Run {
    let settings = settings.clone();
    let rules = match Rules::read(&settings, release, ambient) {
        Ok(rules) => rules,
        Err(message) => {
            let ending = Ending::Refused { message };
            let (verdicts, configuration, conflicts) = (Vec::new(), Configuration::default(), Vec::new());
            return Run { settings, release, inventory, ending, verdicts, configuration, conflicts, crashed_in: None };
        }
    };
    let mut verdicts = Vec::with_capacity(contained(&inventory));
    let mut planned = Vec::with_capacity(verdicts.capacity());
    let Assembled { known, crash } = assemble(&inventory, &settings, release, &mut |known, candidate| {
        let (verdict, plan) = take(known, candidate, &rules);
        verdicts.push(verdict);
        planned.push(plan);
    });
    let (contributions, order) = contributions(&verdicts, &planned);
    let mut plans = known.into_plans();
    let merged = merge(&fragments(&verdicts, &planned, &order), &mut plans, release);
    let ending = ending(&inventory, crash.as_ref(), verdicts.iter());
    conclude(&mut verdicts, &contributions, &plans, &merged);
    drop(plans);
    let Merged { configuration, conflicts } = merged;
    let crashed_in = crash.map(|(cluster, _)| cluster);
    Run { settings, release, inventory, ending, verdicts, configuration, conflicts, crashed_in }
}

/// Takes a container through the filters and plans what it contributes.
fn take(known: &mut Known<'_>, candidate: Candidate, rules: &Rules<'_>) -> (Verdict, Option<PlanId>) {
    let Candidate { mut verdict, standing } = candidate;
    let plan = standing.and_then(|standing| {
        admit(&mut verdict, &standing, known.get(standing.labels), rules)?;
        let plan = match known.plan(standing.labels, &verdict.name, rules) {
            Ok(plan) => plan,
            Err(error) => {
                verdict.step(Stage::Labels, Err(Reason::LabelsInvalid { error }))?;
                return None;
            }
        };
        let planned = known.planned(plan);
        verdict.step(Stage::Labels, Ok(Evidence::Labels { decoded: planned.counted }))?;
        let (servers, drops) = planned.place(verdict.machine.as_deref()?, rules.release);
        verdict.dropped_routers = drops;
        verdict.step(Stage::Services, servers.map(Evidence::Services))?;
        Some(plan)
    });
    (verdict, plan)
}

/// What each container contributes, and the places of those that are merged, in the order of their names. Of several
/// with one name the last takes the place of the others.
fn contributions(verdicts: &[Verdict], planned: &[Option<PlanId>]) -> (Vec<Option<Contribution>>, Vec<usize>) {
    let mut contributions: Vec<_> =
        planned.iter().map(|plan| plan.map(|plan| Contribution { plan, stands: true })).collect();
    let named: Vec<usize> = (0..verdicts.len()).filter(|at| planned[*at].is_some()).collect();
    let names: Vec<&str> = named.iter().map(|at| &**verdicts[*at].instance()).collect();
    let sorted: Vec<usize> = order(&names).into_iter().map(|at| named[at]).collect();
    let mut standing = Vec::with_capacity(sorted.len());
    for (at, place) in sorted.iter().enumerate() {
        let next = sorted.get(at + 1);
        if next.is_some_and(|next| verdicts[*next].instance() == verdicts[*place].instance()) {
            contributions[*place] = contributions[*place].map(|of| Contribution { stands: false, ..of });
        } else {
            standing.push(*place);
        }
    }
    (contributions, standing)
}

/// What is merged.
fn fragments<'a>(verdicts: &'a [Verdict], planned: &[Option<PlanId>], order: &[usize]) -> Vec<Fragment<'a>> {
    let fragment = |at: &usize| {
        let verdict = &verdicts[*at];
        Some(Fragment { instance: verdict.instance(), plan: planned[*at]?, servers: verdict.made_servers() })
    };
    order.iter().filter_map(fragment).collect()
}

impl Run {
    /// The configuration that Traefik publishes, if it publishes any.
    pub fn published(&self) -> Option<&Configuration> {
        self.ending.is_published().then_some(&self.configuration)
    }

    /// What Traefik would log, in an order of our own: its true order depends on the order of maps.
    pub fn log(&self) -> Vec<LogLine> {
        told(self)
    }

    /// Containers that are routed.
    pub fn routed(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.is_routed())
    }

    /// Containers that aren't.
    pub fn skipped(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| !verdict.is_routed())
    }
}
