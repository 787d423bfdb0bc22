import { type LiteralNode, literalValue } from './literal-value.ts';

/** A shorter one is not worth a place of its own. */
const LEAST_CHARACTERS = 100;
/** Within them stand those that a module sets once, as it is loaded. */
const DECLARING = new Set(['ExportNamedDeclaration', 'VariableDeclaration', 'VariableDeclarator']);

/** A literal of a module's text, and the value that it has. */
export interface StoredLiteral {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

/**
 * Finds the long literals of a module that may be kept elsewhere, in their order: texts, and where a variable of the
 * outermost level is set to them lists and objects, since a function makes new ones whenever it is called.
 *
 * @param body the statements of its syntax tree
 */
export function storedLiterals(body: readonly object[]): StoredLiteral[] {
  const found: StoredLiteral[] = [];
  const visit = (node: LiteralNode, isSetOnce: boolean): void => {
    const { type, start, end } = node;
    if (end - start < LEAST_CHARACTERS) return;
    const isStructure = type === 'ArrayExpression' || type === 'ObjectExpression';
    const isText = type === 'Literal' && typeof node.value === 'string';
    const value = isText || (isStructure && isSetOnce) ? literalValue(node) : undefined;
    if (value !== undefined) found.push({ start, end, value });
    else for (const child of childrenOf(node)) visit(child, isSetOnce && DECLARING.has(type));
  };
  for (const statement of body) visit(statement as LiteralNode, true);
  return found;
}

/** All parts of a node but names, which cannot be computed. */
function childrenOf(node: LiteralNode): LiteralNode[] {
  return Object.entries(node)
    .filter(([part]) => part !== 'key' && part !== 'source')
    .flatMap(([, value]) => value as unknown)
    .filter((value): value is LiteralNode => {
      return typeof (value as Partial<LiteralNode> | null)?.type === 'string';
    });
}
