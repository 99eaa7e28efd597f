//! `route --requests`: the router of each request of a file, and a sum. The file may be as long as it likes: one line
//! is held at a time.

use std::path::Path;

use super::log::{Given, Lines, Logged};
use super::{Arriving, Ground, styles};
use crate::command::Exit;
use crate::command::asked::read_headers;
use crate::command::delivery::Delivery;
use crate::command::output::open;
use crate::console::{Console, Surroundings};
use crate::failure::{Failure, FailureKind};
use crate::view::routed::{Many, Routed};

pub(super) fn run(
    path: &Path,
    ground: &Ground<'_>,
    surroundings: &Surroundings,
    console: &mut Console<'_>,
) -> Result<Exit, Failure> {
    let arguments = ground.arguments;
    let headers = read_headers(&arguments.headers)?;
    let given = Given { method: &arguments.method, headers: &headers };
    let mut lines = Lines::new(open(path, surroundings)?, path, given);
    let mut many = Many::new(arguments.format, styles(&arguments.output, console));
    let mut delivery = Delivery::begin(arguments.output.output.as_deref(), surroundings)?;
    let (mut wrong, mut first) = (0_usize, None);
    while let Some((line, logged)) = lines.next() {
        match logged.and_then(|logged| routed(&logged, ground)) {
            Ok(routed) => delivery.add(&many.add(line, &routed), console)?,
            Err(failure) => {
                let ends = failure.kind() == FailureKind::System;
                wrong += 1;
                first.get_or_insert(failure);
                if ends {
                    break;
                }
            }
        }
    }
    if many.is_empty() && first.is_none() {
        return Err(Failure::input(format!("{} names no requests", lines.origin())));
    }
    delivery.add(&many.finish(), console)?;
    delivery.finish(console)?;
    match first {
        None => Ok(Exit::holds(many.all_are_routed())),
        Some(failure) if wrong == 2 => Err(failure.hint("another line names none either")),
        Some(failure) if wrong > 2 => Err(failure.hint(format!("{} other lines name none either", wrong - 1))),
        Some(failure) => Err(failure),
    }
}

/// Where one request goes.
fn routed(logged: &Logged, ground: &Ground<'_>) -> Result<Routed, Failure> {
    let told = logged.entry_point.as_deref().filter(|_| ground.arguments.entrypoint.is_none());
    let listener = match told.and_then(|name| ground.named(name)) {
        Some(listener) => listener,
        None => ground.listener(&logged.asked)?,
    };
    let mut asked = logged.asked.clone();
    // Not every log tells, but an entry point may have TLS for all.
    asked.tls |= logged.is_open && listener.tls;
    let client = logged.client.as_deref();
    Ok(ground.fleet.answer(&Arriving { asked: &asked, entry_point: &listener.name, client }))
}
