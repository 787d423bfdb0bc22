import { z } from 'zod';
import type { JsonObject } from '../../core/json.ts';
import { consortiumSchema } from './consortium-schema.ts';

const TEXT = { type: 'string' };
const STRATEGY = { anyOf: [TEXT, { type: 'object' }] };

/** The JSON schema of a consortium's file with its short forms, for editors; `npm run generate` writes it. */
export function consortiumJsonSchema(): object {
  const whole = z.toJSONSchema(consortiumSchema, { unrepresentable: 'any' });
  const { members, arbiter, strategy, ...others } = whole.properties as Record<string, JsonObject>;
  return {
    ...whole,
    properties: {
      members: { ...members, items: { anyOf: [TEXT, members!.items] } },
      arbiter: { anyOf: [TEXT, arbiter], description: arbiter!.description },
      strategy: {
        anyOf: [...STRATEGY.anyOf, { type: 'array', items: STRATEGY }],
        description: strategy!.description,
      },
      ...others,
    },
  };
}
