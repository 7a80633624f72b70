/** Builds the entries of the client: the scene, the plain pages, and what avatars and tickets need beside them. */

import { defineConfig } from "vitest/config";

export default defineConfig({
  // Relative, so that the server alone decides where the files are served.
  base: "./",
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The served policy allows no inline code and no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        scene: "src/main.ts",
        pages: "src/pages/pages.ts",
        avatar: "src/pages/avatar.ts",
        tickets: "src/pages/tickets.ts",
        gate: "src/pages/gate.ts",
        timetable: "src/pages/timetable.ts",
        worker: "src/ticketing/worker.ts",
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts"],
    environment: "node",
  },
});
