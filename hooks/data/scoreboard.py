"""The scoreboard: every published result beside what the models say, and how far off they are."""

from dataclasses import dataclass

from hooks.formula.declaration import Row
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import Reference, parse_reference, scenario_from
from hooks.text.problems import Mistake

TIMES = ("time", "slope")
"""Figures of which less is faster."""

TWINS = {
    "decode_step": "expected_step",
    "user_speed": "expected_user_speed",
    "throughput": "expected_decode_throughput",
    "weights_time": "expected_empty_step",
    "itl_slope": "expected_itl_slope",
    "compute_ceiling": "expected_ceiling",
    "answer_ceiling": "expected_answer_ceiling",
    "prefill_time": "expected_prefill_time",
    "request_time": "expected_request_time",
    "prefill_throughput": "expected_prefill_throughput",
    "machine_time": "expected_machine_time",
    "served_throughput": "expected_throughput",
    "speculative_speed": "expected_speculative_speed",
    "speculation_speedup": "expected_speculation_gain",
}
"""The calibrated quantity that stands for the floor which a measurement names."""

STEPS = ("decode_step", "user_speed", "throughput", "weights_time", "itl_slope")
"""What a lone reader can be measured by; anything else is of many sequences."""

FAILURES = {
    "attention-kernel": ("Attention is slower than its bytes: the kernel waits on itself.", "attention 比它要读的字节更慢：kernel 自己在拖时间。"),  # noqa: E501
    "deadline": ("Under a deadline fewer run together than the memory holds, and how many isn’t said; the memory’s number was taken.", "有时限，同时跑的比显存装得下的少，来源又没说多少；这里取的是显存装得下的数。"),  # noqa: E501
    "dequantisation": ("Unpacking the weights takes longer than reading them.", "把权重解开比读它们还久。"),  # noqa: E501
    "host-bound": ("The CPU hands out work more slowly than the chip finishes it.", "CPU 派活比芯片干活还慢。"),  # noqa: E501
    "layer-split": ("The layers lie on several chips that take turns.", "各层分在几块卡上，轮流干活。"),  # noqa: E501
    "older-engine": ("An older version of the engine ran it than those that the calibration was fitted to.", "跑它的引擎版本，比标定拟合所用的更旧。"),  # noqa: E501
    "other-engine": ("Another engine ran it than those that the calibration was fitted to.", "跑它的引擎，不是标定拟合所用的那些。"),  # noqa: E501
    "other-hardware": ("The chip differs from those that the family was fitted on.", "这块卡与拟合所用的那些卡不同。"),  # noqa: E501
    "other-model": ("The calibration was fitted to models of another size or kind alone.", "标定只用另一种大小或类型的模型拟合过。"),  # noqa: E501
    "queueing": ("Requests wait or arrive unevenly, so that the batch is not full all the time.", "请求在排队，或到达不均，batch 并非一直是满的。"),  # noqa: E501
    "reported-slow": ("Whoever measured it found it too slow, and asked why.", "测它的人自己也嫌慢，正是为此发问。"),  # noqa: E501
    "skewed-routing": ("Tokens crowd on a few experts: fewer are read than even routing says, or the busiest chip sets the pace.", "token 挤在少数专家上：读到的专家比均匀路由少，或者由最忙的卡决定快慢。"),  # noqa: E501
    "unexplained": ("Nobody has said why; the formula lacks something.", "没人说过为什么；公式缺了点什么。"),  # noqa: E501
    "unknown-batch": ("The source does not say how many sequences ran together.", "来源没有说明多少条序列一起跑。"),  # noqa: E501
}  # fmt: skip
"""Why a point lies further from its calibration than the goal allows (`failure`), or from the one
that its scenario picks by itself (`missed`)."""

GOALS = {"one": 0.10, "many": 0.25}
"""The error allowed at batch 1 and at larger batches."""


@dataclass(frozen=True)
class Score:
    """One published result: what was measured, our bound, and our prediction where a
    calibration covers it.
    """

    row: Row
    field: str
    measured: float
    bound: float
    scenario: Scenario
    reference: Reference
    predicted: float | None = None
    fitted: bool = False
    asked: Reference | None = None
    """What predicts it, where something does."""

    @property
    def predicted_in(self) -> Scenario:
        """The scenario that its prediction is told in: with the calibration that its row names."""
        named = str(self.row.extra.get("calibration"))
        return self.scenario.pinned({"calibration": named}) if self.asked else self.scenario

    @property
    def efficiency(self) -> float:
        """The share of the bound that was reached: 1 would be all of it."""
        return self.bound / self.measured if self.field in TIMES else self.measured / self.bound

    @property
    def alone(self) -> bool:
        """Whether it is of one reader alone, whose tokens wait for the bytes."""
        return str(self.reference) in STEPS and self.scenario["batch"] == 1

    @property
    def failure(self) -> str:
        """The name of the reason why it lies further off than the goal, where it does."""
        return str(self.row.extra.get("failure", ""))

    @property
    def missed(self) -> str:
        """Why the calibration that its scenario picks by itself is far off, where it is."""
        return str(self.row.extra.get("missed") or self.failure or "unexplained")

    @property
    def error(self) -> float | None:
        """Predicted over measured, less 1; None without a prediction."""
        return self.predicted / self.measured - 1 if self.predicted else None


def scenario_of(row: Row, base: Scenario) -> Scenario:
    """The scenario that a row was measured in, what it overrides included."""
    chosen, _ = scenario_from(dict(row.extra.get("scenario") or {}), base)
    given = {name: _value(text) for name, text in dict(row.extra.get("given") or {}).items()}
    return chosen.pinned(given)


def scores(base: Scenario) -> list[Score]:
    """Every row of the catalogue that has an expression and comes to a number. Each is judged
    in its own scenario, so that of `base` changes nothing.
    """
    root = base.root
    if ("scores", "") not in root.known:
        root.known["scores", ""] = _scores(root)
    return list(root.known["scores", ""])


def _scores(base: Scenario) -> list[Score]:
    found = []
    calibrations = base.tables.get("calibrations", {})
    fitted = {point for row in calibrations.values() for point in row.extra.get("points", [])}
    for row in base.tables.get("measurements", {}).values():
        if not row.extra.get("expression") or not row.cells:
            continue
        within = scenario_of(row, base)
        reference = parse_reference(str(row.extra["expression"]), within)
        bound = reference.value(within)
        field, cell = next(iter(row.cells.items()))
        if isinstance(bound, float) and isinstance(cell.value, float):
            found.append(
                Score(
                    row,
                    field,
                    cell.value,
                    bound,
                    within,
                    reference,
                    *_predicted(row, within, fitted),
                )
            )
    return found


def calibrated_expression(row: Row, calibration: Row) -> str:
    """The calibrated expression that predicts a measurement's figure: `instead` is asked by the
    row's id, then by its expression.
    """
    instead: dict[str, str] = calibration.extra.get("instead", {})
    for key in (row.id, str(row.extra["expression"])):
        if key in instead:
            return instead[key]
    name, bracket, pins = str(row.extra["expression"]).partition("(")
    if name not in TWINS or "/" in pins:
        raise Mistake(f"{row.id}: '{name}' has no calibrated twin")
    return TWINS[name] + bracket + pins


def _predicted(
    row: Row, within: Scenario, fitted: set[str]
) -> tuple[float | None, bool, Reference | None]:
    """What the row's calibration predicts, whether it was fitted to the row, and by which
    reference.
    """
    calibration = within.tables.get("calibrations", {}).get(str(row.extra.get("calibration")))
    if calibration is None:
        return None, False, None
    at = within.pinned({"calibration": calibration.id})
    try:
        asked = parse_reference(calibrated_expression(row, calibration), at)
    except Mistake:
        return None, False, None  # a figure that no quantity predicts, such as a share
    value = asked.value(at)
    if not isinstance(value, float):
        return None, False, None
    return value, row.id in fitted, asked


def _value(text: object) -> float | str:
    try:
        return float(str(text))
    except ValueError:
        return str(text)


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of the values lies; the median at one half."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
