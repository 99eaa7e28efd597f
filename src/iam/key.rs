//! Condition keys: their names, and what AWS's service authorization data says of them.

use std::cmp::Ordering;
use std::fmt;

/// The name of a condition key. Case doesn't count, but is kept for showing.
#[derive(Debug, Clone, Eq)]
pub struct Key {
    written: String,
    folded: String,
}

/// Begins the name of what stands for a computed part of a document; no key of AWS's has it.
const COMPUTED: &str = "computed ";

/// The name of what stands for the id of a resource that is asked for as "every one of them".
const RESOURCE: &str = "the resource";

impl Key {
    /// A key, as it is written.
    pub fn new(name: &str) -> Self {
        Self { written: name.to_owned(), folded: name.to_lowercase() }
    }

    /// What stands for a part of a document that something else computes.
    pub(super) fn computed(what: &str) -> Self {
        Self::new(&format!("{COMPUTED}{what}"))
    }

    /// What stands for the resource itself, where all of a kind are meant.
    pub(super) fn resource() -> Self {
        Self::new(RESOURCE)
    }

    /// The name as it is written.
    pub fn name(&self) -> &str {
        &self.written
    }

    /// The name in lower case.
    pub(super) fn folded(&self) -> &str {
        &self.folded
    }

    /// What computes it, where it is no key but a part of a document that isn't known yet.
    pub fn computed_from(&self) -> Option<&str> {
        self.written.strip_prefix(COMPUTED)
    }

    /// Whether it stands for the resource itself.
    pub(super) fn is_resource(&self) -> bool {
        self.folded == RESOURCE
    }

    /// What AWS says of it; `None` where it is not a key that every service knows.
    fn global(&self) -> Option<&'static GlobalKey> {
        let named = |known: &&GlobalKey| {
            if known.name.ends_with('/') {
                self.folded.get(..known.name.len()).is_some_and(|start| start.eq_ignore_ascii_case(known.name))
            } else {
                self.folded.eq_ignore_ascii_case(known.name)
            }
        };
        GLOBAL.iter().find(named)
    }

    /// What its values are; `None` where only the operators tell.
    pub(super) fn kind(&self) -> Option<ValueKind> {
        if matches!(self.folded.as_str(), "ecs:cluster") || self.is_resource() {
            return Some(ValueKind::Arn);
        }
        self.global().map(|known| known.kind)
    }

    /// Whether a request may have several values of it.
    pub fn has_many_values(&self) -> bool {
        self.global().is_some_and(|known| known.many)
    }

    /// Whether every request has it.
    pub(super) fn is_always_there(&self) -> bool {
        self.is_resource() || self.computed_from().is_some() || self.global().is_some_and(|known| known.always)
    }

    /// Whether a value of it may be empty: tags may.
    pub(super) fn may_be_empty(&self) -> bool {
        self.folded.contains("tag/") || self.computed_from().is_some()
    }

    /// Whether AWS ever supplies it with a request of this action, by its service authorization data.
    ///
    /// A key that is not supplied is absent, whatever a context says. Of an action that is not one of the provider's
    /// nothing is known, so every key may be there.
    pub(super) fn applies_to(&self, action: &str) -> bool {
        if self.computed_from().is_some() || self.is_resource() {
            return true;
        }
        let Some(own) = own_keys(action) else { return true };
        let tags = |prefix: &str| self.folded.starts_with(prefix);
        if tags("aws:resourcetag/") || tags("ecs:resourcetag/") {
            return own.resource_tags;
        }
        if tags("aws:requesttag/") || self.folded == "aws:tagkeys" {
            return false;
        }
        self.global().is_some() || self.folded == own.key
    }

    /// The global key that is nearest to a name that no service knows.
    pub(super) fn nearest_global(&self) -> Option<&'static str> {
        let known = GLOBAL.iter().map(|known| known.name.trim_end_matches('/'));
        let asked = self.written.split('/').next().unwrap_or(&self.written);
        crate::nearest::nearest(asked, known.chain(["ecs:cluster", "ec2:Region"]))
    }

    /// Whether it is a global key, tags of the resource and the request included.
    pub(super) fn is_known_globally(&self) -> bool {
        self.global().is_some()
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.computed_from().unwrap_or(&self.written))
    }
}

/// What the values of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ValueKind {
    Text,
    Arn,
    Number,
    Date,
    Boolean,
    Address,
}

/// The keys beside the global ones that a request of an action can have.
struct OwnKeys {
    /// In lower case; empty for none.
    key: &'static str,
    resource_tags: bool,
}

fn own_keys(action: &str) -> Option<OwnKeys> {
    let (key, resource_tags) = match action {
        "ecs:ListClusters" | "ecs:DescribeTaskDefinition" | "ssm:DescribeInstanceInformation" => ("", false),
        "ecs:DescribeClusters" => ("", true),
        "ecs:ListTasks" | "ecs:DescribeTasks" | "ecs:DescribeContainerInstances" => ("ecs:cluster", true),
        "ec2:DescribeInstances" => ("ec2:region", false),
        _ => return None,
    };
    Some(OwnKeys { key, resource_tags })
}

/// A key that requests of every service can have.
struct GlobalKey {
    /// The name; one that ends in a slash is followed by a tag's key.
    name: &'static str,
    kind: ValueKind,
    many: bool,
    always: bool,
}

const fn key(name: &'static str, kind: ValueKind) -> GlobalKey {
    GlobalKey { name, kind, many: false, always: false }
}

const fn always(name: &'static str, kind: ValueKind) -> GlobalKey {
    GlobalKey { name, kind, many: false, always: true }
}

const fn many(name: &'static str) -> GlobalKey {
    GlobalKey { name, kind: ValueKind::Text, many: true, always: false }
}

/// The global condition context keys, and those that travel with a role's session.
const GLOBAL: &[GlobalKey] = &[
    always("aws:PrincipalArn", ValueKind::Arn),
    always("aws:PrincipalAccount", ValueKind::Text),
    many("aws:PrincipalOrgPaths"),
    key("aws:PrincipalOrgID", ValueKind::Text),
    key("aws:PrincipalTag/", ValueKind::Text),
    always("aws:PrincipalIsAWSService", ValueKind::Boolean),
    key("aws:PrincipalServiceName", ValueKind::Text),
    many("aws:PrincipalServiceNamesList"),
    always("aws:PrincipalType", ValueKind::Text),
    always("aws:userid", ValueKind::Text),
    key("aws:username", ValueKind::Text),
    key("aws:AssumedRoot", ValueKind::Boolean),
    key("aws:FederatedProvider", ValueKind::Text),
    key("aws:TokenIssueTime", ValueKind::Date),
    key("aws:MultiFactorAuthAge", ValueKind::Number),
    key("aws:MultiFactorAuthPresent", ValueKind::Boolean),
    key("aws:ChatbotSourceArn", ValueKind::Arn),
    key("aws:Ec2InstanceSourceVpc", ValueKind::Text),
    key("aws:Ec2InstanceSourcePrivateIPv4", ValueKind::Address),
    key("aws:SourceIdentity", ValueKind::Text),
    key("ec2:RoleDelivery", ValueKind::Number),
    key("ec2:SourceInstanceArn", ValueKind::Arn),
    key("glue:RoleAssumedBy", ValueKind::Text),
    key("glue:CredentialIssuingService", ValueKind::Text),
    key("lambda:SourceFunctionArn", ValueKind::Arn),
    key("ssm:SourceInstanceArn", ValueKind::Arn),
    key("identitystore:UserId", ValueKind::Text),
    key("aws:SourceIp", ValueKind::Address),
    key("aws:SourceVpc", ValueKind::Text),
    key("aws:SourceVpcArn", ValueKind::Arn),
    key("aws:SourceVpce", ValueKind::Text),
    key("aws:VpceAccount", ValueKind::Text),
    many("aws:VpceOrgPaths"),
    key("aws:VpceOrgID", ValueKind::Text),
    key("aws:VpcSourceIp", ValueKind::Address),
    key("aws:ResourceAccount", ValueKind::Text),
    key("aws:ResourceOrgID", ValueKind::Text),
    many("aws:ResourceOrgPaths"),
    key("aws:ResourceTag/", ValueKind::Text),
    many("aws:CalledVia"),
    key("aws:CalledViaFirst", ValueKind::Text),
    key("aws:CalledViaLast", ValueKind::Text),
    key("aws:CalledViaAWSMCP", ValueKind::Text),
    key("aws:ViaAWSService", ValueKind::Boolean),
    key("aws:ViaAWSMCPService", ValueKind::Boolean),
    key("aws:IsMCPServiceAction", ValueKind::Boolean),
    always("aws:CurrentTime", ValueKind::Date),
    always("aws:EpochTime", ValueKind::Date),
    key("aws:referer", ValueKind::Text),
    always("aws:RequestedRegion", ValueKind::Text),
    key("aws:RequestTag/", ValueKind::Text),
    many("aws:TagKeys"),
    always("aws:SecureTransport", ValueKind::Boolean),
    key("aws:SourceArn", ValueKind::Arn),
    key("aws:SourceAccount", ValueKind::Text),
    key("aws:SourceOwner", ValueKind::Text),
    many("aws:SourceOrgPaths"),
    key("aws:SourceOrgID", ValueKind::Text),
    key("aws:UserAgent", ValueKind::Text),
];
