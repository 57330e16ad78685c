"""A prompt's cache travels layer by layer while the next one computes; only the last part shows."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

LAYERS, SENT, STEPS = 6, 0.6, 3


def draw(ax: Axes, say: Say, at: At) -> None:
    """Three lanes on one scale of time, and what each step takes below."""
    wide = sheet(ax, 294)
    unit = (wide - 8) / (LAYERS + SENT + STEPS * SENT)

    def bar(step: int, start: float, y: float, long: float, role: str) -> None:
        box = Rectangle((4 + unit * start, y), unit * long - 3, 26, fc=(role, 0.4), ec=role)
        box.set_gid(f"step-{step}")
        ax.add_patch(box)

    for lane, name in enumerate(
        (
            say("reads the prompt", "读 prompt 的机器"),
            say("link", "线路"),
            say("writes the answer", "写回答的机器"),
        )
    ):
        ax.text(4, 16 + 56 * lane, name, color="quiet")
    for layer in range(LAYERS):
        bar(1, layer, 24, 1, "compute")
        bar(2 if layer < LAYERS - 1 else 3, layer + 1, 80, SENT, "network")
    for step in range(STEPS):
        start = LAYERS + SENT + step * SENT
        bar(4, start, 136, SENT, "weights")
        ax.plot([unit * (start + SENT) - 1], [128], "o", ms=5, color="ink", gid="step-4")
    words = (
        say("the prompt is read: ", "读 prompt：") + at("prefill_time:ms"),
        say("its cache leaves: ", "缓存上路：共 ") + at("transfer_time:ms"),
        say("what shows of it: ", "露在外面的：") + at("exposed_transfer:ms"),
        say("the answer begins", "开始写回答"),
    )
    for step, text in enumerate(words, 1):
        role = ("compute", "network", "network", "weights")[step - 1]
        ax.text(4, 176 + 26 * step, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(24, 176 + 26 * step, text, gid=f"step-{step}")
