/** Composition of the scene: finds its element in the page and opens the park there. */

import "./design/tokens.css";
import "./scene/scene.css";
import "./park/park.css";
import { openPark } from "./park/index";

const root = document.getElementById("scene");
if (root) {
  const { park = "", lang = "zh-CN" } = root.dataset;
  void openPark({ root, park, language: lang === "en" ? "en" : "zh-CN" });
}
