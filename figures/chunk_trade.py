"""What a chunk's size trades: the longest beat of everybody against the time until the prompt
itself has been read.
"""

from hooks.pictures.chart import Chart, Limit, Line

chart = Chart(
    title=(
        "Longest gap, and time until the prompt is read",
        "最长的一拍，和读完整段 prompt 的时间",
    ),
    over="chunk_size",
    span=(16, 32768),
    axis=("Chunk, tokens", "chunk（token）"),
    log="xy",
    unit="s",
    decades=4,
    marks=[
        Line("mixed_prefill", "weights", ("prompt read", "读完 prompt")),
        Line("longest_gap", "compute", ("longest gap", "最长的一拍")),
        Line("decode_step", "quiet", ("ordinary beat", "平常的一拍")),
        Limit("free_rows", ("rides free", "搭便车")),
    ],
)
