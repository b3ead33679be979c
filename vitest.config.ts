import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  // Node 20's V8 crashes now and then in Pyodide unless this is off.
  test: {
    execArgv: ['--no-turbo-inline-js-wasm-calls'],
    include: ['test/**/*.test.ts'],
    // By default one processor is left idle, which is half of a small machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default config;
