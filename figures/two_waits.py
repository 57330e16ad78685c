"""One request in time: it waits, its prompt is read, the first token comes, and the others follow
a step apart.
"""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

PARTS = (0, 0.16, 0.52, 0.6, 0.68, 0.76, 0.84, 0.92, 1)


def draw(ax: Axes, say: Say, at: At) -> None:
    """One bar of time with a bracket over each wait; below, what each step of it takes."""
    wide = sheet(ax, 208)
    places = [6 + (wide - 12) * part for part in PARTS]
    looks = ("faint", 0.25), ("compute", 0.4), ("weights", 0.4)

    def bracket(step: int, start: float, end: float, name: str) -> None:
        xs, ys = [start, start, end, end], [36, 30, 30, 36]
        ax.plot(xs, ys, color="ink", linewidth=1.2, gid=f"step-{step}")
        ax.text(end, 22, name, ha="right", weight="bold", gid=f"step-{step}")

    for index in range(len(places) - 1):
        start, end = places[index], places[index + 1]
        step, look = min(index, 3) + 1, looks[min(index, 2)]
        across = end - start
        bar = Rectangle((start, 54), across, 34, fc=look, ec=look[0], gid=f"step-{step}")
        ax.add_patch(bar)
        if index > 1:
            ax.plot([end - 2], [46], marker="o", ms=5, color="ink", gid=f"step-{step}")
    bracket(3, places[0], places[3], "TTFT")
    bracket(4, places[-2], places[-1], "TPOT")
    words = (
        say("waits for other prompts: ", "等别人的 prompt：") + at("queue_wait:ms"),
        say("its prompt is read: ", "读自己的 prompt：") + at("prefill_time:ms"),
        say("first step, first token: ", "头一步，首个 token：") + at("decode_step:ms"),
        say("every further token: a step", "往后，一步一个 token"),
    )
    for step, text in enumerate(words, 1):
        role = ("quiet", "compute", "weights", "weights")[step - 1]
        line = 94 + 26 * step
        ax.text(6, line, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(26, line, text, gid=f"step-{step}")
