//! What the provider reads of services, load balancers and servers, and writes into them.

use std::sync::LazyLock;

use super::router::{text, texts};
use super::schema::{kind, optional_slot, schema, slot};
use super::section::Protocol;
use crate::decode::{Slot, Struct, TypeId, Value};
use crate::model::{Release, Text};

/// The slots of one protocol's services, and of what is in them.
#[derive(Debug)]
struct Slots {
    load_balancer: Slot,
    balancer: TypeId,
    servers: Slot,
    servers_transport: Option<Slot>,
    middlewares: Option<Slot>,
    server: TypeId,
    url: Option<Slot>,
    address: Option<Slot>,
    scheme: Option<Slot>,
    port: Slot,
    weight: Option<Slot>,
    preserve_path: Option<Slot>,
}

static SLOTS: LazyLock<[Slots; 3]> = LazyLock::new(|| {
    Protocol::ALL.map(|protocol| {
        let service = protocol.services().element();
        let balancer = kind(&format!("{}.services.*.loadBalancer", protocol.name()));
        let server = kind(&format!("{}.services.*.loadBalancer.servers[]", protocol.name()));
        Slots {
            load_balancer: slot(service, "loadBalancer"),
            balancer,
            servers: slot(balancer, "servers"),
            servers_transport: optional_slot(balancer, "serversTransport"),
            middlewares: optional_slot(service, "middlewares"),
            server,
            url: optional_slot(server, "url"),
            address: optional_slot(server, "address"),
            scheme: optional_slot(server, "scheme"),
            port: slot(server, "port"),
            weight: optional_slot(server, "weight"),
            preserve_path: optional_slot(server, "preservePath"),
        }
    })
});

/// A service of a protocol.
#[derive(Debug, Clone, Copy)]
pub struct Service<'a> {
    protocol: Protocol,
    fields: &'a Struct,
}

impl<'a> Service<'a> {
    /// The view of a service's fields.
    pub fn of(protocol: Protocol, fields: &'a Struct) -> Self {
        Self { protocol, fields }
    }

    /// A service as the provider makes it: with a load balancer that has its defaults and no servers.
    pub fn fresh(protocol: Protocol, release: Release) -> Struct {
        let (schema, slots) = (schema(release), &SLOTS[protocol as usize]);
        let mut service = schema.new_struct(protocol.services().element());
        *service.get_mut(slots.load_balancer) = Value::Struct(schema.new_struct(slots.balancer));
        service
    }

    /// The load balancer, where there is one.
    pub fn load_balancer(self) -> Option<LoadBalancer<'a>> {
        let fields = self.fields.get(SLOTS[self.protocol as usize].load_balancer).as_struct()?;
        Some(LoadBalancer { protocol: self.protocol, fields })
    }

    /// The names of its own middlewares; HTTP alone.
    pub fn middlewares(self) -> impl Iterator<Item = &'a Text> {
        let slot = SLOTS[self.protocol as usize].middlewares;
        texts(slot.map_or(&Value::Absent, |slot| self.fields.get(slot)))
    }
}

/// A service to change.
#[derive(Debug)]
pub struct ServiceMut<'a> {
    protocol: Protocol,
    fields: &'a mut Struct,
}

impl<'a> ServiceMut<'a> {
    /// The view of a service's fields.
    pub fn of(protocol: Protocol, fields: &'a mut Struct) -> Self {
        Self { protocol, fields }
    }

    /// The load balancer to change, where there is one.
    pub fn load_balancer(self) -> Option<LoadBalancerMut<'a>> {
        let slot = SLOTS[self.protocol as usize].load_balancer;
        let fields = self.fields.get_mut(slot).as_struct_mut()?;
        Some(LoadBalancerMut { protocol: self.protocol, fields })
    }
}

/// A load balancer of servers.
#[derive(Debug, Clone, Copy)]
pub struct LoadBalancer<'a> {
    protocol: Protocol,
    fields: &'a Struct,
}

impl<'a> LoadBalancer<'a> {
    /// Its servers, in order.
    pub fn servers(self) -> impl Iterator<Item = Server<'a>> {
        let structs = self.server_values().iter().filter_map(Value::as_struct);
        structs.map(move |fields| Server { protocol: self.protocol, fields })
    }

    /// Its servers as values, to compare or to copy.
    pub fn server_values(self) -> &'a [Value] {
        self.fields.get(SLOTS[self.protocol as usize].servers).items()
    }

    /// Whether another is the same but for its servers, so that their servers may come together.
    pub fn is_mergeable(self, other: LoadBalancer<'_>) -> bool {
        let servers = SLOTS[self.protocol as usize].servers;
        self.fields.equals_but(other.fields, servers)
    }

    /// Its fields without the servers: what two of them must have in common.
    pub fn without_servers(self) -> Struct {
        let mut fields = self.fields.clone();
        *fields.get_mut(SLOTS[self.protocol as usize].servers) = Value::Absent;
        fields
    }

    /// The name of its transport; empty for the default one, and for UDP.
    pub fn servers_transport(self) -> &'a str {
        let slot = SLOTS[self.protocol as usize].servers_transport;
        slot.map_or("", |slot| text(self.fields.get(slot)))
    }
}

/// A load balancer to change.
#[derive(Debug)]
pub struct LoadBalancerMut<'a> {
    protocol: Protocol,
    fields: &'a mut Struct,
}

impl LoadBalancerMut<'_> {
    /// Its servers; an absent list comes into being, empty.
    pub fn servers(&mut self) -> &mut Vec<Value> {
        self.fields.get_mut(SLOTS[self.protocol as usize].servers).list_mut()
    }
}

/// A server of a load balancer.
#[derive(Debug, Clone, Copy)]
pub struct Server<'a> {
    protocol: Protocol,
    fields: &'a Struct,
}

impl<'a> Server<'a> {
    /// The view of a server's fields.
    pub fn of(protocol: Protocol, fields: &'a Struct) -> Self {
        Self { protocol, fields }
    }

    /// A server as it comes into being; before v3.4 its scheme is `http`.
    pub fn fresh(protocol: Protocol, release: Release) -> Struct {
        schema(release).new_struct(SLOTS[protocol as usize].server)
    }

    fn text(self, slot: Option<Slot>) -> &'a str {
        slot.map_or("", |slot| text(self.fields.get(slot)))
    }

    /// Its URL; HTTP alone.
    pub fn url(self) -> &'a str {
        self.text(SLOTS[self.protocol as usize].url)
    }

    /// Its address with the port; TCP and UDP.
    pub fn address(self) -> &'a str {
        self.text(SLOTS[self.protocol as usize].address)
    }

    /// The scheme that a label gives; HTTP alone.
    pub fn scheme(self) -> &'a str {
        self.text(SLOTS[self.protocol as usize].scheme)
    }

    /// The port that a label gives, as it is written there.
    pub fn port(self) -> &'a str {
        text(self.fields.get(SLOTS[self.protocol as usize].port))
    }

    /// The same, without a copy.
    pub fn shared_port(self) -> Text {
        self.fields.get(SLOTS[self.protocol as usize].port).as_text().cloned().unwrap_or_default()
    }

    /// Its URL, or its address with the port: by what servers are told apart.
    pub fn shared_place(self) -> Text {
        let slots = &SLOTS[self.protocol as usize];
        let slot = slots.url.or(slots.address);
        slot.and_then(|slot| self.fields.get(slot).as_text().cloned()).unwrap_or_default()
    }

    /// Its weight, where one is given; HTTP alone.
    pub fn weight(self) -> Option<i64> {
        self.fields.get(SLOTS[self.protocol as usize].weight?).as_int()
    }

    /// Whether the path of its URL stays; HTTP alone.
    pub fn preserve_path(self) -> bool {
        let slot = SLOTS[self.protocol as usize].preserve_path;
        slot.and_then(|slot| self.fields.get(slot).as_bool()).unwrap_or(false)
    }
}

/// A server to change.
#[derive(Debug)]
pub struct ServerMut<'a> {
    protocol: Protocol,
    fields: &'a mut Struct,
}

impl<'a> ServerMut<'a> {
    /// The view of a server's fields.
    pub fn of(protocol: Protocol, fields: &'a mut Struct) -> Self {
        Self { protocol, fields }
    }

    /// Sets a text; one that is the same stays shared.
    fn set(&mut self, slot: Option<Slot>, value: Text) {
        if let Some(slot) = slot
            && self.fields.get(slot).as_text() != Some(&value)
        {
            *self.fields.get_mut(slot) = Value::Text(value);
        }
    }

    /// Gives it a URL, or for TCP and UDP an address with the port.
    pub fn set_place(&mut self, place: Text) {
        let slots = &SLOTS[self.protocol as usize];
        self.set(slots.url.or(slots.address), place);
    }

    /// Gives it a scheme; HTTP alone.
    pub fn set_scheme(&mut self, scheme: Text) {
        self.set(SLOTS[self.protocol as usize].scheme, scheme);
    }

    /// Gives it a port.
    pub fn set_port(&mut self, port: Text) {
        self.set(Some(SLOTS[self.protocol as usize].port), port);
    }
}
