import type { Strategy } from '../strategy.ts';

const ROLES = [
  'Propose the best answer that you can find, and work it out in full.',
  'Doubt the obvious answer: look for what speaks against it, and answer as you find it right in the end.',
  'Check every fact, number and step before you answer, and leave out what you cannot stand for.',
];

/** Each member is told a role of its own. */
export const strategy: Strategy = {
  name: 'role',
  about: 'each member is told a role behind its system message: its own `role`, or one of a list',
  parameters: [
    {
      name: 'roles',
      kind: 'texts',
      about: 'texts for the members in order; the first again for those beyond the last',
      default: ROLES,
    },
  ],
  prepare: ({ parameters, members }) => {
    const roles = parameters.roles as readonly string[];
    return { system: (member) => members[member]?.role ?? roles[member % roles.length] };
  },
};
