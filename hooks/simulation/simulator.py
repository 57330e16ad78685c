"""The engine: requests arrive, each iteration serves some of them, and every token is out at a
time.
"""

from collections import deque
from collections.abc import Callable, Iterable
from math import ceil, log, log1p
from random import Random
from typing import NamedTuple

from hooks.simulation.machine import Machine
from hooks.simulation.report import Iteration, Report, Request, Trace


class Arrival(NamedTuple):
    """One request as the outside world sends it. Lists of them, added, are mixed traffic."""

    time: float
    prompt: int
    output: int


Length = Callable[[Random], int]
"""Draws one request's number of tokens."""


def fixed(tokens: int) -> Length:
    """Every request alike."""
    return lambda chance: tokens


def geometric(mean: float) -> Length:
    """Every token is the last with the same chance: lengths from 1 upwards, most of them short, a
    few long.
    """
    if mean <= 1:
        raise ValueError("a geometric length has a mean above one token")
    return lambda chance: max(1, ceil(log(1 - chance.random()) / log1p(-1 / mean)))


def poisson(
    rate: float, requests: int, prompt: Length, output: Length, seed: int = 0
) -> list[Arrival]:
    """Independent users: the gap to the next request says nothing about the one after."""
    # A stream for each, so that another rate or length leaves the rest of the traffic as it was.
    gaps, prompts, outputs = (
        Random(f"{stream} {seed}") for stream in ("gaps", "prompts", "outputs")
    )
    time, arrivals = 0.0, []
    for _ in range(requests):
        time += gaps.expovariate(rate)
        arrivals.append(Arrival(time, prompt(prompts), output(outputs)))
    return arrivals


def regular(
    rate: float, requests: int, prompt: Length, output: Length, seed: int = 0
) -> list[Arrival]:
    """The same requests, one every 1 / rate seconds."""
    return [
        arrival._replace(time=number / rate)
        for number, arrival in enumerate(poisson(rate, requests, prompt, output, seed))
    ]


def simulate(
    machine: Machine,
    arrivals: Iterable[Arrival],
    budget: int | None = None,
    seats: int | None = None,
    margin: int = 0,
) -> Report:
    """What users and owner see of a machine under this traffic: a pure function, to the last bit.

    `budget` is the most tokens that an iteration takes in, so that prompts are read in chunks
    beside the decodes (Sarathi); without one every prompt is read whole, and decodes wait (`serve`
    says how). `seats` limits the sequences at work, as memory does. `margin` requests at either end
    load the machine and are not counted.
    """
    return Report.of(serve(machine, arrivals, budget, seats), margin)


def serve(
    machine: Machine,
    arrivals: Iterable[Arrival],
    budget: int | None = None,
    seats: int | None = None,
) -> Trace:
    """Serve all arrivals and keep every iteration: continuous batching, scheduled anew at each
    iteration (ORCA).

    Requests enter in the order of arrival, none overtakes. One enters when all the blocks are free
    that it will ever fill, as if its answer's length were known: nothing is evicted later, and
    memory cannot run out. The iteration that reads the last of a prompt puts out the first token of
    the answer.
    """
    scheduler = Scheduler(machine, arrivals, budget, seats)
    while scheduler.queue or scheduler.running:
        scheduler.step()
    return Trace(machine, scheduler.requests, scheduler.iterations)


class Scheduler:
    """The state between two iterations."""

    def __init__(
        self, machine: Machine, arrivals: Iterable[Arrival], budget: int | None, seats: int | None
    ):
        self.machine, self.budget, self.seats = machine, budget, seats
        self.requests = [Request(*arrival, machine.block_size) for arrival in sorted(arrivals)]
        self.queue, self.running, self.iterations = (
            deque(self.requests),
            list[Request](),
            list[Iteration](),
        )
        self.free, self.clock = machine.blocks, 0.0
        if min(1 if budget is None else budget, 1 if seats is None else seats) < 1:
            raise ValueError("an engine needs a budget and a seat")
        for request in self.requests:
            if min(request.prompt, request.output) < 1:
                raise ValueError("a request has a prompt and an answer, of a token at least")
            if request.blocks > machine.blocks:
                raise ValueError(
                    f"a request of {request.blocks} blocks never fits into {machine.blocks}"
                )

    def step(self) -> None:
        """Run one iteration, after waiting for work if there is none."""
        if not self.running:
            self.clock = max(self.clock, self.queue[0].arrival)
        decoding, chunks = self.whole_prompt() if self.budget is None else self.chunked(self.budget)
        start, contexts = self.clock, [request.cached for request in decoding]
        self.clock += self.machine.iteration(
            contexts, [(request.cached, rows) for request, rows in chunks]
        )
        for request in decoding:
            request.cached += 1
            request.tokens.append(self.clock)
        for request, rows in chunks:
            request.cached += rows
            if request.cached == request.prompt:
                request.tokens.append(self.clock)
        cached = sum(request.cached for request in self.running)
        self.iterations.append(
            Iteration(
                start,
                self.clock,
                len(decoding),
                sum(rows for _, rows in chunks),
                cached,
                self.machine.blocks - self.free,
            )
        )
        if finished := [
            request for request in self.running if len(request.tokens) == request.output
        ]:
            self.free += sum(request.blocks for request in finished)
            self.running = [
                request for request in self.running if len(request.tokens) < request.output
            ]

    def whole_prompt(self) -> tuple[list[Request], list[tuple[Request, int]]]:
        """The next prompt whole and alone, while every decode stands still; decodes when no prompt
        may enter.
        """
        if request := self.admit():
            return [], [(request, request.prompt)]
        return self.running, []

    def chunked(self, budget: int) -> tuple[list[Request], list[tuple[Request, int]]]:
        """Every decode, and as many prompt rows as the budget leaves: the begun prompt first, then
        new ones.
        """
        decoding = [request for request in self.running if request.tokens]
        begun = [request for request in self.running if not request.tokens]
        room, chunks = budget - len(decoding), []
        while room > 0 and (request := begun.pop(0) if begun else self.admit()):
            rows = min(room, request.prompt - request.cached)
            chunks.append((request, rows))
            room -= rows
        return decoding, chunks

    def admit(self) -> Request | None:
        """The request at the head of the queue, if it has arrived and its blocks are free."""
        if not self.queue or self.queue[0].arrival > self.clock or self.queue[0].blocks > self.free:
            return None
        if self.seats is not None and len(self.running) >= self.seats:
            return None
        request = self.queue.popleft()
        self.free -= request.blocks
        self.running.append(request)
        return request
