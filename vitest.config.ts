import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** What takes long: every case over every subject, Python in WebAssembly, real PyTorch. */
const SLOW = 'test/**/*.slow.test.ts';

const config: ViteUserConfig = defineConfig({
  // Node 20's V8 crashes now and then in Pyodide unless this is off.
  test: {
    execArgv: ['--no-turbo-inline-js-wasm-calls'],
    // By default one processor is left idle, which is half of a small machine.
    maxWorkers: '100%',
    // Longer than any test takes on a machine that is busy: a test fails by what it finds, not by the clock.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      { extends: true, test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: [SLOW] } },
      { extends: true, test: { name: 'slow', include: [SLOW] } },
    ],
  },
});

export default config;
