// What other files of this site, tests and the curious may use.
const live = window.live = { TWIN, Scenario, Reason, declaration, restsOn, reference, follows, valueOf, textOf, verdict, written, digits, unit, row };
