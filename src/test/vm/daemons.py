"""keepalived or jkeepalived on a node, with a /run, a /tmp and an /etc/keepalived of its own."""

import os
import pathlib
import re
import signal
import subprocess
import time

from namespaces import CLONE_NEWNS, LIBC, MS_BIND, MS_PRIVATE, MS_REC, check

ROOT = pathlib.Path(__file__).resolve().parents[3]
ENVIRONMENT = {"LC_ALL": "C"}
PROGRAMS = {"keepalived": "keepalived", "jkeepalived": str(ROOT / "packaging/bin/jkeepalived")}

# A service at the end of each configuration, whose server gets another weight with each reload: when
# the kernel has the weight, the daemon has carried out the reload before it.
MARK = 9999

DUMP_SECONDS, START_SECONDS, PAUSE_SECONDS = 120, 240, 0.3
STARTED = "Startup complete"
MARKER = """
virtual_server fwmark 9999 {{
    lvs_sched wrr
    lvs_method NAT
    delay_loop 60
    real_server 127.0.0.9 9 {{
        weight {weight}
    }}
}}
"""
EVENT = '#!/bin/sh\necho "$*" >>/run/lvs/events\n'


class Daemon:
    def __init__(self, kind, node, directory):
        self.kind, self._node = kind, node
        self.run, self.etc, self.log = directory / "run", directory / "etc", directory / "log"
        self.tmp = directory / "tmp"
        # the checkout stays visible when it lies under /tmp
        self._checkout = self.tmp / ROOT.relative_to("/tmp") if ROOT.is_relative_to("/tmp") else None
        for each in (self.run / "lvs", self.etc, self._checkout or self.tmp):
            each.mkdir(parents=True)
        self.script("event", EVENT)
        (self.run / "lvs/events").touch()
        notify = self.etc / "notify.sh"  # of the scenarios
        notify.write_text(EVENT)
        notify.chmod(0o755)
        self._process, self._told, self._starts, self.loads = None, False, 0, 0
        self._fifo, self._fifo_text = None, b""

    def script(self, name, text):
        path = self.run / "lvs" / name
        path.write_text(text)
        path.chmod(0o755)

    def knows(self, name, namespace):
        """A network namespace by its name, as ip-netns(8) has it."""
        (self.run / "netns").mkdir(exist_ok=True)
        (self.run / "netns" / name).symlink_to(namespace.path())

    def configure(self, text, marked):
        self.loads += 1
        (self.etc / "keepalived.conf").write_text(text + (MARKER.format(weight=self.loads) if marked else ""))
        fifo = re.search(r"^\s*(?:lvs_)?notify_fifo\s+/run/(\S+)", text, re.MULTILINE)
        if fifo and self._fifo is None:
            os.mkfifo(self.run / fifo[1], 0o600)
            self._fifo = os.open(self.run / fifo[1], os.O_RDWR | os.O_NONBLOCK)

    def start(self, options=()):
        self._node.enter()
        self._told = False
        self._starts += 1
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                [PROGRAMS[self.kind], "-n", "-l", "-D", *options], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=self._move_in, env=os.environ | ENVIRONMENT)

    def _move_in(self):
        check(LIBC.unshare(CLONE_NEWNS), "unshare")
        check(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mount /")
        checkout = [(ROOT, str(self._checkout))] if self._checkout else []
        for source, target in (*checkout, (self.etc, "/etc/keepalived"), (self.run, "/run"), (self.tmp, "/tmp")):
            check(LIBC.mount(str(source).encode(), target.encode(), None, MS_BIND | MS_REC, None), f"mount {target}")

    def alive(self):
        return self._process is not None and self._process.poll() is None

    def ended_by_itself(self):
        return self._process is not None and not self._told and self._process.poll() is not None

    def reload(self):
        self._process.send_signal(signal.SIGHUP)

    def stop(self, seconds=60):
        """Once it has started: what it is to leave may be there long before, on a slow machine."""
        end = time.monotonic() + START_SECONDS
        while (self.kind == "jkeepalived" and self.logged().count(STARTED) < self._starts
               and self.alive() and time.monotonic() < end):
            time.sleep(PAUSE_SECONDS)
        self._told = True
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(seconds)
        if status:
            raise RuntimeError(f"the daemon's exit status is {status}")

    def kill(self):
        """The whole daemon at once: a parent that lived on would start its child again."""
        if self._process is None:
            return
        self._told, pids = True, [self._process.pid]
        if self.alive():
            self._process.send_signal(signal.SIGSTOP)
            for pid in pids:
                with open(f"/proc/{pid}/task/{pid}/children") as children:
                    pids += map(int, children.read().split())
        for pid in reversed(pids):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._process.wait()

    def events(self):
        return (self.run / "lvs/events").read_text().splitlines()

    def fifo(self):
        if self._fifo is not None:
            try:
                while more := os.read(self._fifo, 65536):
                    self._fifo_text += more
            except BlockingIOError:
                pass
        # COMPAT: keepalived 2.4.3 writes a NUL after each line, 2.2.7 does not
        lines = self._fifo_text.decode().replace("\0", "").splitlines()
        return [line for line in lines if f"FWM {MARK}" not in line]

    def dump(self):
        """What it says of its virtual servers when it is asked to write everything down."""
        path = self.tmp / "keepalived_check.data"
        path.unlink(missing_ok=True)
        self._process.send_signal(signal.SIGUSR1)
        text, end = "", time.monotonic() + DUMP_SECONDS
        while time.monotonic() < end:
            time.sleep(PAUSE_SECONDS)
            before, text = text, path.read_text() if path.exists() else ""
            if text and text == before:
                break
        return text

    def logged(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""
