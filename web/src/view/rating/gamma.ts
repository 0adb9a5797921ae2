/**
 * The gamma distribution, as far as a letter needs it: how likely a ratio lies below a bound. The same function as the
 * server's (the regularised incomplete gamma function), so that a letter worked out here is the server's letter.
 */

/** Lanczos' coefficients for g = 7, n = 9 (Godfrey): fifteen digits. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const G = 7;
const EPSILON = 1e-15;
const MOST_TERMS = 10_000;

/** ln Γ(x) for x > 0. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const shifted = x - 1;
  const t = shifted + G + 0.5;
  const sum = LANCZOS.reduce((total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (shifted + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The series of P(s, x), which converges quickly left of the mean. */
function series(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && term > sum * EPSILON; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(x) - x - lnGamma(shape));
}

/** The continued fraction of 1 − P(s, x) by Lentz' method, which converges quickly right of the mean. */
function fraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < MOST_TERMS; i += 1) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b || tiny);
    c = b + a / c || tiny;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < EPSILON) break;
  }
  return h * Math.exp(shape * Math.log(x) - x - lnGamma(shape));
}

/** P(X ≤ `value`) of a gamma distribution by shape and rate: 0 at and below 0. */
export function gammaBelow(shape: number, rate: number, value: number): number {
  const x = rate * value;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < shape + 1 ? series(shape, x) : 1 - fraction(shape, x);
}
