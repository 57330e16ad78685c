"""One token's walk: its row passes every block, becomes scores, and the token drawn goes back to the start."""

from figures.style import At, Axes, Say, arrow, box, label, line

height = 392
LEFT, WIDE, TEXT = 62, 208, 296


def draw(ax: Axes, say: Say, at: At) -> None:
    """Six stages from top to bottom, the loop on the left, and what each stage holds on the right."""

    def stage(number: int, y: float, words: str, count: str = "", role: str = "ink") -> None:
        label(ax, TEXT, y, f"{number}", role, bold=True)
        label(ax, TEXT + 16, y, words, role)
        label(ax, TEXT + 16, y + 18, count, "quiet")

    middle = LEFT + WIDE / 2
    box(ax, middle - 32, 8, 64, 26, "ink", 0.06)
    label(ax, middle, 26, say("moon", "月亮"), "ink", "middle")
    stage(1, 26, say("the newest token", "最新的 token"))
    arrow(ax, (middle, 36), (middle, 54), "ink", 2)

    for row in range(6):
        box(ax, LEFT, 56 + 8 * row, WIDE, 8, "weights", 0.6 if row == 3 else 0.08, 0.6)
    stage(
        2,
        76,
        say("embedding: one row is read", "embedding：取出一行"),
        at("embedding_params:billion"),
        "weights",
    )
    arrow(ax, (middle, 106), (middle, 128), "ink", 2)
    label(ax, middle + 12, 121, say("the row: ", "一行：") + at("hidden"), "ink")

    for behind in (12, 6, 0):
        box(ax, LEFT - 12 + behind, 144 - behind, WIDE + 12, 108, "paper", 1, 0)
        box(ax, LEFT - 12 + behind, 144 - behind, WIDE + 12, 108, "ink", 0.03)
    share = at("attention_params / layer_params").number
    box(ax, LEFT + 12, 158, (WIDE - 24) * share, 30, "kv", 0.2)
    box(ax, LEFT + 12, 206, (WIDE - 24) * (1 - share), 30, "weights", 0.2)
    label(ax, LEFT + 20 + (WIDE - 24) * share, 178, say("+ to the row", "＋ 加进这一行"), "ink")
    label(ax, LEFT + 24, 226, say("+ to the row", "＋ 加进这一行"), "ink")
    stage(
        3,
        160,
        say("attention: looks back", "attention：回头看"),
        at("attention_params:million"),
        "kv",
    )
    stage(
        4,
        208,
        say("FFN: looks at the row", "FFN：只看这一行"),
        at("ffn_params:million"),
        "weights",
    )
    label(
        ax,
        TEXT + 16,
        254,
        say("one block after another: ", "一层接一层：") + at("layers") + say(" of them", " 层"),
        "ink",
        bold=True,
    )
    arrow(ax, (middle, 254), (middle, 276), "ink", 2)

    box(ax, LEFT, 278, WIDE, 34, "weights", 0.2)
    stage(
        5,
        292,
        say("LM head: scores every token", "LM head：给每个 token 打分"),
        at("embedding_params:billion"),
        "weights",
    )
    arrow(ax, (middle, 314), (middle, 332), "ink", 2)

    for place, tall in enumerate((5, 9, 4, 26, 7, 12, 3, 6, 16, 4, 8, 5)):
        drawn = tall == 26
        box(
            ax,
            LEFT + 6 + place * 17,
            366 - tall,
            11,
            tall,
            "ink",
            0.8 if drawn else 0.15,
            0,
        )
    line(ax, [(LEFT, 366), (LEFT + WIDE, 366)], "faint")
    stage(
        6,
        352,
        say("one token is drawn", "抽出一个 token"),
        at("vocabulary") + say(" scores", " 个分数"),
    )
    line(ax, [(LEFT - 8, 352), (16, 352), (16, 21)], "ink", 2)
    arrow(ax, (15, 21), (middle - 34, 21), "ink", 2)
    label(ax, 26, 384, say("and again, for the next token", "再来一遍，写下一个 token"), "ink")
