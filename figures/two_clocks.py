"""The matrices of a step: weights stream in by one clock, arithmetic runs by another, and the
slower clock decides.
"""

from figures.style import At, Axes, Say, sheet
from hooks.pictures.following import bar


def draw(ax: Axes, say: Say, at: At) -> None:
    """Memory and arithmetic, one below the other on a phone; under them their two clocks on one
    ruler.
    """
    wide = sheet(ax, 272, phone=392)
    phone = wide < 400
    across, left, top, clocks = (wide - 8, 4, 160, 120) if phone else (176, 340, 28, 0)

    def box(x: float, y: float, long: float, high: float, role: str, fill: float = 0.14) -> None:
        bar(ax, (x, x + long), (y, y + high), facecolor=(role, fill), edgecolor=role)

    ax.text(4, 18, "HBM", weight="bold")
    box(4, 28, across, 76, "weights")
    words = say("weights ", "权重 ") + at("weights_read:GB")
    ax.text(4 + across / 2, 66, words, color="weights", ha="center", va="center")
    cores = say("Tensor cores", "Tensor core")
    ax.text(wide - 4, top - 10, cores, ha="right", weight="bold")
    box(left, top, across, 76, "compute")
    rates = (
        say("work: ", "要算 ") + at("flops_per_token:GFLOP"),
        say("rate: ", "算力 ") + at("machine_flops"),
    )
    for y, words in zip((26, 50), rates, strict=True):
        ax.text(left + across / 2, top + y, words, color="compute", ha="center", va="center")
    start, end = ((60, 108), (60, 156)) if phone else ((186, 66), (334, 66))
    look = {"arrowstyle": "-|>", "linewidth": 3, "mutation_scale": 16, "color": "ink"}
    ax.annotate("", end, start, arrowprops={**look, "shrinkA": 0, "shrinkB": 0})
    for x, y, words in (
        (130 if phone else 260, 130 if phone else 52, say("every step", "每一步全部读一遍")),
        (wide - 60 if phone else 260, 130 if phone else 90, at("machine_bandwidth:TB/s")),
    ):
        ax.text(x, y, words, ha="center")

    ruler = wide - 12
    moves, works = at("weights_time / matrices_time"), at("matmul_time / matrices_time")
    ax.text(4, clocks + 142, say("Bytes clock: ", "搬运秒表：") + at("weights_time"))
    box(4, clocks + 150, ruler * moves.number, 20, "weights", 0.3)
    ax.text(4, clocks + 200, say("FLOPs clock: ", "运算秒表：") + at("matmul_time"))
    box(4, clocks + 208, ruler * works.number, 20, "compute", 0.3)
    ax.plot([4 + ruler] * 2, [clocks + 142, clocks + 242], color="ink", lw=1.2, ls="--")
    words = say("the slower clock is their time: ", "后停的那块算数：")
    ax.text(wide - 4, clocks + 260, words + at("matrices_time"), ha="right", weight="bold")
