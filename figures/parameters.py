"""Where a model's parameters are: tables at both ends, attention and FFN in between, for three
sizes.
"""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("Share of all parameters", "占全部参数的比例"),
    unit="%",
    bars=[
        Bar(("{model}", "{model}"), "model=llama-3.2-1b"),
        Bar(("{model}", "{model}")),
        Bar(("{model}", "{model}"), "model=llama-3.1-405b"),
    ],
    marks=[
        Part("table_params / params", "ink", ("tables", "两头的表")),
        Part("stacked_attention_params / params", "kv", ("attention", "attention")),
        Part("stacked_ffn_params / params", "weights", ("FFN", "FFN")),
    ],
)
