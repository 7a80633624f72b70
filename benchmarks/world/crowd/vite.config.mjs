// Builds the crowd's page with the client's own packages.
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../../client/node_modules", import.meta.url));

export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  logLevel: "error",
  publicDir: fileURLToPath(new URL("../../../client/avatars", import.meta.url)),
  resolve: { alias: { three: `${packages}/three` } },
  build: { emptyOutDir: true, chunkSizeWarningLimit: 2000 },
};
