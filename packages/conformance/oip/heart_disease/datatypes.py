"""Every datatype of the protocol: cast to the model's FP32 without loss, or refused."""

import json

import numpy as np
from clients import refusal
from heart_disease.patients import MOST, right
from suite import Suite
from wire import COMPRESS, DATATYPES, to_binary, to_json

suite = Suite("datatypes")
check = suite.check

NUMERIC = [each for each in DATATYPES if each not in ("BOOL", "BYTES")]
# A patient that INT8 can hold: cholesterol is rarely below 128.
SMALL = [63, 1, 0, 127, 2, 120, 0, 2, 0, 1]


def sample(server, datatype, count=None):
    rows, probability, label = server.patients.as_datatype(datatype, count)
    if len(rows) == 0:
        rows = np.array([SMALL] * (count or 1), DATATYPES[datatype])
        response = server.infer(request("FP32", rows.astype(np.float32))).tensors()
        probability, label = response["probability"], response["label"]
    return rows, probability, label


def request(datatype, rows, data=None, **parameters):
    given = {"data": to_json(rows.ravel())} if data is None else data
    return {"inputs": [{"name": "features", "shape": list(rows.shape), "datatype": datatype, **given}], **parameters}


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


@check("every numeric datatype gives the model's answer without a client, flat, nested and binary")
def without_client(server, tally):
    for datatype in NUMERIC:
        rows, probability, label = sample(server, datatype)
        for data in (to_json(rows.ravel()), to_json(rows)):
            response = server.infer(request(datatype, rows, {"data": data}))
            tally.expect(right(response.tensors(), probability, label), f"{datatype}: wrong answer")
        response = post_binary(server, datatype, rows)
        tally.expect(right(response.tensors(), probability, label), f"binary {datatype}: wrong answer")


def post_binary(server, datatype, rows):
    data = to_binary(rows)
    head = json.dumps(request(datatype, rows, {"parameters": {"binary_data_size": len(data)}})).encode()
    headers = {"Inference-Header-Content-Length": str(len(head))}
    return server.send("POST", f"{server.path}/infer", head + data, headers)


@check("BOOL and BYTES are refused with 400, with each client")
def not_castable(server, tally):
    strings = np.array([[b"63"] * 10], np.object_)
    for datatype, rows in [("BOOL", np.array([[True] * 10])), ("BYTES", strings)]:
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                refused = refusal(client, datatype, server.model, {"features": (datatype, rows)}, binary)
                tally.equal(refused.status, 400, f"{client.name} {datatype}")
                tally.expect(datatype in refused.message, f"{client.name} {datatype}: {refused.message}")


@check("a value that FP32 cannot hold is refused with 400, not rounded")
def lossy(server, tally):
    age = {"FP64": 63 + 1e-12, "INT64": 2**53 + 1, "UINT64": 2**64 - 1, "INT32": 2**31 - 1, "UINT32": 2**32 - 1}
    for datatype, value in age.items():
        rows = server.patients.rows[:1].astype(DATATYPES[datatype])
        rows[0, 0] = value
        message = server.expect_refused(tally, post_binary(server, datatype, rows), f"{datatype} {value}")
        tally.expect("without loss" in message, message)


@check("NaN, infinities and values outside of the model's ranges are refused with 400 in every datatype")
def outside(server, tally):
    for datatype in NUMERIC:
        dtype = DATATYPES[datatype]
        values = [0, 100] if dtype.kind in "iu" else [np.nan, np.inf, -np.inf, -0.0, 28.5, 77.5]
        for value in values:
            rows = np.array([SMALL], dtype)
            rows[0, 0] = value
            response = post_binary(server, datatype, rows)
            tally.equal(response.status, 400, f"{datatype} {value}")
            tally.expect("age must be" in response.json()["error"], f"{datatype} {value}: {response.json()}")


@check("JSON numbers outside of the datatype are refused with 400")
def out_of_range(server, tally):
    beyond = {"UINT8": [-1, 256, 0.5], "INT8": [-129, 128], "UINT16": [-1, 65536], "INT16": [32768, -32769]}
    beyond |= {"UINT32": [-1, 2**32], "INT32": [2**31], "UINT64": [-1, 2**64], "INT64": [2**63, 63.5]}
    beyond |= {"FP16": [65520, 1e-9], "BF16": [63.1, 1e39], "FP32": [1e39, -1e39], "FP64": [63.1]}
    for datatype, values in {**beyond, **{each: [*beyond[each], None, "63", True, [63]] for each in beyond}}.items():
        for value in values:
            response = server.infer(request(datatype, server.patients.rows[:1], {"data": [value, *SMALL[1:]]}))
            tally.equal(response.status, 400, f"{datatype} {value!r}")
            server.expect_refused(tally, response, f"{datatype} {value!r}")


@check("batches of 1 to 1024 rows are answered in JSON and binary; 0 and 1025 rows are refused with 400")
def batches(server, tally):
    for count in (1, 2, 3, 10, 100, 511, 512, 1000, MOST - 1, MOST):
        rows, probability, label = server.patients.as_datatype("FP32", count)
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                result = client.infer(server.model, {"features": ("FP32", rows)}, binary)
                tally.expect(right(result.tensors, probability, label), f"{client.name}, {count} rows")
    for count in (0, MOST + 1):
        rows = np.resize(server.patients.rows, (count, 10)).astype(np.float32)
        for response in (server.infer(request("FP32", rows)), post_binary(server, "FP32", rows)):
            tally.equal(response.status, 400, f"{count} rows")
            server.expect_refused(tally, response, f"{count} rows")
