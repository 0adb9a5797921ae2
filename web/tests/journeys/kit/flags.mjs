// How Chromium is started here.

/** The flags under which Chromium draws MapLibre without a graphics card. */
export const FLAGS =
  '--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );
