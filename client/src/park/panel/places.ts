/** The list of places to jump to, by site. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { bySite } from "../model/places";
import type { PlaceView } from "../../wire/park";
import { Sheet } from "./sheet";

export function placesSheet(words: Words, places: readonly PlaceView[], visit: (space: string) => void): Sheet {
  const sheet = new Sheet(words, words.t("scene.places"), "places");
  const go = (id: string): void => {
    sheet.close();
    visit(id);
  };
  const place = (each: PlaceView): HTMLElement =>
    h("li", {}, h("button", { type: "button", class: "place", click: () => go(each.id) },
      h("span", { class: "place-name" }, words.pick(each.name)), h("span", { class: "place-kind" }, words.t(`kind.${each.kind}`))));
  for (const group of bySite(places)) {
    const site = group.site;
    sheet.body.append(h("section", { class: "place-group" },
      h("h3", {}, site
        ? h("button", { type: "button", class: "place place-site", click: () => go(site.id) }, words.pick(site.name))
        : words.t("scene.places.other")),
      h("ul", {}, ...group.places.map(place))));
  }
  return sheet;
}
