"""Claims about this service beyond the protocol, as the clients see them. packages/service/tests has the others."""

import numpy as np
from clients import KServe, Triton, refusal
from heart_disease.patients import MOST, right
from suite import Suite
from wire import COMPRESS, DATATYPES, tensor

suite = Suite("service")
check = suite.check

NUMERIC = [each for each in DATATYPES if each not in ("BOOL", "BYTES")]
# A patient that INT8 can hold: cholesterol is rarely below 128.
SMALL = [63, 1, 0, 127, 2, 120, 0, 2, 0, 1]


def sample(server, datatype, count=None):
    """Returns patients that the datatype can hold, and their probabilities and labels."""
    rows, probability, label = server.patients.as_datatype(datatype, count)
    if len(rows) == 0:
        rows = np.array([SMALL] * (count or 1), DATATYPES[datatype])
        given = tensor("features", "FP32", rows.astype(np.float32))[0]
        response = server.infer({"inputs": [given]}).tensors()
        probability, label = response["probability"], response["label"]
    return rows, probability, label


@check("every numeric datatype gives the model's answer with each client, in JSON and binary, with each compression")
def castable(server, tally):
    for datatype in NUMERIC:
        for client in (server.triton, server.kserve):
            if datatype in client.unknown:
                continue
            codings = (None, *COMPRESS) if client is server.triton else (None,)
            for binary in (True,) if datatype in client.binary_only else (True, False):
                for asked in (None, True, False):
                    for sent, taken in [(a, b) for a in codings for b in codings]:
                        one_way(server, tally, datatype, client, binary, asked, sent, taken)


def one_way(server, tally, datatype, client, binary, asked, sent, taken):
    # Long enough for the response to be compressed.
    rows, probability, label = sample(server, datatype, 200 if taken else None)
    options = {"request_compression_algorithm": sent, "response_compression_algorithm": taken}
    names = None if asked is None else ["label", "probability"]
    given = {"features": (datatype, rows)}
    result = client.infer(
        server.model, given, binary, names, asked, request_id="id-é", **(options if client is server.triton else {})
    )
    what = f"{client.name} {datatype}, binary {binary}, outputs {asked}, {sent} sent, {taken} taken"
    tally.expect(right(result.tensors, probability, label), f"{what}: wrong answer")
    tally.equal(result.message["id"], "id-é", what)
    if client is server.triton:  # KServe's client does not read the version
        tally.equal(result.message["model_version"], "1", what)


@check("batches of 1 to 1024 rows are answered in JSON and binary, with each client")
def batches(server, tally):
    for count in (1, 2, 3, 10, 100, 511, 512, 1000, MOST - 1, MOST):
        rows, probability, label = server.patients.as_datatype("FP32", count)
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                result = client.infer(server.model, {"features": ("FP32", rows)}, binary)
                tally.expect(right(result.tensors, probability, label), f"{client.name}, {count} rows")


@check("BOOL, BYTES and an unknown input are refused with 400, and each client reports the message")
def messages(server, tally):
    booleans, strings = np.array([[True] * 10]), np.array([[b"63"] * 10], np.object_)
    wrong = [
        ({"features": ("BOOL", booleans)}, "BOOL"),
        ({"features": ("BYTES", strings)}, "BYTES"),
        ({"nope": server.inputs["features"]}, "inputs must be exactly one input named features"),
    ]
    for inputs, message in wrong:
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                refused = refusal(client, message, server.model, inputs, binary)
                tally.equal(refused.status, 400, f"{client.name}, {message}")
                tally.expect(message in refused.message, f"{client.name}: {refused}")


@check("a body of 12 MB is refused with 413, and each client receives the response")
def too_large(server, tally):
    rows = np.zeros((300_000, 10), np.float32)
    for client in (Triton(server.direct), KServe(server.direct)):
        refused = refusal(client, "a body of 12 MB", server.model, {"features": ("FP32", rows)})
        tally.equal(refused.status, 413, client.name)
    server.expect_answered(tally)
