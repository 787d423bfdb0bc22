import type { Random } from '../../core/clock.ts';

/** One draw from the standard normal distribution, by the method of Box and Muller (1958). */
export function standardNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
