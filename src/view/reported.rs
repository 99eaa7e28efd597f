//! What `discover --report` writes: one page of HTML that needs nothing else, with the fleet as a picture and every
//! container explained. It reads without scripts; the one that it has searches. Whatever comes from AWS is text in it,
//! and its policy lets nothing be loaded or run but its own style and script.

mod picture;
mod sections;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::discovered::{Discovered, Facts};
use super::explained::Explained;
use super::templated::Templated;
use crate::pipeline::Run;
use crate::render::html_text;
use crate::settings::EntryPoints;

const STYLE: &str = include_str!("reported/page.css");
const SCRIPT: &str = include_str!("reported/search.js");

/// What a page is about.
#[derive(Debug)]
pub struct Reported {
    discovered: Discovered,
    explained: Explained,
    routes: Templated,
}

impl Reported {
    /// The page of a pass.
    pub fn of(run: &Run, facts: &Facts, entry_points: &EntryPoints) -> Self {
        Self {
            discovered: Discovered::of(run, facts.clone()),
            explained: Explained::of(run, None, facts.clone()),
            routes: Templated::of(run, facts.clone(), entry_points),
        }
    }

    /// The page.
    pub fn html(&self) -> Vec<u8> {
        let title = format!("Routes of {}", self.place());
        let body = [
            self.header(&title),
            "<main id=\"main\">".to_owned(),
            self.picture(),
            self.skipped(),
            self.routers(),
            self.conflicts(),
            self.failures(),
            self.containers(),
            "</main>".to_owned(),
            self.footer(),
        ];
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        let title = html_text(&title);
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}\n<script>{SCRIPT}</script>\n\
             </body>\n</html>\n",
            body.join("\n")
        )
        .into_bytes()
    }

    /// `prod, edge in eu-west-1`
    fn place(&self) -> String {
        let clusters = self.discovered.clusters.join(", ");
        match &self.discovered.region {
            Some(region) => format!("{clusters} in {region}"),
            None => clusters,
        }
    }
}

/// The hash by which a policy knows a text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
