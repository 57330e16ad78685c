"""A reply in time: the prompt goes through in one walk, then every token waits for the one before it."""

from figures.style import At, Axes, Say, arrow, box, label, line

height = 190
START, WALK, GAP, WALKS = 4, 84, 22, 3
PROMPT = 190


def draw(ax: Axes, say: Say, at: At) -> None:
    """Walks from left to right, the rows in each as hairlines, and the token that each brings back."""
    label(ax, START, 18, say("your prompt, in one walk", "提问，合走一趟"), "ink", bold=True)
    label(
        ax,
        START + PROMPT + GAP,
        18,
        say("then a walk for each token", "然后，一个 token 一趟"),
        bold=True,
    )
    box(ax, START, 28, PROMPT, 74, "weights", 0.16)
    for row in range(8):
        line(ax, [(START + 4, 37 + 8 * row), (START + PROMPT - 4, 37 + 8 * row)], "ink")
    x: float = START + PROMPT
    for walk, token in enumerate(
        (say("The", "因为"), say("moon", "月亮"), say("pulls", "在"), say("on", "拉"))
    ):
        box(ax, x - 14, 118, 52, 24, "ink", 0.06)
        label(ax, x + 12, 135, token, "ink", "middle")
        line(ax, [(x, 65), (x, 116)], "faint", dashed=True)
        if walk < WALKS:
            arrow(ax, (x + 2, 116), (x + GAP, 72), "ink", 2)
            x += GAP
            box(ax, x, 28, WALK, 74, "weights", 0.16)
            line(ax, [(x + 4, 65), (x + WALK - 4, 65)], "ink", 2)
            x += WALK
    label(
        ax,
        START,
        162,
        say("each walk passes ", "每一趟都要走过 ") + at("weights_read:GB"),
        "weights",
    )
    label(
        ax,
        START,
        182,
        say("and takes at least ", "至少要 ") + at("weights_time:ms"),
        "ink",
    )
    label(ax, 516, 182, say("time →", "时间 →"), "quiet", "end")
