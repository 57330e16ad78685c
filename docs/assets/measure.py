"""Time a decode step of a running engine, and print a row for docs/data/measurements.yml.

    python measure.py --url http://localhost:8000 --serves meta-llama/Llama-3.1-8B-Instruct \\
        --model llama-3.1-8b --accelerator h100-sxm --precision bf16 --engine "vLLM 0.11.0"

vLLM, SGLang, TensorRT-LLM (trtllm-serve), llama.cpp (llama-server) and Ollama answer at /v1/completions, and that is all
it needs: Python 3.10 and nothing to install. It sends so many requests at once (`--readers`), all alike but for their
words, so that no prefix is found in a cache; it throws the first round away, and counts the time between tokens from the
first to the last of every request. What it prints is the median. Nothing is sent anywhere but to the engine.
"""

import argparse
import datetime
import json
import random
import statistics
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

WORDS = (
    "river",
    "stone",
    "lamp",
    "market",
    "winter",
    "paper",
    "engine",
    "garden",
    "bridge",
    "morning",
    "letter",
    "sand",
)


def ask(options, seed):
    """One request: its seconds to the first token, seconds between tokens, tokens in and tokens out."""
    words = random.Random(seed).choices(WORDS, k=options.prompt)
    body = {
        "model": options.serves,
        "prompt": " ".join(words),
        "max_tokens": options.output,
        "temperature": 0,
        "ignore_eos": True,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    request = urllib.request.Request(
        options.url.rstrip("/") + "/v1/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    times, usage, start = [], {}, time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as answer:
        for line in answer:
            if not line.startswith(b"data: {"):
                continue
            event = json.loads(line[6:])
            usage = event.get("usage") or usage
            if any(choice.get("text") for choice in event.get("choices", [])):
                times.append(time.perf_counter())
    if len(times) < 2:
        raise ValueError(f"the engine streamed {len(times)} pieces of text; at least 2 are needed")
    out = usage.get("completion_tokens") or len(times)
    return (
        times[0] - start,
        (times[-1] - times[0]) / (out - 1),
        usage.get("prompt_tokens") or len(words),
        out,
    )


def measure(options):
    """Every request of every round but the first."""
    answers = []
    for round_ in range(options.rounds + 1):
        with ThreadPoolExecutor(options.readers) as pool:
            seeds = [1000 * round_ + reader for reader in range(options.readers)]
            found = list(pool.map(lambda seed: ask(options, seed), seeds))
        if round_:
            answers += found
        print(
            f"  round {round_} of {options.rounds}{'' if round_ else ', thrown away'}",
            file=sys.stderr,
        )
    return answers


def row(options, answers):
    """The row, as YAML. What only you can say stands in capitals."""
    first, gaps, prompts, outs = (list(column) for column in zip(*answers, strict=True))
    gap, prompt, out = (
        statistics.median(gaps),
        round(statistics.median(prompts)),
        round(statistics.median(outs)),
    )
    low, high = min(gaps), max(gaps)
    name = f"{options.serves.rpartition('/')[2]} on {options.chips} {options.accelerator}, {options.readers} at once"
    scenario = {
        "model": options.model,
        "accelerator": options.accelerator,
        "chips": options.chips,
        "precision": options.precision,
        "kv_precision": options.kv_precision,
        "context": prompt + out // 2,
        "batch": options.readers,
    }
    return f"""yours-{options.model}-{options.accelerator}x{options.chips}-b{options.readers}:
  name: "{name}"
  name_zh: "{name}"
  setting: "{options.engine}; {prompt} tokens in and {out} out, all start together; median of {len(gaps)} answers, {1000 * low:.2f} to {1000 * high:.2f} ms; first token after {1000 * statistics.median(first):.0f} ms"
  scenario: {{{", ".join(f"{key}: {value}" for key, value in scenario.items())}}}
  expression: decode_step
  time: {1000 * gap:.2f} ms
  kind: measured
  between: [0.01, 1]
  source: {{title: "WHO MEASURED", url: "https://WHERE.IT.CAN.BE.READ", section: "COMMAND AND VERSIONS", accessed: {datetime.date.today()}}}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", default="http://localhost:8000", help="where the engine listens")
    parser.add_argument("--serves", required=True, help="the model's name there")
    parser.add_argument("--model", required=True, help="its row in docs/data/models.yml")
    parser.add_argument(
        "--accelerator", required=True, help="the chip's row in docs/data/accelerators.yml"
    )
    parser.add_argument("--chips", type=int, default=1)
    parser.add_argument(
        "--precision", required=True, help="of the weights: a row in docs/data/precisions.yml"
    )
    parser.add_argument("--kv-precision", default="bf16", help="of the cache")
    parser.add_argument("--engine", required=True, help="engine and version")
    parser.add_argument("--prompt", type=int, default=512, help="words of a prompt")
    parser.add_argument("--output", type=int, default=256, help="tokens of an answer")
    parser.add_argument("--readers", type=int, default=1, help="requests at once")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    try:
        print(row(options, measure(options)))
    except (urllib.error.URLError, OSError, ValueError) as error:
        sys.exit(
            f"{options.url}: {error}. Does the engine listen there, and does it serve '{options.serves}'?"
        )


if __name__ == "__main__":
    main()
