/** Names of the rating methods, as users write them. */
export const METHOD_NAMES = [
  'counting',
  'average-win-rate',
  'elo',
  'pagerank',
  'eigenvector',
  'bradley-terry',
  'davidson',
  'newman',
  'rao-kupper',
  'contextual',
  'annotator',
  'plackett-luce',
] as const;

/** Name of a rating method. */
export type MethodName = (typeof METHOD_NAMES)[number];
