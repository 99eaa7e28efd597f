//! Patterns of ARNs, compared field by field: partition, service, region, account, and the rest.

use super::glob::{Glob, Reach, Token};
use super::request::Context;
use super::template::{Piece, Template};

/// How many fields an ARN has.
const FIELDS: usize = 6;

/// Where a pattern stands, which decides where variables are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In `Resource`: in the last field only. Elsewhere they match nothing.
    Resource,
    /// In a condition: everywhere.
    Condition,
}

/// A pattern of ARNs.
#[derive(Debug, Clone, PartialEq)]
pub struct ArnPattern {
    template: Template,
    place: Place,
    /// As many as are written, six at most.
    fields: Vec<Template>,
}

impl ArnPattern {
    /// A pattern of a `Resource`: fields that are missing at the end count as `*`.
    pub(super) fn resource(template: Template) -> Self {
        Self { fields: template.fields(), template, place: Place::Resource }
    }

    /// A pattern of a condition; `None` where it has fewer than six fields.
    pub(super) fn condition(template: &Template) -> Option<Self> {
        let fields = template.fields();
        let whole = fields.len() == FIELDS || template.keys().any(|key| key.computed_from().is_some());
        whole.then(|| Self { template: template.clone(), fields, place: Place::Condition })
    }

    /// The pattern in one piece.
    pub(super) fn template(&self) -> &Template {
        &self.template
    }

    /// Whether an ARN matches; `None` where a variable has no value.
    pub(super) fn matches(&self, arn: &str, context: &Context) -> Option<bool> {
        Some(self.glob(context)?.matches(arn))
    }

    /// Whether a request on `*` matches: only a pattern that fits this one character as plain text does.
    pub(super) fn matches_any_resource(&self, context: &Context) -> Option<bool> {
        Some(self.template.expand(context, false)?.matches("*"))
    }

    /// The pattern with its variables filled in; `None` where one has no value.
    pub(super) fn glob(&self, context: &Context) -> Option<Glob> {
        if self.template.is_anything() {
            return Some(Glob::new(vec![Token::Many(Reach::Anything)], false));
        }
        let mut tokens = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            if index > 0 {
                tokens.push(Token::Exactly(':'));
            }
            let reach = if index + 1 == FIELDS { Reach::Anything } else { Reach::Field };
            self.push_field(field, reach, context, &mut tokens)?;
        }
        for index in self.fields.len()..FIELDS {
            let reach = if index + 1 == FIELDS { Reach::Anything } else { Reach::Field };
            tokens.extend([Token::Exactly(':'), Token::Many(reach)]);
        }
        Some(Glob::new(tokens, false))
    }

    fn push_field(&self, field: &Template, reach: Reach, context: &Context, tokens: &mut Vec<Token>) -> Option<()> {
        for piece in field.pieces() {
            match piece {
                Piece::Text(text) => tokens.extend(text.chars().map(Token::Exactly)),
                Piece::Many => tokens.push(Token::Many(reach)),
                Piece::One => tokens.push(Token::One(reach)),
                Piece::Variable(key, default) => {
                    let value = context.single(key).or(default.as_deref())?;
                    let early = reach == Reach::Field && key.computed_from().is_none();
                    if early && (self.place == Place::Resource || value.contains(':')) {
                        return None;
                    }
                    tokens.extend(value.chars().map(Token::Exactly));
                }
            }
        }
        Some(())
    }

    /// One of the first five fields where it is plain text.
    pub(super) fn plain_field(&self, index: usize) -> Option<&str> {
        match self.fields.get(index)?.pieces() {
            [Piece::Text(text)] => Some(text),
            [] => Some(""),
            _ => None,
        }
    }

    /// The pattern with `*` in the place of every variable: it matches all that this one can.
    pub(super) fn without_variables(&self) -> Self {
        let template = self.template.without_variables();
        Self { fields: template.fields(), template, place: self.place }
    }

    /// How many fields are written.
    pub(super) fn written_fields(&self) -> usize {
        self.fields.len()
    }

    /// A field's pieces.
    pub(super) fn field(&self, index: usize) -> Option<&[Piece]> {
        self.fields.get(index).map(Template::pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::super::template::{Version, Wildcards};
    use super::{ArnPattern, Context, Template};

    fn matches(pattern: &str, arn: &str) -> bool {
        let pattern = ArnPattern::resource(Template::parse(pattern, Wildcards::Match, Version::Current));
        pattern.matches(arn, &Context::default()) == Some(true)
    }

    #[test]
    fn fields_are_compared_one_by_one() {
        let web = "arn:aws:ecs:eu-west-1:123456789012:cluster/web";
        for pattern in ["*", "**", "arn:aws:ecs", "arn:*", "arn:aws:ecs:*:*:*", "arn:*:ecs:eu-*:*:cluster/w?b"] {
            assert!(matches(pattern, web), "{pattern}");
        }
        for pattern in ["arn:aws:*cluster/web", "arn:aws:ecs:*:cluster/web", "arn:aws:ecs:eu-west-1:123456789012:"] {
            assert!(!matches(pattern, web), "{pattern}");
        }
    }
}
