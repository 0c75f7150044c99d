"""Real servers that a case switches on and off: sockets in a namespace, answered by threads of the harness."""

import pathlib
import signal
import socket
import ssl
import struct
import subprocess
import time

from namespaces import Worker

CERTIFICATE = pathlib.Path(__file__).with_name("expired.pem")
FIRST_EPHEMERAL_PORT = 32768

class Server:
    """Listens on one address and port; notes what arrives, answers as its behaviour says.

    accept       TCP: takes the connection, waits until the peer closes
    note         TCP: the same, and notes "from ADDRESS", "from ADDRESS:PORT" if the port is not one that the
                 kernel gives, then "FIN" or "RST"; UDP: "from ADDRESS", and no answer
    answer TEXT  TCP: reads a request's head, sends the text (with \\r\\n escapes), closes
    keep TEXT    the same, without closing
    drip TEXT    the same, a byte every 100 ms
    trickle      a header without end, 40 bytes every 0.5 s
    silent       TCP: reads, never answers; UDP: the same
    close        closes after the request without a byte
    reset        RST after the request
    talk A|B|…   sends A, reads a line, sends B, …; notes each line, and "FIN" or "RST" where none comes
    spell A|B|…  the same, A a byte every 50 ms
    smtp         takes mails; notes of each the subject and the first line of its text
    echo         UDP: sends what came
    answer TEXT  UDP: sends the first two bytes of what came, the id of DNS, and the text; notes "id" and what came
                 behind the id
    say TEXT     UDP: sends the text
    tls VERSION BEHAVIOUR
                 TCP: TLS, of that version alone ("any", "1.0" …), with a certificate that expired, is nobody's and
                 has another name; notes "SNI name" or "no SNI"; then the behaviour
    cut TEXT     the same as answer, without TLS's close_notify in the end
    """

    def __init__(self, namespace, address, port, protocol="tcp", behaviour="accept"):
        self._namespace, self.address, self.port, self.protocol = namespace, address, port, protocol
        word, _, rest = behaviour.partition(" ")
        self._tls = None
        if word == "tls":
            version, word, rest = (rest + " ").split(" ", 2)
            self._tls, rest = self._tls_context(version), rest[:-1]
        self._behave = getattr(self, "_" + word)
        self._text = rest.encode().decode("unicode_escape").encode("latin-1")
        self.requests, self.mails, self._socket = [], [], None
        self.up()

    def _tls_context(self, version):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        context.set_ciphers("ALL:@SECLEVEL=0")  # or there would be no TLS 1.0 on Debian
        context.minimum_version = ssl.TLSVersion.TLSv1
        if version != "any":
            context.minimum_version = context.maximum_version = ssl.TLSVersion["TLSv" + version.replace("1.0", "1").replace(".", "_")]
        context.sni_callback = lambda connection, name, _: self.requests.append(
            f"SNI {name}".encode() if name else b"no SNI")
        return context

    def up(self):
        self._namespace.enter()
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        kind = socket.SOCK_STREAM if self.protocol == "tcp" else socket.SOCK_DGRAM
        self._socket = socket.socket(family, kind)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        name, _, scope = self.address.partition("%")
        where = (name, self.port) if family == socket.AF_INET else (
            name, self.port, 0, socket.if_nametoindex(scope) if scope else 0)
        self._socket.bind(where)
        if self.protocol == "tcp":
            self._socket.listen(64)
        Worker(self._serve if self.protocol == "tcp" else self._datagrams, self._socket)

    def down(self):
        listening, self._socket = self._socket, None
        if listening:
            try:
                listening.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept(2)
            except OSError:
                pass
            listening.close()

    def _serve(self, listening):
        while True:
            try:
                connection, peer = listening.accept()
            except OSError:
                return
            Worker(self._talk_to, connection, peer)

    def _talk_to(self, connection, peer):
        with connection:
            connection.settimeout(60)
            try:
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                self._behave(connection)
            except (OSError, ssl.SSLError):
                pass

    def _datagrams(self, bound):
        while True:
            try:
                data, peer = bound.recvfrom(65535)
            except OSError:
                return
            if peer is None:  # it has been shut down
                return
            self.requests.append(data)
            if self._behave == self._echo:
                bound.sendto(data, peer)
            elif self._behave == self._say:
                bound.sendto(self._text, peer)
            elif self._behave == self._note:
                self.requests.append(f"from {peer[0]}".encode())
            elif self._behave == self._answer:
                self.requests.append(b"id" + data[2:])
                bound.sendto(data[:2] + self._text, peer)

    def _head(self, connection):
        data = b""
        while not data.endswith(b"\r\n\r\n"):
            more = connection.recv(4096)
            if not more:
                break
            data += more
        if data:
            self.requests.append(data)
        return data

    def _accept(self, connection):
        connection.recv(1)

    def _answer(self, connection):
        if self._head(connection):
            connection.sendall(self._text)

        if self._tls:
            connection.unwrap()

    def _cut(self, connection):
        if self._head(connection):
            connection.sendall(self._text)

    def _keep(self, connection):
        if self._head(connection):
            connection.sendall(self._text)
        connection.recv(1)

    def _note(self, connection):
        address, port = connection.getpeername()[:2]
        self.requests.append(f"from {address}".encode())
        if port < FIRST_EPHEMERAL_PORT:
            self.requests.append(f"from {address}:{port}".encode())
        try:
            while connection.recv(4096):
                pass
            self.requests.append(b"FIN")
        except ConnectionResetError:
            self.requests.append(b"RST")

    def _drip(self, connection):
        if self._head(connection):
            for byte in self._text:
                connection.sendall(bytes([byte]))
                time.sleep(0.1)

    def _trickle(self, connection):
        self._head(connection)
        connection.sendall(b"HTTP/1.0 200 OK\r\n")
        for number in range(60):
            connection.sendall(b"X-Field-%02d: %s\r\n" % (number, b"x" * 26))
            time.sleep(0.5)

    def _silent(self, connection):
        while connection.recv(4096):
            pass

    def _close(self, connection):
        self._head(connection)

    def _reset(self, connection):
        self._head(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _talk(self, connection):
        self._spell(connection, 0)

    def _spell(self, connection, pause=0.05):
        for text in self._text.split(b"|"):
            for piece in [bytes([byte]) for byte in text] if pause else [text]:
                connection.sendall(piece)
                time.sleep(pause)
            pause = 0
            try:
                line = connection.recv(4096)
            except ConnectionResetError:
                self.requests.append(b"RST")
                return
            self.requests.append(line or b"FIN")
            if not line:
                return

    def _say(self, connection):
        connection.sendall(self._text)

    def _smtp(self, connection):
        stream = connection.makefile("rwb", buffering=0)
        stream.write(b"220 mail.test\r\n")
        while line := stream.readline().decode().strip():
            if line == "DATA":
                stream.write(b"354 go on\r\n")
                text = []
                while (more := stream.readline().decode().rstrip("\r\n")) != ".":
                    text.append(more)
                subject = next(field[8:].strip() for field in text if field.startswith("Subject:"))
                body = text[text.index("") + 1:]
                self.mails.append(f"{subject.removeprefix('[director] ')} {next(filter(None, body))}")
            stream.write(b"221 bye\r\n" if line == "QUIT" else b"250 ok\r\n")

    def _echo(self, connection):
        while data := connection.recv(4096):
            connection.sendall(data)


class Nginx:
    """nginx on all addresses of a node, port 80, both families; it answers with the node's name."""

    CONF = """daemon off; master_process off; pid {directory}/pid; error_log {directory}/error; events {{}}
http {{ access_log off; server {{ listen 80; listen [::]:80; return 200 "{name}\\n"; }} }}
"""

    def __init__(self, namespace, name, directory):
        directory.mkdir(parents=True)
        self._namespace, self._conf, self._process = namespace, directory / "conf", None
        self.requests, self.mails = [], []
        self._conf.write_text(self.CONF.format(directory=directory, name=name))
        self.up()

    def up(self):
        self._namespace.enter()
        self._process = subprocess.Popen(["nginx", "-c", self._conf, "-e", "stderr"],
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def down(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


class Visitor:
    """A connection of a client that stays open: one request after the other over it."""

    PATIENCE_SECONDS = 60  # on a busy machine a check may have failed, and there is nobody to connect to

    def __init__(self, namespace, address, port):
        namespace.enter()
        end = time.monotonic() + self.PATIENCE_SECONDS
        while True:
            try:
                self._connection = socket.create_connection((address, port), 10)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)
        self._connection.settimeout(3)

    def ask(self):
        """Whose answer comes, or what went wrong."""
        try:
            self._connection.sendall(b"GET / HTTP/1.1\r\nHost: visitor\r\n\r\n")
            answer = self._connection.recv(4096).decode()
        except OSError as problem:
            return str(problem)
        return answer.split("\r\n\r\n")[-1].strip() or "closed"
