"""The machine time of a token on a full machine, line by line, as it is and with levers pulled."""

from hooks.pictures.chart import Bar, Chart, Part

chart = Chart(
    title=("Machine time, every seat taken", "座位全满时，一个 token 占用的整机时间"),
    unit="µs/token",
    bars=[
        Bar(("as it is", "原样")),
        Bar(("① INT4 weights", "① 权重 INT4"), "precision=int4-g32"),
        Bar(("② FP8 cache", "② 缓存 FP8"), "kv_precision=fp8"),
        Bar(("③ four guesses", "③ 先猜四个"), "guesses=4"),
        Bar(("④ cache hits", "④ 前缀命中"), "hit_share=56"),
        Bar(("① ② ③", "①②③"), "precision=int4-g32, kv_precision=fp8, guesses=4"),
        Bar(("② ③ ④", "②③④"), "kv_precision=fp8, guesses=4, hit_share=56"),
    ],
    marks=[
        Part("bill_weights", "weights", ("weights", "权重")),
        Part("bill_cache", "kv", ("cache", "缓存")),
        Part("bill_rest", "network", ("drafts", "草稿")),
        Part("bill_prompt", "compute", ("prompt", "prompt")),
    ],
)
