//! `--suggest` and `--fix`: the smallest policy that suffices, and the least change to one that doesn't.
//!
//! Nothing is shown that the evaluator has not found to suffice.

use std::path::Path;

use super::super::Exit;
use super::super::output::deliver;
use super::context::Target;
use super::{Check, load};
use crate::cli::SuggestFormat;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::iam::{self, Decision, Policies, Reading, Scope};
use crate::model::{Action, Release};

/// Prints the smallest policy that suffices.
pub(super) fn suggest(
    check: &Check<'_>,
    format: SuggestFormat,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let target = check.target(&Policies::default());
    let actions = check.wanted();
    let suggestion = iam::suggest(&actions, &check.known.widened(&target), scope(check));
    let document = suggestion.json();
    proved(&document.to_string(), &actions, &target)?;
    if !check.arguments.unscoped {
        check.known.say_what_is_open(console);
    }
    if check.settings.release == Release::V1_7 {
        console.note("the Sid of v1's own documentation, `Traefik ECS read access`, has spaces, which IAM refuses");
    }
    let bytes = match format {
        SuggestFormat::Json => crate::render::json(&document),
        SuggestFormat::Terraform => suggestion.terraform().into_bytes(),
        SuggestFormat::Cloudformation => suggestion.cloudformation().into_bytes(),
    };
    deliver(check.arguments.output.output.as_deref(), &bytes, surroundings, console)?;
    Ok(Exit::Yes)
}

fn scope(check: &Check<'_>) -> Scope {
    if check.arguments.unscoped { Scope::Everything } else { Scope::Clusters }
}

/// What a document says of an action, in each of its requests.
fn decided<'a>(policies: &'a Policies, action: Action, target: &Target) -> Vec<Decision<'a>> {
    let questions = target.site.questions(action, &target.knowledge);
    questions.iter().map(|(_, question)| iam::decide(policies, question)).collect()
}

fn allows(policies: &Policies, action: Action, target: &Target) -> bool {
    decided(policies, action, target).iter().all(|decision| matches!(decision, Decision::Allowed(_)))
}

fn alone(reading: &Reading) -> Policies {
    Policies { identity: reading.accepted().cloned().into_iter().collect(), ..Policies::default() }
}

/// Checks that a document allows these actions, as `check-policy` itself would.
fn proved(document: &str, actions: &[Action], target: &Target) -> Result<(), Failure> {
    let policies = alone(&iam::read(document));
    match actions.iter().find(|action| !allows(&policies, **action, target)) {
        None => Ok(()),
        Some(action) => Err(Failure::system(format!("no policy could be found that allows {action} here"))),
    }
}

/// Prints the least change to a policy as a diff; nothing where it suffices.
pub(super) fn fix(
    check: &Check<'_>,
    file: &Path,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let text = load::text(file, surroundings, console)?;
    let mended = iam::mended(&text);
    let reading = iam::read(&mended);
    let Some(policy) = reading.accepted() else { return Err(load::refused(file, &mended, &reading)) };
    let policies = alone(&reading);
    let target = check.target(&policies);
    let actions = check.wanted();
    let is_denied = |decision: &Decision<'_>| matches!(decision, Decision::Denied(_));
    if let Some(action) = actions.iter().find(|action| decided(&policies, **action, &target).iter().any(is_denied)) {
        return Err(Failure::input(format!("{} denies {action} explicitly: no addition mends that", file.display()))
            .hint("`ecsroute check-policy` shows the statement"));
    }
    let missing: Vec<Action> = actions.iter().copied().filter(|action| !allows(&policies, *action, &target)).collect();
    let fixed = if missing.is_empty() {
        mended
    } else {
        iam::fix(&mended, policy, &iam::suggest(&missing, &check.known.widened(&target), scope(check)))
    };
    if fixed == text {
        console.note(&format!("{} allows everything that is needed", file.display()));
        return Ok(Exit::Yes);
    }
    proved(&fixed, &actions, &target)?;
    let name = file.display().to_string();
    let diff = similar::TextDiff::from_lines(&text, &fixed);
    let unified = diff.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string();
    deliver(check.arguments.output.output.as_deref(), unified.as_bytes(), surroundings, console)?;
    Ok(Exit::No)
}
