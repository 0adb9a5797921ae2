/**
 * SHA-256 of short texts (NIST FIPS 180-4), for work that has to be proved: the browser's own takes longer to be asked
 * than to answer, and is not there at all where the page came without encryption.
 */

const ROUNDS = 64;
const BLOCK_BYTES = 64;

/** The first `count` primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1) if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}

/** The first 32 bits of the fraction of a number. */
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;

const CONSTANTS = Int32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)));
const BEGINNING = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Hashes ASCII texts of up to 119 letters, one after the other, without making anything new for each. */
export class ShortHash {
  private readonly bytes = new Uint8Array(2 * BLOCK_BYTES);
  private readonly words = new Int32Array(ROUNDS);
  private readonly state = new Int32Array(8);

  /** The hash as eight words of 32 bits. */
  of(text: string): Int32Array {
    const { bytes, state } = this;
    const blocks = text.length + 9 > BLOCK_BYTES ? 2 : 1;
    bytes.fill(0);
    for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
    bytes[text.length] = 0x80;
    const bits = text.length * 8;
    bytes[blocks * BLOCK_BYTES - 2] = bits >>> 8;
    bytes[blocks * BLOCK_BYTES - 1] = bits & 255;
    state.set(BEGINNING);
    for (let block = 0; block < blocks; block += 1) this.add(block * BLOCK_BYTES);
    return state;
  }

  private add(from: number): void {
    const { bytes, words, state } = this;
    const at = (list: Uint8Array | Int32Array, index: number): number => list[index] as number;
    for (let t = 0; t < 16; t += 1) {
      const byte = from + 4 * t;
      words[t] = (at(bytes, byte) << 24) | (at(bytes, byte + 1) << 16) | (at(bytes, byte + 2) << 8) | at(bytes, byte + 3);
    }
    for (let t = 16; t < ROUNDS; t += 1) {
      const [early, late] = [at(words, t - 15), at(words, t - 2)];
      const one = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
      const two = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
      words[t] = (at(words, t - 16) + one + at(words, t - 7) + two) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let t = 0; t < ROUNDS; t += 1) {
      const mix = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const first = (h + mix + ((e & f) ^ (~e & g)) + at(CONSTANTS, t) + at(words, t)) | 0;
      const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (at(state, index) + word) | 0));
  }
}

/** How many bits of a hash are zero before the first that is not. */
export function leadingZeros(hash: Int32Array): number {
  const first = hash.findIndex((word) => word !== 0);
  return first < 0 ? hash.length * 32 : first * 32 + Math.clz32(hash[first] as number);
}

/** The first number, from `from` on and before `to`, such that the hash of `challenge:number` begins with `bits` zeros. */
export function solutionIn(challenge: string, bits: number, from: number, to: number): number | null {
  const hash = new ShortHash();
  for (let number = from; number < to; number += 1) if (leadingZeros(hash.of(`${challenge}:${number}`)) >= bits) return number;
  return null;
}
