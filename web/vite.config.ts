import { defineConfig } from 'vite';

const proxied = { target: 'https://127.0.0.1:5000', secure: false };

// No inlined assets and no polyfill: both would need `data:` or inline scripts, which the page's policy forbids.
export default defineConfig({
  build: {
    target: 'baseline-widely-available',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': proxied } },
});
