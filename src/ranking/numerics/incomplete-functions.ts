const PRECISION = 1e-15;
const SMALLEST = 1e-300;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
function logGamma(x: number): number {
  const coefficients = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
    12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = 0.9999999999998099;
  for (const [k, coefficient] of coefficients.entries()) sum += coefficient / (shifted + k + 1);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularised incomplete beta function I_x(a, b), 0 <= x <= 1 (continued fraction after Lentz). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  const fraction = continuedFraction((k) => {
    const m = Math.floor(k / 2);
    if (k % 2 === 0) return (m * (b - m) * x) / ((a + k - 1) * (a + k));
    return (-(a + m) * (a + b + m) * x) / ((a + k - 1) * (a + k));
  });
  return Math.exp(front) / (a * fraction);
}

/** 1 + t1/(1 + t2/(1 + …)), evaluated from the front. */
function continuedFraction(term: (k: number) => number): number {
  let [value, c, d] = [1, 1, 0];
  for (let k = 1; k < 10_000; k++) {
    const t = term(k);
    d = 1 + t * d;
    c = 1 + t / c;
    if (Math.abs(d) < SMALLEST) d = SMALLEST;
    if (Math.abs(c) < SMALLEST) c = SMALLEST;
    d = 1 / d;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return value;
}
