/** The map of the client: main → features → scene → kit; inside a feature: panel | view → model → wire. */

const feature = "^src/(park)/";
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid("no-cycles", "A cycle hides which file is above which.", {}, { circular: true }),
    forbid("no-orphans", "A file that nothing needs is dead.",
      { orphan: true, pathNot: ["^src/(main|pages/pages)\\.ts$", "\\.test\\.ts$", "\\.css$"] }, {}),
    forbid("resolved", "Every import exists.", {}, { couldNotResolve: true }),
    forbid("only-main-composes", "Nothing imports the composition.", {}, { path: "^src/main\\.ts$" }),
    forbid("scene-below-features", "The scene knows no domain.",
      { path: "^src/scene/" }, { path: "^src/", pathNot: "^src/(scene|kit)/" }),
    forbid("kit-below-all", "The kit knows neither scene nor features.",
      { path: "^src/kit/" }, { path: "^src/", pathNot: "^src/kit/" }),
    forbid("kit-knows-no-three", "What needs three.js belongs to the scene.",
      { path: "^src/kit/" }, { path: "node_modules/(three|3d-tiles-renderer|three-mesh-bvh|@types/three)/" }),
    forbid("wire-imports-nothing", "Wire types are written in Python and generated.",
      { path: "^src/wire/" }, { path: ".+" }),
    forbid("models-are-pure", "A model is a function of its messages: no three.js, no DOM, no network.",
      { path: `${feature}model/` },
      { path: ".+", pathNot: [`${feature}model/`, "^src/wire/", "^node_modules/vitest/"] }),
    forbid("client-knows-wire", "Requests are typed by wire alone.",
      { path: `${feature}client\\.ts$` }, { path: "^src/", pathNot: "^src/(wire|kit)/" }),
    forbid("panel-knows-no-view", "Panel and view meet in the model.",
      { path: `${feature}panel/` }, { path: `${feature}view/` }),
    forbid("panel-knows-no-three", "A panel is plain DOM.",
      { path: `${feature}panel/` }, { path: "node_modules/(three|3d-tiles-renderer|three-mesh-bvh|@types/three)/|^src/scene/" }),
    forbid("view-knows-no-panel", "Panel and view meet in the model.",
      { path: `${feature}view/` }, { path: `${feature}panel/` }),
    forbid("pages-stand-alone", "Plain pages ship no scene.",
      { path: "^src/pages/" }, { path: "^src/", pathNot: "^src/(pages|kit|design|wire)/" }),
    forbid("design-is-css", "Tokens are style alone.", { path: "^src/design/" }, { path: "^src/", pathNot: "^src/design/" }),
    forbid("shipped-needs-no-dev", "What is shipped stands in dependencies.",
      { path: "^src/", pathNot: "\\.test\\.ts$" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" }),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
