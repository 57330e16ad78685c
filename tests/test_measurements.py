"""Published results: every row of `docs/data/measurements.yml` against what the cost models say."""

import pytest
import yaml

from hooks.data.catalogue import Catalogue
from hooks.data.data_file import MARKS
from hooks.data.engine import ROOT, Engine
from hooks.data.rules.measurements import role_of, series_of
from hooks.formula.declaration import Field, Row
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import parse_reference, scenario_from

ROWS = yaml.safe_load((ROOT / "docs" / "data" / "measurements.yml").read_text("utf-8"))

TIMES = ("time", "slope")
"""Figures of which less is faster."""

EXACT = {
    "kv-opt13b-token": (819200, 0.001),
    "kv-llama3-405b": (516096, 0.001),
    "kv-dsv3-mla": (70272, 0.001),
    "kv-dsv2lite-mla-elements": (15552, 0.001),
    "kv-llama2-13b-8k": (6710886400, 0.001),
    "kv-llama13b-max": (1677721600, 0.001),
    "kvblk-llama31-8b": (2 * 2**20, 0.001),
    "kvblk-llama32-1b": (0.5 * 2**20, 0.001),
    "kvblk-qwen3-0.6b": (1.75 * 2**20, 0.001),
    "kvblk-llama31-70b-tp4": (1.25 * 2**20, 0.001),
    "kv-mistral-swa-ratio": (8.0, 0.001),
    "par-llama31-8b": (8030261248, 0.001),
    "par-llama31-70b": (70.6e9, 0.001),
    "par-mixtral-8x7b-total": (46.7e9, 0.005),
    "par-mixtral-8x7b-active": (12.9e9, 0.005),
    "par-dsv3-total": (671e9, 0.02),
    "par-dsv3-active": (37e9, 0.02),
    "par-gptoss20b-total": (20.91e9, 0.005),
    "par-gptoss20b-active": (3.61e9, 0.005),
    "par-qwen3-30b-total": (30.5e9, 0.02),
    "par-qwen3-30b-active": (3.3e9, 0.02),
    "par-scalingbook-q1": (18.4e9, 0.005),
    "size-llama31-8b-q8_0": (7.95 * 2**30, 0.003),
    "size-llama31-8b-f16": (14.96 * 2**30, 0.003),
    "size-gptoss20b": (12.8 * 2**30, 0.006),
    "size-gptoss120b": (60.8 * 2**30, 0.006),
    "ridge-v5e": (240, 0.005),
    "ridge-a100-kipply": (208, 0.005),
    "ridge-a10": (208.3, 0.002),
    "step-30b-bs4": (2.5e-3, 0.04),
    "step-13b-bs8": (12.13e-3, 0.01),
    "step-13b-gqa-bs16": (7.23e-3, 0.01),
    "step-70b-int8-4x2-time": (17.3e-3, 0.03),
    "step-70b-int8-4x2-throughput": (8 * 231, 0.03),
    "kv-slots-70b-bf16-v5e4x4": (43, 1 / 43),
    "prefill-70b-8k": (0.91, 0.01),
    "kip-260b-b1": (21.7e-3, 0.01),
    "mbu-7b-mbu": (0.5, 0.01),
    "mbu-7b-bandwidth": (1e12, 0.01),
    "pope-prefill-b1": (0.29, 0.03),
    "pope-decode-b512": (6.0, 0.03),
    "pope-62b-decode": (5.1, 0.04),
    "slots-opt13b": (15700, 0.005),
    "weights-frac-opt13b": (0.65, 0.02 / 0.65),
    "batched-ratio-oracle-oracle": (2.23, 0.01),
    "batched-ratio-oracle-max": (4.35, 0.01),
    "moe-touched-mixtral": (5.46875, 0.001),
    "split-e2e-a100": (0.155 + 120 * 0.04, 0.02),
    "ds-daily-cost": (87072, 0.001),
    "ds-revenue": (562027, 0.001),
    "ds-profile-itl": (18598, 0.02),
    "price-gpt4o-output": (4.0, 0.001),
    "price-kimi-k2-output": (4.167, 0.002),
    "pd-ratio-70b": (2.99, 0.02),
    "mdq1-ttft": (0.35, 0.001),
    "spec-a06-g2-tokens": (1.96, 0.005),
    "spec-a06-g2-ops": (1.53, 0.005),
    "spec-a08-g5-tokens": (3.69, 0.005),
    "spec-a08-g5-ops": (1.63, 0.005),
    "ds-margin": (5.45, 0.005),
    "price-gpt4o-cached": (0.5, 0.001),
    "price-claude45-long-input": (2.0, 0.001),
    "price-claude45-long-output": (1.5, 0.001),
    "price-kimi-k2-cached": (0.25, 0.002),
    "tp-limit-hbm-2": (64, 0.001),
    "kip-260b-comm-latency": (2.56e-3, 0.001),
    "ep-stage-ib": (120.96e-6, 0.001),
    "ep-tpot-ib": (14.76e-3, 0.02),
    "ep-tpot-ib-speed": (67, 0.02),
    "deepep-dispatch-8": (98e9, 0.02),
    "pp-bubble-4-8": (0.375, 0.002),
    "pp-bubble-4-8-total": (0.2727, 0.002),
    "ds-experts-per-gpu-prefill": (9, 0.001),
    "ds-experts-per-gpu-decode": (2, 0.001),
}
"""Every exact case that the project set out to reproduce and the models cover: its value in base units and its relative tolerance.

A row prints the figure as its source does, at times rounded; this is the figure as the case has it.
"""

FURTHER = (
    "kv-qwen25-72b",
    "kv-dsv2-mla-elements",
    "kvblk-mistral-7b",
    "kvblk-dsv2-lite",
    "kvblk-qwen25-7b",
    "step-13b-bs1",
    "step-13b-bs240",
    "kvmem-8b-h100",
    "weights-70b-fp8-h100x2",
    "kvmem-70b-fp8-h100x2",
    "slots-8b-a100-40",
    "kv-dsv4-pro-1m",
    "kv-dsv32-1m",
)
"""Exact rows that stand in no case."""

MEASURED = (
    "gptfast-l2-7b-bf16", "gptfast-l2-7b-int4", "gptfast-l2-70b-int8", "gptfast-l2-7b-tp4", "gptfast-l2-70b-tp8",
    "gptfast-mixtral-int8-1", "gptfast-mixtral-bf16-tp8", "apple-m1max-f16", "apple-m1-q4", "apple-m1pro-q4",
    "apple-m2ultra-q4", "llamacpp-4090-f16", "llamacpp-3090-f16", "llamacpp-h100pcie-f16", "llamacpp-8x4090-70b-f16",
    "itl-slope-8b-bf16", "itl-intercept-8b", "kip-13b-1gpu", "split-tbt-a100", "trt-8b-h100-128-128",
    "trt-8b-h100-2048-128", "trt-8b-h100-20k-2k", "trt-70b-h100tp2-2048-128", "trt-405b-h100tp8-128-128",
    "trt-qwen30b-b200-1000-1000", "sgl-prefill-node", "ds-node-decode", "vllm-h200-dsv3", "dsv2-node",
    "deepep-dispatch-64-us", "mtp-v3",
)  # fmt: skip
"""Every measured case that the project set out to reproduce and the models can bound."""


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine()


def row(engine: Engine, identifier: str) -> Row:
    rows = engine.catalogue.tables["measurements"]
    if identifier not in rows:
        pytest.fail(
            f"the catalogue refuses {identifier}: "
            + "; ".join(
                str(problem) for problem in engine.problems if "measurements" in str(problem)
            )
        )
    return rows[identifier]


def scenario(engine: Engine, identifier: str) -> Scenario:
    """The scenario that a row is evaluated in, its given values included."""
    extra = row(engine, identifier).extra
    base, mistakes = scenario_from(extra.get("scenario", {}), engine.scenario)
    assert not mistakes, f"{identifier}: {mistakes}"
    given = extra.get("given", {})
    assert isinstance(given, dict)
    unknown = [name for name in given if name not in engine.library.names]
    assert not unknown, f"{identifier}: nobody declares {unknown}"
    return base.pinned({name: _number(text) for name, text in given.items()})


def predicted(engine: Engine, identifier: str) -> float:
    """What the cost models say, in base units."""
    within = scenario(engine, identifier)
    value = parse_reference(str(row(engine, identifier).extra["expression"]), within).value(within)
    assert isinstance(value, float), f"{identifier}: no number but {value}"
    return value


def published(engine: Engine, identifier: str) -> tuple[str, float]:
    """The field that holds the figure, and the figure in base units."""
    cells = row(engine, identifier).cells
    assert len(cells) == 1, f"{identifier} has {sorted(cells)}: exactly one figure is wanted"
    ((field, cell),) = cells.items()
    assert isinstance(cell.value, float)
    return field, cell.value


def efficiency(engine: Engine, identifier: str) -> float:
    """How much of the floor a measurement reaches, 1 at best, whichever way its figure counts."""
    field, figure = published(engine, identifier)
    bound = predicted(engine, identifier)
    return bound / figure if field in TIMES else figure / bound


def _number(text: object) -> float | str:
    try:
        return float(str(text))
    except ValueError:
        return str(text)


def of_kind(kind: str) -> list[str]:
    return [identifier for identifier, fields in ROWS.items() if fields.get("kind") == kind]


def test_the_catalogue_takes_every_row(engine: Engine) -> None:
    assert [str(problem) for problem in engine.problems if "measurements.yml" in str(problem)] == []
    assert sorted(engine.catalogue.tables["measurements"]) == sorted(ROWS)


@pytest.mark.parametrize("identifier", ROWS)
def test_a_row_is_complete(engine: Engine, identifier: str) -> None:
    fields = ROWS[identifier]
    figures = {
        d.key
        for d in engine.library.names.values()
        if isinstance(d, Field) and d.of == "measurement"
    } & set(fields)
    assert len(figures) == 1, f"exactly one figure is wanted, not {sorted(figures)}"
    assert fields["kind"] in ("exact", "measured", "observed"), (
        "observed: published, and no formula for it yet"
    )
    assert ("between" in fields) == (fields["kind"] == "measured")
    assert (("relative" in fields) + ("absolute" in fields) == 1) == (fields["kind"] == "exact")
    assert fields["name"] and fields["name_zh"] and fields["setting"]
    assert ("expression" in fields) == (fields["kind"] != "observed")
    assert not fields["name_zh"].isascii(), "name_zh is not Chinese"
    assert fields["source"]["title"] and fields["source"]["mark"] in MARKS


@pytest.mark.parametrize("identifier", of_kind("exact"))
def test_the_models_give_a_printed_result(engine: Engine, identifier: str) -> None:
    _, figure = published(engine, identifier)
    value = predicted(engine, identifier)
    fields = ROWS[identifier]
    allowed = (
        abs(figure) * float(fields["relative"].rstrip("%")) / 100
        if "relative" in fields
        else float(fields["absolute"])
    )
    assert abs(value - figure) <= allowed, f"{value:g} is not within {allowed:g} of {figure:g}"


@pytest.mark.parametrize("identifier", of_kind("measured"))
def test_a_measurement_reaches_its_share_of_the_bound(engine: Engine, identifier: str) -> None:
    low, high = (float(edge) for edge in ROWS[identifier]["between"])
    assert low <= efficiency(engine, identifier) <= high


@pytest.mark.parametrize("identifier", of_kind("measured"))
def test_nothing_measured_beats_its_bound(engine: Engine, identifier: str) -> None:
    assert efficiency(engine, identifier) <= 1 or "note" in ROWS[identifier], (
        "faster than the bound, and no note says why"
    )


@pytest.mark.parametrize("identifier", EXACT)
def test_no_exact_case_is_lost(engine: Engine, identifier: str) -> None:
    assert identifier in of_kind("exact"), (
        "a case that the project set out to reproduce is gone from docs/data/measurements.yml"
    )
    value, tolerance = EXACT[identifier]
    assert predicted(engine, identifier) == pytest.approx(value, rel=tolerance)


def test_every_row_is_on_the_record() -> None:
    assert set(of_kind("exact")) == {*EXACT, *FURTHER}
    assert set(MEASURED) <= set(of_kind("measured")), (
        "a case that the project set out to reproduce is gone from docs/data/measurements.yml"
    )


def test_all_runs_of_a_series_have_one_role() -> None:
    """What stands behind the last hyphen of an id never matters."""
    assert role_of("trt10-8b-h200x1-2048x2048") == role_of("trt10-8b-h200x1-5000x500")
    assert {role_of(identifier) for identifier in ROWS} == {"fit", "judge"}
    roles: dict[str, set[str]] = {}
    for identifier, fields in ROWS.items():
        if "role" in fields:
            roles.setdefault(series_of(identifier), set()).add(fields["role"])
    assert all(len(found) == 1 for found in roles.values())


def test_enough_runs_are_there_to_judge() -> None:
    """Neither role is a handful: at least 60 runs each."""
    for role in ("fit", "judge"):
        assert sum(fields.get("role") == role for fields in ROWS.values()) >= 60


def test_a_wrong_row_would_be_noticed(engine: Engine) -> None:
    text = (
        (ROOT / "docs" / "data" / "measurements.yml")
        .read_text("utf-8")
        .replace("speed: 104.9 token/s", "speed: 104.9 GB")
    )
    catalogue = Catalogue(engine.library, [("measurements.yml", text)])
    assert any("104.9 GB" in problem.message for problem in catalogue.problems)
