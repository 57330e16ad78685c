// What other scripts of this site, tests and the curious may use; page.js and bar.js add theirs.
const live = window.live = { TWIN, Scenario, Reason, declaration, restsOn, reference, follows, valueOf, textOf, verdict, written, suitable, digits, unit, row, rowsOf, filled, csvLine, inShort, worded, learn, lower, over, same, no, min, max, floor, ceil, power, root };
