//! What is worth a word about 1.7's settings, which Traefik takes without one.

use std::collections::BTreeMap;

use super::TemplateVersion;
use super::effective::Effective;
use crate::settings::{Remark, RemarkKind, advice};

/// The ids of what is said of 1.7's settings alone; others are shared with later releases.
pub const REMARKS: [&str; 5] =
    ["cluster-deprecated", "section-renewed", "template-version", "variables-unread", "watch-off"];

impl Effective {
    /// Adds what is worth a word of the options as they are now, in this environment.
    pub fn advise(&mut self, environment: &BTreeMap<String, String>) {
        let ecs = &self.settings;
        let mut said = Vec::new();
        if !self.is_on {
            let word = "the ECS provider is off: neither `[ecs]` nor `--ecs` turns it on; this shows what it would do \
                        with its defaults";
            said.push(Remark::new("provider-off", RemarkKind::ProviderOff, word));
        }
        if let Some(name) = environment.keys().find(|name| name.starts_with("TRAEFIK_")) {
            let word = format!("{name} is not read: Traefik 1.7 takes settings from its file and its flags alone");
            said.push(Remark::new("variables-unread", RemarkKind::Ignored, word));
        }
        if !ecs.cluster.is_empty() {
            let others = if self.is_given("clusters") { ", and `clusters` is ignored beside it" } else { "" };
            let word = format!("`cluster` is deprecated{others}: write `clusters = [\"{}\"]`", ecs.cluster);
            said.push(Remark::new("cluster-deprecated", RemarkKind::Deprecated, word).about("cluster"));
        }
        if !ecs.watch {
            let word = "`watch` is off: Traefik reads the fleet once, as it starts, and no later deploy reaches it";
            said.push(Remark::new("watch-off", RemarkKind::Misread, word).about("watch"));
        }
        if !ecs.filename.is_empty() && ecs.template_version == TemplateVersion::One {
            let word = "the template is read as version 1, without segments and constraints: set `templateVersion = 2` \
                        once it is written for that";
            said.push(Remark::new("template-version", RemarkKind::Misread, word).about("filename"));
        }
        let clusters = self.is_given("clusters") || self.is_given("cluster");
        said.extend(advice::of_provider(&ecs.provider(), clusters, environment));
        self.remarks.extend(said);
    }
}
