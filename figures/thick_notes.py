"""What a conversation of 8,192 tokens weighs: as text, and as the KV cache of four models."""

from figures.style import At, Axes, Say
from hooks.pictures.following import bar, larger

LETTERS_PER_TOKEN, START = 4, 1e3


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for the text, hardly longer than its start, and a long one for each model, on one
    logarithmic axis of bytes.
    """
    letters = LETTERS_PER_TOKEN * at("context").number
    rows = (
        (say("the text itself", "文字本身"), letters, "ink"),
        ("Qwen3-Next", at("kv_per_sequence(model=qwen3-next-80b-a3b)").number, "kv"),
        ("DeepSeek-V3", at("kv_per_sequence(model=deepseek-v3)").number, "kv"),
        ("Llama 3.1 70B", at("kv_per_sequence(model=llama-3.1-70b)").number, "kv"),
        ("Llama 2 7B", at("kv_per_sequence(model=llama-2-7b)").number, "kv"),
    )
    for row, (name, size, role) in enumerate(rows):
        ax.text(1.1 * START, row - 0.28, name, color=role)
        look = {"facecolor": (role, 0.35), "edgecolor": role}
        bar(ax, (START, larger(size, START)), (row - 0.18, row + 0.18), **look)
    ax.set(xscale="log", xlim=(START, 3e11), ylim=(len(rows) - 0.5, -0.8))
    ax.set_xticks([1e3, 1e6, 1e9], ["1 kB", "1 MB", "1 GB"])
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.set_title(say("Weight of one conversation", "一段对话有多重"))
