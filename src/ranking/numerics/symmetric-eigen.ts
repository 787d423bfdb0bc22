/** Eigenvalues of a symmetric matrix with their vectors: column k of `vectors` belongs to `values[k]`. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** Orthogonal, square, row by row. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Jacobi's method (1846): rotations that turn one pair of off-diagonal elements to 0 after the other,
 * until all are small. Slow but exact to rounding; about 8 sweeps of O(n³).
 */
export function symmetricEigen(matrix: Float64Array): SymmetricEigen {
  const size = Math.sqrt(matrix.length);
  const work = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const scale = Math.sqrt(work.reduce((sum, one) => sum + one * one, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        off += work[p * size + q]! ** 2;
        if (work[p * size + q] !== 0) rotate(work, vectors, size, p, q);
      }
    }
    if (Math.sqrt(off) <= 1e-15 * scale) break;
  }
  const values = Float64Array.from({ length: size }, (_, i) => work[i * size + i]!);
  return { values, vectors };
}

/** Turns element (p, q) to 0. */
function rotate(
  work: Float64Array,
  vectors: Float64Array,
  size: number,
  p: number,
  q: number,
): void {
  const theta = (work[q * size + q]! - work[p * size + p]!) / (2 * work[p * size + q]!);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
  const cosine = 1 / Math.sqrt(1 + t * t);
  const sine = t * cosine;
  for (let k = 0; k < size; k++) {
    const [a, b] = [k * size + p, k * size + q];
    const [x, y] = [work[a]!, work[b]!];
    work[a] = cosine * x - sine * y;
    work[b] = sine * x + cosine * y;
    const [u, v] = [vectors[a]!, vectors[b]!];
    vectors[a] = cosine * u - sine * v;
    vectors[b] = sine * u + cosine * v;
  }
  for (let k = 0; k < size; k++) {
    const [a, b] = [p * size + k, q * size + k];
    const [x, y] = [work[a]!, work[b]!];
    work[a] = cosine * x - sine * y;
    work[b] = sine * x + cosine * y;
  }
  work[p * size + q] = work[q * size + p] = 0;
}

/** The nearest positive semidefinite matrix: negative eigenvalues set to 0; the same one if there are none. */
export function nearestSemidefinite(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length);
  const { values, vectors } = symmetricEigen(matrix);
  if (values.every((value) => value >= 0)) return matrix;
  const result = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    if (!(values[k]! > 0)) continue;
    for (let row = 0; row < size; row++) {
      const factor = values[k]! * vectors[row * size + k]!;
      for (let column = 0; column < size; column++) {
        result[row * size + column]! += factor * vectors[column * size + k]!;
      }
    }
  }
  return result;
}
