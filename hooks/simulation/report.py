"""The report: what a trace of iterations comes to, for users in seconds and for the machine in
shares.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, fsum, nan
from typing import NamedTuple

from hooks.simulation.machine import Machine


@dataclass(slots=True)
class Request:
    """An arrival on its way through the engine: what it has in the cache, and when each of its
    tokens was out.
    """

    arrival: float
    prompt: int
    output: int
    block_size: int
    cached: int = 0
    tokens: list[float] = field(default_factory=list)

    @property
    def blocks(self) -> int:
        """All blocks that it will ever fill: nobody reads the last token back, so that one is never
        cached.
        """
        return ceil((self.prompt + self.output - 1) / self.block_size)


class Iteration(NamedTuple):
    """One pass through the model. `cached` tokens and `reserved` blocks are counted at its end."""

    start: float
    end: float
    decoding: int
    prompt_rows: int
    cached: int
    reserved: int


class Trace(NamedTuple):
    """Everything that happened."""

    machine: Machine
    requests: list[Request]
    iterations: list[Iteration]


class Spread(NamedTuple):
    """A distribution in three numbers; a percentile is the smallest value that this share does not
    exceed.
    """

    mean: float
    p50: float
    p99: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        ranked = sorted(values)
        if not ranked:
            return cls(nan, nan, nan)
        return cls(
            fsum(ranked) / len(ranked),
            *(ranked[ceil(len(ranked) * share / 100) - 1] for share in (50, 99)),
        )


@dataclass(frozen=True)
class Report:
    """Base units throughout: seconds, tokens, requests, sequences, and shares of one."""

    requests: int
    span: float
    arrival_rate: float
    ttft: Spread
    itl: Spread  # over all gaps between two tokens
    tpot: Spread  # over requests: the mean gap of each
    end_to_end: Spread
    throughput: float
    in_flight: float
    batch: float  # sequences decoding, idle time and other people's prefills included
    utilisation: float
    kv_occupancy: float  # share of the slots that hold a token
    kv_reserved: float  # share of the blocks that nobody else may take

    @classmethod
    def of(cls, trace: Trace, margin: int = 0) -> "Report":
        """Counts all but `margin` requests at either end, and the time from the first of them to
        the first after them.
        """
        every, (blocks, size) = trace.requests, (trace.machine.blocks, trace.machine.block_size)
        counted = every[margin : len(every) - margin]
        if not counted:
            raise ValueError("no request left to count")
        start, end = (
            counted[0].arrival,
            every[len(every) - margin].arrival if margin else trace.iterations[-1].end,
        )
        span = end - start

        def average(amount: Callable[[Iteration], float]) -> float:
            inside = (
                (min(i.end, end) - max(i.start, start), i)
                for i in trace.iterations
                if i.end > start and i.start < end
            )
            return fsum(seconds * amount(i) for seconds, i in inside) / span

        return cls(
            requests=len(counted),
            span=span,
            arrival_rate=len(counted) / span,
            ttft=Spread.of(r.tokens[0] - r.arrival for r in counted),
            itl=Spread.of(later - sooner for r in counted for sooner, later in pairwise(r.tokens)),
            tpot=Spread.of(
                (r.tokens[-1] - r.tokens[0]) / (r.output - 1) for r in counted if r.output > 1
            ),
            end_to_end=Spread.of(r.tokens[-1] - r.arrival for r in counted),
            throughput=sum(
                bisect_right(r.tokens, end) - bisect_right(r.tokens, start) for r in every
            )
            / span,
            in_flight=fsum(max(0, min(r.tokens[-1], end) - max(r.arrival, start)) for r in every)
            / span,
            batch=average(lambda i: i.decoding),
            utilisation=average(lambda i: 1),
            kv_occupancy=average(lambda i: i.cached) / (blocks * size),
            kv_reserved=average(lambda i: i.reserved) / blocks,
        )
