//! The default rule's language: Go's templates with sprig's functions, over Go's own kinds of values.
