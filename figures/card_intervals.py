"""What steps and one slope say about KV caches, beside what is known."""

from figures.style import At, Axes, Say

Q = "model=qwen3-coder-480b-a35b, accelerator=h100-sxm, chips=8, precision=fp8, kv_precision=fp8"
STEP = "long_output_step=1.5, long_threshold=32768"
CARDS = {
    "Gemini 2.5 Pro": "gemini-2.5-pro-2025-06",
    "Sonnet 4.5": "claude-sonnet-4.5-2025-10",
    "GPT-5.5": "gpt-5.5-2026-04",
    "Grok 4": "grok-4-2025-07",
}


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for each interval on a log axis of bytes, and a diamond where the answer is published."""
    rows = [
        (name, at(f"implied_kv_low(price_card={card})"), at(f"implied_kv_high(price_card={card})"))
        for name, card in CARDS.items()
    ]
    low, high = at(f"implied_kv_low({Q}, {STEP})"), at(f"implied_kv_high({Q}, {STEP})")
    rows.append(("Qwen3-Coder", low, high))
    for row, (_, low, high) in enumerate(rows):
        ax.barh(row, high.number - low.number, left=low.number, height=0.5, color="weights")
    shape = "model=deepseek-v3, accelerator=h800, chips=8, precision=fp8, kv_precision=bf16"
    slope = at(f"slope_kv({shape}, price=h800-deepseek-2025-02)").number
    ax.barh(5, slope - 100, left=100, height=0.5, facecolor=("kv", 0.35), edgecolor="kv")
    known = at(f"kv_per_token({Q})").number, at(f"kv_per_token({shape})").number
    ax.scatter(known, (4, 5), marker="D", s=50, color="ink", zorder=3)
    ax.text(known[0], 3.45, say("published", "公开的"), color="ink", ha="center")
    names = [name for name, *_ in rows] + [say("DeepSeek, slope", "DeepSeek，斜率")]
    ax.set_yticks(range(6), names)
    ax.set(xscale="log", xlim=(100, 1e6), ylim=(5.6, -0.6))
    ax.set_xticks([100, 1e3, 1e4, 1e5, 1e6], ["100 B", "1 kB", "10 kB", "100 kB", "1 MB"])
    ax.set_title(say("KV cache per token", "每个 token 的 KV cache"))
