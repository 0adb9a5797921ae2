export function followHeight(home, frame) {
  addEventListener('message', ({ source, origin, data }) => {
    const isOurs = source === frame.contentWindow && origin === new URL(home).origin;
    if (isOurs && data.type === 'binhyen:height') frame.height = data.height;
  });
}
