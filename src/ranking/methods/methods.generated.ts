// Written by `npm run generate` from src/ranking/methods: do not edit.
import type { MethodName } from '../options/method-names.generated.ts';
import { method as annotator } from './annotator.ts';
import { method as averageWinRate } from './average-win-rate.ts';
import { method as bradleyTerry } from './bradley-terry.ts';
import { method as contextual } from './contextual.ts';
import { method as counting } from './counting.ts';
import { method as davidson } from './davidson.ts';
import { method as eigenvector } from './eigenvector.ts';
import { method as elo } from './elo.ts';
import { method as newman } from './newman.ts';
import { method as pagerank } from './pagerank.ts';
import { method as plackettLuce } from './plackett-luce.ts';
import { method as raoKupper } from './rao-kupper.ts';
import type { RatingMethod } from './rating-method.ts';

/** Every rating method by name. */
export const METHODS: Readonly<Record<MethodName, RatingMethod>> = {
  'annotator': annotator,
  'average-win-rate': averageWinRate,
  'bradley-terry': bradleyTerry,
  'contextual': contextual,
  'counting': counting,
  'davidson': davidson,
  'eigenvector': eigenvector,
  'elo': elo,
  'newman': newman,
  'pagerank': pagerank,
  'plackett-luce': plackettLuce,
  'rao-kupper': raoKupper,
};
