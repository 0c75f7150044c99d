"""Listens to what passes between programs and the kernel's IPVS, in the calling thread's network namespace.

The kernel's own tap (nlmon) hands a copy of each netlink datagram, with its time, to a packet socket that
is read afterwards: nothing runs beside the programs that are measured.
"""

import collections
import socket
import struct

GENERIC = 16  # NETLINK_GENERIC, as the link layer protocol
ERROR, DONE, CONTROL = 2, 3, 16  # message types; that of IPVS is given by the kernel, above these
REQUEST = 1
CHANGES = {1: "new service", 2: "set service", 3: "delete service", 5: "new server", 6: "set server",
           7: "delete server", 17: "flush"}
SO_RCVBUFFORCE, SO_TIMESTAMPNS, SOL_PACKET, PACKET_STATISTICS = 33, 35, 263, 6
BUFFER_BYTES = 256 << 20

Message = collections.namedtuple("Message", "at_ns datagram what")  # what: of CHANGES, "other request", "answer"


class Tap:
    def __init__(self):
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.bind(("nlmon0", 0x0003))
        self._socket.setblocking(False)
        self._heard = self._dropped = 0

    def close(self):
        self._socket.close()

    def heard(self):
        """How many datagrams there were, and how many of them the socket had no room for."""
        heard, dropped = struct.unpack("II", self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        self._heard, self._dropped = self._heard + heard, self._dropped + dropped
        return self._heard, self._dropped

    def messages(self):
        """What was heard since the last call, in order."""
        found, number = [], 0
        while True:
            try:
                data, ancillary, _, sender = self._socket.recvmsg(1 << 20, 64)
            except BlockingIOError:
                return found
            if sender[1] != GENERIC:
                continue
            seconds, nanos = struct.unpack("qq", ancillary[0][2])
            number += 1
            found += [Message(seconds * 10**9 + nanos, number, what) for what in self._parse(data)]

    @staticmethod
    def _parse(data):
        at = 0
        while at + 16 <= len(data):
            length, kind, flags = struct.unpack_from("=IHH", data, at)
            if length < 16:
                return
            if kind in (ERROR, DONE) or not flags & REQUEST:
                yield "answer"
            elif kind > CONTROL:
                yield CHANGES.get(data[at + 16], "other request")
            at += length + 3 & ~3
