# Bình Yên in a container: `docker build -t binhyen . && docker run -p 8080:8080 -v binhyen:/data binhyen`
# The volume must hold a database (`docker run … binhyen import …`); to look at the invented sample instead:
# `docker run -p 8080:8080 -v binhyen-sample:/data binhyen serve --listen 0.0.0.0:8080 --sample`
# Bases are pinned by exact version; whoever releases an image adds the digests of that day.

FROM node:24.11.1-bookworm-slim AS page
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
COPY web/dev/api-types/package.json dev/api-types/
RUN npm ci --no-fund --no-audit
COPY styles ../styles
COPY web ./
RUN npm run build

FROM rust:1.95.0-slim-bookworm AS binary
WORKDIR /build
COPY Cargo.toml Cargo.lock build.rs METHODS.md METHODS.vi.md ./
COPY src src
COPY geodata geodata
COPY styles styles
COPY --from=page /build/web/dist web/dist
ARG BINHYEN_BUILD_COMMIT=
RUN cargo build --release --locked --bin binhyen \
    && mkdir data

# Empty, unless the builder gives a folder of this name: `make docker` gives the bill of materials (CycloneDX).
FROM scratch AS sbom

FROM debian:12.12-slim
LABEL org.opencontainers.image.title="Bình Yên" \
      org.opencontainers.image.description="Safety-map tile server for Quảng Nam, Vietnam" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=binary /build/target/release/binhyen /usr/local/bin/binhyen
COPY --from=sbom / /usr/share/doc/binhyen/
COPY --from=binary --chown=10001:10001 /build/data /data
USER 10001:10001
ENV BINHYEN_DATA=/data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["binhyen", "healthcheck"]
ENTRYPOINT ["binhyen"]
CMD ["serve", "--listen", "0.0.0.0:8080"]
