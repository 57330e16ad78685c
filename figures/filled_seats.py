"""The share of seats that can be taken on average, if they are all taken one moment in a hundred:
the more seats, the larger.
"""

from figures.style import At, Axes, Say
from hooks.pictures.following import follows, larger


def draw(ax: Axes, say: Say, at: At) -> None:
    """A rising curve for riders who come by chance, and a dot for a machine whose riders slow each
    other down.
    """
    alone = {
        5: at("gap_crowd(promised_seats=5, calm_crowd=1000000)").number,
        10: at("gap_crowd(promised_seats=10, calm_crowd=1000000)").number,
        20: at("gap_crowd(promised_seats=20, calm_crowd=1000000)").number,
        40: at("gap_crowd(promised_seats=40, calm_crowd=1000000)").number,
        80: at("gap_crowd(promised_seats=80, calm_crowd=1000000)").number,
        160: at("gap_crowd(promised_seats=160, calm_crowd=1000000)").number,
        320: at("gap_crowd(promised_seats=320, calm_crowd=1000000)").number,
        640: at("gap_crowd(promised_seats=640, calm_crowd=1000000)").number,
    }
    shares = [100 * crowd / seats for seats, crowd in alone.items()]
    (curve,) = ax.plot(list(alone), shares, color="ink")
    follows(curve, list(alone), shares)
    ours, taken = larger(at("promised_seats").number, 1), at("promised_crowd").number
    share = 100 * taken / ours
    follows(ax.scatter([ours], [share], s=80, color="weights"), ours, share)
    words = say("ours: ", "我们这台：") + at("promised_seats")
    named = ax.annotate(words, (ours, share), (10, -5), textcoords="offset points", color="weights")
    follows(named, ours, share)
    words = say("riders by chance", "乘客随机来去")
    ax.annotate(words, (20, 84), color="ink", ha="center")
    ax.set(xscale="log", xlim=(1, 800), ylim=(0, 108), yticks=[0.0, 25.0, 50.0, 75.0, 100.0])
    ax.set_xticks([5, 50, 500], ["5", "50", "500"])
    ax.set_xlabel(say("Seats", "座位数"))
    ax.set_title(say("Seats taken on average, %", "平均坐了几成（%）"))
