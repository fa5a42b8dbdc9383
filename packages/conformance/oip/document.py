"""Checks exchanges against the protocol's OpenAPI document and the binary extension, which the document lacks."""

import re
from importlib.metadata import distribution
from math import prod
from pathlib import Path
from threading import Lock

import jsonschema_rs
import yaml
from wire import DATATYPES, DECOMPRESS, JSON_LENGTH, split

# MLServer's copy of open_inference_rest.yaml, which adds missing paths and the names of the datatypes.
MLSERVERS = "../mlserver/rest/openapi/dataplane.json"

ERROR = {"type": "object", "properties": {"error": {"type": "string", "minLength": 1}}, "required": ["error"]}


class Document:
    """`check` receives every exchange, `checked` counts them, and `problems` lists what does not match."""

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
        self.lock, self.checked, self.problems = Lock(), 0, []

    def validators(self, operation):
        """Returns the validators of the request and of the response, None where the document has no schema."""
        messages = (operation.get("requestBody", {}), operation["responses"]["200"])
        schemas = [each.get("content", {}).get("application/json", {}).get("schema") for each in messages]
        return [each and jsonschema_rs.validator_for({**each, "components": self.components}) for each in schemas]

    def check(self, exchange):
        """Returns the exchange unchanged."""
        try:
            found = list(self.faults(exchange))
        except (AttributeError, KeyError, TypeError) as error:  # a message of a form that no schema allows
            found = [f"{exchange.status}: {type(error).__name__}: {error}"]
        problems = [f"{exchange.method} {exchange.path}: {each}" for each in found]
        with self.lock:
            self.checked += 1
            self.problems += problems
        return exchange

    def faults(self, exchange):
        """A refused request need not match the document, but its response must."""
        for method, path, (request, response) in self.operations:
            if exchange.method == method and path.fullmatch(exchange.path):
                if exchange.status != 200:
                    yield from faults_of(self.error, f"response {exchange.status}", exchange.headers, exchange.body)
                    return
                if request:
                    yield from faults_of(request, "request", exchange.request_headers, exchange.request_body)
                if response:
                    yield from faults_of(response, "response", exchange.headers, exchange.body)


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
        yield f"{what}: Content-Type is {kind}, expected {wanted}"


def sizes(message, binary):
    """Yields where the elements and bytes of tensors do not match their shapes."""
    tensors = message.get("inputs", message.get("outputs", []))
    for each in tensors:
        given = (each.get("parameters") or {}).get("binary_data_size")
        count, width = prod(each["shape"]), DATATYPES[each["datatype"]].itemsize
        if given is not None and each["datatype"] != "BYTES" and given != count * width:
            yield f"binary_data_size of {each['name']} is {given}, expected {count * width}"
        if "data" in each and leaves(each["data"]) != count:
            yield f"data of {each['name']} has {leaves(each['data'])} elements, expected {count}"
    announced = sum((each.get("parameters") or {}).get("binary_data_size", 0) for each in tensors)
    if announced != len(binary):
        yield f"{JSON_LENGTH} leaves {len(binary)} bytes, but binary_data_size adds up to {announced}"


def leaves(data):
    return sum(leaves(each) if isinstance(each, list) else 1 for each in data)


def extend(components):
    """Adds Triton's extension: BF16, and binary_data_size instead of data."""
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
            # MLServer's document has a type that JSON Schema does not have.
            schema["oneOf"] = [each for each in schema["oneOf"] if each.get("type") != "bytes"]


def pattern(template):
    """Returns a pattern for a path of the document. The protocol makes versions and the final slash optional."""
    path = re.sub(r"/versions/\$?{\w+}", "(/versions/[^/]+)?", template.removesuffix("/"))
    return re.compile(re.sub(r"\$?{\w+}", "[^/]+", path) + "/?")
