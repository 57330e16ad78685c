"""The share of seats that can be taken on average, if they are all taken one moment in a hundred:
the more seats, the larger.
"""

from figures.style import At, Axes, Say


def draw(ax: Axes, say: Say, at: At) -> None:
    """A rising curve for riders who come by chance, and a dot for a machine whose riders slow each
    other down.
    """
    seats = (5, 10, 20, 40, 80, 160, 320, 640)
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
    ax.plot(seats, [100 * alone[count] / count for count in seats], color="ink")
    ours, taken = at("promised_seats").number, at("promised_crowd").number
    if ours and taken:
        share = 100 * taken / ours
        ax.plot([ours], [share], "o", color="weights", markersize=9)
        words = say("this machine", "这台机器")
        ax.annotate(words, (ours, share), (10, -5), textcoords="offset points", color="weights")
    words = say("riders by chance", "乘客随机来去")
    ax.annotate(words, (20, 84), color="ink", ha="center")
    ax.set(xscale="log", xlim=(4, 800), ylim=(0, 108), yticks=[0.0, 25.0, 50.0, 75.0, 100.0])
    ax.set_xticks([5, 50, 500], ["5", "50", "500"])
    ax.set_xlabel(say("Seats", "座位数"))
    ax.set_title(say("Seats taken on average, %", "平均坐了几成（%）"))
