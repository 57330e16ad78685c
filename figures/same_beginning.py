"""Two prompts that begin alike: the second finds the first one's blocks and computes only its own
end.
"""

from matplotlib.patches import FancyArrowPatch, Rectangle

from figures.style import At, Axes, Say, sheet

SHARED, ALL = 6, 8


def draw(ax: Axes, say: Say, at: At) -> None:
    """The first prompt's blocks, the second's below them, and what each step takes."""
    wide = sheet(ax, 236)
    pitch = (wide - 8) / ALL

    def block(step: int, place: int, y: float, look: tuple[str, float], style: str = "-") -> None:
        box = Rectangle((4 + pitch * place, y), pitch - 4, 26, fc=look, ec=look[0], ls=style)
        box.set_gid(f"step-{step}")
        ax.add_patch(box)

    ax.text(4, 15, say("a first prompt", "先来的 prompt"), gid="step-1")
    for place in range(ALL):
        block(1, place, 24, ("kv", 0.35))
        if place < SHARED:
            block(2, place, 90, ("kv", 0), "--")
            x = 4 + pitch * place + (pitch - 4) / 2
            arrow = FancyArrowPatch((x, 88), (x, 52), arrowstyle="-|>", mutation_scale=10)
            arrow.set(gid="step-2", color="kv", linewidth=1.2)
            ax.add_patch(arrow)
        else:
            block(3, place, 90, ("compute", 0.4))
    ax.text(4, 134, say("a second one, begun alike", "后来的，开头相同"), gid="step-2")
    words = (
        say("read in full: ", "从头读：") + at("prefill_time:ms") + say(", and kept", "，留着"),
        say("found: nothing to compute", "找得到的，不用再算"),
        say("the rest is computed: ", "剩下的要算：") + at("missed_prefill:ms"),
    )
    for step, text in enumerate(words, 1):
        role = ("kv", "kv", "compute")[step - 1]
        ax.text(4, 148 + 26 * step, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(24, 148 + 26 * step, text, gid=f"step-{step}")
