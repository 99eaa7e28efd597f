//! What is known of the request: from `--context`, the settings, the fleet, and at last from the policies' own ARNs.

use std::collections::BTreeSet;

use super::super::settings::Settings;
use crate::cli::CheckPolicyArgs;
use crate::console::{Console, Surroundings};
use crate::failure::Failure;
use crate::iam::{Context, Key, Knowledge, KnownSite, Policies, Pseudo, Site, Unknown, named_places, partition};
use crate::model::Inventory;
use crate::source::live::TaskRole;

/// What is known before any policy is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    region: Option<String>,
    account: Option<String>,
    partition: Option<String>,
    context: Context,
    absent: BTreeSet<Key>,
}

/// Where the provider asks, and what is known of its requests.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) site: Site,
    pub(super) known: KnownSite,
    pub(super) knowledge: Knowledge,
    pub(super) notes: Vec<String>,
}

/// An account that stands for any, where none is known and no policy names one.
const ANY_ACCOUNT: &str = "000000000000";

/// A region that stands for any, where none is known and no policy names one.
const ANY_REGION: &str = "us-east-1";

impl Target {
    /// What CloudFormation's pseudo parameters are in a stack beside Traefik.
    pub(super) fn pseudo(&self) -> Pseudo {
        let Site { partition, region, account, .. } = &self.site;
        Pseudo::from([
            ("AWS::Region", region.clone()),
            ("AWS::AccountId", account.clone()),
            ("AWS::Partition", partition.clone()),
        ])
    }
}

impl Known {
    /// Reads what is known.
    ///
    /// # Errors
    /// When `--context` is not KEY=VALUE.
    pub(super) fn read(
        arguments: &CheckPolicyArgs,
        settings: &Settings,
        inventory: Option<&Inventory>,
        surroundings: &Surroundings,
    ) -> Result<Self, Failure> {
        let mut known = Self::default();
        known.set_facts(surroundings);
        for item in &arguments.context {
            known.read_item(item)?;
        }
        let of_inventory =
            |read: fn(&Inventory) -> Option<&crate::model::Text>| inventory.and_then(read).map(ToString::to_string);
        let environment = |name: &str| surroundings.environment.get(name).filter(|value| !value.is_empty()).cloned();
        let set = Some(settings.provider.region.to_string()).filter(|region| !region.is_empty());
        let arns: Vec<&str> = settings
            .provider
            .clusters
            .iter()
            .map(AsRef::as_ref)
            .filter(|name: &&str| name.starts_with("arn:"))
            .collect();
        let of_arn = |field: usize| arns.first().and_then(|arn| arn.split(':').nth(field)).map(str::to_owned);
        let region = known.region.take().or(arguments.fleet.source.region.clone()).or(set);
        let ambient = || {
            if arguments.fleet.source.demo {
                None
            } else {
                environment("AWS_REGION").or_else(|| environment("AWS_DEFAULT_REGION"))
            }
        };
        known.region = region
            .or_else(|| of_inventory(|inventory| inventory.region.as_ref()))
            .or_else(|| of_arn(3))
            .or_else(ambient);
        known.account =
            known.account.take().or_else(|| of_inventory(|inventory| inventory.account.as_ref())).or_else(|| of_arn(4));
        Ok(known)
    }

    /// What is so of every request that Traefik makes.
    fn set_facts(&mut self, surroundings: &Surroundings) {
        let mut set = |key: &str, value: String| self.context.set(Key::new(key), vec![value]);
        set("aws:SecureTransport", "true".to_owned());
        set("aws:ViaAWSService", "false".to_owned());
        set("aws:PrincipalIsAWSService", "false".to_owned());
        set("aws:CurrentTime", surroundings.now.to_string());
        set("aws:EpochTime", surroundings.now.as_second().to_string());
        let absent = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:PrincipalServiceName"];
        self.absent.extend(absent.map(Key::new));
    }

    fn read_item(&mut self, item: &str) -> Result<(), Failure> {
        let wrong = || {
            Failure::input(format!("--context {item:?} is not KEY=VALUE"))
                .hint("KEY is account, region, partition, or a condition key such as aws:PrincipalTag/team")
                .hint("an empty value says that the key is absent; a key that is given twice has both values")
        };
        let (key, value) = item.split_once('=').ok_or_else(wrong)?;
        let value = value.to_owned();
        match key {
            "account" if value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.account = Some(value);
            }
            "account" => return Err(Failure::input(format!("{value:?} is no account: those have twelve digits"))),
            "region" => self.region = Some(value),
            "partition" => self.partition = Some(value),
            key if key.contains(':') => {
                let key = Key::new(key);
                if value.is_empty() {
                    self.absent.insert(key);
                } else {
                    self.add(key, value);
                }
            }
            _ => return Err(wrong()),
        }
        Ok(())
    }

    /// Adds a value; the first that is given replaces what was known by itself.
    fn add(&mut self, key: Key, value: String) {
        let is_fact = [
            "aws:securetransport",
            "aws:viaawsservice",
            "aws:principalisawsservice",
            "aws:currenttime",
            "aws:epochtime",
        ]
        .contains(&key.name().to_lowercase().as_str());
        let mut values: Vec<String> = if is_fact {
            Vec::new()
        } else {
            let known = self.context.iter().find(|(known, _)| **known == key);
            known.map(|(_, values)| values.to_vec()).unwrap_or_default()
        };
        values.push(value);
        self.absent.remove(&key);
        self.context.set(key, values);
    }

    /// Takes in where AWS was asked; what was said otherwise stays.
    pub(super) fn learn_place(&mut self, region: &str, account: Option<&str>) {
        self.region.get_or_insert_with(|| region.to_owned());
        self.account = self.account.take().or_else(|| account.map(str::to_owned));
    }

    /// Takes in whose policies are judged; what was said otherwise stays.
    pub(super) fn learn_role(&mut self, role: &TaskRole, region: &str) {
        let arn = role.role.as_deref();
        let account = arn.unwrap_or(&role.service).split(':').nth(4);
        self.learn_place(region, account);
        let Some(arn) = arn else { return };
        let said = [("aws:PrincipalArn", arn), ("aws:PrincipalType", "AssumedRole")];
        for (key, value) in said.map(|(name, value)| (Key::new(name), value)) {
            if !self.absent.contains(&key) && !self.context.iter().any(|(known, _)| *known == key) {
                self.context.set(key, vec![value.to_owned()]);
            }
        }
    }

    /// What CloudFormation's pseudo parameters are, as far as that is known.
    pub(super) fn pseudo(&self) -> Pseudo {
        let partition =
            self.partition.clone().or_else(|| self.region.as_deref().map(|region| partition(region).to_owned()));
        let known = [
            ("AWS::Region", self.region.clone()),
            ("AWS::AccountId", self.account.clone()),
            ("AWS::Partition", partition),
        ];
        known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Where the provider asks. What isn't known is taken from the policies' ARNs where they agree.
    pub(super) fn target(&self, settings: &Settings, searched: &[String], policies: &Policies) -> Target {
        let mut notes = Vec::new();
        let named: Vec<_> = policies.identity.iter().flat_map(named_places).collect();
        let regions: BTreeSet<&String> = named.iter().filter_map(|(region, _)| region.as_ref()).collect();
        let accounts: BTreeSet<&String> = named.iter().filter_map(|(_, account)| account.as_ref()).collect();
        let region = self.region.clone().unwrap_or_else(|| assumed("region", &regions, ANY_REGION, &mut notes));
        let account = self.account.clone().unwrap_or_else(|| assumed("account", &accounts, ANY_ACCOUNT, &mut notes));
        let partition = self.partition.clone().unwrap_or_else(|| partition(&region).to_owned());
        let provider = &settings.provider;
        let clusters: Vec<String> = if provider.auto_discover_clusters {
            searched.to_vec()
        } else {
            provider.clusters.iter().map(ToString::to_string).collect()
        };
        let mut site = Site::new(&partition, &region, &account, &clusters);
        if provider.auto_discover_clusters {
            site.add_all_others();
        }
        let known = KnownSite { region: self.region.is_some(), account: self.account.is_some() };
        Target { knowledge: self.knowledge(&site, known), site, known, notes }
    }

    fn knowledge(&self, site: &Site, known: KnownSite) -> Knowledge {
        let mut context = self.context.clone();
        let mut set = |key: &str, value: &str| {
            let key = Key::new(key);
            if !context.iter().any(|(given, _)| *given == key) {
                context.set(key, vec![value.to_owned()]);
            }
        };
        if known.region {
            set("aws:RequestedRegion", &site.region);
            set("ec2:Region", &site.region);
        }
        if known.account {
            set("aws:PrincipalAccount", &site.account);
            set("aws:ResourceAccount", &site.account);
        }
        let mut absent = self.absent.clone();
        let is_role = |(key, values): (&Key, &[String])| {
            *key == Key::new("aws:PrincipalArn")
                && values.iter().any(|arn| arn.contains(":role/") || arn.contains(":assumed-role/"))
        };
        if context.iter().any(is_role) {
            absent.insert(Key::new("aws:username"));
        }
        Knowledge { known: context, unknown: Unknown::AllBut(absent) }
    }

    /// The site with `*` for what isn't known, as a suggestion writes it.
    pub(super) fn widened(&self, target: &Target) -> Site {
        let mut site = target.site.clone();
        let any = || "*".to_owned();
        let region = self.region.clone().unwrap_or_else(any);
        let account = self.account.clone().unwrap_or_else(any);
        for cluster in &mut site.clusters {
            let plain = format!(":{}:{}:", target.site.region, target.site.account);
            cluster.arn = cluster.arn.replacen(&plain, &format!(":{region}:{account}:"), 1);
        }
        (site.region, site.account) = (region, account);
        site
    }

    /// Says what a suggestion left open.
    pub(super) fn say_what_is_open(&self, console: &mut Console<'_>) {
        let mut open = Vec::new();
        if self.region.is_none() {
            open.push("the region (--region, or --context region=…)");
        }
        if self.account.is_none() {
            open.push("the account (--context account=…)");
        }
        if !open.is_empty() {
            let verb = if open.len() > 1 { "are" } else { "is" };
            console.note(&format!("{} {verb} not known, so * stands there", open.join(" and ")));
        }
    }
}

/// What the policies name where they name one; else what stands for any.
fn assumed(what: &str, named: &BTreeSet<&String>, any: &str, notes: &mut Vec<String>) -> String {
    let mut names = named.iter();
    match (names.next(), names.next()) {
        (None, _) => any.to_owned(),
        (Some(only), None) => {
            notes.push(format!(
                "the {what} is taken to be {only}, which the policies name; --context {what}=… says another"
            ));
            (*only).clone()
        }
        (Some(first), Some(_)) => {
            notes.push(format!("the policies name several {what}s; {first} is taken: --context {what}=… says which"));
            (*first).clone()
        }
    }
}
