import { filters as KNOWN_FILTERS, Liquid, LiquidError, type Template as Node } from 'liquidjs';
import type { JsonValue } from '../core/json.ts';
import type { TemplateOptions } from './compile-template.ts';
import { ExactNumber, liquidValue } from './liquid-value.ts';
import { type FieldValues, type Template, TemplateMistake, valueText } from './template.ts';

const MAX_TEMPLATE = 1_000_000;
/** Tags and outputs: finding the fields takes time that grows with the square of their number. */
const MAX_PLACES = 1_000;
const MAX_RENDER_MS = 5_000;
/** What rendering may use, beyond some times the size of the values: characters of texts and elements of lists. */
const MAX_MEMORY = 50_000_000;

/** The whole row, in templates of rows. */
const ROW = 'row';

/** Tags that read another file. */
const OF_FILES = ['include', 'render', 'layout', 'block'];
/** Filters that read a text as code, or by chance: values are data, and equal rows must give equal prompts. */
const REFUSED = /_exp$|^sample$|^hmac_/;
const OF_DATES = Object.keys(KNOWN_FILTERS).filter((name) => name.startsWith('date'));

/**
 * Compiles a template in Liquid, with limits on and without files: other templates cannot be reached, and neither the
 * clock nor chance.
 *
 * @throws TemplateMistake for what is not Liquid, for what is refused, and for a text of over a million characters or
 *   1,000 tags
 */
export function compileLiquid(
  text: string,
  { filters = {}, maxRenderMs = MAX_RENDER_MS, isStrict = false }: TemplateOptions,
): Template {
  const engine = createEngine(filters, maxRenderMs, isStrict);
  if ([...text.matchAll(/\{[{%]/g)].length > MAX_PLACES) {
    throw new TemplateMistake(`it has more than ${MAX_PLACES} tags and outputs`);
  }
  const nodes = guarded(() => engine.parse(text));
  const fields = guarded(() => fieldsOf(engine, nodes, isStrict));
  return { fields, mayFail: true, render: (values) => render(engine, nodes, values, isStrict) };
}

function createEngine(
  filters: NonNullable<TemplateOptions['filters']>,
  renderLimit: number,
  isStrict: boolean,
): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    // `{% if column %}` and `| default` may ask for what is not there.
    ...(isStrict && { strictVariables: true, lenientIf: true, outputEscape: textsOnly }),
    parseLimit: MAX_TEMPLATE,
    renderLimit,
    memoryLimit: MAX_MEMORY,
  });
  for (const tag of OF_FILES) delete engine.tags[tag];
  for (const name of Object.keys(engine.filters)) {
    if (REFUSED.test(name) || (isStrict && name === 'raw')) delete engine.filters[name];
  }
  for (const name of OF_DATES) engine.registerFilter(name, datesOnly(name));
  for (const [name, filter] of Object.entries(filters)) {
    engine.registerFilter(name, (value: unknown, ...given: unknown[]) =>
      filter(textOf(value), ...given.map(textOf)),
    );
  }
  return engine;
}

function textsOnly(value: unknown): string {
  const isText = typeof value !== 'object' || value === null || value instanceof ExactNumber;
  // What is written stays what it is: the library makes its text.
  if (isText) return value as string;
  throw new Error(`${Array.isArray(value) ? 'a list' : 'an object'} is no text: add "| json"`);
}

/** Columns of a row may be named by themselves, and behind `row`. */
function fieldsOf(engine: Liquid, nodes: Node[], isStrict: boolean): string[] {
  if (!isStrict) return engine.globalVariablesSync(nodes);
  const paths = engine.globalVariableSegmentsSync(nodes);
  const names = paths.map(([first, second]) => (first === ROW ? second : first));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** A filter of dates that does not know what time it is. */
function datesOnly(name: string) {
  const filter = KNOWN_FILTERS[name] as (
    this: unknown,
    value: unknown,
    ...given: unknown[]
  ) => unknown;
  return function (this: unknown, value: unknown, ...given: unknown[]): unknown {
    if (value === 'now' || value === 'today') {
      throw new Error(`"${value}" is another one each time: equal rows must give equal prompts`);
    }
    return filter.call(this, value, ...given);
  };
}

function render(engine: Liquid, nodes: Node[], values: FieldValues, isStrict: boolean): string {
  const size = JSON.stringify(values).length;
  const limits = { memoryLimit: MAX_MEMORY + 20 * size };
  const row = liquidValue(values) as object;
  const scope = isStrict ? { ...row, [ROW]: row } : row;
  return guarded(() => String(engine.renderSync(nodes, scope, limits)));
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : valueText(value as JsonValue);
}

function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const at = LiquidError.is(error) ? error.token?.getPosition() : undefined;
    const message = error.message.replace(/, (?:file:.*, )?line:\d+, col:\d+$/s, '');
    throw new TemplateMistake(message, at?.[0] ?? null, at?.[1] ?? null);
  }
}
