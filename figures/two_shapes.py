"""Two distributions over five tokens, the draft's and the model's: what both cover is kept, and the
rest is what a refusal draws from. A sketch.
"""

from figures.style import At, Axes, Say

DRAFT = 0.5, 0.24, 0.12, 0.08, 0.06
MODEL = 0.34, 0.38, 0.14, 0.06, 0.08


def draw(ax: Axes, say: Say, at: At) -> None:
    """For each token the part that both cover, above it what only one of them has."""
    tokens = range(len(DRAFT))
    shared = [min(pair) for pair in zip(DRAFT, MODEL, strict=True)]
    only_draft = [max(p - q, 0) for p, q in zip(DRAFT, MODEL, strict=True)]
    only_model = [max(q - p, 0) for p, q in zip(DRAFT, MODEL, strict=True)]
    ax.bar(tokens, shared, 0.7, facecolor=("ink", 0.16), edgecolor="ink")
    ax.bar(tokens, only_draft, 0.7, shared, facecolor="none", edgecolor="quiet", linestyle="--")
    ax.bar(tokens, only_model, 0.7, shared, facecolor=("compute", 0.4), edgecolor="compute")
    ax.annotate(say("only the draft's: refused", "只有草稿有：退回"), (0.42, 0.45), color="quiet")
    ax.annotate(
        say("only the model's: drawn instead", "只有模型有：改从这里抽"),
        (1.42, 0.32),
        color="compute",
    )
    ax.annotate(say("kept", "留下"), (0, 0.15), ha="center")
    ax.set(xlim=(-0.6, 4.6), ylim=(0, 0.56), yticks=[])
    ax.set_xticks(list(tokens), [say(name, name) for name in "ABCDE"])
    ax.set_title(say("Chance of each token", "每个 token 的概率"))
