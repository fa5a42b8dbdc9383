"""Server and model metadata, versions, health and readiness."""

from clients import Refused
from suite import Suite
from wire import DATATYPES

suite = Suite("metadata")
check = suite.check


@check("live and ready answer 200, and both clients find the server so")
def health(server, tally):
    for path in ("/v2/health/live", "/v2/health/ready"):
        tally.equal(server.get(path).status, 200, path)
    tally.expect(server.triton.client.is_server_live(), "tritonclient: not live")
    tally.expect(server.triton.client.is_server_ready(), "tritonclient: not ready")
    tally.expect(server.kserve.ask(server.kserve.client.is_server_live(server.kserve.base)), "kserve: not live")
    tally.expect(server.kserve.ask(server.kserve.client.is_server_ready(server.kserve.base)), "kserve: not ready")


@check("the server tells its name, version and extensions")
def server_metadata(server, tally):
    told = server.get("/v2").json()
    tally.equal(server.get("/v2").status, 200, "/v2")
    tally.expect(isinstance(told["name"], str) and isinstance(told["version"], str), told)
    tally.expect(all(isinstance(one, str) for one in told["extensions"]), told)
    tally.equal(server.triton.client.get_server_metadata(), told, "tritonclient's server metadata")


@check("the model tells its tensors, by name, datatype and shape")
def model_metadata(server, tally):
    told = server.get(server.path).json()
    tally.equal(told["name"], server.model, "the model's name")
    tally.expect(isinstance(told["platform"], str), "the platform is no text")
    for tensor in [*told["inputs"], *told["outputs"]]:
        tally.expect(tensor["datatype"] in DATATYPES, f"{tensor} has a datatype that the protocol lacks")
        tally.expect(all(isinstance(size, int) and size >= -1 for size in tensor["shape"]), tensor)
    tally.equal(server.triton.client.get_model_metadata(server.model), told, "tritonclient's model metadata")


@check("the model is ready for both clients; an unknown one is not")
def model_ready(server, tally):
    told = server.get(f"{server.path}/ready")
    tally.equal(told.status, 200, "ready")
    tally.equal(told.json(), {"name": server.model, "ready": True}, "the answer of ready")
    tally.expect(server.triton.client.is_model_ready(server.model), "tritonclient: not ready")
    tally.expect(not server.triton.client.is_model_ready("no-such-model"), "tritonclient: an unknown model is ready")
    ready = server.kserve.client.is_model_ready
    tally.expect(server.kserve.ask(ready(server.kserve.base, server.model)), "kserve: not ready")
    try:
        found = server.kserve.ask(ready(server.kserve.base, "no-such-model"))
    except Refused:
        found = False
    tally.expect(not found, "kserve: an unknown model is ready")


@check("each version that the metadata lists can be named in the path")
def versions(server, tally):
    server.needs_versions()
    for version in server.versions:
        path = f"{server.path}/versions/{version}"
        tally.equal(server.get(path).json(), server.metadata, path)
        tally.equal(server.get(f"{path}/ready").status, 200, f"{path}/ready")
        ready = server.triton.client.is_model_ready(server.model, version)
        tally.expect(ready, f"tritonclient: {version} is not ready")
        tally.equal(server.triton.client.get_model_metadata(server.model, version), server.metadata, "metadata")
        answer = server.infer(server.request(), path)
        tally.equal(answer.status, 200, f"{path}/infer")
        tally.equal(answer.json().get("model_version"), version, "model_version")
        tally.expect(server.agrees(answer.tensors()), f"{path}/infer gives another answer")
        result = server.triton.infer(server.model, server.inputs, server.binary, model_version=version)
        tally.expect(server.agrees(result.tensors), f"tritonclient, version {version}: another answer")
