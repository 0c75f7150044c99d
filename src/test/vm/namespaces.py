"""Network namespaces of one case, and how a thread of the harness acts inside one."""

import ctypes
import os
import subprocess
import threading

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET, CLONE_NEWNS = 0x40000000, 0x00020000
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18


def check(result, what):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def sh(*command, text=None, timeout=60):
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=timeout)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


class Namespace:
    """A namespace without a name: it lives as long as somebody has it open."""

    def __init__(self):
        maker = threading.Thread(target=self._make)
        maker.start()
        maker.join()

    def _make(self):
        check(LIBC.unshare(CLONE_NEWNET), "unshare")
        self._descriptor = os.open("/proc/thread-self/ns/net", os.O_RDONLY)

    def path(self):
        return f"/proc/{os.getpid()}/fd/{self._descriptor}"

    def enter(self):
        """Moves the calling thread, and what it starts or opens from now on, into the namespace."""
        check(LIBC.setns(self._descriptor, CLONE_NEWNET), "setns")

    def run(self, *command, **more):
        self.enter()
        return sh(*command, **more)

    def ip(self, commands):
        self.run("ip", "-batch", "-", text="\n".join(commands) + "\n")


class Site:
    """Nodes with interfaces on switches. Every program that is started costs a tenth of a second in the
    emulator: so the commands are collected, and each namespace is set up by one run of ip."""

    def __init__(self):
        self.nodes, self._hub, self._hub_commands, self._commands = {}, None, [], {}

    def node(self, name):
        if name not in self.nodes:
            self.nodes[name] = Namespace()
            self._commands[name] = ["link set lo up"]
        return self.nodes[name]

    def connect(self, one, other):
        """Two nodes by a cable: (name, addresses) each, on eth0."""
        (first, addresses), (second, others) = one, other
        self.node(first), self.node(second)
        self._commands[first].append(f"link add eth0 type veth peer name eth0 netns {self.nodes[second].path()}")
        self._addresses(first, "eth0", addresses)
        self._addresses(second, "eth0", others)

    def attach(self, name, interface, switch, addresses):
        """Gives a node an interface on a switch."""
        self._hub = self._hub or Namespace()
        create = f"link add {switch} type bridge stp_state 0 forward_delay 0 mcast_snooping 0"
        if create not in self._hub_commands:
            self._hub_commands += [create, f"link set {switch} up"]
        port = f"{name}.{interface}"
        self._hub_commands += [
            f"link add {port} type veth peer name {interface} netns {self.node(name).path()}",
            f"link set {port} master {switch} up"]
        self._addresses(name, interface, addresses)

    def _addresses(self, name, interface, addresses):
        self._commands[name] += [f"address add {address} dev {interface}" + " nodad" * (":" in address)
                                 for address in addresses]
        self._commands[name].append(f"link set {interface} up")

    def build(self):
        if self._hub:
            self._hub.ip(self._hub_commands)
        for name, node in self.nodes.items():
            node.ip(self._commands[name])

    def unplug(self, name, interface="eth0"):
        self._hub.ip([f"link set {name}.{interface} down"])

    def plug(self, name, interface="eth0"):
        self._hub.ip([f"link set {name}.{interface} up"])


class Worker(threading.Thread):
    """A thread that may change its namespace and that nobody has to wait for."""

    def __init__(self, work, *arguments):
        super().__init__(target=work, args=arguments, daemon=True)
        self.start()
