"""One request in every form that the protocol has for it: the answer is the same."""

import json

from suite import Suite

suite = Suite("inference")
check = suite.check


@check("JSON, flat and nested, gives the same answer, of the metadata's datatypes and shapes")
def encodings(server, tally):
    for encoding in ("flat", "nested"):
        answer = server.infer(server.request(encoding))
        tally.equal(answer.status, 200, encoding)
        tally.equal(answer.json()["model_name"], server.model, "model_name")
        tally.expect(server.agrees(answer.tensors()), f"{encoding}: another answer")
    told = {one["name"]: one for one in server.metadata["outputs"]}
    for one in server.infer(server.request()).json()["outputs"]:
        tally.equal(one["datatype"], told[one["name"]]["datatype"], one["name"])
        sizes = told[one["name"]]["shape"]
        fits = len(sizes) == len(one["shape"]) and all(a in (-1, b) for a, b in zip(sizes, one["shape"], strict=True))
        tally.expect(fits, f"{one['name']} has shape {one['shape']}, by the metadata {sizes}")


@check("JSON needs no Content-Type, as no client sends one")
def no_content_type(server, tally):
    answer = server.send("POST", f"{server.path}/infer", json.dumps(server.request()).encode(), {})
    tally.equal(answer.status, 200, "without Content-Type")
    tally.expect(server.agrees(answer.tensors()), "another answer")


@check("binary, each output in JSON or binary as it is asked for")
def binary_outputs(server, tally):
    server.needs_binary()
    names = list(server.wanted)
    for asked in ([True] * len(names), [False] * len(names), [place % 2 == 0 for place in range(len(names))]):
        outputs = [{"name": n, "parameters": {"binary_data": b}} for n, b in zip(names, asked, strict=True)]
        answer = server.infer_binary(outputs=outputs)
        tally.expect(server.agrees(answer.tensors()), f"binary outputs {asked}: another answer")
        tally.equal(["data" not in one for one in answer.json()["outputs"]], asked, "outputs in binary")
    for default in (True, False):
        answer = server.infer_binary(parameters={"binary_data_output": default})
        tally.expect(server.agrees(answer.tensors()), f"binary_data_output {default}: another answer")
        for one in answer.json()["outputs"]:
            tally.equal("data" not in one, default, f"binary_data_output, {one['name']}")
    mixed = [{"name": names[0], "parameters": {"binary_data": False}}, *({"name": one} for one in names[1:])]
    told = server.infer_binary(outputs=mixed, parameters={"binary_data_output": True}).json()["outputs"]
    tally.equal(["data" in one for one in told], [True] + [False] * (len(names) - 1), "an output's own binary_data")


@check("the id comes back as it was sent; a request may have none")
def ids(server, tally):
    for one in ("1", "id-é-😀", "x" * 1000, '"\\\n', "null"):
        tally.equal(server.infer(server.request(id=one)).json().get("id"), one, "the id")
        if server.binary:
            tally.equal(server.infer_binary(id=one).json().get("id"), one, "the id, in binary")
    tally.equal(server.infer(server.request()).status, 200, "no id")


@check("outputs are those that are asked for; all of them for none or an empty list")
def outputs(server, tally):
    names = list(server.wanted)
    tally.equal(sorted(names), sorted(one["name"] for one in server.metadata["outputs"]), "outputs")
    tally.equal(list(server.infer(server.request(outputs=[])).tensors()), names, "outputs for an empty list")
    for name in names:
        answer = server.infer(server.request(outputs=[{"name": name}]))
        tally.equal(list(answer.tensors()), [name], "outputs")


@check("parameters that the server does not know change nothing")
def parameters(server, tally):
    unknown = {"mine": 1, "yours": "x", "theirs": True}
    tally.expect(server.agrees(server.infer(server.request(parameters=unknown)).tensors()), "of the request")
    request = server.request()
    request["inputs"] = [{**one, "parameters": unknown} for one in request["inputs"]]
    request["outputs"] = [{"name": name, "parameters": unknown} for name in server.wanted]
    tally.expect(server.agrees(server.infer(request).tensors()), "of inputs and outputs")
