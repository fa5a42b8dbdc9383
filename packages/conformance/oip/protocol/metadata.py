"""Server and model metadata, versions, health and readiness."""

from clients import Refused
from suite import Suite
from wire import DATATYPES

suite = Suite("metadata")
check = suite.check


@check("the server is live and ready, also for both clients")
def health(server, tally):
    for path in ("/v2/health/live", "/v2/health/ready"):
        tally.equal(server.get(path).status, 200, path)
    tally.expect(server.triton.client.is_server_live(), "tritonclient: not live")
    tally.expect(server.triton.client.is_server_ready(), "tritonclient: not ready")
    tally.expect(server.kserve.ask(server.kserve.client.is_server_live(server.kserve.base)), "kserve: not live")
    tally.expect(server.kserve.ask(server.kserve.client.is_server_ready(server.kserve.base)), "kserve: not ready")


@check("the server metadata has name, version and extensions")
def server_metadata(server, tally):
    found = server.get("/v2").json()
    tally.equal(server.get("/v2").status, 200, "/v2")
    tally.expect(isinstance(found["name"], str) and isinstance(found["version"], str), found)
    tally.expect(all(isinstance(each, str) for each in found["extensions"]), found)
    tally.equal(server.triton.client.get_server_metadata(), found, "tritonclient's server metadata")


@check("the model metadata has tensors with name, datatype and shape")
def model_metadata(server, tally):
    found = server.get(server.path).json()
    tally.equal(found["name"], server.model, "the model's name")
    tally.expect(isinstance(found["platform"], str), "the platform is not a string")
    for tensor in [*found["inputs"], *found["outputs"]]:
        tally.expect(tensor["datatype"] in DATATYPES, f"{tensor} has an unknown datatype")
        tally.expect(all(isinstance(size, int) and size >= -1 for size in tensor["shape"]), tensor)
    tally.equal(server.triton.client.get_model_metadata(server.model), found, "tritonclient's model metadata")


@check("the model is ready for both clients; an unknown model is not")
def model_ready(server, tally):
    found = server.get(f"{server.path}/ready")
    tally.equal(found.status, 200, "ready")
    tally.equal(found.json(), {"name": server.model, "ready": True}, "the response of ready")
    tally.expect(server.triton.client.is_model_ready(server.model), "tritonclient: not ready")
    tally.expect(not server.triton.client.is_model_ready("no-such-model"), "tritonclient: an unknown model is ready")
    ready = server.kserve.client.is_model_ready
    tally.expect(server.kserve.ask(ready(server.kserve.base, server.model)), "kserve: not ready")
    try:
        is_ready = server.kserve.ask(ready(server.kserve.base, "no-such-model"))
    except Refused:
        is_ready = False
    tally.expect(not is_ready, "kserve: an unknown model is ready")


@check("each version in the metadata can be part of the path")
def versions(server, tally):
    server.needs_versions()
    for version in server.versions:
        path = f"{server.path}/versions/{version}"
        tally.equal(server.get(path).json(), server.metadata, path)
        tally.equal(server.get(f"{path}/ready").status, 200, f"{path}/ready")
        ready = server.triton.client.is_model_ready(server.model, version)
        tally.expect(ready, f"tritonclient: {version} is not ready")
        tally.equal(server.triton.client.get_model_metadata(server.model, version), server.metadata, "metadata")
        response = server.infer(server.request(), path)
        tally.equal(response.status, 200, f"{path}/infer")
        tally.equal(response.json().get("model_version"), version, "model_version")
        tally.expect(server.agrees(response.tensors()), f"{path}/infer gives a wrong answer")
        result = server.triton.infer(server.model, server.inputs, server.binary, model_version=version)
        tally.expect(server.agrees(result.tensors), f"tritonclient, version {version}: wrong answer")
