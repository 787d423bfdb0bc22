import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/faults/**', 'node_modules/**'],
    setupFiles: ['test/support/fixed-seed.ts'],
    testTimeout: 30_000,
  },
});
