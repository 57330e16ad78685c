"""Blocks that one sequence takes as it grows: each is taken whole, when the last one is full."""

from matplotlib.patches import Rectangle

from figures.style import At, Axes, Say, sheet

TAKEN = 4, 4, 1


def draw(ax: Axes, say: Say, at: At) -> None:
    """Four blocks, one below another; a step for each that is taken."""
    wide = sheet(ax, 232)
    left, pitch = 4, (wide - 190) / 4
    for block in range(4):
        y, free = 10 + 46 * block, block == len(TAKEN)
        gid = None if free else f"step-{block + 1}"
        for place in range(4):
            full = not free and place < TAKEN[block]
            face = ("kv", 0.3) if full else ("kv", 0)
            edge = "faint" if free else "kv"
            x = left + pitch * place
            ax.add_patch(Rectangle((x, y), pitch, 32, facecolor=face, edgecolor=edge, gid=gid))
        words = (
            say("taken and filled", "领一块，写满"),
            say("another, filled", "再领一块，写满"),
            say("a third, for one", "为一个再领一块"),
            say("free for others", "空着，留给别人"),
        )[block]
        color = "quiet" if free else "ink"
        ax.text(left + 4 * pitch + 12, y + 21, words, color=color, gid=gid)
    ax.text(4, 220, say("one block: ", "一个 block：") + at("block_bytes:kB"))
