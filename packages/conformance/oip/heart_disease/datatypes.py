"""Every datatype of the protocol: cast to the model's FP32 where no value changes, refused where one would."""

import json

import numpy as np
from clients import refusal
from heart_disease.patients import MOST, right
from suite import Suite
from wire import COMPRESS, DATATYPES, to_binary, to_json

suite = Suite("datatypes")
check = suite.check

NUMERIC = [one for one in DATATYPES if one not in ("BOOL", "BYTES")]
# Cholesterol is seldom below 128; this patient is one that INT8 can hold.
SMALL = [63, 1, 0, 127, 2, 120, 0, 2, 0, 1]


def sample(server, datatype, count=None):
    rows, probability, label = server.patients.as_datatype(datatype, count)
    if len(rows) == 0:
        rows = np.array([SMALL] * (count or 1), DATATYPES[datatype])
        answer = server.infer(request("FP32", rows.astype(np.float32))).tensors()
        probability, label = answer["probability"], answer["label"]
    return rows, probability, label


def request(datatype, rows, data=None, **parameters):
    given = {"data": to_json(rows.ravel())} if data is None else data
    return {"inputs": [{"name": "features", "shape": list(rows.shape), "datatype": datatype, **given}], **parameters}


@check("every numeric datatype, each client, JSON and binary, both ways, each compression: the model's answer")
def castable(server, tally):
    for datatype in NUMERIC:
        for client in (server.triton, server.kserve):
            if datatype in client.unknown:
                continue
            codings = (None, *COMPRESS) if client is server.triton else (None,)
            for binary in (True,) if datatype in client.binary_only else (True, False):
                for asked in (None, True, False):
                    for sent, taken in [(a, b) for a in codings for b in codings]:
                        one_form(server, tally, datatype, client, binary, asked, sent, taken)


def one_form(server, tally, datatype, client, binary, asked, sent, taken):
    # long enough for an answer to be compressed
    rows, probability, label = sample(server, datatype, 200 if taken else None)
    options = {"request_compression_algorithm": sent, "response_compression_algorithm": taken}
    names = None if asked is None else ["label", "probability"]
    given = {"features": (datatype, rows)}
    result = client.infer(
        server.model, given, binary, names, asked, request_id="id-é", **(options if client is server.triton else {})
    )
    what = f"{client.name} {datatype}, binary {binary}, outputs {asked}, {sent} sent, {taken} taken"
    tally.expect(right(result.tensors, probability, label), f"{what}: another answer")
    tally.equal(result.message["id"], "id-é", what)
    if client is server.triton:  # KServe's client does not read it
        tally.equal(result.message["model_version"], "1", what)


@check("every numeric datatype as bytes of our own: flat, nested and binary")
def bytes_of_our_own(server, tally):
    for datatype in NUMERIC:
        rows, probability, label = sample(server, datatype)
        for data in (to_json(rows.ravel()), to_json(rows)):
            answer = server.infer(request(datatype, rows, {"data": data}))
            tally.expect(right(answer.tensors(), probability, label), f"{datatype}: another answer")
        answer = post_binary(server, datatype, rows)
        tally.expect(right(answer.tensors(), probability, label), f"binary {datatype}: another answer")


def post_binary(server, datatype, rows):
    data = to_binary(rows)
    told = json.dumps(request(datatype, rows, {"parameters": {"binary_data_size": len(data)}})).encode()
    headers = {"Inference-Header-Content-Length": str(len(told))}
    return server.send("POST", f"{server.path}/infer", told + data, headers)


@check("BOOL and BYTES, which are no numbers, are refused with 400 by each client")
def not_castable(server, tally):
    texts = np.array([[b"63"] * 10], np.object_)
    for datatype, rows in [("BOOL", np.array([[True] * 10])), ("BYTES", texts)]:
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                refused = refusal(client, datatype, server.model, {"features": (datatype, rows)}, binary)
                tally.equal(refused.status, 400, f"{client.name} {datatype}")
                tally.expect(datatype in refused.message, f"{client.name} {datatype}: {refused.message}")


@check("a value that FP32 cannot hold is refused with 400: it is not rounded in silence")
def lossy(server, tally):
    age = {"FP64": 63 + 1e-12, "INT64": 2**53 + 1, "UINT64": 2**64 - 1, "INT32": 2**31 - 1, "UINT32": 2**32 - 1}
    for datatype, value in age.items():
        rows = server.patients.rows[:1].astype(DATATYPES[datatype])
        rows[0, 0] = value
        message = server.expect_refused(tally, post_binary(server, datatype, rows), f"{datatype} {value}")
        tally.expect("without loss" in message, message)


@check("NaN, infinities and values outside the model's ranges are refused with 400 in every datatype that has them")
def outside(server, tally):
    for datatype in NUMERIC:
        dtype = DATATYPES[datatype]
        values = [0, 100] if dtype.kind in "iu" else [np.nan, np.inf, -np.inf, -0.0, 28.5, 77.5]
        for value in values:
            rows = np.array([SMALL], dtype)
            rows[0, 0] = value
            answer = post_binary(server, datatype, rows)
            tally.equal(answer.status, 400, f"{datatype} {value}")
            tally.expect("age must be" in answer.json()["error"], f"{datatype} {value}: {answer.json()}")


@check("numbers in JSON that the datatype does not have are refused with 400")
def out_of_range(server, tally):
    beyond = {"UINT8": [-1, 256, 0.5], "INT8": [-129, 128], "UINT16": [-1, 65536], "INT16": [32768, -32769]}
    beyond |= {"UINT32": [-1, 2**32], "INT32": [2**31], "UINT64": [-1, 2**64], "INT64": [2**63, 63.5]}
    beyond |= {"FP16": [65520, 1e-9], "BF16": [63.1, 1e39], "FP32": [1e39, -1e39], "FP64": [63.1]}
    for datatype, values in {**beyond, **{one: [*beyond[one], None, "63", True, [63]] for one in beyond}}.items():
        for value in values:
            answer = server.infer(request(datatype, server.patients.rows[:1], {"data": [value, *SMALL[1:]]}))
            tally.equal(answer.status, 400, f"{datatype} {value!r}")
            server.expect_refused(tally, answer, f"{datatype} {value!r}")


@check("batches of 1 to 1024 are answered row by row, in JSON and binary; 0 and 1025 are refused with 400")
def batches(server, tally):
    for count in (1, 2, 3, 10, 100, 511, 512, 1000, MOST - 1, MOST):
        rows, probability, label = server.patients.as_datatype("FP32", count)
        for client in (server.triton, server.kserve):
            for binary in (True, False):
                result = client.infer(server.model, {"features": ("FP32", rows)}, binary)
                tally.expect(right(result.tensors, probability, label), f"{client.name}, {count} rows")
    for count in (0, MOST + 1):
        rows = np.resize(server.patients.rows, (count, 10)).astype(np.float32)
        for answer in (server.infer(request("FP32", rows)), post_binary(server, "FP32", rows)):
            tally.equal(answer.status, 400, f"{count} rows")
            server.expect_refused(tally, answer, f"{count} rows")
