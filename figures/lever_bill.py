"""The machine time of a token on a full machine, line by line, as it is and with levers pulled."""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("Machine time, every seat taken", "座位全满时，一个 token 占用的整机时间"),
    unit="µs/token",
    bars=[
        Bar(("as it is", "原样")),
        Bar(("1 INT4 weights", "1 权重 INT4"), "precision=int4-g32"),
        Bar(("2 FP8 cache", "2 缓存 FP8"), "kv_precision=fp8"),
        Bar(("3 four guesses", "3 先猜四个"), "guesses=4"),
        Bar(("4 cache hits", "4 前缀命中"), "hit_share=56"),
        Bar(("1, 2 and 3", "1、2、3"), "precision=int4-g32, kv_precision=fp8, guesses=4"),
        Bar(("2, 3 and 4", "2、3、4"), "kv_precision=fp8, guesses=4, hit_share=56"),
    ],
    marks=[
        Part("bill_weights", "weights", ("weights", "权重")),
        Part("bill_cache", "kv", ("cache", "缓存")),
        Part("bill_rest", "network", ("drafts", "草稿")),
        Part("bill_prompt", "compute", ("prompt", "prompt")),
    ],
)
