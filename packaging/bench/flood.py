"""Sends bad advertisements as fast as one core can: from 10.LINK.0.3, with a hop limit of 254.

    python3 flood.py SECONDS VRIDS INTERFACE...     prints how many frames went out

Run in the namespace of the node that is not to hear them itself.
"""

import socket
import struct
import sys
import time

NODE = 3  # no node of the stage: the capture leaves its packets out


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def frame(link, vrid):
    vrrp = struct.pack("!BBBBBBH4s8x", 0x21, vrid, 100, 1, 0, 1, 0, bytes((10, link, 1, vrid)))
    vrrp = vrrp[:6] + struct.pack("!H", checksum(vrrp)) + vrrp[8:]
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0xC0, 20 + len(vrrp), 0, 0, 254, 112, 0, bytes((10, link, 0, NODE)),
                     bytes((224, 0, 0, 18)))
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    return bytes((1, 0, 0x5E, 0, 0, 18, 0, 0, 0x5E, 0, 1, vrid, 8, 0)) + ip + vrrp


def main():
    seconds, vrids, interfaces = float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    senders = []
    for link, interface in enumerate(interfaces):
        sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        sender.bind((interface, 0))
        senders.append((sender.send, [frame(link, vrid) for vrid in range(1, vrids + 1)]))
    sent, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for send, frames in senders:
            for each in frames:
                send(each)
            sent += len(frames)
    print(sent)


if __name__ == "__main__":
    main()
