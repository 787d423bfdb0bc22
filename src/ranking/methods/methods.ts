import type { MethodName } from '../options/method-names.ts';
import { annotator } from './annotator.ts';
import { averageWinRate } from './average-win-rate.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { contextual } from './contextual.ts';
import { counting } from './counting.ts';
import { davidson } from './davidson.ts';
import { eigenvector } from './eigenvector.ts';
import { elo } from './elo.ts';
import { newman } from './newman.ts';
import { pagerank } from './pagerank.ts';
import { plackettLuce } from './plackett-luce.ts';
import { raoKupper } from './rao-kupper.ts';
import type { RatingMethod } from './rating-method.ts';

/** Every rating method by name. */
export const METHODS: Readonly<Record<MethodName, RatingMethod>> = {
  counting,
  'average-win-rate': averageWinRate,
  elo,
  pagerank,
  eigenvector,
  'bradley-terry': bradleyTerry,
  davidson,
  newman,
  'rao-kupper': raoKupper,
  contextual,
  annotator,
  'plackett-luce': plackettLuce,
};
