"""A director in a network namespace and what stands behind it. Needs root."""

import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading

from netlink import Tap
from stage import kill, sh, wait_until

LIBC, CLONE_NEWNET = ctypes.CDLL(None), 0x40000000
NGINX = """
daemon off;
master_process off;
user root;
pid DIR/nginx.pid;
error_log DIR/nginx.log;
worker_rlimit_nofile 65536;
events { worker_connections 16384; }
http {
  access_log off;
  client_body_temp_path DIR/a; proxy_temp_path DIR/b; fastcgi_temp_path DIR/c;
  uwsgi_temp_path DIR/d; scgi_temp_path DIR/e;
  server { listen 80 backlog=16384; location / { return 200 "well"; } }
}
"""


class Ground:
    """A director, and behind it a machine that has all real servers' addresses and answers on port 80.

    nginx answers where it is there, else a thread of ours that accepts and closes.
    """

    def __init__(self, nginx=False):
        self._nginx = nginx
        self.name = f"jkipvs{os.getpid()}"
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="jkipvs.", dir="/var/tmp"))
        self._listening, self._open = None, False

    def node(self, _):
        """As Daemon asks for it: here is one node only."""
        return f"{self.name}-director"

    def __enter__(self):
        director, behind = self.node(1), f"{self.name}-behind"
        for name in (director, behind):
            sh("ip", "netns", "add", name)
        sh("ip", "-n", director, "-batch", "-", text=(
            f"link set lo up\nlink add eth0 type veth peer name eth0 netns {behind}\naddress add 10.0.0.1/24 dev eth0\n"
            "link set eth0 up\nroute add 10.2.0.0/16 via 10.0.0.2\n"))
        sh("ip", "-n", behind, "-batch", "-", text=(
            "link set lo up\naddress add 10.0.0.2/24 dev eth0\nlink set eth0 up\nroute add local 10.2.0.0/16 dev lo\n"))
        if self._nginx:
            self._start_nginx(behind)
            return self
        self._listening, self._open = self._inside(behind, self._listen), True
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def _start_nginx(self, behind):
        (self.work / "nginx.conf").write_text(NGINX.replace("DIR", str(self.work)))
        subprocess.Popen(["ip", "netns", "exec", behind, "nginx", "-p", str(self.work), "-c", str(self.work / "nginx.conf")],
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_until("nginx listens", 60, lambda: ":80 " in sh("ip", "netns", "exec", behind, "ss", "-Hltn"))

    def _inside(self, name, work):
        """What a function gives that runs in a namespace; the descriptors that it opens stay there."""
        result = []

        def run():
            with open(f"/run/netns/{name}") as namespace:
                if LIBC.setns(namespace.fileno(), CLONE_NEWNET):
                    raise OSError(f"setns {name}")
            result.append(work())
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return result[0]

    @staticmethod
    def _listen():
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("0.0.0.0", 80))
        listening.listen(4096)
        return listening

    def _serve(self):
        while self._open:
            try:
                self._listening.accept()[0].close()
            except OSError:
                return

    def tap(self):
        """Hears what passes between programs and the kernel's IPVS; the kernel needs nlmon."""
        sh("ip", "-n", self.node(1), "-batch", "-", text="link add nlmon0 type nlmon\nlink set nlmon0 up\n")
        return self._inside(self.node(1), Tap)

    def table(self):
        """How many services, how many real servers."""
        lines = self._inside(self.node(1), lambda: pathlib.Path("/proc/thread-self/net/ip_vs").read_text()).splitlines()
        servers = sum(line.startswith("  ->") for line in lines[3:])
        return len(lines[3:]) - servers, servers

    def __exit__(self, *_):
        self._open = False
        if self._listening:
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
        for name in (self.node(1), f"{self.name}-behind"):
            pids = subprocess.run(["ip", "netns", "pids", name], capture_output=True, text=True).stdout
            for pid in pids.split():
                if int(pid) != os.getpid():
                    kill(int(pid), signal.SIGKILL)
            subprocess.run(["ip", "netns", "delete", name], capture_output=True)
        subprocess.run(["rm", "-rf", self.work])
