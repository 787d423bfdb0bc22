/** How much longer (or otherwise more) the left answer is: (a - b) / (a + b), 0 for two zeros; -1 to 1. */
export function featureContrast(left: number, right: number): number {
  return left + right === 0 ? 0 : (left - right) / (left + right);
}

/** The same for densities, such as headings per token: (a - b) / (a + b + 1), 0 where that has no value. */
export function densityContrast(left: number, right: number): number {
  return left + right === -1 ? 0 : (left - right) / (left + right + 1);
}
