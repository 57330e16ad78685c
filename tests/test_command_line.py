"""The command line: the same engine without a page."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hooks.__main__ import main
from hooks.data.engine import ROOT, Engine
from tests.conftest import HANG
from tests.real import ENGINE

ROW = """tiny:
  name: Tiny
  num_hidden_layers: 2
  hidden_size: 64
  num_attention_heads: 4
  num_key_value_heads: 2
  head_dim: 16
  intermediate_size: 128
  vocab_size: 1000
  source: {title: Made up, mark: recalled}
"""


def engine(data: tuple[Path, ...]) -> Engine:
    """Reading the real data takes half a second: once is enough."""
    return Engine(data=data) if data else ENGINE


@pytest.fixture
def ask(capsys, monkeypatch):
    """Runs the command line and gives its exit code, output and errors."""
    monkeypatch.setattr("hooks.__main__.Engine", engine)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out.replace("\u202f", " "), err

    return run


def test_a_number_is_printed_in_its_unit(ask):
    assert ask("kv_per_token:KiB") == (0, "320 KiB\n", "")


def test_braces_as_on_a_page_are_welcome(ask):
    assert ask("{kv_per_token:KiB}", "decode_regime") == (0, "320 KiB\nmemory\n", "")


def test_the_scenario_is_set_in_one_or_several_options(ask):
    expected = (0, "128 KiB\n4\n", "")
    assert ask("kv_per_token:KiB", "chips", "--scenario", "model=llama-3.1-8b,chips=4") == expected
    assert (
        ask(
            "kv_per_token:KiB", "chips", "--scenario", "model=llama-3.1-8b", "--scenario", "chips=4"
        )
        == expected
    )


def test_chinese_words_and_units(ask):
    assert ask("decode_regime", "params:billion", "--language", "zh") == (0, "显存\n706亿\n", "")


def test_the_work_names_the_inputs(ask):
    code, out, _ = ask("kv_per_token:KiB", "--work")
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "320 KiB")
    assert "config.json" in out


def test_json_gives_base_units(ask):
    code, out, _ = ask("kv_per_token:KiB", "kv_bytes / step_bytes:%", "--json")
    assert code == 0
    assert json.loads(out) == [
        {"expression": "kv_per_token:KiB", "value": 327680.0, "unit": "B/token", "text": "320 KiB"},
        {
            "expression": "kv_bytes / step_bytes:%",
            "value": 2684354560 / 72187387904,
            "unit": "1",
            "text": "3.72%",
        },
    ]


def test_json_gives_the_reason_where_there_is_no_number(ask):
    code, out, _ = ask(
        "decode_step",
        "kv_bytes:GB",
        "--json",
        "--scenario",
        "accelerator=a100-80-sxm",
        "--language",
        "zh",
    )
    first, second = json.loads(out)
    assert code == 1
    assert first == {
        "expression": "decode_step",
        "value": None,
        "unit": "s",
        "reason": "A100 80GB SXM没有FP8 算力",
    }
    assert second["value"] == 2684354560.0


def test_an_input_or_a_quantity_is_given_instead_of_looked_up(ask):
    """64 of the 80 layers are 64/80 of 320 KiB; 264 GiB hold 264 · 2^30 / (256 KiB · 8192) = 132 sequences."""
    code, out, err = ask("kv_per_token:KiB", "max_batch", "--given", "layers=64, kv_memory=264GiB")
    assert (code, out, err) == (0, "256 KiB\n132\n", "")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("layer=64", "no name 'layer'; did you mean 'layers'?"),
        ("batch=3", "'batch' is a field of the scenario: set it, --scenario batch=3"),
        ("kv_memory=264", "'264' lacks its unit: expected B"),
        ("weights_read=3ms", "'3ms' is in ms, but this input is in B"),
        ("layers=0.5", "'layers' is at least 1, not 0.5"),
        ("layers=64,layers=65", "'layers' is given twice"),
        ("layers", "'layers' lacks a value: layers=1"),
        ("kv_memory=-1 GB", "'kv_memory' is a number of at least 0, not -1 GB"),
        ("math=fp3", "'math' is one of bf16, fp8, fp4, int8, not 'fp3'; did you mean 'fp8'?"),
        ("decode_regime=x", "'decode_regime' is one of memory, compute, not 'x'"),
    ],
)
def test_what_cannot_be_given_is_told(ask, given, message):
    assert ask("decode_step", "--given", given) == (2, "", f"python -m hooks: {message}\n")


def test_expressions_come_from_a_file_without_blank_and_comment_lines(ask, tmp_path):
    questions = tmp_path / "questions.txt"
    questions.write_text("# mine\n\nkv_per_token:KiB\n  chips\n")
    assert ask("--expressions", str(questions)) == (0, "320 KiB\n2\n", "")


def test_a_folder_of_data_adds_a_model(ask, tmp_path):
    (tmp_path / "models.yml").write_text(ROW)
    assert ask("kv_per_token:B", "model", "--data", str(tmp_path), "--scenario", "model=tiny") == (
        0,
        "256 B\nTiny\n",
        "",
    )


def test_a_mistake_in_a_folder_of_data_is_told_with_its_place(ask, tmp_path):
    (tmp_path / "models.yml").write_text(ROW.replace("hidden_size", "hiden_size"))
    code, out, err = ask("chips", "--data", str(tmp_path))
    assert (code, out) == (2, "")
    assert (
        err
        == f"{tmp_path}/models.yml:4:3: no input reads 'hiden_size'; did you mean 'hidden_size'?\n"
    )


def test_an_impossible_number_prints_its_reason_and_leaves_with_one(ask):
    assert ask("decode_step", "--scenario", "accelerator=a100-80-sxm") == (
        1,
        "A100 80GB SXM has no FP8 rate\n",
        "",
    )


def test_all_mistakes_of_a_question_are_told_and_nothing_is_answered(ask):
    code, out, err = ask("decode_stp", "chips", "kv_bytes:ms", "--scenario", "batches=3,model=gpt5")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "python -m hooks: 'batches' is no scenario field; did you mean 'batch'?",
        "python -m hooks: no row 'gpt5' in docs/data/models.yml",
        "python -m hooks: decode_stp: no quantity named 'decode_stp'; did you mean 'decode_step'?",
        "python -m hooks: kv_bytes:ms: 'kv_bytes' is in B: 'ms' cannot show B; write GB or leave the unit out",
    ]


def test_a_missing_file_of_expressions_is_a_clear_error(ask, tmp_path):
    code, _, err = ask("--expressions", str(tmp_path / "none.txt"))
    assert code == 2
    assert err.startswith("python -m hooks: ") and "No such file" in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a quantity, or a file of them with --expressions"),
        (["chips", "--data", "/no/such/folder"], "--data /no/such/folder: no such folder"),
        (["chips", "--language", "fr"], "invalid choice: 'fr'"),
    ],
)
def test_a_command_that_cannot_be_understood_leaves_with_two(arguments, message, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_all_names_are_listed_with_unit_and_labels(ask):
    code, out, _ = ask("--names")
    assert code == 0
    assert (
        "kv_per_token                     B/token            KV cache per token / 每个 token 的 KV cache\n"
        in out
    )


def test_python_dash_m_hooks_reads_standard_input_and_returns_the_exit_code():
    command = [
        sys.executable,
        "-m",
        "hooks",
        "--expressions",
        "-",
        "--scenario",
        "accelerator=a100-80-sxm",
    ]
    found = subprocess.run(
        command,
        cwd=Path(ROOT),
        input="chips\ndecode_step\n",
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    assert (found.returncode, found.stdout, found.stderr) == (
        1,
        "2\nA100 80GB SXM has no FP8 rate\n",
        "",
    )


@pytest.mark.parametrize("tool", ["bench", "engines", "shots"])
def test_what_the_readme_says_can_be_run_can_be_imported(tool: str):
    """They are no tests, so nothing else would notice that what they lean on has another name."""
    assert callable(import_module(f"tests.{tool}").main)


def test_a_mistake_in_a_row_is_told_first_and_what_was_asked_is_folded_into_it(tmp_path, capsys):
    row = "h100-sxm:\n  name: H100\n  memory: -80 GB\n  memory_bandwidth: 3.35 TB/s\n  bf16_flops: 989 TFLOP/s\n  source: {title: A sheet, mark: recalled}\n"
    (tmp_path / "accelerators.yml").write_text(row)
    assert main(["decode_step", "max_batch(accelerator=h100-sxm)", "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/accelerators.yml:3:11: 'memory' is at least 1 MB, not -80 GB\n"
    )


def test_a_reader_that_has_had_enough_is_no_mistake() -> None:
    """`python -m hooks --names | head -1`: the names are longer than a pipe holds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hooks", "--names"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert (process.wait(HANG), process.stderr.read()) == (0, b"")
