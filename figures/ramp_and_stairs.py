"""A cost that climbs with every token, and two price cards that climb in stairs."""

from figures.style import At, Axes, Say
from hooks.pictures.following import follows

END = 131072


def draw(ax: Axes, say: Say, at: At) -> None:
    """DeepSeek's line over the context, the stairs of Gemini and Qwen, all in input tokens."""
    near = at("line_ratio(context=1)").number
    far = at("line_ratio(context=131072)").number
    parts = [(number / 20) ** 2 for number in range(21)]
    ramp = [near + (far - near) * part for part in parts]
    (line,) = ax.plot([END * part for part in parts], ramp, color="kv", lw=2.5)
    follows(line, y=ramp)
    edge = at("long_threshold(price_card=gemini-2.5-pro-2025-06)").number
    low = at("list_output_ratio(price_card=gemini-2.5-pro-2025-06)").number
    high = low * at("long_output_step(price_card=gemini-2.5-pro-2025-06)").number
    ax.plot([1, edge, edge, 260000], [low, low, high, high], color="weights", lw=2)
    # Yuan of the card (bibliography: qwen-coder-card), output over the first tier's input.
    stairs = (16 / 4, 24 / 4, 40 / 4, 200 / 4)
    ends = (1, 32768, 131072, 262144)
    ax.step((*ends, 275000), (stairs[0], *stairs), where="pre", color="network", lw=2)
    words = ax.text(END, far * 1.1, say("DeepSeek’s cost", "DeepSeek 的成本"), ha="center")
    follows(words, y=far).set_color("kv")
    ax.text(258000, high * 1.1, say("Gemini’s card", "Gemini 标价"), color="weights", ha="right")
    ax.text(END, 4.3, say("Qwen’s card", "Qwen 标价"), color="network", ha="right")
    ax.set(yscale="log", ylim=(1, 60), xlim=(0, 280000))
    ax.set_yticks([1, 2, 4, 8, 16, 32], ["1", "2", "4", "8", "16", "32"])
    ax.set_xticks([0, 65536, 131072, 196608, 262144], ["0", "64K", "128K", "192K", "256K"])
    ax.set_xlabel(say("Context", "上下文"))
    ax.set_title(say("Output token in input tokens", "写一个 token 抵读几个"))
