import type { z } from 'zod';

/** Makes the function that gives the keys that a schema knows at a path. */
export function knownKeysOf(root: z.ZodType): (path: readonly PropertyKey[]) => readonly string[] {
  return (path) => {
    let schema: z.ZodType | undefined = root;
    for (const step of path) schema = inner(schema, step);
    const shape = (unwrap(schema) as { shape?: object } | undefined)?.shape;
    return shape === undefined ? [] : Object.keys(shape);
  };
}

function inner(schema: z.ZodType | undefined, step: PropertyKey): z.ZodType | undefined {
  const bare = unwrap(schema) as {
    shape?: Record<PropertyKey, z.ZodType>;
    valueType?: z.ZodType;
    element?: z.ZodType;
  };
  return bare?.shape?.[step] ?? bare?.valueType ?? bare?.element;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  const optional = schema as { unwrap?: () => z.ZodType } | undefined;
  return schema?.type === 'optional' ? optional?.unwrap?.() : schema;
}
