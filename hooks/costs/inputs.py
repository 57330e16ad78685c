"""What the cost models start from: catalogue fields, scenario settings, and numbers that hold by definition.

成本模型的起点：目录字段、场景设定，以及按定义成立的数。
"""

from hooks.formula.quantity import choice, constant, field, setting

# The scenario

model = choice("models", "Model", zh="模型", default="llama-3.1-70b")
accelerator = choice("accelerators", "Accelerator", zh="加速卡", default="h100-sxm")
chips = setting(
    "chip",
    "Chips",
    zh="卡数",
    default=2,
    low=1,
    high=1_000_000,
    whole=True,
    why="The series' running scenario: two accelerators side by side.",
    why_zh="本系列的统一场景：两块卡并排工作。",
    always=True,
)
precision = choice(
    "precisions",
    "Weight precision",
    zh="权重精度",
    default="fp8",
    phrase="weights in {precision}",
    phrase_zh="权重 {precision}",
)
kv_precision = choice(
    "precisions",
    "KV cache precision",
    zh="KV cache 精度",
    default="bf16",
    phrase="KV cache in {kv_precision}",
    phrase_zh="KV cache {kv_precision}",
)
state_precision = choice(
    "precisions",
    "Precision of linear-attention states",
    zh="线性注意力状态的精度",
    default="fp32",
    phrase="states in {state_precision}",
    phrase_zh="状态 {state_precision}",
    where="linear_layers",
)
batch = setting(
    "seq",
    "Batch",
    zh="batch",
    default=1,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="One request alone, unless the page says otherwise.",
    why_zh="页面没有另说时，只有一个请求。",
    always=True,
)
context = setting(
    "token/seq",
    "Context",
    zh="上下文长度",
    default=8192,
    low=1,
    high=1_000_000_000_000_000,
    whole=True,
    why="Tokens already in the cache of each sequence.",
    why_zh="每条序列已经存进缓存的 token 数。",
    always=True,
)
prompt = setting(
    "token/seq",
    "Prompt length",
    zh="prompt 长度",
    default=2048,
    low=1,
    high=1_000_000_000_000_000,
    whole=True,
    why="Tokens that one prefill reads.",
    why_zh="一次 prefill 要读的 token 数。",
)
output = setting(
    "token/seq",
    "Output length",
    zh="输出长度",
    default=512,
    low=1,
    high=1_000_000_000_000_000,
    whole=True,
    why="Tokens that one request generates.",
    why_zh="一个请求生成的 token 数。",
)
tokens_per_step = setting(
    "token/seq",
    "Tokens per step and sequence",
    zh="每步每条序列产出的 token",
    default=1,
    low=1,
    high=1_000_000,
    why="Plain decoding: every sequence gains one token a step.",
    why_zh="普通 decode：每一步每条序列多一个 token。",
)
bandwidth_efficiency = setting(
    "%",
    "Achieved share of bandwidth",
    zh="实际带宽占比",
    default=100,
    low=1,
    high=100,
    why="Assumed: the datasheet's bandwidth in full, so that times are floors.",
    why_zh="假设：按规格书带宽跑满，因此算出的时间是下限。",
)
flops_efficiency = setting(
    "%",
    "Achieved share of FLOP/s in decode",
    zh="decode 实际算力占比",
    default=100,
    low=1,
    high=100,
    why="Assumed: the datasheet's dense rate in full, so that times are floors.",
    why_zh="假设：按规格书的稠密算力跑满，因此算出的时间是下限。",
)
prefill_mfu = setting(
    "%",
    "MFU in prefill",
    zh="prefill 的 MFU",
    default=40,
    low=1,
    high=100,
    why="Assumed: 40 %, the figure that the Scaling Book uses for a prefill.",
    why_zh="假设：40%，与 Scaling Book 估算 prefill 时所用相同。",
)
overhead = setting(
    "ms",
    "Overhead per step",
    zh="每步固定开销",
    default=0,
    low=0,
    high=1_000_000,
    why="Assumed: none. Launches, sampling and synchronisation come on top of a floor.",
    why_zh="假设：没有。kernel 启动、采样与同步都要加在下限之上。",
)
memory_utilisation = setting(
    "%",
    "Share of memory the engine takes",
    zh="引擎占用的显存比例",
    default=90,
    low=1,
    high=100,
    why="For years vLLM took 90 % unless told otherwise; newer versions take a little more.",
    why_zh="vLLM 多年来默认占用 90%，新版本略高一点。",
)
activation_memory = setting(
    "GB/chip",
    "Activations and workspace",
    zh="激活与工作区",
    default=0,
    low=0,
    high=1_000_000,
    why="Assumed: none, so that capacities are ceilings. vLLM's own reports of 80 GB cards take 0.4 to 5 GB, more for longer batches of prompt.",
    why_zh="假设：没有，因此算出的容量是上限。vLLM 在 80 GB 卡上自己报告的是 0.4 到 5 GB，一次读的 prompt 越长越多。",
)
block_size = setting(
    "token/block",
    "Tokens per block",
    zh="每块 token 数",
    default=16,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="The default page of vLLM's paged KV cache.",
    why_zh="vLLM 分页 KV cache 的默认块大小。",
)
reserved_context = setting(
    "token/seq",
    "Reserved context",
    zh="预留的上下文",
    default=2048,
    low=1,
    high=1_000_000_000,
    whole=True,
    why="What an engine without paging sets aside for every sequence.",
    why_zh="没有分页的引擎给每条序列预留的长度。",
)
utilisation = setting(
    "%",
    "Utilisation",
    zh="利用率",
    default=100,
    low=1,
    high=100,
    why="Assumed: the machine is busy all the hour that is paid for.",
    why_zh="假设：付了钱的每一小时都在干活。",
)
arrival_rate = setting(
    "request/s",
    "Arrival rate",
    zh="到达率",
    default=1,
    low=0,
    high=1_000_000_000,
    why="Requests that arrive every second.",
    why_zh="每秒到达的请求数。",
)
price = choice("prices", "GPU-hour price", zh="每卡时价格", default="h100-gcp-2025-02")
calibration = choice("calibrations", "Calibration", zh="标定", default="auto", always=False)

# What a model's configuration says

layers = field(
    "model", "num_hidden_layers", "layer", "Layers", zh="层数", low=1, high=10_000, whole=True
)
hidden = field(
    "model",
    "hidden_size",
    "value",
    "Hidden width",
    zh="隐藏宽度",
    low=1,
    high=1_000_000,
    whole=True,
)
heads = field(
    "model",
    "num_attention_heads",
    "head/layer",
    "Query heads per layer",
    zh="每层 query 头数",
    low=1,
    high=10_000,
    whole=True,
)
kv_heads = field(
    "model",
    "num_key_value_heads",
    "head/layer",
    "KV heads per layer",
    zh="每层 KV 头数",
    default=0,
    low=1,
    high=10_000,
    whole=True,
)
head_dim = field(
    "model",
    "head_dim",
    "value/head",
    "Head width",
    zh="头宽",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
ffn_width = field(
    "model",
    "intermediate_size",
    "value/layer",
    "FFN width",
    zh="FFN 宽度",
    default=0,
    low=1,
    high=10_000_000,
    whole=True,
)
vocabulary = field(
    "model", "vocab_size", "value", "Vocabulary", zh="词表大小", low=1, high=100_000_000, whole=True
)
tied = field(
    "model",
    "tie_word_embeddings",
    "1",
    "Embeddings tied (1) or not (0)",
    zh="输入输出 embedding 共用（1）或否（0）",
    default=0,
    low=0,
    high=1,
    whole=True,
)
longest_context = field(
    "model",
    "max_position_embeddings",
    "token/seq",
    "Longest context",
    zh="最长上下文",
    low=1,
    high=1_000_000_000,
    whole=True,
)
window = field(
    "model",
    "sliding_window",
    "token/seq",
    "Sliding window",
    zh="滑动窗口",
    default=0,
    low=1,
    high=1_000_000_000,
    whole=True,
)
window_layers = field(
    "model",
    "sliding_window_layers",
    "layer",
    "Layers with a sliding window",
    zh="滑动窗口层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
csa_layers = field(
    "model",
    "csa_layers",
    "layer",
    "Lightly compressed layers",
    zh="轻度压缩的层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
csa_ratio = field(
    "model",
    "csa_ratio",
    "1",
    "Tokens per lightly compressed entry",
    zh="每个轻度压缩条目的 token 数",
    default=1,
    low=1,
    high=1_000_000,
    whole=True,
)
hca_layers = field(
    "model",
    "hca_layers",
    "layer",
    "Heavily compressed layers",
    zh="重度压缩的层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
hca_ratio = field(
    "model",
    "hca_ratio",
    "1",
    "Tokens per heavily compressed entry",
    zh="每个重度压缩条目的 token 数",
    default=1,
    low=1,
    high=1_000_000,
    whole=True,
)
shared_kv_layers = field(
    "model",
    "num_kv_shared_layers",
    "layer",
    "Layers that reuse another layer's cache",
    zh="沿用别层缓存的层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
linear_layers = field(
    "model",
    "linear_attention_layers",
    "layer",
    "Layers with linear attention",
    zh="线性注意力层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
linear_heads = field(
    "model",
    "linear_num_value_heads",
    "head/layer",
    "Linear-attention heads",
    zh="线性注意力头数",
    default=0,
    low=1,
    high=10_000,
    whole=True,
)
linear_key_dim = field(
    "model",
    "linear_key_head_dim",
    "value/head",
    "Linear-attention key width",
    zh="线性注意力 key 宽度",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
linear_value_dim = field(
    "model",
    "linear_value_head_dim",
    "1",
    "Linear-attention value width",
    zh="线性注意力 value 宽度",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
experts = field(
    "model",
    "num_experts",
    "expert/layer",
    "Routed experts per layer",
    zh="每层路由专家数",
    default=0,
    low=0,
    high=100_000,
    whole=True,
)
experts_per_token = field(
    "model",
    "num_experts_per_tok",
    "expert/layer",
    "Experts per token",
    zh="每个 token 选中的专家数",
    default=0,
    low=0,
    high=100_000,
    whole=True,
)
expert_width = field(
    "model",
    "moe_intermediate_size",
    "value/expert",
    "Expert width",
    zh="专家宽度",
    default=0,
    low=1,
    high=10_000_000,
    whole=True,
)
shared_experts = field(
    "model",
    "n_shared_experts",
    "expert/layer",
    "Shared experts per layer",
    zh="每层共享专家数",
    default=0,
    low=0,
    high=1_000,
    whole=True,
)
leading_dense_layers = field(
    "model",
    "first_k_dense_replace",
    "layer",
    "Dense layers of an MoE",
    zh="MoE 中的稠密层数",
    default=0,
    low=0,
    high=10_000,
    whole=True,
)
kv_rank = field(
    "model",
    "kv_lora_rank",
    "value",
    "KV latent width",
    zh="KV 潜向量宽度",
    default=0,
    low=1,
    high=1_000_000,
    whole=True,
)
query_rank = field(
    "model",
    "q_lora_rank",
    "value",
    "Query latent width",
    zh="query 潜向量宽度",
    default=0,
    low=1,
    high=1_000_000,
    whole=True,
)
nope_dim = field(
    "model",
    "qk_nope_head_dim",
    "value/head",
    "Head width without position",
    zh="不带位置的头宽",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
rope_dim = field(
    "model",
    "qk_rope_head_dim",
    "value/head",
    "Head width with position",
    zh="带位置的头宽",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
value_dim = field(
    "model",
    "v_head_dim",
    "value/head",
    "Value head width",
    zh="value 头宽",
    default=0,
    low=1,
    high=100_000,
    whole=True,
)
given_attention_layers = field(
    "model",
    "attention_layers",
    "layer",
    "Layers with softmax attention, where they are not the rest",
    zh="不能由减法得出的 softmax 注意力层数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
given_ffn_layers = field(
    "model",
    "ffn_layers",
    "layer",
    "Layers with an FFN, where not all have one",
    zh="带 FFN 的层数（并非每层都有时）",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
output_gate = field(
    "model",
    "attn_output_gate",
    "1",
    "Attention with a gate on its output (1) or without (0)",
    zh="attention 输出带门控（1）或不带（0）",
    default=0,
    low=0,
    high=1,
    whole=True,
)
keys_are_values = field(
    "model",
    "attention_k_eq_v",
    "1",
    "Keys that serve as values (1) or values of their own (0)",
    zh="key 兼作 value（1）或另有 value（0）",
    default=0,
    low=0,
    high=1,
    whole=True,
)
window_heads = field(
    "model",
    "swa_num_attention_heads",
    "head/layer",
    "Query heads per windowed layer",
    zh="每个滑动窗口层的 query 头数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
window_kv_heads = field(
    "model",
    "swa_num_key_value_heads",
    "head/layer",
    "KV heads per windowed layer",
    zh="每个滑动窗口层的 KV 头数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
window_head_dim = field(
    "model",
    "swa_head_dim",
    "value/head",
    "Head width of windowed layers",
    zh="滑动窗口层的头宽",
    default=0,
    low=1,
    high=100000,
    whole=True,
)
window_value_dim = field(
    "model",
    "swa_v_head_dim",
    "value/head",
    "Value head width of windowed layers",
    zh="滑动窗口层的 value 头宽",
    default=0,
    low=1,
    high=100000,
    whole=True,
)
linear_key_heads = field(
    "model",
    "linear_num_key_heads",
    "head/layer",
    "Linear-attention key heads",
    zh="线性注意力的 key 头数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
linear_gates = field(
    "model",
    "linear_gates_per_head",
    "value/head",
    "Numbers that gate a linear-attention head",
    zh="每个线性注意力头的门控数",
    default=0,
    low=0,
    high=10000,
    whole=True,
)
linear_kernel = field(
    "model",
    "linear_conv_kernel_dim",
    "value",
    "Taps of a linear layer's convolution",
    zh="线性层卷积的系数个数",
    default=0,
    low=0,
    high=1000,
    whole=True,
)
index_layers = field(
    "model",
    "index_layers",
    "layer",
    "Layers with an index of their own",
    zh="有自己索引的层数",
    default=0,
    low=1,
    high=10_000,
    whole=True,
)
index_heads = field(
    "model",
    "index_n_heads",
    "head/layer",
    "Heads of the index",
    zh="索引的头数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
index_dim = field(
    "model",
    "index_head_dim",
    "value/head",
    "Head width of the index",
    zh="索引的头宽",
    default=0,
    low=1,
    high=100000,
    whole=True,
)
output_rank = field(
    "model",
    "o_lora_rank",
    "value",
    "Output latent width",
    zh="输出潜向量宽度",
    default=0,
    low=1,
    high=1000000,
    whole=True,
)
output_groups = field(
    "model",
    "o_groups",
    "1/layer",
    "Groups of the output projection",
    zh="输出投影的组数",
    default=0,
    low=1,
    high=10000,
    whole=True,
)
shared_width = field(
    "model",
    "shared_expert_intermediate_size",
    "value/layer",
    "Width of the shared FFN",
    zh="共享 FFN 的宽度",
    default=0,
    low=1,
    high=10000000,
    whole=True,
)
expert_latent = field(
    "model",
    "moe_latent_size",
    "value",
    "Width of the latent that experts work in",
    zh="专家所在潜空间的宽度",
    default=0,
    low=1,
    high=1000000,
    whole=True,
)
position_rows = field(
    "model",
    "position_embeddings",
    "value",
    "Rows of a table of positions",
    zh="位置表的行数",
    default=0,
    low=1,
    high=1000000000,
    whole=True,
)
per_layer_width = field(
    "model",
    "hidden_size_per_layer_input",
    "value/layer",
    "Width of each layer's own embedding",
    zh="每层自己的 embedding 宽度",
    default=0,
    low=1,
    high=1000000,
    whole=True,
)
ffn_matrices = field(
    "model",
    "ffn_matrices",
    "1",
    "Matrices of an FFN",
    zh="FFN 的矩阵数",
    default=3,
    low=2,
    high=3,
    whole=True,
)
published_params = field(
    "model",
    "published_params",
    "param",
    "Published parameters",
    zh="官方公布的参数量",
    low=1000,
    high=1e16,
)
published_active_params = field(
    "model",
    "published_active_params",
    "param",
    "Published active parameters",
    zh="官方公布的激活参数量",
    low=1000,
    high=1e16,
)

# What a step costs besides bytes and FLOPs

kernels_per_layer = setting(
    "1/layer",
    "Kernels per layer",
    zh="每层的 kernel 数",
    default=7,
    low=0,
    high=1_000_000,
    why="Assumed: seven, as in engines that fuse what they can; Hazy Research counts about a hundred for the sixteen layers of Llama 3.2 1B.",
    why_zh="假设：七个，即能融合的都融合之后；Hazy Research 在 Llama 3.2 1B 的 16 层里数出约一百个。",
)
launch_time = setting(
    "µs",
    "Launch of a kernel",
    zh="启动一个 kernel 的时间",
    default=1.3,
    low=0,
    high=1_000_000_000,
    why="Measured by Hazy Research (May 2025) on an H100 with CUDA graphs: 1.3 µs in which the chip does nothing. 0 leaves launches out, as one kernel for the whole step would.",
    why_zh="Hazy Research（2025 年 5 月）在 H100 上用 CUDA graph 测得：每个 kernel 有 1.3 µs 芯片什么也不做。填 0 就不算启动，相当于整步只有一个 kernel。",
)

# What an accelerator's datasheet says, for each chip

memory = field(
    "accelerator",
    "memory",
    "B/chip",
    "Memory as printed",
    zh="规格书上的显存",
    each="chip",
    low=1e6,
    high=1e15,
)
reported_memory = field(
    "accelerator",
    "memory_visible",
    "B/chip",
    "Memory that the driver reports",
    zh="驱动报告的显存",
    default=0,
    each="chip",
    low=1e6,
    high=1e15,
)
bandwidth = field(
    "accelerator",
    "memory_bandwidth",
    "B/s/chip",
    "Memory bandwidth",
    zh="显存带宽",
    each="chip",
    low=1e6,
    high=1e17,
)
bf16_flops = field(
    "accelerator",
    "bf16_flops",
    "FLOP/s/chip",
    "BF16 rate",
    zh="BF16 算力",
    each="chip",
    low=1e6,
    high=1e20,
)
fp8_flops = field(
    "accelerator",
    "fp8_flops",
    "FLOP/s/chip",
    "FP8 rate",
    zh="FP8 算力",
    each="chip",
    low=1e6,
    high=1e20,
)
fp4_flops = field(
    "accelerator",
    "fp4_flops",
    "FLOP/s/chip",
    "FP4 rate",
    zh="FP4 算力",
    each="chip",
    low=1e6,
    high=1e20,
)
int8_flops = field(
    "accelerator",
    "int8_flops",
    "FLOP/s/chip",
    "INT8 rate",
    zh="INT8 算力",
    each="chip",
    low=1e6,
    high=1e20,
)
link_bandwidth = field(
    "accelerator",
    "link_bandwidth",
    "B/s/chip",
    "Link bandwidth, one way",
    zh="互联带宽（单向）",
    each="chip",
    low=1e6,
    high=1e17,
)
chip_power = field(
    "accelerator", "power", "W/chip", "Power", zh="功率", each="chip", positive=True, high=1_000_000
)

# What a number format and a price list say

weight_width = field(
    "precision",
    "width",
    "B/param",
    "Bytes per parameter",
    zh="每个参数的字节数",
    each="param",
    positive=True,
    high=16,
)
attention_width = field(
    "precision",
    "attention",
    "B/param",
    "Bytes per parameter of attention",
    zh="attention 每个参数的字节数",
    each="param",
    default=0,
    positive=True,
    high=16,
)
ffn_group_width = field(
    "precision",
    "ffn",
    "B/param",
    "Bytes per parameter of an FFN that every token meets",
    zh="每个 token 都经过的 FFN 每个参数的字节数",
    each="param",
    default=0,
    positive=True,
    high=16,
)
routed_width = field(
    "precision",
    "experts",
    "B/param",
    "Bytes per parameter of a routed expert",
    zh="路由专家每个参数的字节数",
    each="param",
    default=0,
    positive=True,
    high=16,
)
table_width = field(
    "precision",
    "embedding",
    "B/param",
    "Bytes per parameter of the input embedding",
    zh="输入 embedding 每个参数的字节数",
    each="param",
    default=0,
    positive=True,
    high=16,
)
head_width = field(
    "precision",
    "head",
    "B/param",
    "Bytes per parameter of the LM head",
    zh="LM head 每个参数的字节数",
    each="param",
    default=0,
    positive=True,
    high=16,
)
math = field(
    "precision",
    "math",
    "word",
    "Rate that multiplies the weights",
    zh="乘法所用的算力",
    words=("bf16", "fp8", "fp4", "int8"),
)
kv_width = field(
    "kv_precision",
    "width",
    "B/value",
    "Bytes per cached value",
    zh="每个缓存值的字节数",
    each="value",
    positive=True,
    high=16,
)
state_width = field(
    "state_precision",
    "width",
    "B/value",
    "Bytes per value of a linear-attention state",
    zh="线性注意力状态每个值的字节数",
    each="value",
    positive=True,
    high=16,
)
chip_hour = field(
    "price_row",
    "price_per_hour",
    "USD/h/chip",
    "Price of a chip-hour",
    zh="每卡时价格",
    each="chip",
    positive=True,
    low=0.001,
    high=100_000,
)

# What holds by definition

flops_per_param = constant(
    "FLOP/token/param",
    2,
    "FLOPs per parameter and token",
    zh="每个参数每个 token 的 FLOPs",
    why="One multiply and one add.",
    why_zh="一次乘，一次加。",
)
flops_per_pair = constant(
    "FLOP·seq/value/token/token",
    2,
    "FLOPs per value and pair of tokens",
    zh="每对 token 每个数的 FLOPs",
    why="One multiply and one add, for a score as for a weighted value.",
    why_zh="打分也好，给 value 加权也好，都是一次乘、一次加。",
)
causal_half = constant(
    "1",
    0.5,
    "Causal half",
    zh="因果的一半",
    why="A token looks back only, so half of the square of pairs is never computed.",
    why_zh="token 只往回看，所有配对构成的正方形有一半不用算。",
)
kv_tensors = constant(
    "1/token",
    2,
    "Tensors kept per token",
    zh="每个 token 留下的张量数",
    why="A key and a value.",
    why_zh="一个 key，一个 value。",
)
latents_per_token = constant(
    "1/token/layer",
    1,
    "Latents kept per token and layer",
    zh="每个 token 每层留下的潜向量数",
    why="MLA keeps one compressed vector instead of keys and values.",
    why_zh="MLA 只留一个压缩后的向量，不留 key 和 value。",
)
latents_per_layer = constant(
    "1/layer",
    1,
    "Compressed paths per layer",
    zh="每层的压缩通路数",
    why="Each MLA layer compresses queries once and keys with values once.",
    why_zh="每个 MLA 层把 query 压一次，把 key 与 value 合起来压一次。",
)
shared_heads = constant(
    "head",
    1,
    "Heads the latent is kept for",
    zh="潜向量对应的头数",
    why="MLA keeps one latent and one positional key for all heads together.",
    why_zh="MLA 的所有头合用一个潜向量和一个位置 key。",
)
norm_rows = constant(
    "value/layer",
    2,
    "Norms per layer",
    zh="每层的归一化",
    why="One before attention, one before the FFN: a row of gains each.",
    why_zh="attention 前一个，FFN 前一个，各是一行增益。",
)
final_norm_rows = constant(
    "value",
    1,
    "Final norm",
    zh="末尾的归一化",
    why="One row of gains before the LM head.",
    why_zh="LM head 之前的一行增益。",
)
router_rows = constant(
    "value/expert",
    1,
    "Router rows per expert",
    zh="每个专家的路由行数",
    why="The router scores each expert with one row.",
    why_zh="路由器给每个专家打分用一行。",
)
linear_rows = constant(
    "value/head",
    1,
    "Values of a head per unit of its width",
    zh="头宽每一单位的数",
    why="A head as wide as its width says has one value for each unit of it.",
    why_zh="头有多宽，就有多少个数。",
)
states_per_sequence = constant(
    "1/seq",
    1,
    "States per sequence",
    zh="每条序列的状态数",
    why="A linear-attention layer sums a sequence up in one matrix per head.",
    why_zh="线性注意力层把一条序列汇总成每个头一个矩阵。",
)
half_a_block = constant(
    "1",
    0.5,
    "Half",
    zh="一半",
    why="Where a sequence ends inside its last block is equally likely everywhere.",
    why_zh="序列在最后一块里停在哪儿，概率处处相同。",
)
last_blocks = constant(
    "block/seq",
    1,
    "Blocks that are partly empty",
    zh="没填满的块数",
    why="Only a sequence's last block is ever partly empty.",
    why_zh="一条序列只有最后一块可能没填满。",
)
first_token = constant(
    "token/seq",
    1,
    "Tokens surely in the last block",
    zh="最后一块里必有的 token",
    why="A block is taken only when a token needs it.",
    why_zh="有 token 要放，才会占下一块。",
)
one_sequence = constant(
    "seq",
    1,
    "One sequence",
    zh="一条序列",
    why="Counted for a single sequence.",
    why_zh="只算一条序列。",
)
sequences_per_request = constant(
    "seq/request",
    1,
    "Sequences per request",
    zh="每个请求的序列数",
    why="One request is answered with one sequence.",
    why_zh="一个请求对应一条序列。",
)
