import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  base: './',
  // The client is taken from its TypeScript, so that the page needs no build of it.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    // An asset as a data: URL would be against the page's content security policy.
    assetsInlineLimit: 0,
  },
});
