# Not built by the gate.
FROM rust:1.95-slim AS build
WORKDIR /ecsroute
COPY . .
RUN cargo build --release --locked

FROM debian:stable-slim
# TLS to AWS needs the roots of trust; nothing else of the base is used.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 65532 --no-create-home ecsroute
COPY --from=build /ecsroute/target/release/ecsroute /usr/local/bin/ecsroute
USER 65532
ENTRYPOINT ["/usr/local/bin/ecsroute"]
