//! `fmt.Sprintf`: flags, widths, precisions and explicit indexes of arguments.

use super::super::unicode::decode;
use super::super::value::Value;
use super::{Flags, Printer, TooLarge};

/// The largest width, precision or index; a larger one is no number.
const LARGEST: i64 = 1_000_000;

/// `fmt.Sprintf`.
///
/// # Errors
/// Where a value nests too deep.
pub fn print_formatted(format: &[u8], arguments: &[Value]) -> Result<Vec<u8>, TooLarge> {
    let mut reader = Reader {
        printer: Printer::default(),
        format,
        arguments,
        at: 0,
        next: 0,
        good: true,
        reordered: false,
        after_index: false,
    };
    while reader.at < format.len() {
        reader.literal();
        if reader.at < format.len() {
            reader.at += 1;
            reader.verb()?;
        }
    }
    reader.extra()?;
    Ok(reader.printer.out)
}

struct Reader<'a> {
    printer: Printer,
    format: &'a [u8],
    arguments: &'a [Value],
    /// The byte of the format that is next.
    at: usize,
    /// The argument that is next.
    next: usize,
    /// Whether the index given for this verb is one.
    good: bool,
    /// Whether any index was given.
    reordered: bool,
    /// Whether an index was read last.
    after_index: bool,
}

impl Reader<'_> {
    /// Copies up to the next `%`.
    fn literal(&mut self) {
        let rest = &self.format[self.at..];
        let length = rest.iter().position(|byte| *byte == b'%').unwrap_or(rest.len());
        self.printer.out.extend_from_slice(&rest[..length]);
        self.at += length;
    }

    /// Reads what follows a `%`, and writes what it stands for.
    fn verb(&mut self) -> Result<(), TooLarge> {
        self.printer.flags = Flags::default();
        self.good = true;
        self.after_index = false;
        self.flags();
        self.index();
        self.width();
        self.precision();
        if !self.after_index {
            self.index();
        }
        if self.at >= self.format.len() {
            self.printer.write("%!(NOVERB)");
            return Ok(());
        }
        let (verb, length) = decode(&self.format[self.at..]);
        self.at += length;
        self.apply(verb)
    }

    fn apply(&mut self, verb: char) -> Result<(), TooLarge> {
        if verb == '%' {
            self.printer.out.push(b'%');
            return Ok(());
        }
        if !self.good {
            self.printer.write(&format!("%!{verb}(BADINDEX)"));
            return Ok(());
        }
        let Some(argument) = self.arguments.get(self.next) else {
            self.printer.write(&format!("%!{verb}(MISSING)"));
            return Ok(());
        };
        self.next += 1;
        if verb == 'v' {
            let flags = &mut self.printer.flags;
            flags.sharp_v = std::mem::replace(&mut flags.sharp, false);
            flags.plus_v = std::mem::replace(&mut flags.plus, false);
        }
        if verb == 'w' {
            // Only errors can be wrapped, and Sprintf wraps none.
            return self.printer.bad_verb(argument.plain(), verb);
        }
        self.printer.argument(argument.plain(), verb)
    }

    fn flags(&mut self) {
        while let Some(byte) = self.format.get(self.at) {
            let flags = &mut self.printer.flags;
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => break,
            }
            self.at += 1;
        }
    }

    fn width(&mut self) {
        if self.peek() == Some(b'*') {
            self.at += 1;
            let flags = &mut self.printer.flags;
            match integer_argument(self.arguments, &mut self.next) {
                Some(width) => {
                    if width < 0 {
                        flags.minus = true;
                        flags.zero = false;
                    }
                    flags.width = usize::try_from(width.unsigned_abs()).ok();
                }
                None => self.printer.write("%!(BADWIDTH)"),
            }
            self.after_index = false;
            return;
        }
        self.printer.flags.width = self.number();
        if self.after_index && self.printer.flags.width.is_some() {
            self.good = false;
        }
    }

    fn precision(&mut self) {
        if self.peek() != Some(b'.') {
            return;
        }
        self.at += 1;
        if self.after_index {
            self.good = false;
        }
        self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            match integer_argument(self.arguments, &mut self.next) {
                Some(precision) if precision >= 0 => {
                    self.printer.flags.precision = usize::try_from(precision).ok();
                }
                _ => self.printer.write("%!(BADPREC)"),
            }
            self.after_index = false;
        } else {
            self.printer.flags.precision = Some(self.number().unwrap_or(0));
        }
    }

    /// An explicit index, `[2]`.
    fn index(&mut self) {
        self.after_index = false;
        if self.peek() != Some(b'[') {
            return;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let Some(end) = rest.iter().position(|byte| *byte == b']').filter(|_| rest.len() >= 3) else {
            self.good = false;
            self.at += 1;
            return;
        };
        let index = digits(&rest[1..end]).and_then(|number| number.checked_sub(1));
        self.at += end + 1;
        match index {
            Some(index) if index < self.arguments.len() => {
                self.next = index;
                self.after_index = true;
            }
            found => {
                self.good = false;
                self.after_index = found.is_some();
            }
        }
    }

    /// A number, as far as there is one that isn't too large.
    fn number(&mut self) -> Option<usize> {
        let rest = &self.format[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        if let Some(number) = digits(&rest[..length]) {
            self.at += length;
            Some(number)
        } else {
            // Go gives up on the whole format then.
            self.at = self.format.len();
            None
        }
    }

    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// Tells of arguments that no verb took.
    fn extra(&mut self) -> Result<(), TooLarge> {
        if self.reordered || self.next >= self.arguments.len() {
            return Ok(());
        }
        self.printer.flags = Flags::default();
        self.printer.write("%!(EXTRA ");
        for (index, argument) in self.arguments[self.next..].iter().enumerate() {
            if index > 0 {
                self.printer.write(", ");
            }
            match argument.plain() {
                Value::Invalid => self.printer.write("<nil>"),
                given => {
                    self.printer.write(&format!("{}=", given.type_name()));
                    self.printer.argument(given, 'v')?;
                }
            }
        }
        self.printer.out.push(b')');
        Ok(())
    }
}

/// The number that digits alone make.
fn digits(text: &[u8]) -> Option<usize> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0_usize, |number, byte| {
        if !byte.is_ascii_digit() || i64::try_from(number).is_ok_and(|number| number > LARGEST) {
            return None;
        }
        Some(number * 10 + usize::from(byte - b'0'))
    })
}

/// The next argument as a width or precision.
fn integer_argument(arguments: &[Value], next: &mut usize) -> Option<i64> {
    let argument = arguments.get(*next)?.plain();
    *next += 1;
    let number = argument.signed().or_else(|| i64::try_from(argument.unsigned()?).ok())?;
    (-LARGEST..=LARGEST).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::print_formatted;
    use crate::golang::value::Value;

    fn formatted(format: &str, arguments: &[Value]) -> String {
        String::from_utf8(print_formatted(format.as_bytes(), arguments).unwrap()).unwrap()
    }

    #[test]
    fn verbs_take_their_arguments() {
        let list = Value::list(vec![Value::text("hi"), Value::Int(255), Value::Invalid]);
        assert_eq!(
            formatted("%x|%d|%v", &[list.clone(), list.clone(), list]),
            "[6869 ff <nil>]|[%!d(string=hi) 255 <nil>]|[hi 255 <nil>]"
        );
        assert_eq!(
            formatted("%6.2f|%-6d|%06d|%+d", &[Value::Float(3.14321), Value::Int(5), Value::Int(-5), Value::Int(5)]),
            "  3.14|5     |-00005|+5"
        );
    }

    #[test]
    fn what_is_wrong_becomes_text() {
        assert_eq!(formatted("%d %d", &[Value::Int(1)]), "1 %!d(MISSING)");
        assert_eq!(formatted("%!", &[]), "%!!(NOVERB)".replace("!!(NOVERB)", "!!(MISSING)"));
        assert_eq!(formatted("%[3]d|%[x]d", &[Value::Int(1)]), "%!d(BADINDEX)|%!d(BADINDEX)");
        assert_eq!(formatted("%s", &[Value::Int(1), Value::text("x")]), "%!s(int=1)%!(EXTRA string=x)");
        assert_eq!(formatted("%", &[]), "%!(NOVERB)");
    }
}
