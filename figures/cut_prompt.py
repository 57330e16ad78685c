"""A prompt read in one beat, and the same prompt cut: what others wait for is the longest beat."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

PLAIN = 4, 4, 4
WHOLE = (60,)
PIECES = 9, 10.5, 12, 13.5, 15


def draw(ax: Axes, say: Say, at: At) -> None:
    """Two rows of beats on one scale, a dot where somebody else gets a token; below, the steps."""
    wide = sheet(ax, 222)
    scale = (wide - 12) / (sum(PLAIN) * 2 + sum(PIECES))

    def beats(y: float, middle: tuple[float, ...], steps: tuple[int, ...]) -> None:
        x = 4.0
        for index, long in enumerate((*PLAIN, *middle, *PLAIN)):
            inner = index - len(PLAIN)
            prompt = 0 <= inner < len(middle)
            gid = f"step-{steps[inner]}" if prompt else None
            look = ("compute", 0.4) if prompt else ("weights", 0.4)
            across = long * scale
            ax.add_patch(Rectangle((x, y), across - 2, 30, fc=look, ec=look[0], gid=gid))
            ax.plot([x + across - 3], [y - 8], marker="o", ms=5, color="ink", gid=gid)
            x += across

    beats(26, WHOLE, (1,))
    beats(92, PIECES, (2, 2, 2, 2, 3))
    words = (
        say("whole: one beat of ", "整段读：一拍 ") + at("unchunked_step:s"),
        at("chunks") + say(" pieces: about ", " 块：平均一拍约 ") + at("mixed_step:ms"),
        say("the last looks back furthest: ", "最后一块回看最多：") + at("longest_gap:ms"),
    )
    for step, text in enumerate(words, 1):
        line = 130 + 26 * step
        ax.text(4, line, f"{step}", color="compute", weight="bold", gid=f"step-{step}")
        ax.text(24, line, text, gid=f"step-{step}")
