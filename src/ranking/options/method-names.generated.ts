// Written by `npm run generate` from src/ranking/methods: do not edit.

/** Names of the rating methods, as users write them. */
export const METHOD_NAMES = [
  'annotator',
  'average-win-rate',
  'bradley-terry',
  'contextual',
  'counting',
  'davidson',
  'eigenvector',
  'elo',
  'newman',
  'pagerank',
  'plackett-luce',
  'rao-kupper',
] as const;

/** Name of a rating method. */
export type MethodName = (typeof METHOD_NAMES)[number];
