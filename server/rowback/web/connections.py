"""Which connections are held open, and for how long: one that is idle or slow takes nobody else's place.

waitress reads requests and sends answers in one loop, beside the threads that work on them: a slow client costs a
connection, never a thread. By itself it counts time since the last byte, so that one byte a minute holds a connection
for good, and at its limit it listens to nobody. Here each step of a connection has its time as a whole, and at the limit
the one goes that has used most of its time. Nothing here knows what is asked or answered.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest

if sys.platform != "win32":
    import resource
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waitress.adjustments import Adjustments

MAX_CONNECTIONS = 250
FILES_EACH, OTHER_FILES = (
    3,
    100,
)  # a connection, what it sends, what it is sent; the database, eight times, and the rest
MAX_CHUNK_LINE = 8_192  # bytes, of what says a chunk's size, and of the trailer; clients send some ten
SWEEP_S = 1.0  # between looks for connections whose time is over
LEAST_S = 0.5  # that a stage is borne also where others wait: time to ask, over any line, before the next one comes
# A refusal that needs no thread (RFC 9110, 15.5.9).
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def most_connections() -> int:
    """How many are held open at once: fewer where a process may open few files (256 on macOS)."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MAX_CONNECTIONS
    return max(20, min(MAX_CONNECTIONS, (files - OTHER_FILES) // FILES_EACH))


class Stage(Enum):
    """What a connection is at."""

    IDLE = "idle"
    HEAD = "head"
    BODY = "body"
    WORK = "work"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Allowance:
    """The time for one stage: so many seconds, and one more for each `bytes_a_second` that came or went, `most_s` in all."""

    seconds: float
    bytes_a_second: float = float("inf")
    most_s: float = float("inf")

    def of(self, moved: int) -> float:
        """The seconds allowed to a stage in which so many bytes came or went."""
        return min(self.seconds + moved / self.bytes_a_second, self.most_s)


# A page of 1 MB may take a quarter of an hour, an answer of 4 MB more than half an hour. What the backend itself works on
# has no limit here: the client has done its part.
ALLOWED = {
    Stage.IDLE: Allowance(120),
    Stage.HEAD: Allowance(20),
    Stage.BODY: Allowance(30, bytes_a_second=1_000, most_s=900),
    Stage.ANSWER: Allowance(30, bytes_a_second=2_000),
}


@dataclass(frozen=True, slots=True)
class _Span:
    """A stage since it was first seen. `key` tells it from the same stage of the next request."""

    key: tuple[Stage, int]
    since_s: float
    sent_before: int


class Task(WSGITask):
    """Answers a request. waitress takes an answer without a body (304, 204) for one of unknown length, and would end the
    connection with it: whoever has an answer already would have to connect anew for the next one."""

    def set_close_on_finish(self) -> None:
        """Ends the connection with this answer. One without a body is over with its head (RFC 9112, section 6.3) and needs no
        such end, unless the client asked for it."""
        asked: Any = self.request
        if self.has_body or self.version != "1.1" or asked.headers.get("CONNECTION", "").lower() == "close":
            super().set_close_on_finish()


class Channel(HTTPChannel):
    """A connection that knows how much of its time it has used."""

    task_class = Task

    def __init__(self, server: Any, *rest: Any, **named: Any) -> None:
        super().__init__(server, *rest, **named)
        self.sent, self._begun = 0, 0
        self._span = _Span((Stage.IDLE, 0), server.clock(), 0)
        reading: Any = self._begin
        self.parser_class = reading

    @property
    def stage(self) -> Stage:
        """What it is at."""
        if self.total_outbufs_len:
            return Stage.ANSWER
        if self.requests:
            return Stage.WORK
        if self.request is None:
            return Stage.IDLE
        return Stage.BODY if self.request.headers_finished else Stage.HEAD

    def used(self, now_s: float) -> float:
        """The part of its time that is used: 1 and more when it is over, 0 while the backend is working for it."""
        stage = self.stage
        key = (stage, self._begun)
        if key != self._span.key:
            self._span = _Span(key, now_s, self.sent)
        if stage is Stage.WORK:
            return 0.0
        moved = self.sent - self._span.sent_before
        if stage is Stage.BODY and self.request is not None:
            moved = self.request.body_bytes_received
        return self.lasted(now_s) / ALLOWED[stage].of(moved)

    def lasted(self, now_s: float) -> float:
        """The seconds since its present stage was first seen."""
        return now_s - self._span.since_s

    def end(self) -> None:
        """Closes it at once; whoever was slow to ask is told so, as far as that can be."""
        if self.stage in (Stage.HEAD, Stage.BODY):
            with suppress(OSError):
                super().send(_TOO_SLOW)
        self.handle_close()

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Sends what the client takes, and counts it."""
        count: int = super().send(data, do_close)
        self.sent += count
        return count

    def _begin(self, settings: Adjustments) -> HTTPRequestParser:
        """Begins to read a request."""
        self._begun += 1
        return Parser(settings)


class Parser(HTTPRequestParser):
    """Reads a request; refuses one whose chunks' own lines never end: waitress copies such a line at each piece that comes,
    in the loop that serves everybody."""

    def received(self, data: bytes) -> int:
        """Takes a piece, and says how much of it was read."""
        count: int = super().received(data)
        body: Any = self.body_rcv
        if isinstance(body, ChunkedReceiver) and len(body.control_line) + len(body.trailer) > MAX_CHUNK_LINE:
            self.error, self.completed = BadRequest("A chunk's line is too long."), True
        return count


class Workers(ThreadedTaskDispatcher):
    """Threads with a queue that does not log a line for each request that has to wait."""

    def add_task(self, task: Any) -> None:
        """Queues a request."""
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()


class Listener(TcpWSGIServer):
    """Accepts and serves connections. `opened` is what the loop watches; `clock` counts seconds, from any moment; `share` is
    the number of listeners among which the connections that may be open are divided."""

    channel_class = Channel

    def __init__(
        self, app: Any, opened: dict[int, Any], clock: Callable[[], float], *, share: int = 1, **named: Any
    ) -> None:
        self.clock, self._most = clock, most_connections() // share
        self._held: deque[Channel] = deque()
        super().__init__(app, opened, **named)

    def readable(self) -> bool:
        """Whether to accept: one more than there is room for, so that another one goes."""
        return self.accepting and len(self._channels()) <= self._most

    def add_task(self, task: Any) -> None:
        """Queues a connection's request; one that came with the request before it waits until that one's answer is out.

        Else a client that asks a hundred times in one breath and reads nothing would hold a thread.
        """
        if task.total_outbufs_len:
            self._held.append(task)
        else:
            super().add_task(task)

    def tidy(self) -> None:
        """Between two rounds of the loop: lets go what waited, and drops a connection where there is one too many."""
        self._release()
        self._make_room()

    def _release(self) -> None:
        for _ in range(len(self._held)):
            channel = self._held.popleft()
            if channel.connected:
                self.add_task(channel)

    def sweep(self) -> None:
        """Ends the connections whose time is over."""
        now_s = self.clock()
        for channel in self._channels():
            if channel.used(now_s) >= 1:
                channel.end()

    def _make_room(self) -> None:
        """Where there is one too many, drops one: of the address that has most, the one that has used most of its time."""
        if len(self._channels()) <= self._most:
            return
        now_s = self.clock()
        addresses = Counter(channel.addr[0] for channel in self._channels())
        used = {channel: channel.used(now_s) for channel in self._channels()}
        slow = [channel for channel in used if used[channel] > 0 and channel.lasted(now_s) >= LEAST_S]
        if slow:
            max(slow, key=lambda channel: (addresses[channel.addr[0]], used[channel])).end()

    def _channels(self) -> list[Channel]:
        found: Any = self.active_channels  # a dictionary, whatever the published types say
        return list(found.values())


def serve(listeners: Sequence[Listener], opened: dict[int, Any], clock: Callable[[], float]) -> None:
    """Serves at all of these until nothing is open any more, the listening sockets included."""
    swept_s = clock()
    while opened:
        # One round at a time: between two of them no connection that is closed is one that the loop looks at.
        wasyncore.loop(timeout=SWEEP_S, use_poll=True, map=opened, count=1)
        for each in listeners:
            each.tidy()
        if clock() - swept_s >= SWEEP_S:
            swept_s = clock()
            for each in listeners:
                each.sweep()
