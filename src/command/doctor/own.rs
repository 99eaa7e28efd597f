//! What the settings alone show: which form of them is in force, and whether Traefik itself, where it runs, would find a
//! region and a role.

use super::not_looked_up;
use crate::command::settings::Settings;
use crate::model::Release;
use crate::settings::{Launch, Origin, Started};
use crate::view::doctor::{Check, State};

pub(super) fn of_settings(settings: &Settings) -> Vec<Check> {
    let effective = &settings.effective;
    let given = effective.settings.iter().filter(|setting| setting.origin != Origin::Default).count();
    let by = effective.by.as_ref().map(|by| format!(" of {by}")).unwrap_or_default();
    let found = format!("{}{by}, {given} options given", crate::view::settings::source(effective));
    let mut form = Check::new("settings", State::Good, found);
    if !effective.is_on {
        form.state = State::Look;
        form = form.todo("the ECS provider is off: turn it on with `providers.ecs`");
    }
    for assumed in &effective.assumed {
        form.state = State::Look;
        form = form.todo(format!("assumed: {assumed}"));
    }
    vec![form, region(settings), role(settings)]
}

/// Where Traefik itself would find its region. 1.7 knows no variable, and asks the instance.
fn region(settings: &Settings) -> Check {
    const ID: &str = "traefik-region";
    const METADATA: &str = "the metadata service must answer from within a container (hop limit 2): set `region` to \
                            be sure";
    let own = &settings.provider.region;
    if !own.is_empty() {
        return Check::new(ID, State::Good, format!("{own}, by its own settings"));
    }
    let started = settings.effective.started.as_ref();
    let launch = started.map_or(Launch::Either, |started| started.launch);
    if settings.release == Release::V1_7 {
        let found = "not set: Traefik 1.7 asks the instance's metadata";
        return match launch {
            Launch::Fargate => Check::new(ID, State::Bad, format!("{found}, and on Fargate there is none"))
                .todo("set `region` in `[ecs]`"),
            _ => Check::new(ID, State::Look, found).todo(METADATA),
        };
    }
    if let Some(region) = started.and_then(Started::region) {
        return Check::new(ID, State::Good, format!("{region}, by AWS_REGION of its container"));
    }
    match launch {
        Launch::Fargate => Check::new(ID, State::Good, "its own, by AWS_REGION, which Fargate sets"),
        Launch::Instances => {
            Check::new(ID, State::Look, "not set: on EC2 Traefik asks the instance's metadata").todo(METADATA)
        }
        Launch::Either => {
            let found = "not set: Traefik takes AWS_REGION, which Fargate sets, or asks the instance metadata on EC2";
            Check::new(ID, State::Look, found).todo(
                "set `providers.ecs.region`, unless the metadata service answers from within a container (hop limit 2)",
            )
        }
    }
}

/// Whose permissions Traefik itself would have.
fn role(settings: &Settings) -> Check {
    const ID: &str = "traefik-role";
    let provider = &settings.provider;
    if !provider.access_key_id.is_empty() && !provider.secret_access_key.is_empty() {
        return Check::new(ID, State::Look, "keys of its own: set (hidden)")
            .todo("a task role needs no keys that could leak or expire");
    }
    let Some(started) = &settings.effective.started else {
        return not_looked_up(ID).todo("--static-from TASKDEF.json|SERVICE names Traefik's own task");
    };
    if started.has_keys() {
        return Check::new(ID, State::Look, "keys of its container's environment, which win over a role")
            .todo("a task role needs no keys that could leak or expire");
    }
    if let Some(role) = &started.task_role {
        return Check::new(ID, State::Good, format!("the task role {role}"));
    }
    let by = &started.by;
    let (state, found) = match started.launch {
        Launch::Fargate => (State::Bad, format!("{by} has no task role: on Fargate Traefik has no credentials")),
        Launch::Instances => (
            State::Look,
            format!(
                "{by} has no task role: Traefik has the instance's, if the metadata service answers from within a container"
            ),
        ),
        Launch::Either => {
            (State::Bad, format!("{by} has no task role: on Fargate Traefik has none, on EC2 the instance's"))
        }
    };
    Check::new(ID, state, found).todo("give its task definition a `taskRoleArn`")
}
