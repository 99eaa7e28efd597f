//! The loop of a watch over a world of which it knows nothing: passes, publications, pauses, until the end is asked
//! for.

use std::time::Duration;

use super::{Came, Event, Pace, Watch};

/// What a watch is done to: AWS, a disk and a clock, or a script of them.
pub trait World {
    /// The time since the watch began.
    fn now(&self) -> Duration;

    /// Reads what Traefik is set to, and the fleet; `None` where the end is asked for meanwhile.
    fn pass(&mut self) -> Option<Round>;

    /// Puts bytes in place of the file, whole or not at all; gives whether it held others.
    ///
    /// # Errors
    /// A sentence that says why it could not.
    fn write(&mut self, bytes: &[u8]) -> Result<bool, String>;

    /// Says what happened.
    fn say(&mut self, event: &Event);

    /// Waits until a time; gives whether to go on then, and not to end.
    fn rest(&mut self, until: Duration) -> bool;
}

/// One look at the fleet.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The pace that the settings have now.
    pub pace: Pace,
    /// What the pass came to.
    pub came: Came,
}

/// Watches until the end is asked for. What waits to be published then is written first.
pub fn follow(mut watch: Watch, world: &mut impl World) {
    loop {
        let began = world.now();
        if watch.is_due(began) {
            let Some(Round { pace, came }) = world.pass() else { break };
            for event in watch.came(began, world.now(), pace, came) {
                world.say(&event);
            }
        }
        if let Some(rendered) = watch.publishes(world.now()) {
            publish(&mut watch, rendered, world);
        }
        if !world.rest(watch.wakes()) {
            break;
        }
    }
    if let Some(rendered) = watch.last() {
        publish(&mut watch, rendered, world);
    }
}

fn publish(watch: &mut Watch, rendered: super::Rendered, world: &mut impl World) {
    let result = world.write(&rendered.bytes);
    if let Some(event) = watch.wrote(world.now(), rendered, result) {
        world.say(&event);
    }
}
