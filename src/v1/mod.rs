//! Traefik 1.7's own ECS provider: labels to frontends and backends.
