//! The fleet as a picture: entry points, routers, services and the containers behind them, from left to right. What is
//! in it stands in the tables too; more routers than a picture can show are counted and left to those.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Reported;
use crate::render::html_text as text;

/// How many routers are drawn.
const MOST: usize = 150;
/// The height of a row, of a box in it, and what is above the first.
const ROW: usize = 34;
const BOX: usize = 26;
const TOP: usize = 34;
/// The left edges of the columns, and their widths.
const COLUMNS: [(usize, usize, &str); 4] =
    [(8, 150, "Entry points"), (220, 390, "Routers"), (672, 270, "Services"), (1004, 268, "Containers")];
const WIDTH: usize = 1280;
/// How wide a character is, as a rule; hexadecimal digits are wider than most.
const CHARACTER: usize = 8;

/// One box.
struct Drawn {
    column: usize,
    row: usize,
    label: String,
    bad: bool,
}

/// Boxes and the lines between them.
#[derive(Default)]
struct Drawing {
    boxes: Vec<Drawn>,
    rows: [usize; 4],
    lines: Vec<(usize, usize)>,
}

impl Drawing {
    /// Puts a box below the others of its column; gives its number.
    fn put(&mut self, column: usize, label: String, bad: bool) -> usize {
        let row = self.rows[column];
        self.rows[column] += 1;
        self.boxes.push(Drawn { column, row, label, bad });
        self.boxes.len() - 1
    }

    fn svg(&self, described: &str) -> String {
        let height = TOP + self.rows.iter().max().copied().unwrap_or_default() * ROW + 8;
        let mut svg =
            format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n", text(described));
        for (left, _, heading) in COLUMNS {
            let _ = writeln!(svg, "<text class=\"head\" x=\"{left}\" y=\"20\">{heading}</text>");
        }
        for (from, to) in &self.lines {
            let (from, to) = (&self.boxes[*from], &self.boxes[*to]);
            let (x1, x2) = (COLUMNS[from.column].0 + COLUMNS[from.column].1, COLUMNS[to.column].0);
            let middle = |drawn: &Drawn| TOP + drawn.row * ROW + BOX / 2;
            let (y1, y2, half) = (middle(from), middle(to), usize::midpoint(x1, x2));
            let _ = writeln!(svg, "<path d=\"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}\"/>");
        }
        for drawn in &self.boxes {
            let (left, width, _) = COLUMNS[drawn.column];
            let top = TOP + drawn.row * ROW;
            let class = if drawn.bad { " class=\"bad\"" } else { "" };
            let (whole, short) = (text(&drawn.label), text(&fitting(&drawn.label, width)));
            let _ = writeln!(
                svg,
                "<g><title>{whole}</title><rect{class} x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BOX}\" rx=\"5\"/>\
                 <text x=\"{}\" y=\"{}\">{short}</text></g>",
                left + 9,
                top + 18
            );
        }
        svg + "</svg>"
    }
}

/// As much of a text as fits into a box.
fn fitting(label: &str, width: usize) -> String {
    let room = (width - 18) / CHARACTER;
    if label.chars().count() <= room {
        return label.to_owned();
    }
    label.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

impl Reported {
    pub(super) fn picture(&self) -> String {
        let mut drawing = Drawing::default();
        self.draw_routes(&mut drawing);
        self.draw_skipped(&mut drawing);
        let all = self.routes.routers.len();
        let rest = all.saturating_sub(MOST);
        let more = if rest > 0 { format!(" {rest} more routers stand in the table below.") } else { String::new() };
        let described = format!(
            "{all} routers lead from {} entry points to {} services. The tables below say the same in words.",
            self.routes.entry_points.len(),
            self.routes.services.len()
        );
        format!(
            "<section aria-labelledby=\"picture\">\n<h2 id=\"picture\">The fleet</h2>\n<div class=\"scroll\" tabindex=\"0\" \
             role=\"region\" aria-label=\"The fleet as a picture\">\n{}\n</div>\n\
             <p class=\"aside\">Dashed boxes are containers that are not routed.{more}</p>\n</section>",
            drawing.svg(&described)
        )
    }

    fn draw_routes(&self, drawing: &mut Drawing) {
        let mut entries = BTreeMap::new();
        let mut services = BTreeMap::new();
        for router in self.routes.routers.iter().take(MOST) {
            let rule = if router.rule.is_empty() { &*router.name } else { &router.rule };
            let number = drawing.put(1, rule.to_owned(), false);
            for entry in &router.entry_points {
                let from = *entries.entry(entry.clone()).or_insert_with(|| drawing.put(0, entry.to_string(), false));
                drawing.lines.push((from, number));
            }
            let key = (router.protocol, router.service.clone());
            let to = *services.entry(key).or_insert_with(|| {
                let service = drawing.put(2, router.service.clone(), false);
                for (name, count) in behind(&router.servers) {
                    let behind = drawing.put(3, counted(&name, count), false);
                    drawing.lines.push((service, behind));
                }
                service
            });
            drawing.lines.push((number, to));
        }
    }

    /// What isn't routed, by cause.
    fn draw_skipped(&self, drawing: &mut Drawing) {
        let mut causes: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for container in self.discovered.containers.iter().filter(|container| !container.routed) {
            *causes.entry((container.title(), container.reason.unwrap_or_default())).or_default() += 1;
        }
        for ((name, reason), count) in causes.into_iter().take(MOST) {
            drawing.put(3, format!("{}: {reason}", counted(&name, count)), true);
        }
    }
}

/// The containers of servers, replicas counted; servers of nobody by their address.
fn behind(servers: &[crate::view::templated::Server]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for server in servers {
        let name = server.container.as_ref().map_or_else(
            || server.url.clone(),
            |origin| match &origin.ecs_service {
                Some(service) => format!("{service}/{}", origin.container),
                None => origin.container.to_string(),
            },
        );
        *found.entry(name).or_default() += 1;
    }
    found
}

fn counted(name: &str, count: usize) -> String {
    if count == 1 { name.to_owned() } else { format!("{name} ×{count}") }
}
