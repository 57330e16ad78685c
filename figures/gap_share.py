"""How many of a stream's gaps are longer than so much, while long prompts are read whole or in
chunks: what a percentile sees.
"""

from figures.style import At, Axes, Say
from hooks.pictures.following import follows, larger, smaller

SHORTEST, LONGEST, LEAST = 0.002, 20, 1e-4
PART = (0, 0.2, 0.4, 0.6, 0.75, 0.87, 0.95, 1)


def draw(ax: Axes, say: Say, at: At) -> None:
    """For each way to read a prompt the share of gaps beyond a length, falling as the beats of its
    chunks grow; a level line at one in a hundred.
    """
    plain = at("decode_step")
    step = larger(plain.number, SHORTEST)
    ways = (
        (
            "weights",
            say("whole", "整段"),
            3.3e-4,
            at("mixed_gap_share(chunk_size=1000000000)").number,
            at("mixed_step(chunk_size=1000000000)").number,
            at("longest_gap(chunk_size=1000000000)").number,
        ),
        (
            "network",
            "2,048",
            8e-4,
            at("mixed_gap_share(chunk_size=2048)").number,
            at("mixed_step(chunk_size=2048)").number,
            at("longest_gap(chunk_size=2048)").number,
        ),
        (
            "compute",
            "512",
            1.9e-3,
            at("mixed_gap_share(chunk_size=512)").number,
            at("mixed_step(chunk_size=512)").number,
            at("longest_gap(chunk_size=512)").number,
        ),
    )
    ax.set(xscale="log", yscale="log", xlim=(SHORTEST, LONGEST), ylim=(LEAST, 2))
    ax.text(LONGEST, 1.2, say("a plain step: at least ", "平常一步：至少 ") + plain, ha="right")
    for role, name, high, share, mean, last in ways:
        longest = smaller(larger(last, SHORTEST), LONGEST)
        # The beats grow evenly from the first chunk to the last.
        shortest = smaller(larger(2 * mean - last, SHORTEST), LONGEST)
        beats = [shortest + (longest - shortest) * part for part in PART]
        lengths = [smaller(step, LONGEST), smaller(step, LONGEST), *beats]
        shares = [larger(share * (1 - part), LEAST) for part in PART]
        shares = [1, shares[0], *shares]
        (curve,) = ax.plot(lengths, shares, color=role)
        follows(curve, lengths, shares)
        beside = smaller(1.1 * longest, LONGEST / 4)  # room for the name at the right edge
        follows(ax.text(beside, high, name, color=role, weight="bold"), beside)
    ax.axhline(0.01, color="ink", ls="--", lw=1.2)
    ax.text(18, 0.012, "P99", ha="right")
    ax.set_xticks([0.01, 0.1, 1, 10], ["10\u202fms", "100\u202fms", "1\u202fs", "10\u202fs"])
    ax.set_yticks([1, 0.01, 0.0001], ["100%", "1%", "0.01%"])
    ax.set_title(say("Gaps longer than this", "比这更长的间隔占多少"))
