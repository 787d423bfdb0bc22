export { type JsonSchema, readJsonSchema } from './json-schema.ts';
