//! Text in a page of HTML.

use super::printable;

/// The text as a page shows it, in an element or in a quoted attribute: it opens no element and ends no attribute, and
/// holds nothing that a reader can't see.
pub fn html_text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for character in printable(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::html_text;

    #[test]
    fn no_element_begins_and_no_attribute_ends() {
        assert_eq!(html_text("<a href='x'>\"&\u{202e}\n"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;\\u{202e}\\n");
    }
}
