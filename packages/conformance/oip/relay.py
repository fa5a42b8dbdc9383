"""A proxy between the clients and the server, which passes each exchange to a function."""

import threading
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from select import select

# Headers of a connection, which a proxy does not forward: RFC 9110, section 7.6.1. The relay sets its own length.
OWN = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
OWN |= {"content-length"}


@dataclass(frozen=True)
class Exchange:
    method: str
    path: str
    request_headers: Message
    request_body: bytes
    status: int
    headers: Message
    body: bytes


class Relay:
    """Listens at `address`. Calls `look` with each exchange, from several threads, and sends what `look` returns."""

    def __init__(self, upstream, look):
        settings = {"upstream": upstream, "look": staticmethod(look)}
        server = Listener(("127.0.0.1", 0), type("Handler", (Handler,), settings))
        self.address = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Does not print the error: the client sees a broken connection too, and its check fails."""


class Handler(BaseHTTPRequestHandler):
    """One connection of a client, with one connection to the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self):
        super().setup()
        self.connection_up = HTTPConnection(self.upstream, timeout=60)

    def finish(self):
        self.connection_up.close()
        super().finish()

    def relay(self):
        request_body = self.read_body()
        self.send_up(request_body)
        response = self.connection_up.getresponse()
        seen = (response.status, response.headers, response.read())
        sent = self.look(Exchange(self.command, self.path, self.headers, request_body, *seen))
        self.send_response_only(sent.status)
        for name, value in without_own(sent.headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent.body)))
        self.end_headers()
        self.wfile.write(sent.body)

    do_GET = do_POST = relay

    def send_up(self, body):
        """Sends the request without headers that the client has not sent, such as Accept-Encoding."""
        if self.connection_up.sock and select([self.connection_up.sock], [], [], 0)[0]:
            self.connection_up.close()  # the server has closed it; clients check for this, too
        self.connection_up.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in without_own(self.headers):
            self.connection_up.putheader(name, value)
        if self.command == "POST":
            self.connection_up.putheader("Content-Length", str(len(body)))
        self.connection_up.endheaders(body or None)

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, *_):
        """Prints nothing."""


def without_own(headers):
    return [(name, value) for name, value in headers.items() if name.lower() not in OWN]
