"""Requests that must be refused with 4xx and {"error": …}. The next right request must be answered."""

import copy
import json

from suite import Suite
from wire import JSON_LENGTH

suite = Suite("errors")
check = suite.check


@check("an unknown model or version is refused, for metadata and inference")
def unknown(server, tally):
    paths = ["/v2/models/no-such-model", f"/v2/models/{'x' * 300}", "/v2/models/%F0%9F%98%80"]
    if server.versions:
        paths.append(f"{server.path}/versions/no-such-version")
    for path in paths:
        server.expect_refused(tally, server.get(path), path)
        server.expect_refused(tally, server.infer(server.request(), path), f"{path}/infer")
        tally.expect(400 <= server.get(f"{path}/ready").status <= 503, f"{path}/ready is ready")
    server.expect_answered(tally)


def wrong_requests(server):
    """Yields a name and a request with one fault."""
    good = server.request()

    def changed(**fields):
        request = copy.deepcopy(good)
        request["inputs"][0].update(fields)
        return request

    first = good["inputs"][0]
    yield "no inputs", {}
    yield "inputs that are not a list", {"inputs": first}
    yield "no input", {"inputs": []}
    yield "an input that is not an object", {"inputs": [1]}
    yield "an unknown input", changed(name="no-such-input")
    yield "no name", {"inputs": [{key: value for key, value in first.items() if key != "name"}]}
    yield "no shape", {"inputs": [{key: value for key, value in first.items() if key != "shape"}]}
    yield "no datatype", {"inputs": [{key: value for key, value in first.items() if key != "datatype"}]}
    yield "no data", {"inputs": [{key: value for key, value in first.items() if key != "data"}]}
    yield "an unknown datatype", changed(datatype="FP31")
    yield "a shape larger than the data", changed(shape=[size + 1 for size in first["shape"]])
    yield "a negative shape", changed(shape=[-1] * len(first["shape"]))
    yield "a shape of strings", changed(shape=[str(size) for size in first["shape"]])
    yield "a shape whose product overflows", changed(shape=[2**62] * len(first["shape"]))
    yield "data that is an object", changed(data={"0": 1})
    yield "a missing element", changed(data=first["data"][1:])
    yield "an additional element", changed(data=[*first["data"], first["data"][0]])
    yield "an unknown output", {**good, "outputs": [{"name": "no-such-output"}]}
    yield "outputs that are not a list", {**good, "outputs": {"name": next(iter(server.wanted))}}
    yield "an id that is not a string", {**good, "id": {"a": 1}}


@check("a request with one fault is refused")
def wrong(server, tally):
    for name, request in wrong_requests(server):
        server.expect_refused(tally, server.infer(request), name)
    server.expect_answered(tally)


@check("a body that is not a request in JSON is refused")
def not_json(server, tally):
    whole = json.dumps(server.request()).encode()
    deep = b'{"inputs":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    bodies = [b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", whole[:-1], whole + b"}", b"\x00" * 100, deep]
    for body in bodies:
        response = server.send("POST", f"{server.path}/infer", body, {"Content-Type": "application/json"})
        server.expect_refused(tally, response, repr(body[:20]))
    server.expect_answered(tally)


@check("binary data that does not match its size is refused")
def binary_sizes(server, tally):
    server.needs_binary()
    body, headers = server.binary_request()
    length = int(headers[JSON_LENGTH])
    for announced in (-1, 0, 1, length - 1, length + 1, len(body) + 1, 2**64, "x", "0x10", ""):
        response = server.send("POST", f"{server.path}/infer", body, {**headers, JSON_LENGTH: str(announced)})
        server.expect_refused(tally, response, f"{JSON_LENGTH} {announced}")
    for wrong_body in (body[:-1], body + b"\x00", body[:length], body[: length + 1], body + body[length:]):
        response = server.send("POST", f"{server.path}/infer", wrong_body, headers)
        server.expect_refused(tally, response, f"{len(wrong_body) - length} bytes for {len(body) - length}")
    for size in (-1, 0, 1, 2**53, 1.5, "4", None, True, []):
        request = json.loads(body[:length])
        request["inputs"][0]["parameters"]["binary_data_size"] = size
        changed = json.dumps(request).encode()
        sent = {**headers, JSON_LENGTH: str(len(changed))}
        response = server.send("POST", f"{server.path}/infer", changed + body[length:], sent)
        server.expect_refused(tally, response, f"binary_data_size {size!r}")
    server.expect_answered(tally)


@check("an unknown path or method is refused")
def paths(server, tally):
    for path in ("/v2/nope", f"{server.path}/nope", f"{server.path}/infer/nope", "/v3"):
        tally.expect(400 <= server.get(path).status < 500, f"{path}: {server.get(path).status}")
    for method, path in [("GET", f"{server.path}/infer"), ("POST", f"{server.path}/ready"), ("POST", server.path)]:
        status = server.send(method, path, b"{}" if method == "POST" else None, {}).status
        tally.expect(status in (404, 405), f"{method} {path}: {status}")
    server.expect_answered(tally)
