"""Checks: functions that are named by a claim, run in order, and reported as a table."""

import time
import traceback
from dataclasses import dataclass


class Failed(Exception):
    """What a check found wrong."""


class Skipped(Exception):
    """Why a check does not apply to this server."""


class Tally:
    """Counts the assertions of one check."""

    def __init__(self):
        self.count = 0

    def expect(self, holds, message):
        """Raises Failed with the message, a string or a function that returns one, unless `holds`."""
        self.count += 1
        if not holds:
            raise Failed(str(message() if callable(message) else message))

    def equal(self, found, wanted, what):
        self.expect(found == wanted, lambda: f"{what}: {found!r}, expected {wanted!r}")


@dataclass(frozen=True)
class Result:
    area: str
    claim: str
    verdict: str  # ok, FAILED or skipped
    count: int
    seconds: float
    reason: str


class Suite:
    """Checks about one subject, such as metadata."""

    def __init__(self, area):
        self.area, self.checks = area, []

    def check(self, claim):
        """Registers a function(server, tally) as the check of a claim."""

        def register(function):
            self.checks.append((claim, function))
            return function

        return register

    def run(self, server):
        return [self.result(claim, function, server) for claim, function in self.checks]

    def result(self, claim, function, server):
        tally, start = Tally(), time.monotonic()
        try:
            function(server, tally)
            verdict, reason = "ok", ""
        except Skipped as skipped:
            verdict, reason = "skipped", str(skipped)
        except Failed as failed:
            verdict, reason = "FAILED", str(failed)
        except Exception as error:  # a client that does not understand a response may raise anything
            where = traceback.extract_tb(error.__traceback__)[-1]
            verdict, reason = "FAILED", f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})"
        first_line = reason.partition("\n")[0][:500]
        return Result(self.area, claim, verdict, tally.count, time.monotonic() - start, first_line)


def table(results):
    """Returns a line for each result and the totals."""
    width = max(len(each.claim) for each in results)
    areas = max(len(each.area) for each in results)
    lines = [
        f"{each.verdict:7}  {each.area:{areas}}  {each.claim:{width}}  {each.count:6}  {each.reason}".rstrip()
        for each in results
    ]
    passed, failed, skipped = (sum(each.verdict == kind for each in results) for kind in ("ok", "FAILED", "skipped"))
    lines.append(f"{sum(each.count for each in results)} assertions in {sum(each.seconds for each in results):.1f} s")
    lines.append(f"{passed} passed, {failed} failed, {skipped} skipped")
    return "\n".join(lines)
