"""What each client makes of the server: the same checks for all of them."""

from clients import refusal
from suite import Suite


def forms(server, client):
    """Whether inputs are sent in binary: each way that server and client both have."""
    kinds = {datatype for datatype, _ in server.inputs.values()}
    if kinds & set(client.unknown):
        return []
    return [form for form in (False, True) if (server.binary if form else not kinds & set(client.binary_only))]


def suite_of(name):
    """The checks of one client, which is an attribute of the server of that name."""
    suite = Suite(name)

    @suite.check("inputs and outputs in JSON or binary: the same answer")
    def answers(server, tally):
        client = getattr(server, name)
        for binary in forms(server, client):
            for asked in (None, False, True) if server.binary else (None, False):
                names = None if asked is None else list(server.wanted)
                result = client.infer(server.model, server.inputs, binary, names, asked)
                tally.expect(server.agrees(result.tensors), f"binary {binary}, outputs {asked}: another answer")

    @suite.check("the id comes back")
    def ids(server, tally):
        client = getattr(server, name)
        for binary in forms(server, client):
            for one in ("1", "id-é-😀"):
                result = client.infer(server.model, server.inputs, binary, request_id=one)
                tally.equal(result.message.get("id"), one, "the id")

    @suite.check("the outputs are those that are asked for")
    def outputs(server, tally):
        client = getattr(server, name)
        for binary in forms(server, client):
            for one in server.wanted:
                result = client.infer(server.model, server.inputs, binary, [one], False)
                tally.equal(list(result.tensors), [one], "outputs")

    @suite.check("a parameter that the server does not know changes nothing")
    def parameters(server, tally):
        client = getattr(server, name)
        for binary in forms(server, client):
            result = client.infer(server.model, server.inputs, binary, parameters={"mine": 1})
            tally.expect(server.agrees(result.tensors), f"binary {binary}: another answer")

    @suite.check("a batch gives what its rows give one by one")
    def batches(server, tally):
        server.needs_batches()
        client = getattr(server, name)
        for binary in forms(server, client):
            for rows in (1, 2, 3, 7, 50):
                result = client.infer(server.model, server.repeated(rows), binary)
                tally.expect(server.agrees(result.tensors, rows), f"{rows} rows: another answer")

    @suite.check("an unknown model is refused")
    def unknown(server, tally):
        refused = refusal(getattr(server, name), "it", "no-such-model", server.inputs, server.binary)
        tally.expect(400 <= refused.status < 500, refused)

    return suite


suites = [suite_of("triton"), suite_of("kserve")]
