"""The seats of a machine: those that the memory has, those that the promise lets be taken, and those that are taken on average."""

from matplotlib.patches import Circle

from figures.style import At, Axes, Say, sheet

ROW, MOST = 19, 190


def draw(ax: Axes, say: Say, at: At) -> None:
    """Rows of seats, filled from the upper left; the promise ends before the memory does, and the average before the promise."""
    room, promised, taken = at("max_batch"), at("promised_seats"), at("promised_crowd")
    seats = min(int(room.number), MOST)
    rows = -(-seats // ROW)
    wide = sheet(ax, 28 * rows + 80, phone=19 * rows + 80)
    pitch = wide / ROW
    names = (
        (say("seats in memory: ", "显存放得下的座位：") + room, "faint"),
        (say("the promise allows: ", "承诺允许坐的：") + promised, "weights"),
        (say("taken on average: ", "平均坐着人的：") + taken, "ink"),
    )
    for seat in range(seats):
        x, y = pitch * (seat % ROW + 0.5), pitch * (seat // ROW + 0.5)
        size = 0.36 * pitch
        ax.add_patch(Circle((x, y), size, facecolor="none", edgecolor="faint", gid="step-1"))
        if seat + 0.5 < promised.number:
            look = {"facecolor": ("weights", 0.18), "edgecolor": "weights", "gid": "step-2"}
            ax.add_patch(Circle((x, y), size, linewidth=1.6, **look))
        if seat + 0.5 < taken.number:
            ax.add_patch(Circle((x, y), 0.6 * size, facecolor="ink", gid="step-3"))
    for step, (words, role) in enumerate(names, 1):
        y = pitch * rows + 4 + 22 * step
        ax.add_patch(Circle((10, y - 4.5), 6, facecolor="none", edgecolor=role, gid=f"step-{step}"))
        if step == 2:
            fill = Circle((10, y - 4.5), 6, facecolor=("weights", 0.18), edgecolor="weights")
            fill.set_gid("step-2")
            ax.add_patch(fill)
        if step == 3:
            ax.add_patch(Circle((10, y - 4.5), 4.5, facecolor="ink", gid="step-3"))
        ax.text(24, y, words, color="quiet" if role == "faint" else role, gid=f"step-{step}")
