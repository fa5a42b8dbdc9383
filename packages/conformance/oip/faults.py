"""Faults that a server might have, put into its answers on their way: each must make a claim fail."""

import json
from dataclasses import replace

from wire import JSON_LENGTH, split


def changed(change):
    """Changes the JSON of an answered inference, in place; its binary part stays."""

    def spoil(exchange):
        if exchange.status != 200 or not exchange.path.endswith("/infer") or "Content-Encoding" in exchange.headers:
            return exchange
        message, binary = split(exchange.headers, exchange.body)
        change(message)
        told = json.dumps(message).encode()
        if JSON_LENGTH in exchange.headers:
            exchange.headers.replace_header(JSON_LENGTH, str(len(told)))
        return replace(exchange, body=told + binary)

    return spoil


def when(condition, **fields):
    return lambda exchange: replace(exchange, **fields) if condition(exchange) else exchange


def header(name, change):
    """Changes a header, or takes it away."""

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
    for one in outputs(message):
        if "data" in one:
            one["data"][0] += 1


REFUSED = b'{"error":"refused"}'

FAULTS = {
    "no id": changed(lambda message: message.pop("id", None)),
    "another id": changed(lambda message: message.update(id="other")),
    "no model_name": changed(lambda message: message.pop("model_name")),
    "another version": changed(lambda message: message.update(model_version="other")),
    "another value": changed(another_value),
    "rows in another order": changed(lambda message: [one.get("data", []).reverse() for one in outputs(message)]),
    "one output less": changed(lambda message: outputs(message).pop()),
    "an output twice": changed(lambda message: outputs(message).append(outputs(message)[0])),
    "another datatype": changed(lambda message: outputs(message)[0].update(datatype="FP64")),
    "another shape": changed(lambda message: outputs(message)[0]["shape"].append(1)),
    "no binary_data_size": changed(lambda message: [one.pop("parameters", None) for one in outputs(message)]),
    "a length that is one less": header(JSON_LENGTH, lambda text: str(int(text) - 1)),
    "no length": header(JSON_LENGTH, lambda _: None),
    "no Content-Encoding": header("Content-Encoding", lambda _: None),
    "another Content-Type": header("Content-Type", lambda _: "text/html"),
    "an error that says nothing": when(lambda one: 400 <= one.status < 500, body=b"{}"),
    "an error that is no JSON": when(lambda one: 400 <= one.status < 500, body=b"<h1>Bad Request</h1>"),
    "500 for 400": when(lambda one: one.status == 400, status=500),
    "an unknown model is ready": when(lambda one: one.path.endswith("no-such-model/ready"), status=200),
    "no version is known": when(lambda one: "/versions/" in one.path, status=404, body=REFUSED),
    "not ready": when(lambda one: one.path == "/v2/health/ready", status=503, body=REFUSED),
    "no platform": when(lambda one: one.path == "/v2", body=b'{"name":"x"}'),
    "compression is refused": when(lambda one: "Content-Encoding" in one.request_headers, status=400, body=REFUSED),
}
