import type { JsonObject } from '../core/json.ts';
export interface Condition { holds(row: JsonObject): boolean }
export async function compileCondition(_text: string): Promise<Condition> { return { holds: () => true }; }
export const TASKS: Readonly<Record<string, { prompt(on: string): string; readonly columns?: string }>> = {};
export function templateSyntax(_text: string): 'liquid' | 'dollar' | { readonly problem: string } { return 'dollar'; }
export function compileDollar(text: string) {
  const fields = [...new Set([...text.matchAll(/\$\{([^}]+)\}/g)].map((m) => m[1]!))];
  return { fields, render: (v: JsonObject) => text.trim().replace(/\$\{([^}]+)\}/g, (_, n: string) => { const x = v[n]; return x == null ? '' : typeof x === 'string' ? x : JSON.stringify(x); }) };
}
