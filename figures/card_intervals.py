"""What steps and one slope say about KV caches, beside what is known."""

from figures.style import At, Axes, Say
from hooks.pictures.following import bar


def draw(ax: Axes, say: Say, at: At) -> None:
    """A bar for each interval on a log axis, a diamond where the answer is published."""
    rows = (
        (
            "Gemini 2.5",
            at("implied_kv_low(price_card=gemini-2.5-pro-2025-06)"),
            at("implied_kv_high(price_card=gemini-2.5-pro-2025-06)"),
        ),
        (
            "Sonnet 4.5",
            at("implied_kv_low(price_card=claude-sonnet-4.5-2025-10)"),
            at("implied_kv_high(price_card=claude-sonnet-4.5-2025-10)"),
        ),
        (
            "GPT-5.5",
            at("implied_kv_low(price_card=gpt-5.5-2026-04)"),
            at("implied_kv_high(price_card=gpt-5.5-2026-04)"),
        ),
        (
            "Grok 4",
            at("implied_kv_low(price_card=grok-4-2025-07)"),
            at("implied_kv_high(price_card=grok-4-2025-07)"),
        ),
        (
            "Qwen3-Coder",
            at(
                "implied_kv_low(model=qwen3-coder-480b-a35b, accelerator=h100-sxm, "
                "precision=fp8, long_output_step=1.5, long_threshold=32768)"
            ),
            at(
                "implied_kv_high(model=qwen3-coder-480b-a35b, accelerator=h100-sxm, "
                "precision=fp8, long_output_step=1.5, long_threshold=32768)"
            ),
        ),
    )
    for row, (_, low, high) in enumerate(rows):
        bar(ax, (low.number, high.number), (row - 0.25, row + 0.25), color="weights")
    slope = at("slope_kv(accelerator=h800, chips=8, price=h800-deepseek-2025-02)").number
    bar(ax, (100, slope), (4.75, 5.25), facecolor=("kv", 0.35), edgecolor="kv")
    qwen = at("kv_per_token(model=qwen3-coder-480b-a35b, kv_precision=fp8)").number
    deepseek = at("kv_per_token(model=deepseek-v3, kv_precision=bf16)").number
    ax.scatter((qwen, deepseek), (4, 5), marker="D", s=50, color="ink", zorder=3)
    ax.text(qwen, 3.45, say("published", "公开的"), color="ink", ha="center")
    names = [name for name, *_ in rows] + [say("DeepSeek,\nby slope", "DeepSeek\n看斜率")]
    ax.set_yticks(range(6), names)
    ax.set(xscale="log", xlim=(100, 1e6), ylim=(5.6, -0.6))
    ax.set_xticks(
        [100, 1e3, 1e4, 1e5, 1e6],
        ["100\u202fB", "1\u202fkB", "10\u202fkB", "100\u202fkB", "1\u202fMB"],
    )
    ax.set_title(say("KV cache per token", "每个 token 的 KV cache"))
