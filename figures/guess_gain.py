"""How many times faster guessing makes a reader, over the readers who share the step: short and
long conversations.
"""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=("Times faster with four guesses, at most", "先猜四个，最多快几倍"),
    over="batch",
    span=(1, 512),
    axis=("Readers in the batch", "batch 里的人数"),
    log="x",
    ticks=(1, 8, 64, 512),
    height=250,
    marks=[
        Line("speculation_gain(context=512)", "compute", ("short chats", "短对话")),
        Limit("free_check_batch", ("rows run out", "空行用完")),
    ],
)
