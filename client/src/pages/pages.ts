/** The script and style of every plain page: small helpers on pages that work without them. */

import "../design/tokens.css";
import "../design/base.css";
import "../design/frame.css";
import "../design/parts.css";
import "../design/forms.css";
import "./home.css";
import "./plan.css";
import "./lists.css";
import "./ticket.css";
import "./booking.css";
import "./programme.css";
import "../design/print.css";
import "./congress-print.css";
import "htmx.org";

import { followLive } from "./live";
import { revealPasswords } from "./password";
import { enlivenPlans } from "./plan";

followLive(document);
enlivenPlans(document);
revealPasswords(document);
document.querySelector<HTMLElement>("[aria-invalid]")?.focus();

const together = document.querySelector<HTMLElement>("[data-together]");
if (together) void import("./together").then(({ beTogether }) => beTogether(together));
