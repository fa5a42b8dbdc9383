"""Faults that a server might have. Each changes the responses on their way and must make a claim fail."""

import json
from dataclasses import replace

from wire import JSON_LENGTH, split


def changed(change):
    """Returns a fault that changes the JSON of an inference response in place and keeps its binary part."""

    def spoil(exchange):
        if exchange.status != 200 or not exchange.path.endswith("/infer") or "Content-Encoding" in exchange.headers:
            return exchange
        message, binary = split(exchange.headers, exchange.body)
        change(message)
        head = json.dumps(message).encode()
        if JSON_LENGTH in exchange.headers:
            exchange.headers.replace_header(JSON_LENGTH, str(len(head)))
        return replace(exchange, body=head + binary)

    return spoil


def when(condition, **fields):
    return lambda exchange: replace(exchange, **fields) if condition(exchange) else exchange


def header(name, change):
    """Returns a fault that changes a header, or removes the header if `change` returns None."""

    def spoil(exchange):
        if name in exchange.headers:
            value = change(exchange.headers[name])
            del exchange.headers[name]
            if value is not None:
                exchange.headers[name] = value
        return exchange

    return spoil


def outputs(message):
    return message["outputs"]


def another_value(message):
    for each in outputs(message):
        if "data" in each:
            each["data"][0] += 1


REFUSED = b'{"error":"refused"}'

FAULTS = {
    "no id": changed(lambda message: message.pop("id", None)),
    "another id": changed(lambda message: message.update(id="other")),
    "no model_name": changed(lambda message: message.pop("model_name")),
    "another version": changed(lambda message: message.update(model_version="other")),
    "another value": changed(another_value),
    "rows in another order": changed(lambda message: [each.get("data", []).reverse() for each in outputs(message)]),
    "a missing output": changed(lambda message: outputs(message).pop()),
    "an output twice": changed(lambda message: outputs(message).append(outputs(message)[0])),
    "another datatype": changed(lambda message: outputs(message)[0].update(datatype="FP64")),
    "another shape": changed(lambda message: outputs(message)[0]["shape"].append(1)),
    "no binary_data_size": changed(lambda message: [each.pop("parameters", None) for each in outputs(message)]),
    "a length that is too small": header(JSON_LENGTH, lambda value: str(int(value) - 1)),
    "no length": header(JSON_LENGTH, lambda _: None),
    "no Content-Encoding": header("Content-Encoding", lambda _: None),
    "another Content-Type": header("Content-Type", lambda _: "text/html"),
    "an error without a message": when(lambda seen: 400 <= seen.status < 500, body=b"{}"),
    "an error that is not JSON": when(lambda seen: 400 <= seen.status < 500, body=b"<h1>Bad Request</h1>"),
    "500 instead of 400": when(lambda seen: seen.status == 400, status=500),
    "an unknown model is ready": when(lambda seen: seen.path.endswith("no-such-model/ready"), status=200),
    "unknown versions": when(lambda seen: "/versions/" in seen.path, status=404, body=REFUSED),
    "not ready": when(lambda seen: seen.path == "/v2/health/ready", status=503, body=REFUSED),
    "no platform": when(lambda seen: seen.path == "/v2", body=b'{"name":"x"}'),
    "compression is refused": when(lambda seen: "Content-Encoding" in seen.request_headers, status=400, body=REFUSED),
}
