//! What the provider reads of a router and writes into it.

use std::sync::LazyLock;

use super::schema::{kind, optional_slot, schema, slot};
use super::section::Protocol;
use crate::decode::{Slot, Struct, Value};
use crate::model::{Release, Text};

/// The slots of one protocol's routers. UDP has no rules, only HTTP knows a default rule from a given one.
#[derive(Debug)]
struct Slots {
    entry_points: Slot,
    service: Slot,
    middlewares: Option<Slot>,
    rule: Option<Slot>,
    rule_syntax: Option<Slot>,
    priority: Option<Slot>,
    tls: Option<Slot>,
    default_rule: Option<Slot>,
}

static SLOTS: LazyLock<[Slots; 3]> = LazyLock::new(|| {
    Protocol::ALL.map(|protocol| {
        let kind = protocol.routers().element();
        Slots {
            entry_points: slot(kind, "entryPoints"),
            service: slot(kind, "service"),
            middlewares: optional_slot(kind, "middlewares"),
            rule: optional_slot(kind, "rule"),
            rule_syntax: optional_slot(kind, "ruleSyntax"),
            priority: optional_slot(kind, "priority"),
            tls: optional_slot(kind, "tls"),
            default_rule: optional_slot(kind, "defaultRule"),
        }
    })
});

/// The slots of a router's TLS section.
#[derive(Debug)]
struct TlsSlots {
    options: Slot,
    cert_resolver: Slot,
    domains: Slot,
    main: Slot,
    sans: Slot,
    passthrough: Option<Slot>,
}

static TLS: LazyLock<[TlsSlots; 2]> = LazyLock::new(|| {
    ["http", "tcp"].map(|protocol| {
        let tls = kind(&format!("{protocol}.routers.*.tls"));
        let domain = kind(&format!("{protocol}.routers.*.tls.domains[]"));
        TlsSlots {
            options: slot(tls, "options"),
            cert_resolver: slot(tls, "certResolver"),
            domains: slot(tls, "domains"),
            main: slot(domain, "main"),
            sans: slot(domain, "sans"),
            passthrough: optional_slot(tls, "passthrough"),
        }
    })
});

/// A router of a protocol.
#[derive(Debug, Clone, Copy)]
pub struct Router<'a> {
    protocol: Protocol,
    fields: &'a Struct,
}

impl<'a> Router<'a> {
    /// The view of a router's fields.
    pub fn of(protocol: Protocol, fields: &'a Struct) -> Self {
        Self { protocol, fields }
    }

    /// A router as it comes into being.
    pub fn fresh(protocol: Protocol, release: Release) -> Struct {
        schema(release).new_struct(protocol.routers().element())
    }

    fn slots(self) -> &'static Slots {
        &SLOTS[self.protocol as usize]
    }

    fn maybe(self, slot: Option<Slot>) -> &'a Value {
        slot.map_or(&Value::Absent, |slot| self.fields.get(slot))
    }

    /// The rule; empty where none is given, and for UDP.
    pub fn rule(self) -> &'a str {
        text(self.maybe(self.slots().rule))
    }

    /// Whose language the rule is in: `v2`, `v3`, empty for the default.
    pub fn rule_syntax(self) -> &'a str {
        text(self.maybe(self.slots().rule_syntax))
    }

    /// Whether the rule was made by the provider's default rule: it differs from one that was given.
    pub fn has_default_rule(self) -> bool {
        self.maybe(self.slots().default_rule).as_bool().unwrap_or(false)
    }

    /// The service's name; empty where none is given.
    pub fn service(self) -> &'a str {
        text(self.fields.get(self.slots().service))
    }

    /// The rule, without a copy.
    pub fn shared_rule(self) -> Text {
        self.maybe(self.slots().rule).as_text().cloned().unwrap_or_default()
    }

    /// The service's name, without a copy.
    pub fn shared_service(self) -> Text {
        self.fields.get(self.slots().service).as_text().cloned().unwrap_or_default()
    }

    /// The priority; 0 where none is given.
    pub fn priority(self) -> i64 {
        self.maybe(self.slots().priority).as_int().unwrap_or(0)
    }

    /// The entry points' names.
    pub fn entry_points(self) -> impl Iterator<Item = &'a Text> {
        texts(self.fields.get(self.slots().entry_points))
    }

    /// The middlewares' names, in order.
    pub fn middlewares(self) -> impl Iterator<Item = &'a Text> {
        texts(self.maybe(self.slots().middlewares))
    }

    /// The TLS section, where there is one.
    pub fn tls(self) -> Option<RouterTls<'a>> {
        let fields = self.maybe(self.slots().tls).as_struct()?;
        TLS.get(self.protocol as usize).map(|slots| RouterTls { slots, fields })
    }
}

/// A router's TLS section.
#[derive(Debug, Clone, Copy)]
pub struct RouterTls<'a> {
    slots: &'static TlsSlots,
    fields: &'a Struct,
}

impl<'a> RouterTls<'a> {
    /// The TLS options' name; empty for the default ones.
    pub fn options(self) -> &'a str {
        text(self.fields.get(self.slots.options))
    }

    /// The certificate resolver's name; empty for none.
    pub fn cert_resolver(self) -> &'a str {
        text(self.fields.get(self.slots.cert_resolver))
    }

    /// Each domain's main name with its alternative ones.
    pub fn domains(self) -> impl Iterator<Item = (&'a str, impl Iterator<Item = &'a Text>)> {
        let domains = self.fields.get(self.slots.domains).items().iter().filter_map(Value::as_struct);
        domains.map(move |domain| (text(domain.get(self.slots.main)), texts(domain.get(self.slots.sans))))
    }

    /// Whether the connection goes on to the server as it is; TCP alone.
    pub fn passthrough(self) -> bool {
        self.slots.passthrough.and_then(|slot| self.fields.get(slot).as_bool()).unwrap_or(false)
    }
}

/// A router to change.
#[derive(Debug)]
pub struct RouterMut<'a> {
    protocol: Protocol,
    fields: &'a mut Struct,
}

impl<'a> RouterMut<'a> {
    /// The view of a router's fields.
    pub fn of(protocol: Protocol, fields: &'a mut Struct) -> Self {
        Self { protocol, fields }
    }

    fn slots(&self) -> &'static Slots {
        &SLOTS[self.protocol as usize]
    }

    /// Gives it a rule; UDP routers have none and stay as they are.
    pub fn set_rule(&mut self, rule: Text) {
        if let Some(slot) = self.slots().rule {
            *self.fields.get_mut(slot) = Value::Text(rule);
        }
    }

    /// Says whether the rule was made by the provider's default rule; only HTTP keeps that.
    pub fn set_default_rule(&mut self, made: bool) {
        if let Some(slot) = self.slots().default_rule {
            *self.fields.get_mut(slot) = Value::Bool(made);
        }
    }

    /// Gives it a service.
    pub fn set_service(&mut self, service: Text) {
        *self.fields.get_mut(self.slots().service) = Value::Text(service);
    }
}

pub(super) fn text(value: &Value) -> &str {
    value.as_text().map_or("", |text| text)
}

pub(super) fn texts(value: &Value) -> impl Iterator<Item = &Text> {
    value.items().iter().filter_map(Value::as_text)
}
