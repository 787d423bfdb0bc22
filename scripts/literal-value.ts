/** A node of a syntax tree, as far as literals need it. */
export interface LiteralNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
  readonly operator?: string;
  readonly argument?: LiteralNode;
  readonly elements?: readonly (LiteralNode | null)[];
  readonly expressions?: readonly unknown[];
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  readonly properties?: readonly PropertyNode[];
}

interface PropertyNode {
  readonly type: string;
  readonly kind: string;
  readonly computed: boolean;
  readonly key: { readonly name?: string; readonly value?: unknown };
  readonly value: LiteralNode;
}

/**
 * Gives the value of an expression that is only data.
 *
 * @returns undefined where it is anything that JSON has no word for: a call, a variable, a date, NaN, a hole
 */
export function literalValue(node: LiteralNode): unknown {
  switch (node.type) {
    case 'Literal':
      return isJsonScalar(node.value) ? node.value : undefined;
    case 'TemplateLiteral':
      return node.expressions!.length === 0 ? node.quasis![0]!.value.cooked : undefined;
    case 'UnaryExpression':
      return unaryValue(node);
    case 'ArrayExpression': {
      const values = node.elements!.map((element) => element && literalValue(element));
      // A hole is null here and no value there; a null of the text is a Literal.
      return values.includes(undefined) || node.elements!.includes(null) ? undefined : values;
    }
    case 'ObjectExpression':
      return objectValue(node.properties!);
    default:
      return undefined;
  }
}

function isJsonScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

/** `!0` and `!1`, as minifiers write true and false, and numbers below 0 (-0 is none of JSON's). */
function unaryValue({ operator, argument }: LiteralNode): unknown {
  const value = argument!.type === 'Literal' ? argument!.value : undefined;
  if (typeof value !== 'number') return undefined;
  if (operator === '!') return !value;
  return operator === '-' && value > 0 && Number.isFinite(value) ? -value : undefined;
}

function objectValue(properties: readonly PropertyNode[]): unknown {
  const object: Record<string, unknown> = {};
  for (const { type, kind, computed, key, value } of properties) {
    if (type !== 'Property' || kind !== 'init' || computed) return undefined;
    const name = String(key.name ?? key.value);
    const read = literalValue(value);
    // It would set the prototype.
    if (name === '__proto__' || read === undefined) return undefined;
    object[name] = read;
  }
  return object;
}
