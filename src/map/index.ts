export type { MapCounts } from './map-counts.ts';
