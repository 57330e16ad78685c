"""What price cards have asked for an output token, in input tokens: one dot a card, over the month
of its day.
"""

from typing import Any

from figures.style import At, Axes, Say

TICKS = "2025-01", "2025-07", "2026-01", "2026-07"


def draw(ax: Axes, say: Say, at: At) -> None:
    """Four makers, each with its own colour and mark, on months from the autumn of 2024."""
    cards: dict[tuple[str, str, str], dict[str, Any]] = {
        ("OpenAI", "compute", "o"): {
            "2024-10": at("list_output_ratio(price_card=gpt-4o-2024-10)"),
            "2025-06": at("list_output_ratio(price_card=o3-2025-06)"),
            "2025-08": at("list_output_ratio(price_card=gpt-5-2025-08)"),
            "2025-12": at("list_output_ratio(price_card=gpt-5.2-2025-12)"),
            "2026-03": at("list_output_ratio(price_card=gpt-5.4-2026-03)"),
            "2026-07": at("list_output_ratio(price_card=gpt-5.6-terra-2026-07)"),
            "2026-09": at("list_output_ratio(price_card=gpt-6-sol-2026-09)"),
        },
        ("Anthropic", "weights", "s"): {
            "2024-10": at("list_output_ratio(price_card=claude-3.5-sonnet-2024-10)"),
            "2025-05": at("list_output_ratio(price_card=claude-sonnet-4-2025-05)"),
            "2025-11": at("list_output_ratio(price_card=claude-opus-4.5-2025-11)"),
            "2026-06": at("list_output_ratio(price_card=claude-sonnet-5-2026-06)"),
            "2026-09": at("list_output_ratio(price_card=claude-opus-5.5-2026-09)"),
        },
        ("Google", "network", "^"): {
            "2024-10": at("list_output_ratio(price_card=gemini-1.5-pro-2024-10)"),
            "2025-04": at("list_output_ratio(price_card=gemini-2.5-flash-2025-04)"),
            "2025-06": at("list_output_ratio(price_card=gemini-2.5-pro-2025-06)"),
            "2025-11": at("list_output_ratio(price_card=gemini-3-pro-2025-11)"),
            "2026-05": at("list_output_ratio(price_card=gemini-3.5-flash-2026-05)"),
        },
        ("DeepSeek", "kv", "D"): {
            "2025-01": at("list_output_ratio(price_card=deepseek-chat-2025-01)"),
            "2025-02": at("list_output_ratio(price_card=deepseek-chat-2025-02)"),
            "2026-04": at("list_output_ratio(price_card=deepseek-v4-flash-2026-04)"),
            "2026-06": at("list_output_ratio(price_card=deepseek-v4-pro-2026-06)"),
            "2026-08": at("list_output_ratio(price_card=deepseek-v4-pro-2026-08)"),
            "2026-10": at("list_output_ratio(price_card=deepseek-v4.1-flash-2026-10)"),
        },
    }
    for place, ((maker, role, mark), ratios) in enumerate(cards.items()):
        months = [_month(text) + 0.4 * place for text in ratios]  # side by side in a month
        heights = [ratio.number for ratio in ratios.values()]
        ax.scatter(months, heights, s=46, color=role, marker=mark, label=maker)
    ax.set_xticks([_month(text) for text in TICKS], TICKS)
    ax.set(ylim=(0, 10.5), yticks=[2, 4, 6, 8])
    ax.set_title(say("Output price in input tokens", "一个输出 token 的标价，合几个输入 token"))
    ax.legend(loc="upper center", ncols=4, frameon=False, columnspacing=0.6, handletextpad=0)


def _month(text: str) -> int:
    return 12 * int(text[:4]) + int(text[-2:]) - 1
