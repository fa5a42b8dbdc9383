"""Checks as functions with a claim for a name, run one after another, and told in a table."""

import time
import traceback


class Failed(Exception):
    """What a check found, for people."""


class Skipped(Exception):
    """Why a check says nothing of this server."""


class Tally:
    """Counts what one check looked at."""

    def __init__(self):
        self.count = 0

    def expect(self, holds, what):
        """Counts, and ends the check with what was found if it does not hold."""
        self.count += 1
        if not holds:
            raise Failed(str(what() if callable(what) else what))

    def equal(self, found, wanted, what):
        self.expect(found == wanted, lambda: f"{what}: {found!r}, not {wanted!r}")


class Result:
    def __init__(self, area, claim, verdict, count, seconds, why=""):
        self.area, self.claim, self.verdict = area, claim, verdict
        self.count, self.seconds, self.why = count, seconds, why


class Suite:
    """An ordered list of checks about one thing, such as metadata."""

    def __init__(self, area):
        self.area = area
        self.checks = []

    def check(self, claim):
        def register(function):
            self.checks.append((claim, function))
            return function

        return register

    def run(self, server):
        return [run(self.area, claim, function, server) for claim, function in self.checks]


def run(area, claim, function, server):
    tally, start = Tally(), time.monotonic()
    try:
        function(server, tally)
        verdict, why = "ok", ""
    except Skipped as reason:
        verdict, why = "skipped", str(reason)
    except Failed as found:
        verdict, why = "FAILED", str(found)
    except Exception as error:  # whatever a client makes of an answer that it does not understand
        where = traceback.extract_tb(error.__traceback__)[-1]
        verdict, why = "FAILED", f"{type(error).__name__}: {error} ({where.name}, line {where.lineno})"
    # of an answer that is a page, its first line
    return Result(area, claim, verdict, tally.count, time.monotonic() - start, why.partition("\n")[0][:500])


def table(results):
    """The results as lines of text, with the sums below."""
    width = max(len(one.claim) for one in results)
    areas = max(len(one.area) for one in results)
    lines = []
    for one in results:
        why = f"  {one.why}" if one.why else ""
        lines.append(f"{one.verdict:7}  {one.area:{areas}}  {one.claim:{width}}  {one.count:6}{why}")
    count = {kind: sum(one.verdict == kind for one in results) for kind in ["ok", "FAILED", "skipped"]}
    checks = sum(one.count for one in results)
    seconds = sum(one.seconds for one in results)
    lines.append(f"{checks} checks in {seconds:.1f} s")
    lines.append(f"{count['ok']} passed, {count['FAILED']} failed, {count['skipped']} skipped")
    return "\n".join(lines)
