//! From records to what Traefik would publish, every decision recorded on the way. Pure: it asks nobody anything.
