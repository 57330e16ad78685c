"""Four pieces pass three stages of a pipeline: it fills, it's full, it drains."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

STAGES, PIECES = 3, 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """A row a stage, a column a beat; empty cells are the bubble. Below, the steps."""
    wide = sheet(ax, 244)
    beats = STAGES + PIECES - 1
    pitch = (wide - 68) / beats
    for stage in range(STAGES):
        y = 8 + 38 * stage
        ax.text(4, y + 20, say("stage ", "第 ") + f"{stage + 1}" + say("", " 级"), color="quiet")
        for beat in range(beats):
            piece = beat - stage
            busy = 0 <= piece < PIECES
            step = 1 if beat < STAGES - 1 else 2 if beat < PIECES else 3
            x, gid = 64 + pitch * beat, f"step-{step}"
            look, edge = ("weights", 0.35 if busy else 0), "weights" if busy else "faint"
            box = Rectangle((x, y), pitch - 4, 30, fc=look, ec=edge, gid=gid)
            box.set_linestyle("-" if busy else ":")
            ax.add_patch(box)
            if busy:
                middle = x + pitch / 2 - 2
                ax.text(middle, y + 20, f"{piece + 1}", ha="center", gid=gid)
    words = (
        say("fills: later stages wait", "灌满：后面几级在等"),
        say("full: everybody works", "满了：级级都在干活"),
        say("drains: earlier stages wait", "排空：前面几级在等"),
    )
    for step, text in enumerate(words, 1):
        ax.text(4, 122 + 26 * step, f"{step}", color="weights", weight="bold", gid=f"step-{step}")
        ax.text(24, 122 + 26 * step, text, gid=f"step-{step}")
    here = say("stages ", "级数 ") + at("pipeline_stages") + say(", pieces ", "，段数 ")
    here += at("microbatches") + say(": idle ", "，空等 ") + at("bubble_of_total:%")
    ax.text(4, 232, here, weight="bold")
