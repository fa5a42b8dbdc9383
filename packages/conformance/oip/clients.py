"""Widely used clients with one interface: `infer(model, inputs, …)` returns Inferred or raises Refused."""

import asyncio
from dataclasses import dataclass

import httpx
import tritonclient.http as triton
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.protocol.infer_type import RequestedOutput
from suite import Failed
from tritonclient.utils import InferenceServerException


class Refused(Exception):
    """An error response as a client reports it."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status, self.message = status, message


def refusal(client, what, *question):
    """Returns the Refused of a request. Raises Failed if the server answers the request."""
    try:
        client.infer(*question)
    except Refused as refused:
        return refused
    raise Failed(f"{client.name}: {what} was not refused")


@dataclass(frozen=True)
class Inferred:
    message: dict
    tensors: dict


def filled(kind, inputs, binary):
    """Returns inputs of a client's class."""
    given = []
    for name, (datatype, array) in inputs.items():
        tensor = kind(name, list(array.shape), datatype)
        tensor.set_data_from_numpy(array, binary_data=binary)
        given.append(tensor)
    return given


class Triton:
    name = "tritonclient"
    binary_only = ("BF16",)
    unknown = ()

    def __init__(self, address):
        self.client = triton.InferenceServerClient(address, connection_timeout=60, network_timeout=60)

    def infer(self, model, inputs, binary=True, outputs=None, binary_outputs=None, **options):
        """`outputs` are names, or None for all. `binary_outputs` is their encoding, or None to leave it open."""
        asked = outputs and [triton.InferRequestedOutput(name, binary_data=bool(binary_outputs)) for name in outputs]
        try:
            result = self.client.infer(model, filled(triton.InferInput, inputs, binary), outputs=asked, **options)
        except InferenceServerException as error:
            raise Refused(int(error.status() or 0), error.message()) from error
        message = result.get_response()
        return Inferred(message, {each["name"]: result.as_numpy(each["name"]) for each in message["outputs"]})


class KServe:
    name = "kserve"
    binary_only = ("FP16",)
    unknown = ("BF16",)

    def __init__(self, address):
        self.base = f"http://{address}"
        self.loop = asyncio.new_event_loop()
        self.client = InferenceRESTClient(RESTConfig(protocol="v2"))

    def infer(self, model, inputs, binary=True, outputs=None, binary_outputs=None, request_id=None, parameters=None):
        """As Triton.infer."""
        encoding = None if binary_outputs is None else {"binary_data": binary_outputs}
        asked = outputs and [RequestedOutput(name, encoding) for name in outputs]
        given = filled(InferInput, inputs, binary)
        request = InferRequest(model, given, request_id, parameters=parameters, request_outputs=asked)
        result = self.ask(self.client.infer(self.base, request, model_name=model))
        message = {
            "id": result.id,
            "model_name": result.model_name,
            "model_version": result.model_version,
            "outputs": [{"name": each.name, "datatype": each.datatype, "shape": each.shape} for each in result.outputs],
        }
        return Inferred(message, {each.name: each.as_numpy() for each in result.outputs})

    def ask(self, question):
        try:
            return self.loop.run_until_complete(question)
        except httpx.HTTPStatusError as error:
            raise Refused(error.response.status_code, str(error)) from error
