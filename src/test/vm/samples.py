"""The sample files of Debian's package of keepalived, as the rig can play them.

They are keepalived's own (GPL) and not in this checkout: they are read where the package has put them. Keywords,
names, addresses, ports, marks and weights stay as they are: a case gives its servers the addresses that the sample
wants. What is changed is the same for all of them, and only what does not exist here or what would take long:

    delay_loop, delay_before_retry     one second
    connect_timeout                    minutes: in an emulator a first TLS handshake takes long
    digest                             of what the rig's servers answer, "ok"
    /usr/local/bin, /usr/local/sbin    the scripts are the case's, in /run/lvs

What else a case has to change it does by its own verbs: an address that two samples have, or, where a sample wants
a server at a virtual server's address, another one for the server, because its check would be sent to any server.
"""

import gzip
import hashlib
import pathlib
import re

FOLDER = pathlib.Path("/usr/share/doc/keepalived/samples")
PACKAGED = pathlib.Path("/etc/keepalived/keepalived.conf.sample")  # the package has this one there
ANSWER = b"ok\n"
CHANGES = [
    (r"\b(delay_loop|delay_before_retry)(\s+)\d+", r"\g<1>\g<2>1"),
    (r"\b(connect_timeout)(\s+)\d+", r"\g<1>\g<2>240"),
    (r"\b(digest)(\s+)[0-9a-f]{32}\b", r"\g<1>\g<2>" + hashlib.md5(ANSWER).hexdigest()),
    (r"/usr/local/s?bin/", "/run/lvs/"),
]


def files():
    """Name -> path, of those that have virtual servers."""
    found = {"packaged": PACKAGED} | {
        path.name.removesuffix(".gz").removeprefix("keepalived.conf."): path
        for path in sorted(FOLDER.glob("keepalived.conf.*"))}
    return {name: path for name, path in found.items()
            if path.exists() and re.search(r"^[ \t]*virtual_server\s", text(path), re.MULTILINE)}


def text(path):
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


def adapted(name):
    found = files()
    if name not in found:
        raise RuntimeError(f"no sample {name} in {FOLDER}: did dpkg leave out documentation (path-exclude)?")
    changed = text(found[name])
    for pattern, replacement in CHANGES:
        changed = re.sub(pattern, replacement, changed)
    return changed + "\n"
