"""What others measured: one field for each kind of figure that a published result can be.

别人测到的：公布的结果有几种，这里就有几个字段。
"""

from hooks.formula.quantity import choice, field

measurement = choice("measurements", "Measurement", zh="实测", default="gptfast-l2-7b-bf16")

measured_speed = field(
    "measurement",
    "speed",
    "token/s/seq",
    "Measured speed for one reader",
    zh="实测单用户速度",
    each="seq",
    positive=True,
    high=1e9,
)
measured_throughput = field(
    "measurement",
    "throughput",
    "token/s",
    "Measured throughput",
    zh="实测吞吐",
    positive=True,
    high=1e12,
)
measured_time = field(
    "measurement", "time", "s", "Measured time", zh="实测时间", positive=True, high=1e9
)
measured_slope = field(
    "measurement",
    "slope",
    "s/token/seq",
    "Measured slope",
    zh="实测斜率",
    each="seq",
    positive=True,
    high=1e6,
)
measured_bytes = field(
    "measurement", "bytes", "B", "Published bytes", zh="公布的字节数", positive=True, high=1e18
)
measured_params = field(
    "measurement",
    "params",
    "param",
    "Published parameters",
    zh="公布的参数量",
    positive=True,
    high=1e16,
)
measured_batch = field(
    "measurement", "batch", "seq", "Published batch", zh="公布的 batch", positive=True, high=1e9
)
measured_tokens = field(
    "measurement",
    "tokens",
    "token",
    "Published tokens",
    zh="公布的 token 数",
    positive=True,
    high=1e18,
)
measured_experts = field(
    "measurement",
    "experts",
    "expert/layer",
    "Published experts",
    zh="公布的专家数",
    positive=True,
    high=100_000,
)
measured_ratio = field(
    "measurement", "ratio", "1", "Published ratio", zh="公布的比值", positive=True, high=1e6
)
measured_intensity = field(
    "measurement",
    "intensity",
    "FLOP/B",
    "Published intensity",
    zh="公布的强度",
    positive=True,
    high=1e9,
)
measured_cost = field(
    "measurement", "cost", "USD", "Published cost", zh="公布的花费", positive=True, high=1e12
)
measured_bandwidth = field(
    "measurement", "bandwidth", "B/s", "Measured bandwidth", zh="实测带宽", positive=True, high=1e18
)
