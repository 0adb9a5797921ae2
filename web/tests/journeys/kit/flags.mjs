// How Chromium is started here.

/**
 * The flags under which Chromium draws MapLibre without a graphics card. WebGL alone goes by SwiftShader: drawn by it too, the
 * rest of the page (the first picture has ten thousands of points) takes three times as long.
 */
export const FLAGS =
  '--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist --disable-gpu-compositing --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );
