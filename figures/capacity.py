"""How many sequences the memory holds, over the context; a model with sliding windows falls more
gently.
"""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Largest batch", "最大 batch"),
    over="context",
    span=(2048, 131072),
    axis=("Context in tokens", "上下文 token 数"),
    ticks=(2048, 8192, 32768, 131072),
    log="xy",
    decades=3,
    marks=[
        Line("max_batch(model=llama-3.1-8b)", "compute", ("Llama 3.1 8B", "Llama 3.1 8B")),
        Line("max_batch(model=gemma-3-27b)", "network", ("Gemma 3 27B", "Gemma 3 27B")),
        Line("max_batch(model=llama-3.1-70b)", "weights", ("Llama 3.1 70B", "Llama 3.1 70B")),
    ],
)
