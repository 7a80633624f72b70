/** The script of the pages on which tickets are bought: seats on the plan, the time an order waits, the line, what one copies. */

import "./seats.css";
import "./order.css";
import { enlivenCopies } from "./copy";
import { countDown } from "./hold";
import { sayPlace } from "./line";
import { enlivenSeats } from "./seats";

enlivenSeats(document);
countDown(document);
enlivenCopies(document, navigator.clipboard as Clipboard | undefined);
// how one stands in line is asked anew by htmx, which puts the answer in place of the last one
document.addEventListener("htmx:after:settle", () => {
  countDown(document);
  sayPlace(document);
});
