"""Stands between the clients and the server, hands every message on as it is, and has each exchange looked at."""

import threading
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from select import select

# A connection's own, which are not handed on: RFC 9110, section 7.6.1. The length is told anew.
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
    """Listens on a port of its own, which `address` tells. `look` is given each exchange, from several threads, and
    what it gives back is answered."""

    def __init__(self, upstream, look):
        settings = {"upstream": upstream, "look": staticmethod(look)}
        server = Listener(("127.0.0.1", 0), type("Handler", (Handler,), settings))
        self.address = f"127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A connection that the server broke is broken for the client too, whose check tells."""


class Handler(BaseHTTPRequestHandler):
    """One connection of a client, for which there is one to the server."""

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
        answer = self.connection_up.getresponse()
        body = answer.read()
        seen = Exchange(self.command, self.path, self.headers, request_body, answer.status, answer.headers, body)
        told = self.look(seen)
        self.send_response_only(told.status)
        for name, value in without_own(told.headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)

    do_GET = do_POST = relay

    def send_up(self, body):
        """Adds no header that the client has not sent, such as Accept-Encoding."""
        if self.connection_up.sock and select([self.connection_up.sock], [], [], 0)[0]:
            self.connection_up.close()  # the server has ended it: clients look, too
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
        """Nothing: the table tells."""


def without_own(headers):
    return [(name, value) for name, value in headers.items() if name.lower() not in OWN]
