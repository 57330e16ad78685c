"""One reader's step of the small model, on four chips: the bytes shrink and the pauses stay."""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("One reader’s step of the 8B", "8B 给一个人写，一步多久"),
    unit="ms",
    bars=[
        Bar(("A100", "A100"), "accelerator=a100-80-sxm, model=llama-3.1-8b"),
        Bar(("H100", "H100"), "accelerator=h100-sxm, model=llama-3.1-8b"),
        Bar(("H200", "H200"), "accelerator=h200, model=llama-3.1-8b"),
        Bar(("B200", "B200"), "accelerator=b200, model=llama-3.1-8b"),
    ],
    marks=[
        Part("weights_time(bandwidth_efficiency=67)", "weights", ("bytes", "字节")),
        Part("layer_pauses(layer_pause=55)", "network", ("pauses", "停顿")),
    ],
)
