// What other scripts of this site, tests and the curious may use; page.js and bar.js add theirs.

import { ceil, floor, max, min, no, over, power, Reason, root, same } from "./formula.js";
import { csvLine, digits, suitable, unit, written } from "./number.js";
import {
  declaration,
  filled,
  isSet,
  learn,
  lower,
  restsOn,
  row,
  rowsOf,
  Scenario,
  uses
} from "./scenario.js";
import { follows, inShort, reference, textOf, valueOf, verdict, worded } from "./reference.js";

export const live = (window.live = {
  TWIN,
  Scenario,
  Reason,
  declaration,
  isSet,
  restsOn,
  uses,
  reference,
  follows,
  valueOf,
  textOf,
  verdict,
  written,
  suitable,
  digits,
  unit,
  row,
  rowsOf,
  filled,
  csvLine,
  inShort,
  worded,
  learn,
  lower,
  over,
  same,
  no,
  min,
  max,
  floor,
  ceil,
  power,
  root
});
