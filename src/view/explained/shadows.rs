//! Which routers of a container never get a request, since others come before them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Explained, Explanation};
use crate::model::Text;
use crate::routing::{Shadow, Table};

/// A router that never gets a request at an entry point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shadowed {
    /// The router, without `@ecs`.
    pub router: Text,
    /// The entry point.
    pub entry_point: Text,
    /// Those that take everything, with their providers; the first takes the request.
    pub by: Vec<Text>,
    /// A request that its rule takes, and that it doesn't get.
    pub request: String,
}

impl Explained {
    /// How many HTTP routers the containers have between them.
    pub fn routers(&self) -> usize {
        let routers = self.containers.iter().flat_map(Explanation::http_routers);
        routers.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Says of each container which of its routers never get a request.
    #[must_use]
    pub fn with_shadows(mut self, table: &Table) -> Self {
        let mut known: BTreeMap<Text, Vec<Shadowed>> = BTreeMap::new();
        for one in &mut self.containers {
            for router in one.http_routers().cloned().collect::<Vec<_>>() {
                let found = known.entry(router.clone()).or_insert_with(|| {
                    let shadows = table.shadows_of(&format!("{router}@ecs"));
                    shadows.into_iter().map(|shadow| Shadowed::of(&router, shadow)).collect()
                });
                one.shadows.extend_from_slice(found);
            }
        }
        self
    }
}

impl Explanation {
    fn http_routers(&self) -> impl Iterator<Item = &Text> {
        self.container.routers.iter().filter(|router| router.protocol == "http").map(|router| &router.name)
    }
}

impl Shadowed {
    fn of(router: &Text, shadow: Shadow) -> Self {
        let Shadow { entry_point, by, example: (request, _), .. } = shadow;
        Self { router: router.clone(), entry_point, by, request }
    }
}

impl fmt::Display for Shadowed {
    /// What is the matter, with the request that shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { router, entry_point, by, request } = self;
        let takes = if by.len() == 1 { "takes" } else { "take" };
        let winner = by.first().map_or("another", |winner| winner);
        let by: Vec<String> = by.iter().map(|name| format!("`{name}`")).collect();
        write!(
            f,
            "the router `{router}` never gets a request at `{entry_point}`: {} {takes} them all; {request} goes to \
             `{winner}`",
            by.join(" and ")
        )
    }
}
