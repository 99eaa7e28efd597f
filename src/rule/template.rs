//! The templates of v2's rules: text with variables, `{name}` or `{name:expression}`.

use std::fmt::Write as _;

use super::error::Problem;
use crate::golang::regexp::{Regexp, quote_meta};

/// What a template describes, which decides how it is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A host: case doesn't count, a variable stops at a dot.
    Host,
    /// A whole path: a variable stops at a slash.
    Path,
    /// The beginning of a path.
    PathPrefix,
    /// `key=value`: a variable takes anything, and so does an empty value.
    Query,
}

impl Place {
    fn default_expression(self) -> &'static str {
        match self {
            Self::Host => "[^.]+",
            Self::Path | Self::PathPrefix => "[^/]+",
            Self::Query => ".*",
        }
    }
}

/// A template as the regular expression that it stands for, and the names of its variables.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) regexp: Regexp,
    pub(super) variables: Vec<String>,
}

/// Compiles a template.
pub(super) fn compile(template: &str, place: Place) -> Result<Template, Problem> {
    let parts = split(template)?;
    let mut pattern = String::from(if place == Place::Host { "(?i)^" } else { "^" });
    let mut variables = Vec::new();
    for part in parts {
        match part {
            Part::Text(text) => pattern.push_str(&quote_meta(text)),
            Part::Variable(inner) => {
                let (name, expression) = inner.split_once(':').unwrap_or((inner, place.default_expression()));
                if name.is_empty() || expression.is_empty() {
                    return Err(Problem::EmptyVariable(format!("{{{inner}}}")));
                }
                // Every variable is compiled by itself first, so that it can't close its own group.
                if place != Place::Host || !template.is_empty() {
                    Regexp::compile(&format!("^{expression}$")).map_err(Problem::Regexp)?;
                }
                let _ = write!(pattern, "(?P<v{}>{expression})", variables.len());
                variables.push(name.to_owned());
            }
        }
    }
    if place == Place::Query && template.split_once('=').is_some_and(|(_, value)| value.is_empty()) {
        pattern.push_str(place.default_expression());
    }
    if place != Place::PathPrefix {
        pattern.push('$');
    }
    Ok(Template { regexp: Regexp::compile(&pattern).map_err(Problem::Regexp)?, variables })
}

pub(super) enum Part<'t> {
    Text(&'t str),
    /// What is between the braces.
    Variable(&'t str),
}

/// Text and variables in turn; braces within a variable belong to it.
pub(super) fn split(template: &str) -> Result<Vec<Part<'_>>, Problem> {
    let unbalanced = || Problem::UnbalancedBraces(template.to_owned());
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, byte) in template.bytes().enumerate() {
        match byte {
            b'{' => {
                if depth == 0 {
                    parts.push(Part::Text(&template[from..at]));
                    from = at + 1;
                }
                depth += 1;
            }
            b'}' => {
                depth = depth.checked_sub(1).ok_or_else(unbalanced)?;
                if depth == 0 {
                    parts.push(Part::Variable(&template[from..at]));
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    if depth != 0 {
        return Err(unbalanced());
    }
    parts.push(Part::Text(&template[from..]));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::{Place, Problem, compile};

    #[test]
    fn variables_stop_where_their_place_says() {
        let takes =
            |template, place, text: &str| compile(template, place).expect("valid").regexp.is_match(text.as_bytes());
        assert!(takes("{sub}.example.com", Place::Host, "A.EXAMPLE.com"));
        assert!(!takes("{sub}.example.com", Place::Host, "a.b.example.com"));
        assert!(takes("/{id:[0-9]{2}}/x", Place::PathPrefix, "/12/xy"));
        assert!(!takes("/{id}", Place::Path, "/a/b"));
        assert!(takes("a=", Place::Query, "a=anything"));
    }

    #[test]
    fn broken_templates_are_told() {
        let problem = |template| compile(template, Place::Path).map(|_| ()).expect_err("it is broken");
        assert_eq!(problem("/{"), Problem::UnbalancedBraces("/{".to_owned()));
        assert_eq!(problem("/}"), Problem::UnbalancedBraces("/}".to_owned()));
        assert_eq!(problem("/{:a}"), Problem::EmptyVariable("{:a}".to_owned()));
        assert!(matches!(problem("/{a:(}"), Problem::Regexp(_)));
    }
}
