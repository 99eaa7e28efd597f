//! The maps of named elements that a configuration consists of.

use std::sync::LazyLock;

use super::schema::{kind, slot};
use crate::decode::{Schema, Slot, TypeId};

/// The protocols that have routers and services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// HTTP, with or without TLS.
    Http,
    /// TCP, with or without TLS.
    Tcp,
    /// UDP.
    Udp,
}

impl Protocol {
    /// Every protocol, in the order in which Traefik takes them.
    pub const ALL: [Self; 3] = [Self::Http, Self::Tcp, Self::Udp];

    /// Its name in labels and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }

    /// The map of its routers.
    pub fn routers(self) -> Section {
        match self {
            Self::Http => Section::HttpRouters,
            Self::Tcp => Section::TcpRouters,
            Self::Udp => Section::UdpRouters,
        }
    }

    /// The map of its services.
    pub fn services(self) -> Section {
        match self {
            Self::Http => Section::HttpServices,
            Self::Tcp => Section::TcpServices,
            Self::Udp => Section::UdpServices,
        }
    }

    /// The map of its middlewares; UDP has none.
    pub fn middlewares(self) -> Option<Section> {
        match self {
            Self::Http => Some(Section::HttpMiddlewares),
            Self::Tcp => Some(Section::TcpMiddlewares),
            Self::Udp => None,
        }
    }
}

/// One map of named elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// `http.routers`
    HttpRouters,
    /// `http.services`
    HttpServices,
    /// `http.middlewares`
    HttpMiddlewares,
    /// `http.models`
    HttpModels,
    /// `http.serversTransports`, which labels can't fill
    HttpServersTransports,
    /// `tcp.routers`
    TcpRouters,
    /// `tcp.services`
    TcpServices,
    /// `tcp.middlewares`
    TcpMiddlewares,
    /// `tcp.models`, which labels can't fill and JSON doesn't show
    TcpModels,
    /// `tcp.serversTransports`, which labels can't fill
    TcpServersTransports,
    /// `udp.routers`
    UdpRouters,
    /// `udp.services`
    UdpServices,
    /// `tls.options`, which labels can't fill
    TlsOptions,
    /// `tls.stores`, of which labels can fill `default`
    TlsStores,
}

impl Section {
    /// Every section, in the order in which Traefik prints them.
    pub const ALL: [Self; 14] = [
        Self::HttpRouters,
        Self::HttpServices,
        Self::HttpMiddlewares,
        Self::HttpModels,
        Self::HttpServersTransports,
        Self::TcpRouters,
        Self::TcpServices,
        Self::TcpMiddlewares,
        Self::TcpModels,
        Self::TcpServersTransports,
        Self::UdpRouters,
        Self::UdpServices,
        Self::TlsOptions,
        Self::TlsStores,
    ];

    /// Its path in labels and JSON: `http.routers`.
    pub fn path(self) -> &'static str {
        match self {
            Self::HttpRouters => "http.routers",
            Self::HttpServices => "http.services",
            Self::HttpMiddlewares => "http.middlewares",
            Self::HttpModels => "http.models",
            Self::HttpServersTransports => "http.serversTransports",
            Self::TcpRouters => "tcp.routers",
            Self::TcpServices => "tcp.services",
            Self::TcpMiddlewares => "tcp.middlewares",
            Self::TcpModels => "tcp.models",
            Self::TcpServersTransports => "tcp.serversTransports",
            Self::UdpRouters => "udp.routers",
            Self::UdpServices => "udp.services",
            Self::TlsOptions => "tls.options",
            Self::TlsStores => "tls.stores",
        }
    }

    /// Where it is in the tree, and what it holds.
    pub(super) fn place(self) -> Place {
        PLACES[self as usize]
    }

    /// The structure of its elements.
    pub fn element(self) -> TypeId {
        self.place().element
    }
}

/// A section's place in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// `http`, `tcp`, `udp`, `tls` in the root.
    pub(super) outer: Slot,
    /// The map in it.
    pub(super) map: Slot,
    /// The structure of its elements.
    pub(super) element: TypeId,
}

static PLACES: LazyLock<[Place; 14]> = LazyLock::new(|| {
    Section::ALL.map(|section| {
        let (outer, map) = section.path().split_once('.').expect("a path has two parts");
        Place {
            outer: slot(Schema::ROOT, outer),
            map: slot(kind(outer), map),
            element: kind(&format!("{}.*", section.path())),
        }
    })
});

#[cfg(test)]
mod tests {
    use super::Section;

    #[test]
    fn the_table_has_every_section() {
        for (index, section) in Section::ALL.into_iter().enumerate() {
            assert_eq!(section as usize, index);
            section.element();
        }
    }
}
