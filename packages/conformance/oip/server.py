"""The server under test, its model, and a request that the model answers."""

import json
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection

import numpy as np
from clients import KServe, Triton
from suite import Skipped
from wire import DATATYPES, JSON_LENGTH, split, tensor, tensors

EXTENSION = "binary_tensor_data"
JSON = {"Content-Type": "application/json"}


@dataclass
class Response:
    status: int
    headers: Message
    body: bytes

    def json(self):
        return split(self.headers, self.body)[0]

    def tensors(self):
        message, binary = split(self.headers, self.body)
        return tensors(message["outputs"], binary)


class Server:
    """Speaks HTTP without a client library, so that a check controls every header; has the clients, too."""

    def __init__(self, address, model, request=None, direct=None):
        self.address, self.model = address, model
        # Bypasses the relay.
        self.direct = direct or address
        self.path = f"/v2/models/{model}"
        self.triton, self.kserve = Triton(address), KServe(address)
        self.metadata = self.get(self.path).json()
        self.binary = EXTENSION in self.get("/v2").json().get("extensions", [])
        # A server without versions may omit them.
        self.versions = self.metadata.get("versions") or []
        self.inputs = inputs_of(request) if request else zeros(self.metadata["inputs"])
        self.wanted = self.first(self.infer(self.request())).tensors()

    def first(self, response):
        if response.status != 200:
            found = f"{response.status} {response.body[:500]!r}"
            raise SystemExit(f"{self.model} refuses the example request: {found}; give another one by --request")
        return response

    def get(self, path):
        return self.send("GET", path, None, {})

    def send(self, method, path, body, headers):
        connection = HTTPConnection(self.address, timeout=60)
        try:
            connection.request(method, path, body, {"Accept-Encoding": "identity", **headers})
            response = connection.getresponse()
            return Response(response.status, response.headers, response.read())
        finally:
            connection.close()

    def request(self, encoding="flat", **fields):
        """Returns the example as JSON, with more fields."""
        inputs = [tensor(name, kind, array, encoding)[0] for name, (kind, array) in self.inputs.items()]
        return {"inputs": inputs, **fields}

    def infer(self, request, path=None):
        return self.send("POST", f"{path or self.path}/infer", json.dumps(request).encode(), JSON)

    def binary_request(self, **fields):
        """Returns body and headers of the example in binary, without a Content-Type, as tritonclient sends it."""
        data = [tensor(name, kind, array, "binary")[1] for name, (kind, array) in self.inputs.items()]
        head = json.dumps(self.request("binary", **fields)).encode()
        return b"".join([head, *data]), {JSON_LENGTH: str(len(head))}

    def infer_binary(self, **fields):
        return self.send("POST", f"{self.path}/infer", *self.binary_request(**fields))

    def repeated(self, rows):
        return {name: (kind, repeat(array, rows)) for name, (kind, array) in self.inputs.items()}

    def agrees(self, found, rows=1):
        """Returns whether the tensors are the outputs of the example, repeated `rows` times."""
        wanted = {name: repeat(array, rows) for name, array in self.wanted.items()}
        return found.keys() == wanted.keys() and all(same(found[name], wanted[name]) for name in wanted)

    def needs_binary(self):
        if not self.binary:
            raise Skipped(f"/v2 does not list {EXTENSION}")

    def needs_versions(self):
        if not self.versions:
            raise Skipped("the model's metadata lists no versions")

    def needs_batches(self):
        every = [*self.metadata["inputs"], *self.metadata["outputs"]]
        if not all(each["shape"][:1] == [-1] for each in every):
            raise Skipped("the metadata has a tensor whose first dimension is not -1")

    def expect_answered(self, tally):
        response = self.infer(self.request())
        tally.expect(response.status == 200 and self.agrees(response.tensors()), "the right request after it fails")

    def expect_refused(self, tally, response, what):
        tally.expect(400 <= response.status < 500, f"{what}: {response.status} {response.body[:200]!r}")
        message = response.json().get("error")
        tally.expect(isinstance(message, str) and message, f"{what}: no error in {response.body[:200]!r}")


def inputs_of(request):
    return {
        each["name"]: (each["datatype"], np.array(each["data"], DATATYPES[each["datatype"]]).reshape(each["shape"]))
        for each in request["inputs"]
    }


def zeros(inputs):
    """Returns an input of zeros for each tensor of the metadata. A dimension of -1 becomes 1."""
    return {
        each["name"]: (
            each["datatype"],
            np.zeros([max(size, 1) for size in each["shape"]], DATATYPES[each["datatype"]]),
        )
        for each in inputs
    }


def repeat(array, rows):
    return array if rows == 1 else np.concatenate([array] * rows)


def same(found, wanted):
    """Returns whether arrays are equal, except for the last bits, in which a batch may differ from its rows."""
    if found is None or found.shape != wanted.shape:
        return False
    if wanted.dtype.kind == "f":
        return found.dtype == wanted.dtype and np.allclose(found, wanted, rtol=1e-5, atol=1e-6, equal_nan=True)
    return np.array_equal(found, wanted)
