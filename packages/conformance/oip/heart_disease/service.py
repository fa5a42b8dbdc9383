"""Claims about this service beyond the protocol: its metadata, exact status codes, limits and framework errors."""

import gzip
import json
import zlib

import numpy as np
from clients import KServe, Triton, refusal
from suite import Suite

suite = Suite("service")
check = suite.check

BODY_LIMIT = 2**20


@check("the metadata describes the model")
def metadata(server, tally):
    found = server.metadata
    tally.equal(found["versions"], ["1"], "versions")
    tally.equal(found["inputs"], [{"name": "features", "datatype": "FP32", "shape": [-1, 10]}], "inputs")
    wanted = [("probability", "FP32", [-1]), ("label", "INT64", [-1])]
    tally.equal([(each["name"], each["datatype"], each["shape"]) for each in found["outputs"]], wanted, "outputs")
    tally.expect(server.binary, "/v2 does not list binary_tensor_data")
    tally.equal(server.get("/v2/").json(), server.get("/v2").json(), "/v2/, the path in the OpenAPI document")


@check("an unknown model, version or path gives 404, and another method 405 with Allow, whatever the body is")
def not_here(server, tally):
    long = "x" * 300
    other = ("/v2/models/other", f"/v2/models/{long}", f"{server.path}/versions/2", f"{server.path}/versions/{long}")
    for path in other:
        for method, end in [("GET", ""), ("GET", "/ready"), ("POST", "/infer")]:
            for body in (b"", b"{", b"x" * 2 * BODY_LIMIT) if method == "POST" else (None,):
                response = server.send(method, path + end, body, {}, server.direct)
                tally.equal(response.status, 404, f"{method} {path[:60]}{end}")
                server.expect_refused(tally, response, path)
    for path in ("/nope", "/v2/nope", "/v2/models", f"{server.path}/explain", "/v2/repository/index"):
        tally.equal(server.get(path).status, 404, path)
        server.expect_refused(tally, server.get(path), path)
    reads = "GET, HEAD"
    wrong = [("GET", "/infer", "POST"), ("PUT", "/infer", "POST"), ("POST", "", reads), ("DELETE", "/ready", reads)]
    for method, end, allowed in wrong:
        response = server.send(method, server.path + end, None, {}, server.direct)
        tally.equal((response.status, response.headers["Allow"]), (405, allowed), f"{method} {end}")
        server.expect_refused(tally, response, f"{method} {end}")


@check("more than 1 MiB, plain or decompressed, gives 413, and the client receives the response")
def too_large(server, tally):
    path = f"{server.path}/infer"
    bombs = {"gzip": gzip.compress(bytes(50_000_000), 9), "deflate": zlib.compress(bytes(50_000_000), 9)}
    for body in (bytes(BODY_LIMIT + 1), bytes(20 * BODY_LIMIT)):
        response = server.send("POST", path, body, {}, server.direct)
        tally.equal(response.status, 413, f"{len(body)} bytes")
        server.expect_refused(tally, response, f"{len(body)} bytes")
    for coding, body in bombs.items():
        response = server.send("POST", path, body, {"Content-Encoding": coding})
        tally.equal(response.status, 413, f"a {coding} bomb")
        server.expect_refused(tally, response, coding)
    rows = np.zeros((300_000, 10), np.float32)
    for client in (Triton(server.direct), KServe(server.direct)):
        refused = refusal(client, "a body of 12 MB", server.model, {"features": ("FP32", rows)})
        tally.equal(refused.status, 413, client.name)
    server.expect_answered(tally)


@check("an unknown Content-Type or Content-Encoding gives 415; the protocol's types, and none, are accepted")
def types(server, tally):
    body = json.dumps(server.request()).encode()
    path = f"{server.path}/infer"
    for kind in ("application/json", "Application/JSON; charset=utf-8", "application/octet-stream", None):
        response = server.send("POST", path, body, {"Content-Type": kind} if kind else {})
        tally.equal(response.status, 200, kind)
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonl", "x"):
        response = server.send("POST", path, body, {"Content-Type": kind})
        tally.equal(response.status, 415, kind)
        server.expect_refused(tally, response, kind)
    for coding in ("br", "zstd", "compress", "gzip, deflate", "x"):
        response = server.send("POST", path, body, {"Content-Encoding": coding})
        tally.equal(response.status, 415, coding)
        server.expect_refused(tally, response, coding)


@check("the Content-Type is the one that clients expect, so that they report the error message")
def messages(server, tally):
    tally.equal(server.infer({}).headers["Content-Type"], "application/json", "Content-Type of an error")
    tally.equal(
        server.infer(server.request()).headers["Content-Type"], "application/json", "Content-Type of a response"
    )
    for client in (server.triton, server.kserve):
        refused = refusal(client, "an unknown input", server.model, {"nope": server.inputs["features"]})
        tally.expect("inputs must be exactly one input named features" in refused.message, f"{client.name}: {refused}")


@check("outputs with classification or shared memory, which /v2 does not list, are refused with 400")
def extensions(server, tally):
    for parameters in ({"classification": 1}, {"shared_memory_region": "x", "shared_memory_byte_size": 4}):
        response = server.infer(server.request(outputs=[{"name": "label", "parameters": parameters}]))
        tally.equal(response.status, 400, parameters)
        server.expect_refused(tally, response, parameters)
    twice = server.request(outputs=[{"name": "label"}, {"name": "label"}])
    tally.equal(server.infer(twice).status, 400, "an output twice")
