"""The clients that people use, called in one way: by `infer(inputs, …)`, which gives Inferred or raises Refused."""

import asyncio
from dataclasses import dataclass

import httpx
import tritonclient.http as triton
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig
from kserve.protocol.infer_type import RequestedOutput
from suite import Failed
from tritonclient.utils import InferenceServerException


class Refused(Exception):
    """The server's refusal as a client tells it."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status, self.message = status, message


def refusal(client, what, *question):
    """The refusal of what a client asks; the check ends if it is answered."""
    try:
        client.infer(*question)
    except Refused as refused:
        return refused
    raise Failed(f"{client.name}: {what} was not refused")


@dataclass(frozen=True)
class Inferred:
    message: dict
    tensors: dict


class Triton:
    name = "tritonclient"
    binary_only = ("BF16",)
    unknown = ()

    def __init__(self, address):
        self.client = triton.InferenceServerClient(address, connection_timeout=60, network_timeout=60)

    def infer(self, model, inputs, binary=True, outputs=None, binary_outputs=None, **options):
        """Outputs: names, or none for all; binary_outputs: how they are asked for, or none not to say."""
        given = []
        for name, (datatype, array) in inputs.items():
            one = triton.InferInput(name, list(array.shape), datatype)
            one.set_data_from_numpy(array, binary_data=binary)
            given.append(one)
        asked = outputs and [triton.InferRequestedOutput(name, binary_data=bool(binary_outputs)) for name in outputs]
        try:
            result = self.client.infer(model, given, outputs=asked, **options)
        except InferenceServerException as error:
            raise Refused(int(error.status() or 0), error.message()) from error
        message = result.get_response()
        return Inferred(message, {one["name"]: result.as_numpy(one["name"]) for one in message["outputs"]})


class KServe:
    name = "kserve"
    binary_only = ("FP16",)
    unknown = ("BF16",)

    def __init__(self, address):
        self.base = f"http://{address}"
        self.loop = asyncio.new_event_loop()
        self.client = InferenceRESTClient(RESTConfig(protocol="v2"))

    def infer(self, model, inputs, binary=True, outputs=None, binary_outputs=None, request_id=None, parameters=None):
        given = []
        for name, (datatype, array) in inputs.items():
            one = InferInput(name, list(array.shape), datatype)
            one.set_data_from_numpy(array, binary_data=binary)
            given.append(one)
        asked = outputs and [
            RequestedOutput(name, None if binary_outputs is None else {"binary_data": binary_outputs})
            for name in outputs
        ]
        request = InferRequest(model, given, request_id, parameters=parameters, request_outputs=asked)
        result = self.ask(self.client.infer(self.base, request, model_name=model))
        message = {
            "id": result.id,
            "model_name": result.model_name,
            "model_version": result.model_version,
            "outputs": [{"name": one.name, "datatype": one.datatype, "shape": one.shape} for one in result.outputs],
        }
        return Inferred(message, {one.name: one.as_numpy() for one in result.outputs})

    def ask(self, question):
        try:
            return self.loop.run_until_complete(question)
        except httpx.HTTPStatusError as error:
            raise Refused(error.response.status_code, str(error)) from error
