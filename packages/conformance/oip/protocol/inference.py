"""One request in every form that the protocol has for it: the answer is the same."""

import json

from suite import Suite

suite = Suite("inference")
check = suite.check


@check("flat and nested JSON give the same answer, with the datatypes and shapes of the metadata")
def encodings(server, tally):
    for encoding in ("flat", "nested"):
        response = server.infer(server.request(encoding))
        tally.equal(response.status, 200, encoding)
        tally.equal(response.json()["model_name"], server.model, "model_name")
        tally.expect(server.agrees(response.tensors()), f"{encoding}: wrong answer")
    described = {output["name"]: output for output in server.metadata["outputs"]}
    for output in server.infer(server.request()).json()["outputs"]:
        name, shape = output["name"], output["shape"]
        tally.equal(output["datatype"], described[name]["datatype"], name)
        sizes = described[name]["shape"]
        fits = len(sizes) == len(shape) and all(a in (-1, b) for a, b in zip(sizes, shape, strict=True))
        tally.expect(fits, f"{name} has shape {shape}, expected {sizes}")


@check("JSON needs no Content-Type, because no client sends one")
def no_content_type(server, tally):
    response = server.send("POST", f"{server.path}/infer", json.dumps(server.request()).encode(), {})
    tally.equal(response.status, 200, "without Content-Type")
    tally.expect(server.agrees(response.tensors()), "wrong answer")


@check("each output is in JSON or binary as requested")
def binary_outputs(server, tally):
    server.needs_binary()
    names = list(server.wanted)
    for asked in ([True] * len(names), [False] * len(names), [place % 2 == 0 for place in range(len(names))]):
        outputs = [{"name": n, "parameters": {"binary_data": b}} for n, b in zip(names, asked, strict=True)]
        response = server.infer_binary(outputs=outputs)
        tally.expect(server.agrees(response.tensors()), f"binary outputs {asked}: wrong answer")
        tally.equal(["data" not in output for output in response.json()["outputs"]], asked, "outputs in binary")
    for default in (True, False):
        response = server.infer_binary(parameters={"binary_data_output": default})
        tally.expect(server.agrees(response.tensors()), f"binary_data_output {default}: wrong answer")
        for output in response.json()["outputs"]:
            tally.equal("data" not in output, default, f"binary_data_output, {output['name']}")
    mixed = [{"name": names[0], "parameters": {"binary_data": False}}, *({"name": name} for name in names[1:])]
    found = server.infer_binary(outputs=mixed, parameters={"binary_data_output": True}).json()["outputs"]
    tally.equal(
        ["data" in output for output in found], [True] + [False] * (len(names) - 1), "an output's own binary_data"
    )


@check("the response repeats the id; a request needs no id")
def ids(server, tally):
    for wanted in ("1", "id-é-😀", "x" * 1000, '"\\\n', "null"):
        tally.equal(server.infer(server.request(id=wanted)).json().get("id"), wanted, "the id")
        if server.binary:
            tally.equal(server.infer_binary(id=wanted).json().get("id"), wanted, "the id, in binary")
    tally.equal(server.infer(server.request()).status, 200, "no id")


@check("the response has the requested outputs, or all outputs if the list is empty or missing")
def outputs(server, tally):
    names = list(server.wanted)
    tally.equal(sorted(names), sorted(output["name"] for output in server.metadata["outputs"]), "outputs")
    tally.equal(list(server.infer(server.request(outputs=[])).tensors()), names, "outputs for an empty list")
    for name in names:
        response = server.infer(server.request(outputs=[{"name": name}]))
        tally.equal(list(response.tensors()), [name], "outputs")


@check("unknown parameters change nothing")
def parameters(server, tally):
    unknown = {"mine": 1, "yours": "x", "theirs": True}
    tally.expect(server.agrees(server.infer(server.request(parameters=unknown)).tensors()), "parameters of the request")
    request = server.request()
    request["inputs"] = [{**each, "parameters": unknown} for each in request["inputs"]]
    request["outputs"] = [{"name": name, "parameters": unknown} for name in server.wanted]
    tally.expect(server.agrees(server.infer(request).tensors()), "parameters of inputs and outputs")
