"""A toy house: vans that carry parcels. Small enough that every golden page can be checked by hand."""

from hooks.formula.quantity import choice, field, impossible, quantity, setting

van = choice("vans", "Van", zh="货车", default="small")
trips = setting(
    "request",
    "Trips",
    zh="趟数",
    default=2,
    low=1,
    high=100,
    whole=True,
    why="Two a day.",
    why_zh="一天两趟。",
)
share = setting(
    "%",
    "Fill",
    zh="装载率",
    default=50,
    low=1,
    high=100,
    why="Assumed: half full.",
    why_zh="假设：装一半。",
)
room = field("van", "room", "B/request", "Room", zh="容量", each="request")
speed = field("van", "speed", "B/s", "Speed", zh="速度")
gate = field("van", "gate", "request", "Trips through the gate", zh="过门的趟数", default=10)


@quantity("B", "Load", zh="运量")
def load(room, trips, share, gate):
    """Every trip carries what fits, while the gate is open.

    门开着时，每趟装多少算多少。
    """
    if trips > gate:
        return impossible("the gate is shut after {gate} trips", zh="走了 {gate} 趟之后门就关了")
    return room * trips * share


@quantity("s", "Time", zh="时间", source="A timetable (1999)")
def time(load, speed):
    """The load at the van's speed.

    按货车的速度运完。
    """
    return load / speed


@quantity("word", "Pace", zh="快慢", words={"slow": "慢", "quick": "快"})
def pace(share):
    """Full vans are slow.

    装满的车慢。
    """
    return "slow" if share > 3 / 4 else "quick"
