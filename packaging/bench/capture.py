"""What the nodes say on the wire: one socket for all bridges of a stage, with the kernel's time stamps."""

import ctypes
import mmap
import select
import socket
import struct
import threading
from array import array

import flood
from stage import FIRST_BRIDGE

ARP = 0xFF  # instead of a node, in a key: a gratuitous ARP, or IPv6's unsolicited neighbour advertisement


class Capture:
    """Hears every advertisement, every gratuitous ARP for a virtual address (10.LINK.1.VRID) and every
    unsolicited neighbour advertisement for one (fe80::1:VRID) on every bridge, through one memory-mapped
    ring (packet(7), TPACKET_V3).

    times: in ns, and keys: link << 16 | VRID << 8 | node << 1 | (priority is 0), or ARP in the low octet.
    """

    BLOCK, BLOCKS = 1 << 20, 48
    SOL_PACKET, PACKET_RX_RING, PACKET_STATISTICS, PACKET_VERSION = 263, 5, 6, 10
    SO_ATTACH_FILTER, ETH_P_ALL, CLONE_NEWNET = 26, 3, 0x40000000

    def __init__(self, namespace):
        self.times, self.keys = array("Q"), array("I")
        self._stop = False
        self._socket = self._in_namespace(namespace)
        self._ring = mmap.mmap(self._socket.fileno(), self.BLOCK * self.BLOCKS)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _in_namespace(self, namespace):
        """A socket lives where its thread was when it was made; ours goes there and comes back."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/thread-self/ns/net") as home, open(f"/run/netns/{namespace}") as away:
            if libc.setns(away.fileno(), self.CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
            try:
                return self._open(libc)
            finally:
                libc.setns(home.fileno(), self.CLONE_NEWNET)

    def _open(self, libc):
        heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)  # nothing yet: filter first
        load_half, load_byte, load_word, ret = 0x28, 0x30, 0x20, 0x06
        equal, at_least, ancillary = 0x15, 0x35, 0xFFFFF000
        program = [
            (load_half, 0, 0, ancillary + 0), (equal, 13, 0, 0x0806), (equal, 0, 4, 0x0800),  # protocol
            (load_byte, 0, 0, 23), (equal, 0, 13, 112),  # of the IPv4 header
            (load_byte, 0, 0, 29), (equal, 11, 8, flood.NODE),  # its source's last octet
            (equal, 0, 10, 0x86DD),
            (load_byte, 0, 0, 20), (equal, 3, 0, 58), (equal, 0, 7, 112),  # next header of IPv6
            (load_byte, 0, 0, 37), (equal, 5, 2, flood.NODE),  # its source's last octet
            (load_byte, 0, 0, 54), (equal, 0, 3, 136),  # ICMPv6: neighbour advertisement
            (load_word, 0, 0, ancillary + 8), (at_least, 0, 1, FIRST_BRIDGE),  # interface
            (ret, 0, 0, 96), (ret, 0, 0, 0),
        ]
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in program))
        heard.setsockopt(socket.SOL_SOCKET, self.SO_ATTACH_FILTER,
                         struct.pack("HL", len(program), ctypes.addressof(code)))
        heard.setsockopt(self.SOL_PACKET, self.PACKET_VERSION, struct.pack("i", 2))  # TPACKET_V3
        frame, retire_ms = 2048, 100
        heard.setsockopt(self.SOL_PACKET, self.PACKET_RX_RING, struct.pack(
            "7I", self.BLOCK, self.BLOCKS, frame, self.BLOCK // frame * self.BLOCKS, retire_ms, 0, 0))
        # To all interfaces, which Python's own bind() cannot say.
        everywhere = struct.pack("HHiHBB8x", socket.AF_PACKET, socket.htons(self.ETH_P_ALL), 0, 0, 0, 0)
        if libc.bind(heard.fileno(), everywhere, len(everywhere)):
            raise OSError(ctypes.get_errno(), "bind")
        return heard

    def _run(self):
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        ring, block = self._ring, 0
        while not self._stop:
            start = block * self.BLOCK
            status, packets, first = struct.unpack_from("3I", ring, start + 8)
            if not status & 1:
                poll.poll(100)
                continue
            self._read(start + first, packets)
            struct.pack_into("I", ring, start + 8, 0)
            block = (block + 1) % self.BLOCKS

    def _read(self, at, packets):
        ring, unpack = self._ring, struct.unpack_from
        for _ in range(packets):
            next_at, seconds, nanos = unpack("3I", ring, at)
            mac = at + unpack("H", ring, at + 24)[0]
            index, = unpack("i", ring, at + 48 + 4)  # sockaddr_ll follows tpacket3_hdr
            key = self._key(mac)
            if key:
                self.times.append(seconds * 1_000_000_000 + nanos)
                self.keys.append(index - FIRST_BRIDGE << 16 | key)
            at += next_at

    def _key(self, mac):
        ring, ip = self._ring, mac + 14
        kind = ring[mac + 13]  # the EtherType's second octet
        if kind == 0x06:  # ARP
            sender, target = ring[ip + 14:ip + 18], ring[ip + 24:ip + 28]
            return target[3] << 8 | ARP if sender == target and target[2] == 1 else 0
        if kind == 0x00:  # IPv4
            node, vrrp = ring[ip + 15], ip + 20
        else:
            node, vrrp = ring[ip + 23], ip + 40
            if ring[ip + 6] == 58:
                solicited, target = ring[ip + 44] & 0x40, ring[ip + 48:ip + 64]
                return target[15] << 8 | ARP if not solicited and target[13] == 1 else 0
        return ring[vrrp + 1] << 8 | node << 1 | (ring[vrrp + 2] == 0)

    def since(self, index):
        """What was heard from an index of the arrays on: (instance, key's low octet, time) each."""
        return [(key >> 8, key & 0xFF, at) for key, at in zip(self.keys[index:], self.times[index:])]

    def of(self, node, since=0, until=1 << 63):
        """(instance, time) of a node's advertisements, in order."""
        return [(instance, at) for instance, who, at in self.since(0)
                if who == node << 1 and since <= at <= until]

    def dropped(self):
        return struct.unpack("3I", self._socket.getsockopt(self.SOL_PACKET, self.PACKET_STATISTICS, 12))[1]

    def close(self):
        self._stop = True
        self._thread.join()
        self._socket.close()
