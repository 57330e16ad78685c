"""One token's walk: past every block, into scores; the token drawn goes back to the start."""

from typing import Any

from figures.style import At, Axes, Say, sheet
from hooks.pictures.following import bar

SCORES = 5, 9, 4, 30, 7, 12, 3, 6, 16, 4, 8, 5


def draw(ax: Axes, say: Say, at: At) -> None:
    """Six stages from top to bottom, the loop on the left, what each holds on the right."""
    wide = sheet(ax, 456)
    left, long, right = (62, 208, 316) if wide > 400 else (34, 124, 196)
    middle, pitch, room = left + long / 2, long / len(SCORES), long - 24
    looking = at("stacked_attention_params / stack_params")
    folding = at("stacked_ffn_params / stack_params")

    def box(step: int, x: float, y: float, w: float, h: float, *fill: Any) -> None:
        edge, gid = "ink" if fill[0] == "paper" else fill[0], f"step-{step}" if step else ""
        bar(ax, (x, x + w), (y, y + h), facecolor=fill, edgecolor=edge, gid=gid)

    table, unit = at("embedding_params:billion"), say(" numbers", "个数")
    looks = say(
        at("stacked_attention_params / layers:million"),
        at("stacked_attention_params / layers:billion"),
    )
    folds = say(
        at("stacked_ffn_params / layers:million"), at("stacked_ffn_params / layers:billion")
    )
    stages = (
        (22, "ink", say("a token", "一个 token"), say("the newest one", "最新的那个"), ""),
        (82, "weights", "embedding", say("one row is read", "取出一行"), table + unit),
        (174, "kv", "attention", say("looks back", "回头看"), looks + unit * (wide > 400)),
        (238, "weights", "FFN", say("looks at the row", "只看这一行"), folds + unit * (wide > 400)),
        (334, "weights", "LM head", say("scores every token", "给每个 token 打分"), table + unit),
        (400, "ink", say("one is drawn", "抽出一个"), say("by its score", "分高的容易抽中"), ""),
    )
    for step, (y, role, name, does, holds) in enumerate(stages, 1):
        ax.text(right - 17, y, f"{step}", color=role, weight="bold", gid=f"step-{step}")
        ax.text(right, y, name, color=role, weight="bold", gid=f"step-{step}")
        ax.text(right, y + 18, does, gid=f"step-{step}")
        ax.text(right, y + 36, holds, color="quiet", gid=f"step-{step}")

    box(1, middle - 32, 8, 64, 26, "ink", 0.06)
    ax.text(middle, 26, say("moon", "月亮"), ha="center", gid="step-1")
    for row in range(6):
        box(2, left, 68 + 8 * row, long, 8, "weights", 0.6 if row == 3 else 0.08)
    for behind in (12, 6, 0):
        box(0, left - 12 + behind, 160 - behind, long + 12, 142, "paper", 1)
    box(3, left + 12, 174, room * looking.number, 30, "kv", 0.2)
    box(4, left + 12, 234, room * folding.number, 30, "weights", 0.2)
    box(5, left, 332, long, 34, "weights", 0.2)
    for place, high in enumerate(SCORES):
        box(6, left + place * pitch, 424 - high, pitch, high, "ink", high / 40)
    for step, start, end in ((2, 36, 66), (3, 118, 158), (5, 304, 330), (6, 368, 386), (6, 21, 21)):
        x, to = (11, middle - 34) if start == end else (middle, middle)
        look = {"arrowstyle": "-|>", "mutation_scale": 14, "color": "ink", "linewidth": 2}
        ax.annotate("", (to, end), (x, start), arrowprops={**look, "gid": f"step-{step}"})
    ax.plot([left - 8, 12, 12], [412, 412, 21], color="ink", lw=2, gid="step-6")
    many = say("and so on, × ", "一层接一层，× ") + at("layers")
    ax.text(left, 290, many, weight="bold", gid="step-4")
    ax.text(20, 447, say("and again", "再走一遍"), gid="step-6")
    for step, x, y in ((3, left + 20 + room * 0.4, 194), (4, left + 20, 254)):
        ax.text(x, y, say("+ to the row", "＋ 加进这行"), gid=f"step-{step}")
