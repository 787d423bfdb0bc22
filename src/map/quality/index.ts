import type { JsonObject } from '../../core/json.ts';
export function distinctTexts(texts: readonly string[], _near?: number): string[] {
  return [...new Set(texts)];
}
export class RowHashes {
  constructor(_c: readonly string[]) {}
  isNew(_row: JsonObject): boolean {
    return true;
  }
}
export class NearRows {
  constructor(_c: readonly string[], _n: number) {}
  isNew(_row: JsonObject): boolean {
    return true;
  }
}
