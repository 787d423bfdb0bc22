// Written by `npm run generate` from src/cli/commands: do not edit.
import type { CommandEntry } from './command-line/command.ts';

/** Every command, by name; none is loaded before it is needed. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'agreement',
    summary: 'see how far judges agree, and whether side or length leads them astray',
    load: async () => (await import('./commands/agreement/index.ts')).command,
  },
  {
    name: 'ask',
    summary: 'ask several models the same question at once',
    load: async () => (await import('./commands/ask/index.ts')).command,
  },
  {
    name: 'check',
    summary: 'say all that is wrong with an experiment before anything is sent',
    load: async () => (await import('./commands/check/index.ts')).command,
  },
  {
    name: 'consortium',
    summary: 'let several models agree on one answer, and keep them as a model',
    load: async () => (await import('./commands/consortium/index.ts')).command,
  },
  {
    name: 'diff',
    summary: 'compare two runs, or write the rows that have no answer yet',
    load: async () => (await import('./commands/diff/index.ts')).command,
  },
  {
    name: 'export',
    summary: 'write results, or an experiment, in another form',
    load: async () => (await import('./commands/export/index.ts')).command,
  },
  {
    name: 'judge',
    summary: 'let models judge the answers of a run: scores, labels, or texts',
    load: async () => (await import('./commands/judge/index.ts')).command,
  },
  {
    name: 'keys',
    summary: 'keep, list and remove the keys of providers',
    load: async () => (await import('./commands/keys/index.ts')).command,
  },
  {
    name: 'map',
    summary: 'turn a table into a better table: one prompt a row, one or many rows out',
    load: async () => (await import('./commands/map/index.ts')).command,
  },
  {
    name: 'media',
    summary: 'list, upload and delete the files that Gemini keeps for an account',
    load: async () => (await import('./commands/media/index.ts')).command,
  },
  {
    name: 'models',
    summary: 'show what can be used here: providers, keys, aliases, endpoints',
    load: async () => (await import('./commands/models/index.ts')).command,
  },
  {
    name: 'pairs',
    summary: 'choose which pairs of answers to judge next',
    load: async () => (await import('./commands/pairs/index.ts')).command,
  },
  {
    name: 'prefer',
    summary: 'let models rank each other\'s answers without knowing whose they are',
    load: async () => (await import('./commands/prefer/index.ts')).command,
  },
  {
    name: 'rank',
    summary: 'rate items from comparisons, with intervals that say how sure it is',
    load: async () => (await import('./commands/rank/index.ts')).command,
  },
  {
    name: 'rephrase',
    summary: 'let models rephrase the prompts of an experiment, into a new one',
    load: async () => (await import('./commands/rephrase/index.ts')).command,
  },
  {
    name: 'report',
    summary: 'make one HTML page of a run',
    load: async () => (await import('./commands/report/index.ts')).command,
  },
  {
    name: 'run',
    summary: 'run an experiment file: all calls, all models in parallel, resumable',
    load: async () => (await import('./commands/run/index.ts')).command,
  },
  {
    name: 'score',
    summary: 'score the answers of a run, or of a results file; nothing is sent',
    load: async () => (await import('./commands/score/index.ts')).command,
  },
  {
    name: 'sim',
    summary: 'start simulated endpoints on this machine, to rehearse without paying',
    load: async () => (await import('./commands/sim/index.ts')).command,
  },
  {
    name: 'trust',
    summary: 'agree to the settings of a folder',
    load: async () => (await import('./commands/trust/index.ts')).command,
  },
  {
    name: 'try',
    summary: 'take a first look without a key, on simulated models',
    load: async () => (await import('./commands/try/index.ts')).command,
  },
  {
    name: 'watch',
    summary: 'run every experiment that appears in a folder',
    load: async () => (await import('./commands/watch/index.ts')).command,
  },
];
