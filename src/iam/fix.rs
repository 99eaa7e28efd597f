//! The least change to a policy that lets the provider do what it needs: statements put at the end of its list.
//!
//! What IAM refuses for one word is mended first. Nothing that stands there is moved or formatted anew. A Deny can't be mended by an addition; that is told elsewhere.

use super::read::read;
use super::statement::Policy;
use super::suggest::Suggestion;
use crate::document::json::Span;

/// The text with everything mended that one other word mends, such as a Sid with spaces.
pub fn mended(text: &str) -> String {
    let mut mended = text.to_owned();
    for finding in read(text).findings.iter().rev() {
        if let Some(mend) = &finding.mend {
            mended.replace_range(finding.span.clone(), mend);
        }
    }
    mended
}

/// The text of a document with the statements of a suggestion at the end.
///
/// Sids that the document has already are left out of what is added.
pub fn fix(text: &str, policy: &Policy, suggestion: &Suggestion) -> String {
    let taken: Vec<&str> = policy.statements.iter().filter_map(|statement| statement.sid.as_deref()).collect();
    let added: Vec<String> = suggestion
        .statements
        .iter()
        .zip(suggestion.statements_text())
        .map(|(statement, text)| {
            if taken.contains(&statement.sid) {
                text.replacen(&format!("  \"Sid\": \"{}\",\n", statement.sid), "", 1)
            } else {
                text
            }
        })
        .collect();
    let span = &policy.statements_span;
    if text[span.clone()].starts_with('[') {
        into_list(text, span, policy, &added)
    } else {
        around_statement(text, span, &added)
    }
}

/// Before the bracket that closes the list.
fn into_list(text: &str, span: &Span, policy: &Policy, added: &[String]) -> String {
    let close = span.end - 1;
    let body_end = text[..close].trim_end().len();
    let indent = policy
        .statements
        .last()
        .map_or_else(|| format!("{}  ", indent_of(text, close)), |last| indent_of(text, last.span.start));
    let mut result = text[..body_end].to_owned();
    for (index, statement) in added.iter().enumerate() {
        if index > 0 || !policy.statements.is_empty() {
            result.push(',');
        }
        result.push('\n');
        result.push_str(&indented(statement, &indent));
    }
    let tail = &text[body_end..close];
    if tail.contains('\n') {
        result.push_str(tail);
    } else {
        result.push('\n');
        result.push_str(&indent_of(text, span.start));
    }
    result.push_str(&text[close..]);
    result
}

/// Makes a list of a lone statement.
fn around_statement(text: &str, span: &Span, added: &[String]) -> String {
    let outer = indent_of(text, span.start);
    let indent = format!("{outer}  ");
    let lone = text[span.clone()].replace('\n', "\n  ");
    let mut items = vec![format!("{indent}{lone}")];
    items.extend(added.iter().map(|statement| indented(statement, &indent)));
    format!("{}[\n{}\n{outer}]{}", &text[..span.start], items.join(",\n"), &text[span.end..])
}

/// The white space that the line of a place begins with.
fn indent_of(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[start..at].chars().take_while(|character| matches!(character, ' ' | '\t')).collect()
}

fn indented(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::{Scope, Site, read, suggest};
    use super::fix;
    use crate::model::Action;

    fn fixed(text: &str) -> String {
        let site = Site::new("aws", "eu-west-1", "123456789012", &["web".to_owned()]);
        let suggestion = suggest(&[Action::ListTasks], &site, Scope::Clusters);
        fix(text, read(text).accepted().expect("it is a policy"), &suggestion)
    }

    #[test]
    fn what_is_added_stands_at_the_end_and_the_rest_stays() {
        let lone = "{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}";
        for text in [
            format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{lone}]}}"),
            format!("{{\"Version\":\"2012-10-17\",\"Statement\":{lone}}}"),
            "{\"Version\":\"2012-10-17\",\"Statement\":[]}".to_owned(),
            format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {lone}\n  ]\n}}\n"),
        ] {
            let fixed = fixed(&text);
            let reading = read(&fixed);
            let policy = reading.accepted().unwrap_or_else(|| panic!("{fixed} is a policy: {:?}", reading.findings));
            assert_eq!(policy.statements.len(), 1 + usize::from(text.contains("s3:*")), "{fixed}");
            assert_eq!(text.contains("s3:*"), fixed.contains(lone), "{fixed}");
        }
    }
}
