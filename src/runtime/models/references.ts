/** A model reference taken apart; nothing is looked up yet. */
export type ParsedReference =
  | { readonly kind: 'url'; readonly baseUrl: string; readonly modelId: string }
  | { readonly kind: 'prefixed'; readonly prefix: string; readonly modelId: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'wrong'; readonly problem: string; readonly hint: string };

const EXAMPLE =
  'Write provider/model-id, such as openai/gpt-5, or http://localhost:8000/v1#model-id.';
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Takes a reference apart: `BASE_URL#model-id` (the first `#` splits), `prefix/model-id` (the first
 * slash splits; the id may hold more), or one word, which can only be an alias.
 */
export function parseReference(text: string): ParsedReference {
  const reference = text.trim();
  if (reference === '') return wrong('is empty', EXAMPLE);
  if (/[\u0000-\u001f\u007f]/.test(reference)) return wrong('holds a control character', EXAMPLE);
  if (SCHEME.test(reference)) return parseUrl(reference);
  const slash = reference.indexOf('/');
  if (slash < 0) return { kind: 'word', word: reference };
  const prefix = reference.slice(0, slash).trim();
  const modelId = reference.slice(slash + 1).trim();
  if (prefix === '') return wrong('begins with a slash', EXAMPLE);
  if (modelId === '') return wrong('names no model after the slash', EXAMPLE);
  if (/^[^#]*:\d+$/.test(prefix) || prefix.includes('#')) {
    return wrong('looks like an address without http://', EXAMPLE);
  }
  return { kind: 'prefixed', prefix, modelId };
}

function parseUrl(reference: string): ParsedReference {
  const hash = reference.indexOf('#');
  if (hash < 0) return wrong('is an address without a model', 'Add #model-id at its end.');
  const modelId = reference.slice(hash + 1).trim();
  if (modelId === '') return wrong('names no model after the #', 'Add #model-id at its end.');
  return { kind: 'url', baseUrl: reference.slice(0, hash), modelId };
}

function wrong(problem: string, hint: string): ParsedReference {
  return { kind: 'wrong', problem, hint };
}
