"""gzip and deflate, which the protocol leaves to HTTP and tritonclient supports."""

import json

from suite import Skipped, Suite
from wire import COMPRESS, DECOMPRESS

suite = Suite("compression")
check = suite.check


def send(server, coding, body, headers):
    return server.send("POST", f"{server.path}/infer", COMPRESS[coding](body), {"Content-Encoding": coding, **headers})


def needs(server, coding):
    response = send(server, coding, json.dumps(server.request()).encode(), {"Content-Type": "application/json"})
    if 400 <= response.status < 500:
        raise Skipped(f"the server refuses {coding} with {response.status}")


def through_tritonclient(server, tally, **options):
    for binary in (False, True) if server.binary else (False,):
        result = server.triton.infer(server.model, server.inputs, binary, **options)
        tally.expect(server.agrees(result.tensors), f"tritonclient, {options}: wrong answer")


@check("a compressed request, in JSON or binary, gives the same answer")
def requests(server, tally):
    for coding in COMPRESS:
        needs(server, coding)
        response = send(server, coding, json.dumps(server.request()).encode(), {"Content-Type": "application/json"})
        tally.equal(response.status, 200, coding)
        tally.expect(server.agrees(response.tensors()), f"{coding}: wrong answer")
        if server.binary:
            body, headers = server.binary_request()
            tally.expect(server.agrees(send(server, coding, body, headers).tensors()), f"binary {coding}")
        through_tritonclient(server, tally, request_compression_algorithm=coding)


@check("a compressed response uses a coding that the client accepts, and has the same content")
def answers(server, tally):
    for coding in COMPRESS:
        for accepted in (coding, f"{coding};q=0.5, identity;q=0", f"br, {coding}"):
            headers = {"Content-Type": "application/json", "Accept-Encoding": accepted}
            body = json.dumps(server.request()).encode()
            response = server.send("POST", f"{server.path}/infer", body, headers)
            found = response.headers.get("Content-Encoding", "identity")
            tally.expect(found in (coding, "identity"), f"Accept-Encoding {accepted}: {found}")
            response.body = DECOMPRESS.get(found, bytes)(response.body)
            tally.expect(server.agrees(response.tensors()), f"Accept-Encoding {accepted}: wrong answer")
        through_tritonclient(server, tally, response_compression_algorithm=coding)


@check("a body that does not match its coding is refused")
def broken(server, tally):
    body = json.dumps(server.request()).encode()
    for coding, compress in COMPRESS.items():
        needs(server, coding)
        whole = compress(body)
        for wrong in (body, b"", whole[:-5], whole[: len(whole) // 2], b"\x1f\x8b" + body):
            headers = {"Content-Type": "application/json", "Content-Encoding": coding}
            response = server.send("POST", f"{server.path}/infer", wrong, headers)
            server.expect_refused(tally, response, f"broken {coding}")
