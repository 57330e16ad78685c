"""What a conversation of 8,192 tokens weighs: as text, and as the KV cache of five models."""

from figures.style import At, Axes, Say

LETTERS_PER_TOKEN = 4


def draw(ax: Axes, say: Say, at: At) -> None:
    """A dot for the text far to the left, a dot a model far to the right, on one axis of bytes."""
    text = LETTERS_PER_TOKEN * at("context").number
    rows = (
        (say("the text itself", "文字本身"), text, "ink"),
        ("Qwen3-Next", at("kv_per_sequence(model=qwen3-next-80b-a3b)").number, "kv"),
        ("DeepSeek-V3", at("kv_per_sequence(model=deepseek-v3)").number, "kv"),
        ("Llama 3.1 70B", at("kv_per_sequence(model=llama-3.1-70b)").number, "kv"),
        ("Llama 2 7B", at("kv_per_sequence(model=llama-2-7b)").number, "kv"),
    )
    for row, (name, size, role) in enumerate(rows):
        ax.text(1.2e3, row - 0.2, name, color=role)
        ax.plot([1e3, size], [row, row], color=role, linewidth=1.2)
        ax.plot([size], [row], "o", color=role, markersize=9)
    ax.set(xscale="log", xlim=(1e3, 3e11), ylim=(len(rows) - 0.5, -0.8))
    ax.set_xticks([1e3, 1e6, 1e9], ["1 kB", "1 MB", "1 GB"])
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.set_title(say("Weight of one conversation", "一段对话有多重"))
