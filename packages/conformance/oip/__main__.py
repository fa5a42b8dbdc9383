"""Holds a running server to the Open Inference Protocol's REST form, with the clients that people use.

    python oip HOST:PORT MODEL [--request REQUEST.json] [--document open_inference_rest.yaml] [--patients EXAMPLES.json]
"""

import argparse
import json
import sys

from document import Document
from faults import FAULTS
from heart_disease import datatypes, service
from heart_disease.patients import Patients
from protocol import clients, compression, errors, inference, metadata
from relay import Relay
from server import Server
from suite import Suite, table

PROTOCOL = [metadata.suite, inference.suite, *clients.suites, compression.suite, errors.suite]
SERVICE = [datatypes.suite, service.suite]

every = Suite("document")


@every.check("every request that was answered, and every answer, fits the protocol's OpenAPI document")
def fits(server, tally):
    document = server.document
    tally.count += document.looked - 1
    tally.expect(not document.problems, lambda: f"{len(document.problems)} do not: {document.problems[0]}")


def arguments():
    parser = argparse.ArgumentParser(prog="oip", description=__doc__.splitlines()[0])
    parser.add_argument("address", metavar="HOST:PORT", help="where the server listens, in plain HTTP")
    parser.add_argument("model", help="the name of a model that it serves")
    parser.add_argument("--request", help="an inference request as JSON that the model answers; zeros without it")
    parser.add_argument("--document", help="open_inference_rest.yaml, which is checked against; MLServer's without it")
    parser.add_argument("--patients", help="packages/service/model/examples.json: checks this repository's own service too")
    parser.add_argument("--faults", action="store_true", help="checks the suite: puts faults into the server's answers")
    return parser.parse_args()


def results(given, suites, fault):
    """Of the suites, with a fault put into each answer once it is known what the right ones are."""
    patients = Patients(given.patients) if given.patients else None
    request = patients.example() if patients else None
    if given.request:
        with open(given.request, encoding="utf-8") as source:
            request = json.load(source)
    document, faults = Document(given.document), []
    relay = Relay(given.address, lambda seen: document.look(faults[0](seen) if faults else seen))
    server = Server(relay.address, given.model, request, given.address)
    server.document, server.patients = document, patients
    faults += [fault] if fault else []
    return [result for suite in [*suites, every] for result in suite.run(server)]


def unnoticed(given):
    """Tells by which claims each fault is noticed; returns those that are not."""
    found = {}
    for name, fault in FAULTS.items():
        found[name] = [one for one in results(given, PROTOCOL, fault) if one.verdict != "ok"]
        told = ", ".join(f"{one.area}: {one.claim}" for one in found[name][:2])
        print(f"{len(found[name]):2} claims fail for {name:27} {told}"[:200])
    return [name for name, failed in found.items() if not failed]


def main():
    given = arguments()
    if given.faults:
        missed = unnoticed(given)
        sys.exit(f"not noticed: {', '.join(missed)}" if missed else 0)
    found = results(given, PROTOCOL + (SERVICE if given.patients else []), None)
    print(table(found))
    sys.exit(any(one.verdict == "FAILED" for one in found))


if __name__ == "__main__":
    main()
