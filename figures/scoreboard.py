"""Every measured speed against what we say: the dots gather on the line, and no cross lies above
it.
"""

from hooks.pictures.chart import Band, Chart, Diagonal, Scores

chart = Chart(
    title=("Measured speed", "实测速度"),
    axis=("Predicted, or the bound", "预测，没有就用上限"),
    log="xy",
    unit="token/s",
    height=340,
    marks=[
        Band(0.25),
        Diagonal(1, ("as predicted ±25%", "与预测相等，±25%")),
        Scores("bound", "cross", "faint", ("bound only", "只有上限")),
        Scores("fitted", "ring", "compute", ("fitted", "参与拟合")),
        Scores("unseen", "dot", "compute", ("never fitted", "未参与拟合")),
    ],
)
