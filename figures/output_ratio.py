"""What an output token costs in rows, over the context that it looks back on, on a machine whose
memory is full.
"""

from hooks.pictures.chart import Chart, Dot, Line

chart = Chart(
    title=("Output token in input tokens, memory full", "显存放满时，写一个 token 抵读几个"),
    over="context",
    span=(256, 12288),
    axis=("Context", "上下文"),
    ticks=(1024, 3072, 6144, 12288),
    height=280,
    marks=[
        Line("full_output_ratio", "kv", ("the machine", "这台机器")),
        Line(
            "list_output_ratio(price_card=gpt-5-2025-08)", "faint", ("GPT-5’s card", "GPT-5 标价")
        ),
        Line(
            "list_output_ratio(price_card=gpt-4o-2024-10)",
            "faint",
            ("GPT-4o’s card", "GPT-4o 标价"),
        ),
        Line(
            "list_output_ratio(price_card=deepseek-v4-pro-2026-06)",
            "faint",
            ("DeepSeek V4’s card", "DeepSeek V4 标价"),
        ),
        *[
            Dot(
                f"measured_output_ratio(measurement=trt10-70b-h100x2-{run})",
                f"context(measurement=trt10-70b-h100x2-{run})",
                "ink",
                (name, name),
            )
            for run, name in (("128x2048", ""), ("2048x2048", ""), ("5000x500", "NVIDIA"))
        ],
    ],
)
