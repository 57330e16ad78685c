"""Beats of an engine on a ruler of time: long prompts read whole and in chunks, and the tokens of
one stream.
"""

from hooks.pictures.chart import Timeline

chart = Timeline(
    whole=("The prompt whole", "整段一口气读"),
    chunked=("In chunks of {chunk_size}", "每次读 {chunk_size} 个"),
    arrivals=("{arrival_rate:request/min}", "{arrival_rate:request/min}"),
)
