//! Tables for people: as wide as the terminal, free in a pipe.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Row};

use super::safe::printable;
use super::styles::{Mark, Styles};

/// A table in the making.
pub struct Table {
    table: comfy_table::Table,
}

impl Table {
    /// An empty table with these headings, if any; `width` is the terminal's, `None` for a pipe.
    pub fn new(headings: &[&str], width: Option<usize>, styles: Styles) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        if styles.colored() {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        if !headings.is_empty() {
            table.set_header(headings.iter().map(|heading| Cell::new(heading).add_attribute(Attribute::Bold)));
        }
        match width {
            Some(width) => {
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
            }
            None => {
                table.set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        Self { table }
    }

    /// Adds a row; a cell with a mark has its colour. Foreign text is made safe here.
    pub fn row(&mut self, cells: &[(Option<Mark>, &str)]) {
        let cells = cells.iter().map(|(mark, text)| match mark {
            None => Cell::new(printable(text)),
            Some(Mark::Good) => Cell::new(printable(text)).fg(Color::Green),
            Some(Mark::Bad) => Cell::new(printable(text)).fg(Color::Red).add_attribute(Attribute::Bold),
            Some(Mark::Look) => Cell::new(printable(text)).fg(Color::Yellow),
            Some(Mark::Aside) => Cell::new(printable(text)).add_attribute(Attribute::Dim),
        });
        self.table.add_row(Row::from(cells.collect::<Vec<_>>()));
    }

    /// Aligns a column to the right, as figures want it.
    pub fn align_right(&mut self, column: usize) {
        if let Some(column) = self.table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }

    /// The table as text, no spaces at the ends of lines, a line break at its end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in self.table.to_string().lines() {
            text.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
            text.push('\n');
        }
        text
    }
}
