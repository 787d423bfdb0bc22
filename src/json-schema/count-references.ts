import { _, type Ajv, type CodeKeywordDefinition } from 'ajv';

/** References that are followed while one value is checked; a check of more takes a second and more. */
const MOST_REFERENCES = 2_000_000;

/** What a check is ended with that would take too long. */
export class EndlessCheck extends Error {
  override readonly name = 'EndlessCheck';
}

/** The references that a check has followed; without them a check is as long as its schema and its value. */
export class FollowedReferences {
  #count = 0;

  /** Begins with the next value. */
  reset(): void {
    this.#count = 0;
  }

  /** @throws EndlessCheck where there are too many */
  readonly follow = (): void => {
    if (++this.#count > MOST_REFERENCES) throw new EndlessCheck();
  };
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
