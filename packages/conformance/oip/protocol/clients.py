"""The same checks with each client."""

from clients import refusal
from suite import Suite


def forms(server, client):
    """Returns the encodings that both server and client support: True for binary."""
    kinds = {datatype for datatype, _ in server.inputs.values()}
    if kinds & set(client.unknown):
        return []
    return [form for form in (False, True) if (server.binary if form else not kinds & set(client.binary_only))]


def suite_of(name):
    """Returns the checks of a client, the attribute `name` of the server."""
    suite = Suite(name)

    def check(claim):
        """Registers a check that runs for each encoding."""

        def register(function):
            @suite.check(claim)
            def in_each_encoding(server, tally):
                client = getattr(server, name)
                for binary in forms(server, client):
                    function(server, tally, client, binary)

        return register

    @check("inputs and outputs in JSON or binary give the same answer")
    def answers(server, tally, client, binary):
        for asked in (None, False, True) if server.binary else (None, False):
            names = None if asked is None else list(server.wanted)
            result = client.infer(server.model, server.inputs, binary, names, asked)
            tally.expect(server.agrees(result.tensors), f"binary {binary}, outputs {asked}: wrong answer")

    @check("the response repeats the id")
    def ids(server, tally, client, binary):
        for wanted in ("1", "id-é-😀"):
            result = client.infer(server.model, server.inputs, binary, request_id=wanted)
            tally.equal(result.message.get("id"), wanted, "the id")

    @check("the response has the requested outputs")
    def outputs(server, tally, client, binary):
        for output in server.wanted:
            result = client.infer(server.model, server.inputs, binary, [output], False)
            tally.equal(list(result.tensors), [output], "outputs")

    @check("an unknown parameter changes nothing")
    def parameters(server, tally, client, binary):
        result = client.infer(server.model, server.inputs, binary, parameters={"mine": 1})
        tally.expect(server.agrees(result.tensors), f"binary {binary}: wrong answer")

    @check("a batch gives the answers of its rows")
    def batches(server, tally, client, binary):
        server.needs_batches()
        for rows in (1, 2, 3, 7, 50):
            result = client.infer(server.model, server.repeated(rows), binary)
            tally.expect(server.agrees(result.tensors, rows), f"{rows} rows: wrong answer")

    @suite.check("an unknown model is refused")
    def unknown(server, tally):
        client = getattr(server, name)
        refused = refusal(client, "an unknown model", "no-such-model", server.inputs, server.binary)
        tally.expect(400 <= refused.status < 500, refused)

    return suite


suites = [suite_of("triton"), suite_of("kserve")]
