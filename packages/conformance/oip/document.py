"""Holds exchanges to the protocol's OpenAPI document, and to the binary extension that it does not know."""

import re
from importlib.metadata import distribution
from math import prod
from pathlib import Path
from threading import Lock

import jsonschema_rs
import yaml
from wire import DATATYPES, DECOMPRESS, JSON_LENGTH, split

# open_inference_rest.yaml as MLServer ships it, with the paths that it leaves out and the names of the datatypes
MLSERVERS = "../mlserver/rest/openapi/dataplane.json"

ERROR = {"type": "object", "properties": {"error": {"type": "string", "minLength": 1}}, "required": ["error"]}


class Document:
    """`look` at every exchange; then `looked` counts them, and `problems` has what does not fit."""

    def __init__(self, path=None):
        text = Path(path).read_text("utf-8") if path else distribution("mlserver").read_text(MLSERVERS)
        document = yaml.safe_load(text)
        extend(document["components"])
        self.components = document["components"]
        self.operations = [
            (method.upper(), pattern(template), self.validators(operation))
            for template, operations in document["paths"].items()
            for method, operation in operations.items()
            if method in ("get", "post")
        ]
        self.error = jsonschema_rs.validator_for(ERROR)
        self.lock, self.looked, self.problems = Lock(), 0, []

    def validators(self, operation):
        """Of the request and of the answer, where the document has a schema for them."""
        messages = (operation.get("requestBody", {}), operation["responses"]["200"])
        schemas = [one.get("content", {}).get("application/json", {}).get("schema") for one in messages]
        return [one and jsonschema_rs.validator_for({**one, "components": self.components}) for one in schemas]

    def look(self, exchange):
        try:
            found = list(self.faults(exchange))
        except (AttributeError, KeyError, TypeError) as error:  # a message of another form than any schema says
            found = [f"{exchange.status}: {type(error).__name__}: {error}"]
        problems = [f"{exchange.method} {exchange.path}: {one}" for one in found]
        with self.lock:
            self.looked += 1
            self.problems += problems
        return exchange

    def faults(self, exchange):
        """A refused request need not fit the document, but its answer has to."""
        for method, path, (request, answer) in self.operations:
            if exchange.method == method and path.fullmatch(exchange.path):
                if exchange.status != 200:
                    yield from faults_of(self.error, f"answer {exchange.status}", exchange.headers, exchange.body)
                    return
                if request:
                    yield from faults_of(request, "request", exchange.request_headers, exchange.request_body)
                if answer:
                    yield from faults_of(answer, "answer", exchange.headers, exchange.body)


def faults_of(validator, what, headers, body):
    try:
        plain = DECOMPRESS.get(headers.get("Content-Encoding"), bytes)(body)
        message, binary = split(headers, plain)
    except (ValueError, OSError) as error:
        yield f"{what}: {error}"
        return
    wrong = [f"{what}: {error.instance_path} {error.message[:200]}" for error in validator.iter_errors(message)]
    yield from wrong or (f"{what}: {fault}" for fault in sizes(message, binary))
    kind = headers.get("Content-Type", "application/json")
    wanted = "application/octet-stream" if binary else "application/json"
    if what != "request" and not kind.startswith(wanted):
        yield f"{what}: Content-Type is {kind}, not {wanted}"


def sizes(message, binary):
    """Elements and bytes of tensors against their shapes."""
    tensors = message.get("inputs", message.get("outputs", []))
    for one in tensors:
        given = (one.get("parameters") or {}).get("binary_data_size")
        count, width = prod(one["shape"]), DATATYPES[one["datatype"]].itemsize
        if given is not None and one["datatype"] != "BYTES" and given != count * width:
            yield f"binary_data_size of {one['name']} is {given}, not {count * width}"
        if "data" in one and leaves(one["data"]) != count:
            yield f"data of {one['name']} has {leaves(one['data'])} elements, not {count}"
    announced = sum((one.get("parameters") or {}).get("binary_data_size", 0) for one in tensors)
    if announced != len(binary):
        yield f"{JSON_LENGTH} leaves {len(binary)} bytes, but binary_data_size is {announced} in all"


def leaves(data):
    return sum(leaves(one) if isinstance(one, list) else 1 for one in data)


def extend(components):
    """Adds what Triton does: binary_data_size in place of data, and BF16. Leaves out what JSON does not have."""
    schemas = components["schemas"]
    datatypes = components.get("enums", {}).get("Datatype", {}).get("enum", [])
    datatypes += {"BF16"} - set(datatypes)
    binary = {"type": "object", "properties": {"binary_data_size": {"type": "integer", "minimum": 0}}}
    in_binary = {"properties": {"parameters": {**binary, "required": ["binary_data_size"]}}, "required": ["parameters"]}
    for schema in schemas.values():
        if {"data", "datatype"} <= set(schema.get("required", [])):
            schema["required"].remove("data")
            schema["oneOf"] = [{"required": ["data"]}, in_binary]
        if "oneOf" in schema:
            # MLServer's document has a type that only its Python has
            schema["oneOf"] = [one for one in schema["oneOf"] if one.get("type") != "bytes"]


def pattern(template):
    """A path of the document; the protocol's text has versions optional, and /v2 without a slash at its end."""
    path = re.sub(r"/versions/\$?{\w+}", "(/versions/[^/]+)?", template.removesuffix("/"))
    return re.compile(re.sub(r"\$?{\w+}", "[^/]+", path) + "/?")
