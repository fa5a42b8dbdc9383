"""gzip and deflate, which the protocol leaves to HTTP and tritonclient has options for."""

import json

from suite import Skipped, Suite
from wire import COMPRESS, DECOMPRESS

suite = Suite("compression")
check = suite.check


def send(server, coding, body, headers):
    return server.send("POST", f"{server.path}/infer", COMPRESS[coding](body), {"Content-Encoding": coding, **headers})


def needs(server, coding):
    answer = send(server, coding, json.dumps(server.request()).encode(), {"Content-Type": "application/json"})
    if 400 <= answer.status < 500:
        raise Skipped(f"the server refuses {coding} with {answer.status}")


def through_tritonclient(server, tally, **options):
    for binary in (False, True) if server.binary else (False,):
        result = server.triton.infer(server.model, server.inputs, binary, **options)
        tally.expect(server.agrees(result.tensors), f"tritonclient, {options}: another answer")


@check("a request may be gzip or deflate, in JSON or binary")
def requests(server, tally):
    for coding in COMPRESS:
        needs(server, coding)
        answer = send(server, coding, json.dumps(server.request()).encode(), {"Content-Type": "application/json"})
        tally.equal(answer.status, 200, coding)
        tally.expect(server.agrees(answer.tensors()), f"{coding}: another answer")
        if server.binary:
            body, headers = server.binary_request()
            tally.expect(server.agrees(send(server, coding, body, headers).tensors()), f"binary {coding}")
        through_tritonclient(server, tally, request_compression_algorithm=coding)


@check("an answer in gzip or deflate is what the client said it takes, and decompresses to the same")
def answers(server, tally):
    for coding in COMPRESS:
        for accepted in (coding, f"{coding};q=0.5, identity;q=0", f"br, {coding}"):
            headers = {"Content-Type": "application/json", "Accept-Encoding": accepted}
            body = json.dumps(server.request()).encode()
            answer = server.send("POST", f"{server.path}/infer", body, headers)
            told = answer.headers.get("Content-Encoding", "identity")
            tally.expect(told in (coding, "identity"), f"Accept-Encoding {accepted}: {told}")
            answer.body = DECOMPRESS.get(told, bytes)(answer.body)
            tally.expect(server.agrees(answer.tensors()), f"Accept-Encoding {accepted}: another answer")
        through_tritonclient(server, tally, response_compression_algorithm=coding)


@check("what is not of its coding is refused with 4xx and an error")
def broken(server, tally):
    body = json.dumps(server.request()).encode()
    for coding, compress in COMPRESS.items():
        needs(server, coding)
        whole = compress(body)
        for wrong in (body, b"", whole[:-5], whole[: len(whole) // 2], b"\x1f\x8b" + body):
            headers = {"Content-Type": "application/json", "Content-Encoding": coding}
            answer = server.send("POST", f"{server.path}/infer", wrong, headers)
            server.expect_refused(tally, answer, f"broken {coding}")
