/** The script and style of every plain page: small helpers on pages that work without them. */

import "../design/tokens.css";
import "../design/base.css";
import "../design/frame.css";
import "../design/parts.css";
import "../design/forms.css";
import "htmx.org";
