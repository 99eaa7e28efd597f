//! A text that an expression matches, made from the expression itself.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Longer texts than this aren't made.
const LONGEST: usize = 4096;

/// Characters that are chosen before others.
const USUAL: [char; 4] = ['a', '0', 'A', '-'];

/// The shortest of the texts that the first alternatives give; nothing where none is short enough. What stands at a
/// border is not looked at, so a text may not match after all.
pub(super) fn example(hir: &Hir) -> Option<String> {
    let mut text = String::new();
    let mut open = vec![hir];
    while let Some(part) = open.pop() {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
            HirKind::Class(class) => text.push(member(class)?),
            HirKind::Repetition(repetition) => {
                let times = usize::try_from(repetition.min).ok().filter(|times| *times <= LONGEST)?;
                open.extend(std::iter::repeat_n(&*repetition.sub, times));
            }
            HirKind::Capture(capture) => open.push(&capture.sub),
            HirKind::Concat(parts) => open.extend(parts.iter().rev()),
            HirKind::Alternation(parts) => open.extend(parts.first()),
        }
        if text.len() > LONGEST || open.len() > 4 * LONGEST {
            return None;
        }
    }
    Some(text)
}

/// A character of a class, a usual one where there is any.
fn member(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            let ascii = class.ranges().iter().filter(|range| range.end().is_ascii());
            ascii.map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let holds = |wanted: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&wanted));
    let visible = ('!'..='~').find(holds);
    USUAL.into_iter().find(holds).or(visible).or_else(|| ranges.first().map(|(first, _)| *first))
}
