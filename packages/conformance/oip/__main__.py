"""Checks a running server against the REST form of the Open Inference Protocol, with widely used clients.

python oip HOST:PORT MODEL [--request REQUEST.json] [--document open_inference_rest.yaml] [--patients EXAMPLES.json]
"""

import argparse
import json
import sys

from document import Document
from faults import FAULTS
from heart_disease import service
from heart_disease.patients import Patients
from protocol import clients, compression, errors, inference, metadata
from relay import Relay
from server import Server
from suite import Suite, table

PROTOCOL = [metadata.suite, inference.suite, *clients.suites, compression.suite, errors.suite]

every = Suite("document")


@every.check("every answered request and every response matches the protocol's OpenAPI document")
def matches_document(server, tally):
    document = server.document
    tally.count += document.checked - 1
    tally.expect(not document.problems, lambda: f"{len(document.problems)} do not: {document.problems[0]}")


def arguments():
    parser = argparse.ArgumentParser(prog="oip", description=__doc__.splitlines()[0])
    parser.add_argument("address", metavar="HOST:PORT", help="address of the server, plain HTTP")
    parser.add_argument("model", help="name of a model that the server has")
    parser.add_argument("--request", help="JSON file with an inference request for the model (default: zeros)")
    parser.add_argument("--document", help="OpenAPI document of the protocol (default: MLServer's)")
    parser.add_argument("--patients", help="examples.json of this repository: also check its service")
    parser.add_argument(
        "--faults", action="store_true", help="check the suite itself: inject faults into the responses"
    )
    return parser.parse_args()


def run(given, suites, fault=None):
    """Runs suites. A fault changes every response after the first, right one."""
    patients = Patients(given.patients) if given.patients else None
    request = patients.example() if patients else None
    if given.request:
        with open(given.request, encoding="utf-8") as source:
            request = json.load(source)
    document, faults = Document(given.document), []
    relay = Relay(given.address, lambda exchange: document.check(faults[0](exchange) if faults else exchange))
    server = Server(relay.address, given.model, request, given.address)
    server.document, server.patients = document, patients
    faults += [fault] if fault else []
    return [result for suite in [*suites, every] for result in suite.run(server)]


def unnoticed(given):
    """Prints which claims each fault makes fail. Returns the faults that no claim notices."""
    failed = {}
    for name, fault in FAULTS.items():
        failed[name] = [each for each in run(given, PROTOCOL, fault) if each.verdict != "ok"]
        claims = ", ".join(f"{each.area}: {each.claim}" for each in failed[name][:2])
        print(f"{len(failed[name]):2} claims fail for {name:27} {claims}"[:200])
    return [name for name, claims in failed.items() if not claims]


def main():
    given = arguments()
    if given.faults:
        missed = unnoticed(given)
        sys.exit(f"no claim notices: {', '.join(missed)}" if missed else 0)
    results = run(given, PROTOCOL + ([service.suite] if given.patients else []))
    print(table(results))
    sys.exit(any(each.verdict == "FAILED" for each in results))


if __name__ == "__main__":
    main()
