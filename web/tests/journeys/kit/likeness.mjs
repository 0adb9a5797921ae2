// Whether two pictures of a page look alike, as a person would say: at half the size, small differences of edges do not count.
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** A picture at 1/`by` of its size, every pixel the mean of those it stands for. */
export function shrunk(bytes, by) {
  const source = PNG.sync.read(bytes);
  const [width, height] = [Math.floor(source.width / by), Math.floor(source.height / by)];
  const target = new PNG({ width, height });
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < by; dy += 1)
          for (let dx = 0; dx < by; dx += 1) sum += source.data[((y * by + dy) * source.width + x * by + dx) * 4 + channel];
        target.data[(y * width + x) * 4 + channel] = Math.round(sum / (by * by));
      }
  return target;
}

/** The share of pixels in which two pictures of the same size differ, and a picture of where. */
export function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return { share: 1, where: null };
  const where = new PNG({ width: a.width, height: a.height });
  const pixels = pixelmatch(a.data, b.data, where.data, a.width, a.height, { threshold: 0.2 });
  return { share: pixels / (a.width * a.height), where };
}

export const written = (picture) => PNG.sync.write(picture);
