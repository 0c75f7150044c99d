"""Two nodes in network namespaces, and the daemons on them. Needs root, and keepalived or a built checkout."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

FIRST_BRIDGE = 1000  # interface indexes of the bridges: the capture's filter knows them by it
K1, K2 = 1, 2  # also the last octet of a node's addresses
CPUCLOCK_SCHED = 2


def sh(*command, text=None):
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: {result.stdout}{result.stderr}")
    return result.stdout


def wait_until(what, seconds, condition, pause=0.2):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"waited {seconds} s in vain: {what}")
        time.sleep(pause)


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def cpu_seconds(pids):
    """CPU time of processes that live, with all threads that they ever had, to the nanosecond.

    From each process's own clock (clock_getcpuclockid(3)). A sum over /proc/PID/task loses what threads
    used that have ended since, and can run backwards.
    """
    return sum(time.clock_gettime_ns(~pid << 3 | CPUCLOCK_SCHED) for pid in pids) / 1e9


class Stage:
    """Two nodes and a switch with as many bridges as there are links.

    inet6: whether the nodes have IPv6 addresses, too: fe80::NODE, fd00:LINK::NODE
    """

    def __init__(self, links, inet6=False):
        self.links = links
        self.inet6 = inet6
        self.name = f"jkbench{os.getpid()}"
        self.switch = f"{self.name}-switch"
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="jkbench.", dir="/var/tmp"))

    def __enter__(self):
        try:
            self._build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _build(self):
        for name in (self.switch, self.node(K1), self.node(K2)):
            sh("ip", "netns", "add", name)
            if self.inet6 and name != self.switch:  # what others have not, within a second
                settings = ["default.accept_dad=0", "default.addr_gen_mode=1"]
            else:
                settings = ["all.disable_ipv6=1", "default.disable_ipv6=1"]
            sh("ip", "netns", "exec", name, "sysctl", "-qw", *(f"net.ipv6.conf.{each}" for each in settings))
        batch = ""
        for link in range(self.links):
            # promiscuous, or the capture would not hear what one node sends to the other alone
            batch += (f"link add name lan{link} index {FIRST_BRIDGE + link} type bridge stp_state 0 "
                      f"forward_delay 0 mcast_snooping 0\nlink set lan{link} up promisc on\n")
        for node in (K1, K2):
            self._batch(self.node(node), "".join(
                f"link add name eth{link} type veth peer name k{node}.{link} netns {self.switch}\n"
                f"address add 10.{link}.0.{node}/16 dev eth{link}\nlink set eth{link} up\n"
                + (f"address add fe80::{node}/64 dev eth{link} nodad\n"
                   f"address add fd00:{link:x}::{node}/64 dev eth{link} nodad\n" if self.inet6 else "")
                for link in range(self.links)) + "link set lo up\n")
            batch += "".join(f"link set k{node}.{link} master lan{link}\nlink set k{node}.{link} up\n"
                             for link in range(self.links))
        self._batch(self.switch, batch)
        # The kernel takes its time, up to a second, until a new port forwards.
        wait_until("the switch forwards", 30, lambda: sh("bridge", "-n", self.switch, "link").count(
            "state forwarding") == 2 * self.links)

    @staticmethod
    def _batch(namespace, commands):
        sh("ip", "-n", namespace, "-batch", "-", text=commands)

    def node(self, number):
        return f"{self.name}-k{number}"

    def addresses(self, number):
        """How many virtual addresses a node has."""
        if self.inet6:
            return sh("ip", "-n", self.node(number), "-6", "-o", "address").count(" fe80::1:")
        return sh("ip", "-n", self.node(number), "-4", "-o", "address").count("/32 ")

    def check(self, program, configuration):
        """Raises what the daemon says about a configuration that it does not take as it stands."""
        file = self.work / "check.conf"
        file.write_text(configuration)
        said = subprocess.run(["ip", "netns", "exec", self.node(K1), program, "-t", "-f", str(file)],
                              capture_output=True, text=True, timeout=120)
        lines = (said.stdout + said.stderr).replace(str(file), "configuration").splitlines()
        if lines or said.returncode:
            more = f"\n    ... and {len(lines) - 4} lines more" if len(lines) > 4 else ""
            raise RuntimeError(f"does not take this configuration; -t exits with {said.returncode}:\n    "
                               + "\n    ".join(lines[:4]) + more)

    def __exit__(self, *_):
        for name in (self.node(K1), self.node(K2), self.switch):
            pids = subprocess.run(["ip", "netns", "pids", name], capture_output=True, text=True).stdout
            for pid in pids.split():
                kill(int(pid), signal.SIGKILL)
            subprocess.run(["ip", "netns", "delete", name], capture_output=True)
        shutil.rmtree(self.work, ignore_errors=True)


class Daemon:
    """keepalived or jkeepalived on a node, with a /run of its own."""

    ENTER = 'mount --bind "$1" /run; shift; echo "$EPOCHREALTIME" >/run/exec; exec "$@"'

    def __init__(self, stage, node, program, configuration, own=""):
        """own: for jkeepalived.conf, which keepalived does not read"""
        self.directory = stage.work / f"k{node}-{time.monotonic_ns()}"
        self.directory.mkdir()
        (self.directory / "keepalived.conf").write_text(configuration)
        (self.directory / "jkeepalived.conf").write_text(own)
        self._notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notify.bind(str(self.directory / "notify"))
        self.log = self.directory / "log"
        environment = dict(os.environ, NOTIFY_SOCKET="/run/notify", LC_ALL="C")
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                ["ip", "netns", "exec", stage.node(node), "bash", "-ec", self.ENTER, "bash",
                 str(self.directory), program, "-n", "-l", "-f", "/run/keepalived.conf",
                 "-p", "/run/p.pid", "-r", "/run/r.pid"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)

    def seconds_to_ready(self):
        """From exec to READY=1, or to the log line of a keepalived that tells only systemd's own child."""
        end = time.monotonic() + 120
        self._notify.settimeout(0.002)
        while time.monotonic() < end:
            try:
                ready = b"READY=1" in self._notify.recv(4096)
            except TimeoutError:
                ready = b"Startup complete" in self.log.read_bytes()
            if ready:
                return time.time() - self.executed_ns() / 1e9
            if self.process.poll() is not None:
                break
        raise RuntimeError(f"never ready: {self.log.read_text()[-2000:]}")

    def executed_ns(self):
        return int(float((self.directory / "exec").read_text()) * 1e6) * 1000

    def pids(self):
        found, parents = [self.process.pid], [self.process.pid]
        while parents:
            pid = parents.pop()
            try:
                children = [int(each) for task in os.listdir(f"/proc/{pid}/task")
                            for each in open(f"/proc/{pid}/task/{task}/children").read().split()]
            except FileNotFoundError:
                continue
            found += children
            parents += children
        return found

    def cpu_seconds(self):
        """CPU time of all its processes."""
        return cpu_seconds(self.pids())

    def memory_mib(self):
        """Resident, proportional."""
        rss = pss = 0
        for pid in self.pids():
            for line in open(f"/proc/{pid}/smaps_rollup"):
                rss += int(line.split()[1]) if line.startswith("Rss:") else 0
                pss += int(line.split()[1]) if line.startswith("Pss:") else 0
        return rss / 1024, pss / 1024

    def kill(self):
        kill(self.process.pid, signal.SIGSTOP)  # a parent that lived on would start its child again
        for pid in reversed(self.pids()):
            kill(pid, signal.SIGKILL)
        self.process.wait()
