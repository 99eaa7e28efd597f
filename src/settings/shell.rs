//! Splits a command line as a POSIX shell does, as far as settings need it: words, quotes, variables, and which
//! commands follow each other. Nothing is run: what only a shell could know is named, and left empty.

use std::collections::BTreeMap;

/// One simple command of a script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Command {
    /// Its words, in order.
    pub words: Vec<String>,
    /// What of it only a shell could know: `$(hostname)`, `$TOKEN`.
    pub unknown: Vec<String>,
}

/// The simple commands of a script, in order; `positional` are `$0`, `$1` and so on.
///
/// # Errors
/// When a quote or a substitution is not closed: a shell would refuse it.
pub(super) fn commands(
    script: &str,
    variables: &BTreeMap<String, String>,
    positional: &[String],
) -> Result<Vec<Command>, &'static str> {
    let mut splitter =
        Splitter { rest: script, variables, positional, commands: Vec::new(), open: Command::default(), word: None };
    while let Some(next) = splitter.take() {
        splitter.step(next)?;
    }
    splitter.end_command();
    Ok(splitter.commands)
}

struct Splitter<'a> {
    rest: &'a str,
    variables: &'a BTreeMap<String, String>,
    positional: &'a [String],
    commands: Vec<Command>,
    open: Command,
    word: Option<String>,
}

impl<'a> Splitter<'a> {
    fn take(&mut self) -> Option<char> {
        let next = self.rest.chars().next()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn step(&mut self, next: char) -> Result<(), &'static str> {
        match next {
            ';' | '&' | '|' | '\n' | '(' | ')' => self.end_command(),
            space if space.is_whitespace() => self.end_word(),
            '#' if self.word.is_none() => self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]),
            '\\' => match self.take() {
                // A line that goes on.
                Some('\n') | None => {}
                Some(escaped) => self.push(escaped),
            },
            '\'' => {
                let text = self.until('\'').ok_or("a single quote is not closed")?;
                self.word.get_or_insert_default().push_str(text);
            }
            '"' => self.quoted()?,
            '$' => self.substitute(Quotes::Without)?,
            '`' => {
                let text = self.until('`').ok_or("a backquote is not closed")?;
                self.leave_out(format!("`{text}`"));
            }
            plain => self.push(plain),
        }
        Ok(())
    }

    /// The inside of double quotes.
    fn quoted(&mut self) -> Result<(), &'static str> {
        self.word.get_or_insert_default();
        loop {
            match self.take().ok_or("a double quote is not closed")? {
                '"' => return Ok(()),
                '\\' => match self.take().ok_or("a double quote is not closed")? {
                    '\n' => {}
                    escaped @ ('"' | '\\' | '$' | '`') => self.push(escaped),
                    other => {
                        self.push('\\');
                        self.push(other);
                    }
                },
                '$' => self.substitute(Quotes::Within)?,
                '`' => {
                    let text = self.until('`').ok_or("a backquote is not closed")?;
                    self.leave_out(format!("`{text}`"));
                }
                plain => self.push(plain),
            }
        }
    }

    /// What follows a dollar.
    fn substitute(&mut self, quotes: Quotes) -> Result<(), &'static str> {
        if let Some(inner) = self.rest.strip_prefix('(') {
            let end = closing(inner).ok_or("`$(` is not closed")?;
            self.leave_out(format!("$({})", &inner[..end]));
            self.rest = &inner[end + 1..];
            return Ok(());
        }
        if let Some(parameter @ ('@' | '*' | '0'..='9')) = self.rest.chars().next() {
            self.rest = &self.rest[1..];
            self.expand_positional(parameter, quotes);
            return Ok(());
        }
        let (written, name, default) = if let Some(inner) = self.rest.strip_prefix('{') {
            let end = inner.find('}').ok_or("`${` is not closed")?;
            self.rest = &inner[end + 1..];
            let (name, default) = match inner[..end].split_once(":-").or_else(|| inner[..end].split_once('-')) {
                Some((name, default)) => (name, Some(default)),
                None => (&inner[..end], None),
            };
            (format!("${{{}}}", &inner[..end]), name, default)
        } else {
            let end = self.rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            if end == 0 {
                self.push('$');
                return Ok(());
            }
            let name = &self.rest[..end];
            self.rest = &self.rest[end..];
            (format!("${name}"), name, None)
        };
        match (self.variables.get(name), default) {
            (Some(value), _) if !value.is_empty() || default.is_none() => self.expand(&value.clone(), quotes),
            (_, Some(default)) => self.expand(default, quotes),
            _ => self.leave_out(written),
        }
        Ok(())
    }

    /// Puts in what stands behind the script: `$@` is a word each, `$*` one of them all, `$1` the first.
    fn expand_positional(&mut self, parameter: char, quotes: Quotes) {
        let behind = self.positional.get(1..).unwrap_or_default();
        if let Some(number) = parameter.to_digit(10) {
            let value = self.positional.get(number as usize).cloned().unwrap_or_default();
            return self.expand(&value, quotes);
        }
        for (number, value) in behind.iter().enumerate() {
            match parameter {
                '*' if quotes == Quotes::Within && number > 0 => self.push(' '),
                _ if number > 0 => self.end_word(),
                _ => {}
            }
            self.expand(value, quotes);
        }
    }

    /// Puts a value in: without quotes it falls into words at its spaces.
    fn expand(&mut self, value: &str, quotes: Quotes) {
        for next in value.chars() {
            if quotes == Quotes::Without && next.is_whitespace() {
                self.end_word();
            } else {
                self.push(next);
            }
        }
    }

    fn leave_out(&mut self, written: String) {
        self.word.get_or_insert_default();
        self.open.unknown.push(written);
    }

    fn push(&mut self, next: char) {
        self.word.get_or_insert_default().push(next);
    }

    fn until(&mut self, end: char) -> Option<&'a str> {
        let (text, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(text)
    }

    fn end_word(&mut self) {
        self.open.words.extend(self.word.take());
    }

    fn end_command(&mut self) {
        self.end_word();
        let command = std::mem::take(&mut self.open);
        if !command.words.is_empty() {
            self.commands.push(command);
        }
    }
}

/// Whether a value stands in double quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Within,
    Without,
}

/// Where the parenthesis that is open closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, next) in text.char_indices() {
        match next {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::commands;

    fn words(script: &str) -> Vec<Vec<String>> {
        let variables = BTreeMap::from([("REGION".to_owned(), "eu west".to_owned())]);
        commands(script, &variables, &["sh".to_owned(), "--x=a b".to_owned(), "--y".to_owned()])
            .expect("it is well-formed")
            .into_iter()
            .map(|command| command.words)
            .collect()
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        let cases: [(&str, &[&[&str]]); 12] = [
            ("traefik \"$@\" --z", &[&["traefik", "--x=a b", "--y", "--z"]]),
            ("traefik $@", &[&["traefik", "--x=a", "b", "--y"]]),
            ("traefik \"$*\" \"$2\"", &[&["traefik", "--x=a b --y", "--y"]]),
            ("traefik --a=b  --c", &[&["traefik", "--a=b", "--c"]]),
            ("traefik '--rule=Host(`a`)' \"--x=a b\"", &[&["traefik", "--rule=Host(`a`)", "--x=a b"]]),
            ("a && exec traefik --x; b|c", &[&["a"], &["exec", "traefik", "--x"], &["b"], &["c"]]),
            ("traefik \\\n  --a\\ b", &[&["traefik", "--a b"]]),
            ("traefik --r=\"$REGION\" --r=$REGION", &[&["traefik", "--r=eu west", "--r=eu", "west"]]),
            ("traefik \"\" ''", &[&["traefik", "", ""]]),
            ("# a comment\ntraefik # another", &[&["traefik"]]),
            ("a \"\\x\\\"\" $", &[&["a", "\\x\"", "$"]]),
            ("traefik --c=${CLUSTER:-prod}", &[&["traefik", "--c=prod"]]),
        ];
        for (script, want) in cases {
            assert_eq!(words(script), want, "{script}");
        }
    }

    #[test]
    fn what_only_a_shell_could_know_is_named() {
        let found =
            commands("traefik --a=$(cat (x)) --b=${B} --c=`d` $E", &BTreeMap::new(), &[]).expect("it is well-formed");
        assert_eq!(found[0].unknown, ["$(cat (x))", "${B}", "`d`", "$E"]);
    }

    #[test]
    fn what_is_not_closed_is_refused() {
        for script in ["a '", "a \"", "a `", "a $(", "a ${", "a \"\\"] {
            assert!(commands(script, &BTreeMap::new(), &[]).is_err(), "{script}");
        }
    }
}
