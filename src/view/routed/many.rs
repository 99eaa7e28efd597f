//! Many requests, each in a line of its own, and what they come to together. What was shown is not kept, so that there
//! may be any number of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use super::{HEADINGS, Routed};
use crate::cli::DiscoverFormat;
use crate::model::Text;
use crate::render::{Styles, Table, csv_field, markdown_cell};

/// How many rows are laid out together, so that their columns stand below one another.
const BLOCK: usize = 500;

/// Requests on their way to the reader.
#[derive(Debug)]
pub struct Many {
    format: DiscoverFormat,
    styles: Styles,
    block: Vec<[String; 7]>,
    has_begun: bool,
    requests: u64,
    routed: u64,
    routers: BTreeMap<Text, u64>,
}

impl Many {
    /// None yet.
    pub fn new(format: DiscoverFormat, styles: Styles) -> Self {
        Self { format, styles, block: Vec::new(), has_begun: false, requests: 0, routed: 0, routers: BTreeMap::new() }
    }

    /// Adds one; gives what is to be shown by now.
    pub fn add(&mut self, line: usize, one: &Routed) -> String {
        self.requests += 1;
        self.routed += u64::from(one.is_routed());
        if let Some(router) = one.answers.first().and_then(|answer| answer.router.as_ref()) {
            *self.routers.entry(router.clone()).or_default() += 1;
        }
        let mut text = if self.has_begun { String::new() } else { self.head() };
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        match self.format {
            DiscoverFormat::Table => {
                self.block.push(one.cells());
                if self.block.len() == BLOCK {
                    text.push_str(&self.rows());
                }
            }
            DiscoverFormat::Json => {
                text.push_str(if is_first { "\n    " } else { ",\n    " });
                text.push_str(&object(line, one));
            }
            DiscoverFormat::Jsonl => text.push_str(&(object(line, one) + "\n")),
            DiscoverFormat::Csv => {
                let cells = one.cells();
                let cells: Vec<_> = cells.iter().map(|cell| csv_field(cell)).collect();
                let _ = write!(text, "{}\r\n", cells.join(","));
            }
            DiscoverFormat::Markdown => {
                let cells = one.cells();
                let cells: Vec<_> = cells.iter().map(|cell| markdown_cell(cell)).collect();
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        text
    }

    /// What is still to be shown, and the sum of all.
    pub fn finish(&mut self) -> String {
        let mut text = if self.has_begun { String::new() } else { self.head() };
        match self.format {
            DiscoverFormat::Table => {
                text.push_str(&self.rows());
                let _ = write!(text, "\n{}\n{}", self.sum(), self.counts());
            }
            DiscoverFormat::Json => {
                let routers: Vec<_> =
                    self.ranked().map(|(name, count)| json!({ "router": name, "requests": count })).collect();
                let unrouted = self.requests - self.routed;
                let sum = json!({ "requests": self.requests, "routed": self.routed, "unrouted": unrouted,
                                  "routers": routers });
                let _ = write!(text, "\n  ],\n  \"summary\": {sum}\n}}\n");
            }
            DiscoverFormat::Markdown => {
                let _ = writeln!(text, "\n{}", self.sum());
            }
            DiscoverFormat::Jsonl | DiscoverFormat::Csv => {}
        }
        text
    }

    /// Whether each of them has a router.
    pub fn all_are_routed(&self) -> bool {
        self.routed == self.requests
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.requests == 0
    }

    fn head(&self) -> String {
        match self.format {
            DiscoverFormat::Json => "{\n  \"schema\": \"ecsroute.route/1\",\n  \"requests\": [".to_owned(),
            DiscoverFormat::Csv => format!("{}\r\n", HEADINGS.join(",")),
            DiscoverFormat::Markdown => format!("| {} |\n|{}\n", HEADINGS.join(" | "), "---|".repeat(HEADINGS.len())),
            DiscoverFormat::Table | DiscoverFormat::Jsonl => String::new(),
        }
    }

    /// The rows that wait, below one another; the first ones below headings.
    fn rows(&mut self) -> String {
        let first = u64::try_from(self.block.len()).is_ok_and(|waiting| waiting == self.requests);
        let mut table = Table::new(if first { &HEADINGS } else { &[] }, None, self.styles);
        for cells in self.block.drain(..) {
            table.row(&cells.each_ref().map(|cell| (None, cell.as_str())));
        }
        table.text()
    }

    fn sum(&self) -> String {
        let (all, routed) = (self.requests, self.routed);
        let noun = if all == 1 { "request" } else { "requests" };
        format!("{all} {noun}, {routed} with a router, {} without", all - routed)
    }

    /// The routers, those that take most first.
    fn ranked(&self) -> impl Iterator<Item = (&Text, u64)> {
        let mut ranked: Vec<(&Text, u64)> = self.routers.iter().map(|(name, count)| (name, *count)).collect();
        ranked.sort_by(|(one, most), (other, least)| least.cmp(most).then(one.cmp(other)));
        ranked.into_iter()
    }

    fn counts(&self) -> String {
        if self.routers.is_empty() {
            return String::new();
        }
        let mut table = Table::new(&[], None, self.styles);
        for (name, count) in self.ranked() {
            table.row(&[(None, &count.to_string()), (None, name)]);
        }
        table.align_right(0);
        table.text()
    }
}

/// One request as JSON in one line.
fn object(line: usize, one: &Routed) -> String {
    let mut object = serde_json::Map::new();
    object.insert("line".to_owned(), line.into());
    if let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(one) {
        object.extend(fields.into_iter().filter(|(name, _)| name != "others"));
    }
    serde_json::Value::Object(object).to_string()
}
