//! The reasons why a container isn't routed, for the documentation: what each id means, and what to change.

use std::fmt::Write as _;

/// One reason.
#[derive(Debug, Clone, Copy)]
pub struct Documented {
    /// The stable id.
    pub id: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to change.
    pub remedy: &'static str,
    /// A command on the demo that shows it; empty where no pass over a demo can.
    pub shown_by: &'static str,
}

/// Every reason, in the order of the steps.
pub const REASONS: &[Documented] = &[
    Documented {
        id: "task-not-described",
        meaning: "`ListTasks` named the task, and `DescribeTasks` gave no record of it: the call failed, which Traefik \
            only logs before it publishes a configuration without these tasks, or the task has ended meanwhile.",
        remedy: "Allow `ecs:DescribeTasks`, or find out why the call fails. A task that has ended needs nothing.",
        shown_by: "ecsroute explain d41d8cd98f00 --demo",
    },
    Documented {
        id: "task-arn-invalid",
        meaning: "The task's ARN is shorter than the twelve characters that Traefik cuts off its end; it crashes.",
        remedy: "Nothing that AWS gives has such an ARN: correct the recorded file.",
        shown_by: "",
    },
    Documented {
        id: "task-unhealthy",
        meaning: "`healthyTasksOnly` is on and the task isn't `HEALTHY`. `UNKNOWN` isn't either, which is what a task \
            has none of whose containers defines a health check.",
        remedy: "Give a container of the task a health check, or turn `healthyTasksOnly` off.",
        shown_by: "ecsroute explain web --demo --healthy-tasks-only",
    },
    Documented {
        id: "container-definition-missing",
        meaning: "The task definition has no container of this name. AWS adds such containers itself: Service Connect's \
            proxy, GuardDuty's agent.",
        remedy: "Nothing, unless the container was meant to be routed.",
        shown_by: "ecsroute explain guardduty --demo",
    },
    Documented {
        id: "network-interface-missing",
        meaning: "The network mode is `awsvpc` and the container has no network interface, not yet or no more.",
        remedy: "Wait until the task is running.",
        shown_by: "ecsroute explain batch --demo",
    },
    Documented {
        id: "container-instance-missing",
        meaning: "Nothing is known of the instance that the task runs on: it has left the cluster, it may not be read, \
            or it is an external one (`mi-…`) and `ecsAnywhere` is off or SSM doesn't know it.",
        remedy: "Turn `ecsAnywhere` on for external instances; otherwise look for the container instance.",
        shown_by: "ecsroute explain warehouse --demo",
    },
    Documented {
        id: "enable-label-invalid",
        meaning: "`traefik.enable`, or a label beside it such as `traefik.enabled`, can't be read.",
        remedy: "Write `traefik.enable` as `true` or `false`, and no other label that begins with `traefik.enable` or \
            `traefik.ecs.`.",
        shown_by: "ecsroute explain reports --demo",
    },
    Documented {
        id: "not-running",
        meaning: "The task isn't running; under bridge and host networking it is the EC2 instance that isn't.",
        remedy: "Wait, or find out why it doesn't start.",
        shown_by: "ecsroute explain images --demo",
    },
    Documented {
        id: "unhealthy",
        meaning: "The task is `UNHEALTHY`. This is looked at under `awsvpc` alone.",
        remedy: "Mend the container or its health check.",
        shown_by: "ecsroute explain images --demo",
    },
    Documented {
        id: "address-missing",
        meaning: "There is an interface or an instance, and it has no private address.",
        remedy: "For an external instance, see that its SSM agent reports an address; otherwise wait until the task runs.",
        shown_by: "ecsroute explain batch --demo",
    },
    Documented {
        id: "disabled",
        meaning: "`traefik.enable` is false, or there is no such label and `exposedByDefault` is false.",
        remedy: "Add the label `traefik.enable` with the value `true`.",
        shown_by: "ecsroute explain admin --demo",
    },
    Documented {
        id: "constraint-false",
        meaning: "The labels don't satisfy the setting `constraints`.",
        remedy: "Add the labels that it asks for, or change it.",
        shown_by: "ecsroute explain labs --demo",
    },
    Documented {
        id: "constraint-invalid",
        meaning: "The setting `constraints` can't be read, and so Traefik takes no container at all.",
        remedy: "Correct the expression; `ecsroute eval constraint` tries one.",
        shown_by: "",
    },
    Documented {
        id: "labels-invalid",
        meaning: "One label doesn't decode. Traefik then drops the container with all that its labels say.",
        remedy: "Correct the label; `ecsroute eval labels` tries a set of them.",
        shown_by: "ecsroute explain search --demo",
    },
    Documented {
        id: "load-balancer-missing",
        meaning: "A label names a service and gives it no load balancer.",
        remedy: "Add `traefik.http.services.NAME.loadbalancer.server.port`, or take the label away.",
        shown_by: "ecsroute explain mirror --demo",
    },
    Documented {
        id: "port-missing",
        meaning: "The container has no port mapping and no label gives a port.",
        remedy: "Add a mapping to the task definition, or `traefik.http.services.NAME.loadbalancer.server.port`; a \
            sidecar that should not be routed wants `traefik.enable` = `false`.",
        shown_by: "ecsroute explain mailer --demo",
    },
    Documented {
        id: "server-url-conflict",
        meaning: "Labels give a server a URL and, beside it, a port or a scheme.",
        remedy: "Keep one or the other.",
        shown_by: "ecsroute explain proxy --demo",
    },
    Documented {
        id: "router-dropped",
        meaning: "No router is left that leads to the container: its rule is empty or can't be rendered, its service is \
            undecided or unknown, or there never was one.",
        remedy: "Name the service with `traefik.http.routers.NAME.service`, give the router a rule, or define a router.",
        shown_by: "ecsroute explain split --demo",
    },
    Documented {
        id: "merged-away",
        meaning: "Another container defines a router, service or middleware of the same name differently. Traefik \
            deletes it for all of them, as happens while old and new tasks of a deployment overlap.",
        remedy: "Make the definitions equal, or give them different names.",
        shown_by: "ecsroute explain checkout --demo",
    },
];

/// The page of the documentation.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Why a container is not routed\n\nEach container that Traefik doesn't route has one reason: the first step that \
         dropped it. `ecsroute discover` counts them, `ecsroute explain` shows every step up to it. The ids are stable; \
         this page is made from the program (`UPDATE_DOCS=1 cargo test --test it docs`).\n",
    );
    for reason in REASONS {
        let _ = write!(text, "\n## `{}`\n\n{}\n\n{}\n", reason.id, reason.meaning, reason.remedy);
        if !reason.shown_by.is_empty() {
            let _ = write!(text, "\nTo see one: `{}`\n", reason.shown_by);
        }
    }
    text
}
