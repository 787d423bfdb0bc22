import { expect, it } from 'vitest';
import { refuseOldNode } from './oldest-node.ts';

it('refuses a Node that is too old, and takes every later one', () => {
  for (const version of ['24.0.0', '24.21.0', '100.1.0']) refuseOldNode(version);
  for (const version of ['20.20.2', '22.12.0']) {
    expect(() => refuseOldNode(version)).toThrow(
      `tutti needs Node 24 or newer, and this is ${version}`,
    );
  }
});
