/** Composition of the scene: opens the park in its element of the page, and the world in the park. */

import "./design/tokens.css";
import "./scene/scene.css";
import "./park/park.css";
import "./world/panel/panel.css";
import "./world/world.css";
import "./ticketing/panel/stalls.css";
import { openPark } from "./park/index";
import { openTicketing } from "./ticketing/index";
import { openWorld } from "./world/index";

const root = document.getElementById("scene");
if (root) {
  const { park = "", lang = "zh-CN" } = root.dataset;
  const opened = await openPark({ root, park, language: lang === "en" ? "en" : "zh-CN" });
  if (opened) {
    openWorld(opened);
    openTicketing(opened);
  }
}
