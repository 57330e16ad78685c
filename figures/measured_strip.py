"""Measured against predicted decode speed at batch 1: from a laptop to four A100s, nobody is above
the ceiling.
"""

from hooks.pictures.chart import Chart, Diagonal, Measured

RUNS = {
    "llamacpp-8x4090-70b-f16": ("RTX 4090s in turn, 70B F16", "RTX 4090 轮流，70B F16"),
    "apple-m1-q4": ("M1, 7B Q4", "M1，7B Q4"),
    "gptfast-l2-70b-int8": ("A100, 70B INT8", "A100，70B INT8"),
    "apple-m1pro-q4": ("M1 Pro, 7B Q4", "M1 Pro，7B Q4"),
    "apple-m2ultra-q4": ("M2 Ultra, 7B Q4", "M2 Ultra，7B Q4"),
    "llamacpp-4090-f16": ("RTX 4090, 8B F16", "RTX 4090，8B F16"),
    "llamacpp-h100pcie-f16": ("H100 PCIe, 8B F16", "H100 PCIe，8B F16"),
    "gptfast-l2-7b-bf16": ("A100, 7B BF16", "A100，7B BF16"),
    "gptfast-l2-7b-int4": ("A100, 7B INT4", "A100，7B INT4"),
    "gptfast-l2-7b-tp4": ("4 A100s, 7B BF16", "4 块 A100，7B BF16"),
}

chart = Chart(
    title=("Measured decode speed", "实测 decode 速度"),
    over="user_speed",
    span=(4, 10000),
    axis=("Ceiling that the bandwidth sets, tokens/s", "带宽决定的上限，token/s"),
    log="xy",
    unit="token/s",
    decades=3,
    height=320,
    marks=[
        Diagonal(1, ("ceiling", "上限")),
        *[Measured(run, "measured_speed", "ink", label) for run, label in RUNS.items()],
    ],
)
