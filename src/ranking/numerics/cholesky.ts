/**
 * Factors a symmetric positive definite matrix into L Lᵀ, in place: the lower triangle becomes L,
 * the upper one is left alone. Matrices are square, row by row.
 *
 * @returns false when the matrix is not positive definite (the content is then of no use).
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let column = 0; column <= row; column++) {
      const columnStart = column * size;
      let sum = matrix[rowStart + column]!;
      for (let k = 0; k < column; k++) sum -= matrix[rowStart + k]! * matrix[columnStart + k]!;
      if (column < row) {
        matrix[rowStart + column] = sum / matrix[columnStart + column]!;
      } else {
        if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return false;
        matrix[rowStart + row] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/** Solves L Lᵀ x = b in place of `b`, for L of `factorCholesky`. */
export function solveCholesky(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = b[row]!;
    for (let k = 0; k < row; k++) sum -= factor[row * size + k]! * b[k]!;
    b[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = b[row]! / factor[row * size + row]!;
    b[row] = value;
    for (let k = 0; k < row; k++) b[k]! -= factor[row * size + k]! * value;
  }
}

/** Returns the inverse of L Lᵀ, for L of `factorCholesky`. */
export function invertCholesky(factor: Float64Array, size: number): Float64Array {
  const rootInverse = invertLower(factor, size);
  const inverse = new Float64Array(size * size);
  // (L Lᵀ)⁻¹ = L⁻ᵀ L⁻¹, summed row by row of L⁻¹ so that the memory is read in order.
  for (let k = 0; k < size; k++) {
    for (let row = 0; row <= k; row++) {
      const value = rootInverse[k * size + row]!;
      if (value === 0) continue;
      for (let column = 0; column <= row; column++) {
        inverse[row * size + column]! += value * rootInverse[k * size + column]!;
      }
    }
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      inverse[column * size + row] = inverse[row * size + column]!;
    }
  }
  return inverse;
}

function invertLower(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    const diagonal = 1 / factor[rowStart + row]!;
    for (let k = 0; k < row; k++) {
      const value = factor[rowStart + k]! * diagonal;
      if (value === 0) continue;
      const kStart = k * size;
      for (let column = 0; column <= k; column++) {
        inverse[rowStart + column]! -= value * inverse[kStart + column]!;
      }
    }
    inverse[rowStart + row] = diagonal;
  }
  return inverse;
}

/**
 * Returns a lower triangular L with L Lᵀ = `matrix` for a positive *semi*definite matrix, such as the
 * covariance of centred ratings: a pivot below 1e-12 of the largest diagonal element is taken as 0.
 */
export function semidefiniteRoot(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i]!);
  const smallestPivot = largest * 1e-12;
  for (let column = 0; column < size; column++) {
    let pivot = matrix[column * size + column]!;
    for (let k = 0; k < column; k++) pivot -= root[column * size + k]! ** 2;
    if (!(pivot > smallestPivot)) continue;
    const diagonal = Math.sqrt(pivot);
    root[column * size + column] = diagonal;
    for (let row = column + 1; row < size; row++) {
      let sum = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= root[row * size + k]! * root[column * size + k]!;
      root[row * size + column] = sum / diagonal;
    }
  }
  return root;
}
