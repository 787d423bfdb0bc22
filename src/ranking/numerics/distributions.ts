/** Probability that a standard normal variable is at most `x`, to about 1e-15 (via the incomplete gamma). */
export function normalProbability(x: number): number {
  if (x === 0) return 0.5;
  const half = (x * x) / 2;
  const tail = half > 700 ? 0 : 0.5 * upperGammaHalf(half);
  return x > 0 ? 1 - tail : tail;
}

/** The normal quantile, refined from a rational start by Halley's step. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability must lie between 0 and 1, not ${p}`);
  // Hastings' rational form, good to 4.5e-4; three Halley steps bring it to full precision.
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  let x =
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const error = tail - normalProbability(-x);
    const slope = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
    const ratio = -error / slope;
    x += ratio / (1 - (ratio * x) / 2);
  }
  return p < 0.5 ? -x : x;
}

/** The quantile of Student's t with `degrees` of freedom; the normal one when they are infinite. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(degrees <= NORMAL_DEGREES)) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  let low = 0;
  let high = 2;
  while (studentProbability(high, degrees) < p && high < 1e15) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability that Student's t with `degrees` of freedom is at most `x`. */
export function studentProbability(x: number, degrees: number): number {
  return x > 0 ? 1 - studentTail(x, degrees) : studentTail(-x, degrees);
}

/** Beyond so many degrees of freedom t and normal differ by less than anything printed. */
const NORMAL_DEGREES = 1e6;

/** Probability that Student's t with `degrees` of freedom is at least `x`, exact far out too. */
export function studentTail(x: number, degrees: number): number {
  if (x < 0) return 1 - studentTail(-x, degrees);
  if (!(degrees <= NORMAL_DEGREES)) return normalProbability(-x);
  return 0.5 * incompleteBeta(degrees / (degrees + x * x), degrees / 2, 0.5);
}

/** Q(1/2, x) = erfc(√x): a series for small x, Lentz's continued fraction for large. */
function upperGammaHalf(x: number): number {
  const factor = Math.exp(-x) * Math.sqrt(x / Math.PI);
  if (x < 1.5) {
    let term = 2;
    let sum = 2;
    for (let k = 1; k < 200 && term > 1e-17 * sum; k++) {
      term *= x / (k + 0.5);
      sum += term;
    }
    return 1 - factor * sum;
  }
  let b = x + 0.5;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 500; k++) {
    const a = -k * (k - 0.5);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return factor * h;
}

/** The regularised incomplete beta function by its continued fraction. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    h *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    h *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return (front * h) / a;
}

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) product *= shifted++;
  const inverse = 1 / (shifted * shifted);
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) /
    shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
