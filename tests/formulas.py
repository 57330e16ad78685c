"""Formulas at random, as a person would write them and as nobody would: a library of cost models made up for the day."""

import random
import re
from collections.abc import Iterator
from functools import partial

from hooks.formula.declaration import Cell, Field, Row, Source
from hooks.formula.evaluate import Given
from hooks.formula.library import Library
from hooks.formula.value import read_value
from hooks.text.languages import Language
from tests.twins import World, about_scenarios

HEAD = """
from hooks.formula.quantity import *
kind = choice("kinds", "Kind", zh="种", default="plain")
a = setting("1", "Alpha", zh="甲", default=2)
b = setting("B", "Bytes", zh="字节", default=0)
c = setting("s", "FP clock", zh="钟", default=0.001)
d = setting("token/seq", "Context", zh="上下文", default=8192)
three = constant("%", 300, "Three", zh="三", why="w", why_zh="因")
subnormal = constant("1", 5e-324, "Least", zh="最小", why="w", why_zh="因")
rate = field("kind", "rate", "B/s", "Rate", zh="速率", default=-0.0)
lost = field("kind", "lost", "1", "Loss", zh="损失")
gone = field("kind", "gone", "1", "Other loss", zh="损失")
hue = field("kind", "hue", "word", "Hue", zh="色")
seats = field("kind", "seats", "token", "Seats", zh="座")

@quantity("1", "Zero", zh="零")
def zero(a):
    \"\"\"One.

    一。
    \"\"\"
    return a / 0

@quantity("1", "Nought", zh="零")
def nought(a):
    \"\"\"One.

    一。
    \"\"\"
    return a / 0
"""
NUMBERS = (*"aaaabbbccd", "three", "rate", "subnormal", "lost")
SHOWN = {
    "a": ("", ":%", ":thousand"),
    "b": ("", ":GB", ":KiB", ":bit"),
    "c": ("", ":ms", ":h"),
    "d": ("", ":token"),
    "lost": ("",),
    "gone": ("",),
    "hue": ("",),
    "kind": ("",),
    "rate": ("", ":TB/s"),
}
"""What a reason may mention, and in which units."""

LITERALS = (
    "0", "1", "2", "3", "7", "0.1", "0.5", "2.5", ".5", "5.", "1E5", "0x1F", "0b101", "1_000", "1e-5", "1e16", "1e21", "1e22", "1e300", "1e-300", "5e-324", "1e-400", "1e999",
    "1.7976931348623157e308", "9007199254740991", "9007199254740993", "0.30000000000000004", "1" + "0" * 30, "123456789" * 40,
)  # fmt: skip
WORDS = {
    "fast": "快",
    "it's": "是",
    'say "no"': "说“不”",
    "back\\slash": "反\\斜",
    "{a}": "{甲}",
    "$.a": "$.甲",
    "</script>": "</脚本>",
    "two\u2028lines": "两\u2028行",
    "": "空",
}
COUNTS = ("0", "1", "2", "3", "10", "64", "1e6", "1e300", "2.5", "-1", "-0", "0x7")
UNITS = (
    "1",
    "B",
    "s",
    "FLOP/s",
    "%",
    "token",
    "USD/token",
    "USD",
    "B/s/chip",
    "seq/s",
    "W",
    "1/layer",
)
TRAPS = (
    "a - -b", "a--1", "--a", "- -a", "a - -b * c", "a - (-b - c)", "-(-(-a))", "-a * b", "-(a * b)", "-a / b", "a / -b", "-0 * a", "0 - 0", "-0",
    "a - (b - c)", "a - (b + c)", "a - b - c", "a * (b / c)", "a / (b / c)", "a / b / c", "a / (b * c)", "a * (b * c)", "a + (b + c)", "a + b * c", "(a + b) * c",
    "a if b < c else b if c < d else d", "(a if b < c else b) if c < d else d", "a if b < c and c < d or d < a else b", "a if b < c and (c < d or d < a) else b", "1 + a if b < c else -a if b != c else 2 - -b",
    "a if (b if c < d else d) < (d if b < c else c) else b", "a if -b < -c else 2", "a if b - -c > - -d else 2",
    "lost / 0", "0 / lost", "a / (0 * lost)", "1 / 0 + lost", "lost + 1 / 0", "lost + gone", "gone + lost", "lost - gone", "min(lost, gone)", "min(1, lost)", "max(lost, 1)", "max(1, 2, gone, lost)", "lost * (1 / 0)",
    "1 if lost < gone else 2", "1 if gone > lost else 2", "1 if lost == gone else 2", "1 if lost != gone else 2", "1 if lost == lost else 2", "1 if lost == 1 else 2", "1 if 1 != gone else 2", "1 if zero == nought else 2",
    "1 if hue == 'fast' else 2", "1 if 'fast' != hue else 2", "1 if hue == kind else 2", "1 if 0 == -0 else 2", "1 if a == b and lost == gone else 2", "1 if 1 < 2 or lost == gone else 2",
    "min(0, -0)", "min(-0, 0)", "max(0, -0)", "max(-0, 0)", "min(a, b, c, d)", "max(a, b, c, d)", "min(1e999 - 1e999, 1)", "min(1, 1e999 - 1e999)", "max(1e999 - 1e999, 1)", "max(1, 1e999 - 1e999)",
    "min(0 * 1e999, a, b)", "1 if 1e999 - 1e999 < 1 else 2", "1 if 1e999 - 1e999 == 1e999 - 1e999 else 2", "1 if 1e999 == 1e999 else 2", "1 if 1e999 - 1e999 != 0 else 2",
    "1e308 * 10", "1e308 * 10 - 1e308 * 10", "1 / (1e308 * 10)", "1 / (1e999 - 1e999)", "a / (0 * 1e999)", "-1 / (1e308 * 10)", "1e-300 * 1e-300", "-1e-300 * 1e-300", "0.1 + 0.2", "9007199254740993 - 9007199254740992", "1e23", "4.35 * 100",
    "floor(1e308 * 10)", "floor(1e999 - 1e999)", "ceil(-1e999)", "floor(1e300)", "ceil(-0.5)", "floor(-0.5)", "floor(-0)", "ceil(-0)", "floor(0.1 + 0.7) * 10", "floor((0.1 + 0.7) * 10)", "floor(lost)", "ceil(1 / 0)", "floor(9007199254740993)",
    "power(2, 1e300)", "power(-1, 9007199254740993)", "power(1, 1e999)", "power(a, 1e999 - 1e999)", "power(lost, -1)", "power(lost, 2)", "power(lost, 0)", "power(2, lost)", "power(gone, lost)", "power(2, 0.5) + 1", "power(0, 0)", "power(a, -0)",
    "power(-0, 3)", "power(1.1, 10)", "power(0.1, 7)", "power(1e999, 0)", "power(2, 1023)", "power(2, 1024)", "power(1 / 0, 2)", "power(2, 1 / 0)", "power(power(2, 3), power(2, 2))", "power(1 - 1e-9, 1000000000)",
    "root(2)", "root(0)", "root(-0)", "root(-1)", "root(-1) + 1", "root(1e999)", "root(1e999 - 1e999)", "root(5e-324)", "root(0.1)", "root(1e308 * 10)", "root(lost)", "root(root(a))", "root(a * a)", "root(1 / 0)", "min(1, root(-2))",
    "impossible('all {a:%} of {kind}', zh='{kind} 的 {lost}')", "1 + impossible('as it is: {a}', zh='原样：{a}')", "min(1, impossible('no', zh='无'))", "impossible('no', zh='无') / 0", "impossible('$.b and $.50', zh='无')", "lost", "a if b > c else lost",
)  # fmt: skip
"""What is easily emitted wrongly."""

PARAMETER = r"(?<![\w$.'])(?:[abcd]|lost|gone|hue|kind|zero|nought)\b(?!')"
DOC = '    """One.\n\n    一。\n    """\n'


class Writer:
    """Writes one formula after another; `used` holds the parameters of the one being written."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.used: set[str] = set()
        self.written: list[str] = []

    def quantity(self, name: str) -> str:
        """A quantity that is a number, or one time in eight a word."""
        self.used = set()
        word = self.chance.random() < 0.125
        label = f'"{self.chance.choice(("Time", "FP8 rate", "KV", "E2 part"))} {name[-1]}", zh="量{int(name[1:]) % 3}"'  # some alike in one language only
        head = (
            f'"word", {label}, words={WORDS!r}'
            if word
            else f'"{self.chance.choice(UNITS)}", {label}'
        )
        body = self.body(self.chance.randrange(3), "    ", word)
        if not word:
            self.written.append(name)
        return f"@quantity({head})\ndef {name}({', '.join(self.chance.sample(sorted(self.used), len(self.used)))}):\n{DOC}{body}\n"

    def body(self, depth: int, indent: str, word: bool) -> str:
        """Early returns and one final return, nested."""
        if not depth:
            return f"{indent}return {self.word(2) if word else self.free(self.chance.choice((1, 2, 3, 3, 4)))}\n"
        inner = indent + "    "
        text = f"{indent}if {self.test(2)}:\n{self.body(self.chance.randrange(depth), inner, word)}"
        if self.chance.random() < 0.3:
            text += f"{indent}elif {self.test(1)}:\n{self.body(0, inner, word)}"
        if self.chance.random() < 0.4:
            return f"{text}{indent}else:\n{self.body(depth - 1, inner, word)}"
        return text + self.body(depth - 1, indent, word)

    def name(self, *names: str) -> str:
        """A parameter, one of these."""
        name = self.chance.choice(names)
        self.used.add(name)
        return name

    def free(self, depth: int) -> str:
        """A number where a conditional needs no brackets."""
        if depth > 0 and self.chance.random() < 0.15:
            return f"{self.number(depth - 1)} if {self.test(depth - 2)} else {self.free(depth - 1)}"
        return self.number(depth)

    def number(self, depth: int) -> str:
        """An expression that comes to a number, with brackets wherever they fall: Python decides what belongs together."""
        pick, chance = self.chance.choice, self.chance.random
        shape = chance() if depth > 0 else 0
        if shape < 0.15:
            return (
                pick(LITERALS)
                if chance() < 0.35
                else self.name(*self.written[-40:] if self.written and chance() < 0.1 else NUMBERS)
            )
        inner, free = partial(self.number, depth - 1), partial(self.free, depth - 1)
        if shape < 0.5:
            return f"{inner()} {pick('++--**//')} {inner()}"
        if shape < 0.63:
            return f"({free()})"
        if shape < 0.73:
            return f"{pick(('-', '- ', '--'))}{inner()}" if chance() < 0.6 else f"-({free()})"
        if shape < 0.78:
            return f"({inner()} if {self.test(depth - 2)} else {free()})"
        if shape < 0.88:
            return f"{pick(('min', 'max'))}({', '.join(free() for _ in range(pick((2, 3, 4))))})"
        if shape < 0.94:
            return f"{pick(('floor', 'ceil', 'root'))}({free()})"
        if shape < 0.99:
            return f"power({free()}, {pick(COUNTS) if chance() < 0.8 else free()})"
        return self.reason()

    def reason(self) -> str:
        """impossible(…), with what it mentions among the parameters."""
        names = [self.name(*SHOWN) for _ in range(4)]
        first, second, third, fourth = (
            f"{{{name}{self.chance.choice(SHOWN[name])}}}" for name in names
        )
        return f"impossible({f'too {first} for {second} at $.50 a piece'!r}, zh={f'{third} 放不下 “{fourth}”: $.a {chr(10)}'!r})"

    def test(self, depth: int) -> str:
        """A comparison, or several that are joined."""
        pick, shape = self.chance.choice, self.chance.random()
        if depth > 0 and shape < 0.35:
            return f"{self.test(depth - 1)} {pick(('and', 'or'))} {self.test(depth - 1)}"
        if depth > 0 and shape < 0.45:
            return f"({self.test(depth - 1)})"
        if shape < 0.6:
            return f"{self.word(0)} {pick(('==', '!='))} {self.word(0)}"
        return f"{self.number(min(depth, 1))} {pick(('<', '<=', '>', '>=', '==', '!='))} {self.number(min(depth, 1))}"

    def word(self, depth: int) -> str:
        """A word, or a reason where a word was wanted."""
        shape = self.chance.random() if depth > 0 else 1
        if shape < 0.4:
            return f"({self.word(depth - 1)} if {self.test(1)} else {self.word(depth - 1)})"
        if shape < 0.5:
            return self.reason()
        return (
            self.name("hue", "kind")
            if self.chance.random() < 0.5
            else repr(self.chance.choice(list(WORDS)))
        )


def tables(library: Library) -> dict[str, dict[str, Row]]:
    """Rows whose cells are printed as sources print them, and lack what sources lack."""
    printed = {
        "plain": {"rate": "3.35 TB/s", "hue": "fast", "seats": "1 token"},
        "blank": {},
        "whole": {
            "rate": "1 B/s",
            "lost": "1",
            "seats": "1.0 token",
            "gone": "70.6 billion",
            "hue": "it's",
        },
        "odd": {"rate": "-0.7777777777777 Gbit/s", "lost": "0", "gone": "40 %", "hue": 'say "no"'},
        "spaced": {
            "rate": "2 GB / s",
            "lost": "+5.0",
            "seats": "1,024 token",
            "gone": "3 thousand",
            "hue": "fast",
        },
        "least": {
            "rate": "5e-324 B/s",
            "lost": "0.30000000000000004",
            "gone": "1e300",
            "hue": "back\\slash",
        },
        "long": {
            "rate": "1,979.50 GiB/s",
            "lost": ".125",
            "seats": "+.50 Mtoken",
            "gone": "1e-3",
            "hue": "two\u2028lines",
        },
    }
    fields = {field.key: field for field in library.names.values() if isinstance(field, Field)}
    return {
        "kinds": {
            id: Row(
                id,
                f'The "{id}" $& one',
                f"{id} 号",
                {
                    key: Cell(read_value(text, "", fields[key].printed), text, Source("S"))
                    for key, text in cells.items()
                },
            )
            for id, cells in printed.items()
        }
    }


def world_of(text: str) -> World:
    """A world with these quantities. Those that the reader refuses are left out of it; units that do not fit are not."""
    library = Library([("costs.py", HEAD + text)])
    return World(library, tables(library))


def made_up(seed: int, count: int) -> World:
    """A world of so many formulas at random."""
    writer = Writer(random.Random(seed))
    return world_of("".join(writer.quantity(f"q{number}") for number in range(count)))


def traps() -> World:
    """A world of the formulas in which Python and JavaScript could part company."""
    return world_of(
        "".join(
            f'@quantity("1", "Trap {at}", zh="坑")\ndef q{at}({", ".join(sorted(set(re.findall(PARAMETER, formula))))}):\n{DOC}    return {formula}\n'
            for at, formula in enumerate(TRAPS)
        )
    )


def accepted(world: World) -> list[str]:
    """The names of the formulas that the reader took."""
    return [name for name in world.library.names if re.fullmatch(r"q\d+", name)]


def some_number(chance: random.Random) -> float:
    """Any double: ordinary, zero of either sign, huge, tiny, whole, or at an edge."""
    edges = (
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.125,
        2.5,
        3.0,
        10.0,
        64.0,
        2.0**53,
        2.0**53 + 2,
        1e300,
        -1e300,
        1.7976931348623157e308,
        1e-300,
        5e-324,
        -5e-324,
        2.2250738585072014e-308,
    )
    sizes = (
        chance.choice(edges),
        chance.uniform(-10, 10),
        float(chance.randint(-9, 99)),
        chance.choice((1, -1)) * 10 ** chance.uniform(-30, 30),
        chance.uniform(0, 1),
    )
    return chance.choice(sizes)


def random_inputs(world: World, chance: random.Random) -> Given:
    """A scenario of a made-up world."""
    return {"kind": chance.choice(list(world.tables["kinds"]))} | {
        name: some_number(chance) for name in "abcd"
    }


def about(world: World, scenarios: int, seed: int, language: Language) -> Iterator[str]:
    """Everything of a made-up world, in so many scenarios."""
    chance = random.Random(seed)
    return about_scenarios(
        world, [random_inputs(world, chance) for _ in range(scenarios)], language
    )
