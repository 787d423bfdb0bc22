import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { FakeModel } from '../../test/support/fake-model.ts';
import { callsOf } from '../../test/support/pump-bench.ts';
import { Work, WorkLine } from './work.ts';

const callsFor = (calls: number) => callsOf({ model: new FakeModel(new FakeClock()), calls }, 0);

describe('a line of calls', () => {
  it('gives them out in the order in which they came, one that was put back first', () => {
    const line = new WorkLine();
    const [a, b, c, d, e] = callsFor(5);
    const takenRow = () => line.take()?.call.key.row;
    for (const call of [a!, b!, c!]) line.add(new Work(call, true));
    const first = line.take()!;
    expect([first.call.key.row, line.size]).toEqual([0, 2]);
    line.putBack(first);
    line.add(new Work(d!, true));
    expect([line.size, line.remove(c!)?.call, line.remove(c!), takenRow()]).toEqual([
      ...[4, c, undefined],
      0,
    ]);
    expect([takenRow(), takenRow(), takenRow(), line.size]).toEqual([1, 3, undefined, 0]);
    line.add(new Work(e!, true));
    line.putBack(line.take()!);
    expect([line.remove(e!)?.call, line.size, takenRow()]).toEqual([e, 0, undefined]);
    line.add(new Work(a!, true));
    line.add(new Work(b!, true));
    line.putBack(line.take()!);
    expect(line.clear().map(({ call }) => call.key.row)).toEqual([0, 1]);
    line.add(new Work(c!, true));
    expect([takenRow(), takenRow()]).toEqual([2, undefined]);
  });

  it('lets go of a third of a million in any order in a moment', () => {
    const line = new WorkLine();
    const calls = callsFor(333_333);
    for (const call of calls) line.add(new Work(call, true));
    for (const call of calls.toReversed()) line.remove(call);
    expect(line.size).toBe(0);
  });
});
