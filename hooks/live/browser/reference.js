// References as the build wires them into a page: `decode_step(batch=32) / decode_step:ms`, pins in base units. hooks/page/reference.py in the browser.

const references = {};
function reference(text) {
  if (references[text]) return references[text];
  const [names, display = ""] = text.split(":");
  const terms = names.split(" / ").map((term) => {
    const [, name, pins = ""] = /^(\w+)(?:\((.*)\))?$/.exec(term);
    return { name, pins: Object.fromEntries(pins.split(", ").filter(Boolean).map((pin) => pinned(...pin.split("=")))) };
  });
  const of = terms.map((term) => declaration(term.name).of).reduce((above, below) => above.over(below));
  return references[text] = { terms, display, of };
}

const pinned = (name, text) => [name, own(TWIN.settings, name) ? +text : text];

// The fields that a reference follows: what its names rest on and its pins leave open.
const follows = ({ terms }) => new Set(terms.flatMap(({ name, pins }) => [...restsOn(name)].filter((field) => !own(pins, field))));

function valueOf({ terms }, scenario) {
  const [top, bottom] = terms.map((term) => () => scenario.but(term.pins).value(term.name));
  const above = top();
  if (!bottom || typeof above !== "number") return above;
  const below = bottom();
  if (typeof below !== "number") return below;
  return below === 0 ? new Reason(say("the ratio would divide by zero", "比值的分母为零")) : above / below;
}

function textOf(asked, scenario) {
  const [{ name, pins }, bottom] = asked.terms;
  return bottom ? written(valueOf(asked, scenario), asked.of, asked.display) : scenario.but(pins).text(name, asked.display);
}

const OPERATORS = { "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, ">": (a, b) => a > b, "==": (a, b) => Math.abs(a - b) <= 0.0005 * max(Math.abs(a), Math.abs(b)) };

// A claim as it stands in the page, `kv_bytes < 80 GB`: whether it holds, and what its two sides come to.
function verdict(claim, scenario) {
  const [left, operator, right] = claim.split(/ (<=|>=|==|<|>) /), sides = [left, right].map((text) => side(text, scenario));
  const reason = sides.map(({ value }) => value).find((value) => value instanceof Reason);
  return { holds: !reason && OPERATORS[operator](sides[0].value, sides[1].value), reason, operator, sides };
}

// A side is a reference, or a number in base units and the unit that it was written in.
function side(text, scenario) {
  const [number, shown] = text.split(" ", 2);
  if (/^[-\d]/.test(text)) return { value: +number, text: written(+number, unit(shown || "1")) };
  const asked = reference(text);
  return { value: valueOf(asked, scenario), text: textOf(asked, scenario), asked };
}
