"""One quantity over one field: what the calculator draws until a reader chooses others."""

from hooks.pictures.chart import Chart, Line

chart = Chart(
    title=("Throughput of the machine", "整机吞吐"),
    over="batch",
    span=(1, 1024),
    axis=("Batch", "batch"),
    log="xy",
    decades=4,
    marks=[Line("throughput", "compute", ("", ""))],
)
