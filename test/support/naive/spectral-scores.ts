import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { points, type Tournament } from './tournament.ts';

/** PageRank by solving the linear system (I - d A) s = (1 - d)/n, with A the full matrix of links. */
export function naivePagerank(played: Tournament, damping = 0.85): number[] {
  const m = points(played);
  const n = m.length;
  const given = m.map((_, j) => m.reduce((sum, row) => sum + row[j]!, 0));
  const links = new Matrix(
    m.map((row) => row.map((won, j) => (given[j] === 0 ? 1 / n : won / given[j]!))),
  );
  const system = Matrix.eye(n).sub(links.mul(damping));
  return inverse(system)
    .mmul(Matrix.columnVector(Array(n).fill((1 - damping) / n)))
    .to1DArray();
}

/** The eigenvector of the largest real eigenvalue, from a full decomposition; norm 1, positive. */
export function naiveEigenvector(played: Tournament): number[] {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    new Matrix(points(played)),
  );
  const largest = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  const vector = eigenvectorMatrix.getColumn(largest);
  const norm = Math.hypot(...vector) * Math.sign(vector.reduce((sum, one) => sum + one, 0));
  return vector.map((one) => one / norm);
}
