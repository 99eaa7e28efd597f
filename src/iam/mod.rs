//! Whether IAM policies allow what the provider needs: read, evaluated, explained, suggested.
