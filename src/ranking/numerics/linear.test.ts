import fc from 'fast-check';
import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { factorCholesky, invertCholesky, semidefiniteRoot, solveCholesky } from './cholesky.ts';
import { multiply } from './products.ts';
import { nearestSemidefinite, symmetricEigen } from './symmetric-eigen.ts';

// The library that is compared with fails on numbers near the smallest that there are.
const entry = fc
  .double({ min: -3, max: 3, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-9 ? 0 : value));

const square = fc
  .integer({ min: 1, max: 7 })
  .chain((size) =>
    fc.array(entry, {
      minLength: size * size,
      maxLength: size * size,
    }),
  )
  .map((values) => Matrix.from1DArray(Math.sqrt(values.length), Math.sqrt(values.length), values));

const flat = (matrix: Matrix) => Float64Array.from(matrix.to1DArray());

function expectClose(actual: Float64Array, expected: Matrix, by = 1e-8) {
  const scale = Math.max(1, ...expected.to1DArray().map(Math.abs));
  expected.to1DArray().forEach((value, at) => {
    expect(Math.abs(actual[at]! - value)).toBeLessThan(by * scale);
  });
}

test("Cholesky's factor solves and inverts positive definite systems", () => {
  fc.assert(
    fc.property(square, (matrix) => {
      const size = matrix.rows;
      const definite = matrix.mmul(matrix.transpose()).add(Matrix.eye(size));
      const factor = flat(definite);
      expect(factorCholesky(factor, size)).toBe(true);
      expectClose(invertCholesky(factor, size), inverse(definite));
      const b = Float64Array.from({ length: size }, (_, i) => i - 1);
      const solution = b.slice();
      solveCholesky(factor, size, solution);
      expectClose(b, definite.mmul(Matrix.columnVector([...solution])));
    }),
  );
  expect(factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
});

test('the root of a semidefinite matrix multiplies back, also where the rank is short', () => {
  fc.assert(
    fc.property(square, fc.integer({ min: 1, max: 7 }), (matrix, rank) => {
      const narrow = matrix.subMatrix(0, matrix.rows - 1, 0, Math.min(rank, matrix.columns) - 1);
      const product = narrow.mmul(narrow.transpose());
      const root = semidefiniteRoot(flat(product), matrix.rows);
      const transposed = flat(Matrix.from1DArray(matrix.rows, matrix.rows, [...root]).transpose());
      expectClose(multiply(root, transposed, matrix.rows), product, 1e-5);
    }),
  );
});

test('eigenvalues and the nearest semidefinite matrix agree with a library', () => {
  fc.assert(
    fc.property(square, (matrix) => {
      const symmetric = Matrix.add(matrix, matrix.transpose());
      const expected = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
      const { values } = symmetricEigen(flat(symmetric));
      expectClose(
        values.toSorted(),
        Matrix.columnVector(expected.realEigenvalues.toSorted((a, b) => a - b)),
      );
      const vectors = expected.eigenvectorMatrix;
      const clipped = expected.realEigenvalues.map((value) => Math.max(0, value));
      const nearest = vectors.mmul(Matrix.diag(clipped)).mmul(vectors.transpose());
      expectClose(nearestSemidefinite(flat(symmetric)), nearest);
    }),
  );
});
