/** Returns the product of two square matrices, row by row. */
export function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let k = 0; k < size; k++) {
      const value = left[rowStart + k]!;
      if (value === 0) continue;
      const kStart = k * size;
      for (let column = 0; column < size; column++) {
        product[rowStart + column]! += value * right[kStart + column]!;
      }
    }
  }
  return product;
}

/** Writes the product of a symmetric matrix and a vector into `result`. */
export function multiplyVector(
  matrix: Float64Array,
  vector: Float64Array,
  result: Float64Array,
): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    let sum = 0;
    for (let column = 0; column < size; column++)
      sum += matrix[rowStart + column]! * vector[column]!;
    result[row] = sum;
  }
}

/**
 * Makes a covariance of parameters that of the parameters with the first `items` of them relative to
 * their mean, in place.
 */
export function centreCovariance(covariance: Float64Array, size: number, items: number): void {
  for (let row = 0; row < size; row++) {
    let mean = 0;
    for (let column = 0; column < items; column++) mean += covariance[row * size + column]! / items;
    for (let column = 0; column < items; column++) covariance[row * size + column]! -= mean;
  }
  for (let column = 0; column < size; column++) {
    let mean = 0;
    for (let row = 0; row < items; row++) mean += covariance[row * size + column]! / items;
    for (let row = 0; row < items; row++) covariance[row * size + column]! -= mean;
  }
}
