"""Holds a running server to the Open Inference Protocol's REST form, with the clients that people use.

    python oip HOST:PORT MODEL [--request REQUEST.json] [--document open_inference_rest.yaml] [--patients EXAMPLES.json]
"""

import argparse
import json
import sys

from document import Document
from heart_disease import datatypes, service
from heart_disease.patients import Patients
from protocol import clients, compression, errors, inference, metadata
from relay import Relay
from server import Server
from suite import Suite, table

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
    parser.add_argument("--patients", help="app/model/examples.json: checks this repository's own service too")
    return parser.parse_args()


def main():
    given = arguments()
    suites = [metadata.suite, inference.suite, *clients.suites, compression.suite, errors.suite]
    patients = Patients(given.patients) if given.patients else None
    request = patients.example() if patients else None
    if given.request:
        with open(given.request, encoding="utf-8") as source:
            request = json.load(source)
    document = Document(given.document)
    server = Server(Relay(given.address, document.look).address, given.model, request, given.address)
    server.document, server.patients = document, patients
    if patients:
        suites += [datatypes.suite, service.suite]
    results = [result for suite in [*suites, every] for result in suite.run(server)]
    print(table(results))
    sys.exit(any(one.verdict == "FAILED" for one in results))


if __name__ == "__main__":
    main()
