//! Tables, keys and values.

use std::collections::BTreeSet;

use super::scan::{Scan, is_blank};
use super::{Places, Table, Toml, TomlError, text};

/// Values may nest this deep; beyond it they are refused rather than read at any cost.
const DEEPEST: usize = 500;

/// Reads a document.
///
/// # Errors
/// Where Traefik 1.7's parser refuses it.
pub fn parse(text: &str) -> Result<Table, TomlError> {
    placed(text).map(|(table, _)| table)
}

/// Reads a document, and where each key stands.
///
/// # Errors
/// As [`parse`].
pub fn placed(text: &str) -> Result<(Table, Places), TomlError> {
    let mut parser = Parser {
        scan: Scan::new(text),
        root: Table::new(),
        implied: BTreeSet::new(),
        context: Vec::new(),
        places: Places::new(),
    };
    parser.document()?;
    Ok((parser.root, parser.places))
}

struct Parser<'t> {
    scan: Scan<'t>,
    root: Table,
    /// Tables that came into being as part of another's name, by their names joined with dots: each may still be
    /// defined once. Names that hold dots themselves can be taken for others, in the original as here.
    implied: BTreeSet<String>,
    context: Vec<String>,
    places: Places,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<(), TomlError> {
        loop {
            self.scan.emptiness();
            match self.scan.peek() {
                None if self.scan.is_done() => return Ok(()),
                None => return Err(self.scan.error("a NUL can't stand here")),
                Some('[') => {
                    let from = self.scan.at();
                    self.header()?;
                    self.places.entry(self.context.join(".")).or_insert(from..self.scan.at());
                }
                Some(_) => {
                    let from = self.scan.at();
                    let (key, value) = self.pair(0)?;
                    let path = self.context.iter().chain([&key]).map(String::as_str).collect::<Vec<_>>().join(".");
                    self.places.insert(path, from..self.scan.at());
                    self.set(key, value)?;
                }
            }
            self.scan.blanks();
            match self.scan.peek() {
                None => return Ok(()),
                Some('#' | '\n' | '\r') => {}
                Some(_) => return Err(self.scan.unexpected("a value or a table's name ends its line")),
            }
        }
    }

    fn header(&mut self) -> Result<(), TomlError> {
        self.scan.next();
        let array = self.scan.take("[");
        let mut path = Vec::new();
        loop {
            self.scan.blanks();
            if matches!(self.scan.peek(), None | Some(']' | '.')) {
                return Err(self.scan.error("a table's name is empty"));
            }
            path.push(if text::begins(self.scan.peek()) {
                text::read(&mut self.scan)?
            } else {
                self.scan.take_while(is_bare).to_owned()
            });
            self.scan.blanks();
            match self.scan.peek() {
                Some('.') => self.scan.next(),
                Some(']') => break,
                _ => return Err(self.scan.unexpected("`.` or `]` follows in a table's name")),
            };
        }
        self.scan.next();
        if array && !self.scan.take("]") {
            return Err(self.scan.unexpected("`]]` ends the name of an array of tables"));
        }
        if array { self.open_array(path) } else { self.open_table(path) }
    }

    fn open_table(&mut self, mut path: Vec<String>) -> Result<(), TomlError> {
        let Some(last) = path.pop() else { return Ok(()) };
        self.imply(&path)?;
        self.context = path;
        self.set(last.clone(), Toml::Table(Table::new()))?;
        self.context.push(last);
        Ok(())
    }

    fn open_array(&mut self, mut path: Vec<String>) -> Result<(), TomlError> {
        let Some(last) = path.pop() else { return Ok(()) };
        self.imply(&path)?;
        let refused = self.scan.error(format!("`{last}` is something else already"));
        let Some(outer) = descend(&mut self.root, &path) else { return Err(refused) };
        match outer.entry(last.clone()).or_insert_with(|| Toml::Tables(Vec::new())) {
            Toml::Tables(tables) => tables.push(Table::new()),
            _ => return Err(refused),
        }
        path.push(last);
        self.context = path;
        Ok(())
    }

    /// Makes the tables of a path that are not there yet.
    fn imply(&mut self, path: &[String]) -> Result<(), TomlError> {
        for depth in 1..=path.len() {
            let Some(outer) = descend(&mut self.root, &path[..depth - 1]) else {
                return Err(self.scan.error(format!("`{}` is not a table", path[..depth - 1].join("."))));
            };
            let name = &path[depth - 1];
            if !outer.contains_key(name) {
                outer.insert(name.clone(), Toml::Table(Table::new()));
                self.implied.insert(path[..depth].join("."));
            }
        }
        match descend(&mut self.root, path) {
            Some(_) => Ok(()),
            None => Err(self.scan.error(format!("`{}` is not a table", path.join(".")))),
        }
    }

    /// Puts a value into the table that is open. A table that was only implied so far may be defined.
    fn set(&mut self, key: String, value: Toml) -> Result<(), TomlError> {
        let mut full = self.context.clone();
        full.push(key.clone());
        let full = full.join(".");
        let Some(table) = descend(&mut self.root, &self.context) else {
            return Err(self.scan.error(format!("`{}` is not a table", self.context.join("."))));
        };
        if table.contains_key(&key) {
            if self.implied.remove(&full) {
                return Ok(());
            }
            return Err(self.scan.error(format!("`{full}` is defined already")));
        }
        table.insert(key, value);
        Ok(())
    }

    fn pair(&mut self, depth: usize) -> Result<(String, Toml), TomlError> {
        let key = if text::begins(self.scan.peek()) {
            text::read(&mut self.scan)?
        } else {
            let key = self.scan.take_while(is_bare).to_owned();
            if !matches!(self.scan.peek(), Some(' ' | '\t' | '=')) || key.is_empty() {
                return Err(self.scan.unexpected("a key consists of A-Z, a-z, 0-9, `_` and `-`"));
            }
            key
        };
        self.scan.blanks();
        if !self.scan.take("=") {
            return Err(self.scan.unexpected("`=` follows a key"));
        }
        Ok((key, self.value(depth)?))
    }

    fn value(&mut self, depth: usize) -> Result<Toml, TomlError> {
        self.scan.take_while(is_blank);
        if depth > DEEPEST {
            return Err(self.scan.error("values nest too deep"));
        }
        match self.scan.peek() {
            Some('[') => self.array(depth + 1),
            Some('{') => self.inline(depth + 1),
            Some('"' | '\'') => text::read(&mut self.scan).map(Toml::Text),
            Some('+' | '-' | '0'..='9') => self.number(),
            Some(character) if character.is_alphabetic() => self.word(),
            _ => Err(self.scan.unexpected("a value is wanted")),
        }
    }

    fn word(&mut self) -> Result<Toml, TomlError> {
        match self.scan.take_while(char::is_alphabetic) {
            "true" => Ok(Toml::Bool(true)),
            "false" => Ok(Toml::Bool(false)),
            other => Err(self.scan.error(format!("a value is wanted, not `{other}`"))),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Toml, TomlError> {
        self.scan.next();
        let mut items: Vec<Toml> = Vec::new();
        loop {
            self.scan.emptiness();
            if self.scan.take("]") {
                return Ok(Toml::Array(items));
            }
            let item = self.value(depth)?;
            if items.first().is_some_and(|first| first.kind() != item.kind()) {
                return Err(self.scan.error("the items of an array are of one type"));
            }
            items.push(item);
            self.scan.emptiness();
            if !self.scan.take(",") && self.scan.peek() != Some(']') {
                return Err(self.scan.unexpected("`,` or `]` follows an item"));
            }
        }
    }

    fn inline(&mut self, depth: usize) -> Result<Toml, TomlError> {
        self.scan.next();
        let mut table = Table::new();
        loop {
            self.scan.blanks();
            if self.scan.take("}") {
                return Ok(Toml::Table(table));
            }
            let (key, value) = self.pair(depth)?;
            table.insert(key, value);
            self.scan.blanks();
            if !self.scan.take(",") && self.scan.peek() != Some('}') {
                return Err(self.scan.unexpected("`,` or `}` follows in an inline table"));
            }
        }
    }

    fn number(&mut self) -> Result<Toml, TomlError> {
        let from = self.scan.at();
        let signed = matches!(self.scan.peek(), Some('+' | '-'));
        if signed {
            self.scan.next();
        }
        let digits = self.scan.take_while(|character| character.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.scan.unexpected("a number has digits"));
        }
        if !signed && self.scan.peek() == Some('-') {
            return self.date(from);
        }
        self.scan.take_while(|character| character.is_ascii_digit() || character == '_');
        if matches!(self.scan.peek(), Some('.' | 'e' | 'E')) {
            return self.float(from);
        }
        let text = self.scan.since(from);
        let plain = without_underscores(text).ok_or_else(|| self.scan.error("`_` stands between digits"))?;
        plain.parse().map(Toml::Int).map_err(|_| self.scan.error(format!("`{text}` is out of range")))
    }

    fn float(&mut self, from: usize) -> Result<Toml, TomlError> {
        self.scan.take_while(|character| character.is_ascii_digit() || "_.-+eE".contains(character));
        let text = self.scan.since(from);
        let wrong = || self.scan.error(format!("`{text}` is no number"));
        let dotted = text.split('.').skip(1).any(|after| !after.starts_with(|c: char| c.is_ascii_digit()));
        let underscored =
            text.split(['.', 'e', 'E']).any(|part| !part.is_empty() && without_underscores(part).is_none());
        if dotted || underscored {
            return Err(wrong());
        }
        match text.replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Toml::Float(number)),
            _ => Err(wrong()),
        }
    }

    fn date(&mut self, from: usize) -> Result<Toml, TomlError> {
        self.scan.take_while(|character| character.is_ascii_digit() || "-T:.Z+".contains(character));
        let text = self.scan.since(from);
        let known = text.parse::<jiff::Timestamp>().is_ok()
            || (text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok())
            || (text.contains('T') && text.parse::<jiff::civil::DateTime>().is_ok());
        if known { Ok(Toml::Date(text.to_owned())) } else { Err(self.scan.error(format!("`{text}` is no date"))) }
    }
}

/// The table at the end of a path; of an array of tables the last one is meant.
fn descend<'a>(root: &'a mut Table, path: &[String]) -> Option<&'a mut Table> {
    path.iter().try_fold(root, |table, name| match table.get_mut(name)? {
        Toml::Table(inner) => Some(inner),
        Toml::Tables(tables) => tables.last_mut(),
        _ => None,
    })
}

fn is_bare(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// A number without its underscores, each of which has something else on both sides.
fn without_underscores(text: &str) -> Option<String> {
    let wrong = text.starts_with('_') || text.ends_with('_') || text.contains("__");
    (!wrong).then(|| text.replace('_', ""))
}
