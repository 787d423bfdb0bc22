import { _, type Ajv, type CodeKeywordDefinition } from 'ajv';
import type { JsonValue } from '../core/json.ts';

/** References that are followed while one value is checked, unless it has very many parts. */
const MOST_REFERENCES = 2_000_000;
/** For each part of such a value. */
const MOST_OF_A_PART = 20;

/** What a check is ended with that would take too long. */
export class EndlessCheck extends Error {
  override readonly name = 'EndlessCheck';
}

/** The references that a check has followed; without them a check is as long as its schema and its value. */
export class FollowedReferences {
  #count = 0;
  #most = MOST_REFERENCES;
  #value: JsonValue = null;

  /** Begins with the next value. */
  begin(value: JsonValue): void {
    this.#count = 0;
    this.#most = MOST_REFERENCES;
    this.#value = value;
  }

  /** Lets go of the value. */
  end(): void {
    this.#value = null;
  }

  /** @throws EndlessCheck where there are too many */
  readonly follow = (): void => {
    if (++this.#count <= this.#most) return;
    this.#most = Math.max(this.#most, MOST_OF_A_PART * partsOf(this.#value));
    if (this.#count > this.#most) throw new EndlessCheck();
  };
}

/** The value, and all lists, objects, texts and other values in it. */
function partsOf(value: JsonValue): number {
  const open = [value];
  let parts = 0;
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    parts++;
    if (typeof one !== 'object' || one === null) continue;
    for (const inner of Object.values(one)) open.push(inner);
  }
  return parts;
}

/** Makes the checks of a library count the references that they follow. */
export function countReferences(ajv: Ajv, { follow }: FollowedReferences): void {
  for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
    const rule = ajv.RULES.all[keyword];
    if (typeof rule !== 'object' || !('code' in rule.definition)) continue;
    const { definition } = rule;
    const { code } = definition as CodeKeywordDefinition;
    rule.definition = {
      ...definition,
      code: (context, type) => {
        const { gen } = context;
        gen.code(_`${gen.scopeValue('func', { ref: follow })}()`);
        code(context, type);
      },
    };
  }
}
