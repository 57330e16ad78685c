"""What reading a prompt consists of, operator by operator, for longer and longer prompts: attention
grows with the square, everything else with the length.
"""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("Share of a prefill", "占一次 prefill 的比例"),
    unit="%",
    bars=[
        Bar(("2,048 tokens", "2,048 个 token"), "prompt=2048"),
        Bar(("16,384", "16,384 个"), "prompt=16384"),
        Bar(("131,072", "131,072 个"), "prompt=131072"),
    ],
    marks=[
        Part("operator_prompt_share(operator=gate-up)", "weights", ("up", "up")),
        Part("operator_prompt_share(operator=down)", "weights", ("down", "down")),
        Part("operator_prompt_share(operator=experts)", "network", ("MoE", "MoE")),
        Part("operator_prompt_share(operator=projections)", "compute", ("QKV", "QKV")),
        Part("operator_prompt_share(operator=output)", "compute", ("O", "O")),
        Part("operator_prompt_share(operator=scores)", "kv", ("K", "K")),
        Part("operator_prompt_share(operator=values)", "kv", ("V", "V")),
    ],
)
