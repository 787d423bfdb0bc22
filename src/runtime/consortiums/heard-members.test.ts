import { expect, it } from 'vitest';
import { LazyAbort } from '../../run/rows/lazy-abort.ts';
import { RowContext } from '../../run/rows/row-context.ts';
import { HeardMembers } from './heard-members.ts';

const CONSORTIUM = {
  ...{ name: 'team', members: [], arbiters: [], strategies: [] },
  judging: 'synthesis',
};

it("hands on the signal of a row and what is noted, which the row's context has by its class", () => {
  const row = new RowContext(
    async () => {
      throw new Error('nobody is asked');
    },
    new LazyAbort(),
    undefined,
  );
  const told: string[] = [];
  const consortium = CONSORTIUM as unknown as ConstructorParameters<typeof HeardMembers>[0];
  const context = new HeardMembers(consortium).listening(row, (line) => told.push(line));
  expect(context.signal).toBe(row.signal);
  context.note({ key: 1 });
  expect(row.notes).toEqual({ key: 1 });
  context.progress('1 of 2');
  expect(told).toEqual(['1 of 2']);
});
