export { type JsonSchema, readJsonSchema, type SchemaMistake } from './json-schema.ts';
