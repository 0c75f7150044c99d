"""Plays a case with one daemon, and compares what is there with what is expected after each step."""

import os
import pathlib
import re
import time

import dumps
from cases import COMPLETE, Expectation
from daemons import MARK, Daemon
from namespaces import Site
from servers import Nginx, Server, Visitor

PATIENCE_SECONDS = int(os.environ.get("VM_PATIENCE", 400))  # less, while a case is being written
PAUSE_SECONDS, LOOK_SECONDS = 0.4, 5
SETTLED_SECONDS = 10  # of a recording: longer than every delay_loop with its retries
DIRECTOR = ["10.9.0.1/24", "fd00:9::1/64"]
SERVERS = ["10.9.0.11/24", "10.9.0.12/24", "10.9.0.13/24", "10.9.0.98/24", "10.9.0.99/24",
           "fd00:9::11/64", "fd00:9::12/64", "fd00:9::13/64"]


class Mismatch(Exception):
    pass


def split_endpoint(text):
    """"10.9.0.11:80/udp" -> address, port, protocol."""
    where, _, protocol = text.partition("/")
    address, _, port = where.rpartition(":")
    return address.strip("[]"), int(port), protocol or "tcp"


class Play:
    def __init__(self, case, kind, directory, configurations):
        self.case, self.kind, self.directory = case, kind, directory
        self.site = Site()
        self.daemons, self.conf, self.servers, self._tables, self._first, self._visitors = {}, {}, {}, {}, {}, {}
        self.notes = []  # what was done and seen, for the report
        self._configurations = configurations
        self._seen = {}  # (node, kind) -> how many events, FIFO lines, characters of the log are of earlier steps
        self._latest = {}  # the same, with what has just been seen

    # --- the stage

    def build(self):
        nodes = self.case.settings("node")
        if not nodes:
            self.site.connect(("d", DIRECTOR + self.case.settings("address")), ("s", SERVERS))
        for line in nodes:
            name, interface, switch, *addresses = line.split()
            self.site.attach(name, interface, switch, addresses)
        for name in self.case.settings("table"):
            self.site.node(name)
        self.site.build()
        for line in self.case.settings("run"):
            names, command = line.split(" ", 1)
            for name in names.split(","):
                self.site.nodes[name].run("sh", "-ec", command)
        for name in " ".join(self.case.settings("directors")).split() or ["d"]:
            self.daemons[name] = Daemon(self.kind, self.site.nodes[name], self.directory / name)
        for name in self.case.settings("table"):
            for daemon in self.daemons.values():
                daemon.knows(name, self.site.nodes[name])
        for line in self.case.settings("script"):
            name, text = line.split(" ", 1)
            for daemon in self.daemons.values():
                daemon.script(name, "#!/bin/sh\n" + text + "\n")
        names = dict(line.split() for line in self.case.settings("conf") if " " in line)
        plain = [line for line in self.case.settings("conf") if " " not in line]
        for name in self.daemons:
            self.undo(name, names.get(name, plain[0] if plain else self.case.name))
        for line in self.case.settings("serve"):
            self.serve(line)

    def close(self):
        for daemon in self.daemons.values():
            daemon.kill()
        for server in self.servers.values():
            server.down()

    def serve(self, line):
        """serve ENDPOINT… or serve ENDPOINT: BEHAVIOUR; nginx@NODE is an endpoint, too"""
        endpoints, _, behaviour = line.partition(": ")
        for endpoint in endpoints.split():
            kind, _, name = endpoint.partition("@")
            if kind == "nginx":
                self.servers[endpoint] = Nginx(self.site.nodes[name], name, self.directory / "nginx" / name)
                continue
            address, port, protocol = split_endpoint(endpoint)
            if endpoint in self.servers:
                self.servers[endpoint].down()
            self.servers[endpoint] = Server(self.site.nodes["s"], address, port, protocol, behaviour or "accept")

    # --- verbs

    def do(self, line):
        word, _, rest = line.partition(" ")
        if word == "serve":
            self.serve(rest)
        elif word in ("up", "down"):
            for endpoint in rest.split():
                getattr(self.servers[endpoint], word)()
        elif word == "shell":  # shell NODE COMMAND
            name, command = rest.split(" ", 1)
            self.site.nodes[name].run("sh", "-ec", command)
        elif word == "connect":  # connect NUMBER NODE ADDRESS PORT
            number, name, address, port = rest.split()
            self._visitors[number] = Visitor(self.site.nodes[name], address, int(port))
        elif word in ("plug", "unplug"):
            getattr(self.site, word)(*rest.split())
        elif word in ("start", "reload", "stop", "kill", "crash", "file", "undo", "append", "edit", "delete", "insert"):
            names, rest = self._directors(rest)
            for name in names:
                getattr(self, word)(name, rest)
        else:
            raise ValueError(f"no verb: {line}")

    def _directors(self, rest):
        word, _, more = rest.partition(" ")
        return ([word], more) if word in self.daemons else (list(self.daemons), rest)

    def start(self, name, options):
        """start [OPTION…]: with more than the usual options"""
        self.daemons[name].configure(self.conf[name], self._marked())
        self.daemons[name].start(options.split())

    def reload(self, name, _):
        daemon = self.daemons[name]
        daemon.configure(self.conf[name], self._marked())
        daemon.reload()

    def stop(self, name, _):
        self.daemons[name].stop()

    def kill(self, name, _):
        """The daemon is gone, and nobody looks at what it has left."""
        self.daemons.pop(name).kill()

    def crash(self, name, _):
        """The daemon is gone, and may be started again."""
        self.daemons[name].kill()

    def file(self, name, rest):
        path, _, text = rest.partition(" ")
        (self.daemons[name].run / "lvs" / path).write_text(text + "\n")

    def undo(self, name, configuration=""):
        """The configuration as it was in the beginning, or another one."""
        self._first[name] = configuration or self._first[name]
        self.conf[name] = self._configurations(self._first[name])

    def append(self, name, configuration):
        """append CONFIGURATION: another file at the end"""
        self.conf[name] += self._configurations(configuration)

    def edit(self, name, rest):
        """edit OLD => NEW [in HEAD]; in NEW a semicolon and a space stand for the end of a line"""
        change, head = self._within(rest)
        old, new = (text.strip() for text in (change + " ").split(" => "))
        self._change(name, head, lambda text: self._replaced(text, old, new.replace("; ", "\n")))

    def delete(self, name, rest):
        """delete HEAD [in HEAD]: a block, from its head to the closing brace"""
        block, head = self._within(rest)
        self._change(name, head, lambda text: text.replace(self._block(text, block), "", 1))

    def insert(self, name, rest):
        """insert LINE [in HEAD]: at the block's beginning, or at the file's end"""
        line, head = self._within(rest)
        self._change(name, head, lambda text: text.replace("\n", f"\n{line}\n", 1) if head else text + line + "\n")

    @staticmethod
    def _within(rest):
        change, _, head = rest.partition(" in ")
        return change, head

    def _change(self, name, head, change):
        text = self.conf[name]
        if head:
            block = self._block(text, head)
            self.conf[name] = text.replace(block, change(block), 1)
        else:
            self.conf[name] = change(text)

    @staticmethod
    def _replaced(text, old, new):
        if old not in text:
            raise ValueError(f"the configuration has no '{old}'")
        return text.replace(old, new)

    @staticmethod
    def _block(text, head):
        begin = re.search(r"^[ \t]*" + re.escape(head) + r"[ \t]*\{", text, re.MULTILINE)
        if not begin:
            raise ValueError(f"the configuration has no block '{head}'")
        depth, end = 0, begin.end() - 1
        while True:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
            if not depth:
                return text[begin.start():end]

    # --- what is there

    def _marked(self):
        return "unmarked" not in self.case.head

    def observe(self):
        """Everything of the kinds that a case tells completely."""
        seen = []
        for name, daemon in self.daemons.items():
            seen += [Expectation("|", name, line) for line in self._table(name)]
            mails = [mail for server in self.servers.values() for mail in server.mails] if name == "d" else []
            for kind, lines in (("event", daemon.events()), ("fifo", daemon.fifo()), ("mail", mails)):
                seen += [Expectation(kind, name, line) for line in lines[self._seen.get((name, kind), 0):]]
                self._latest[name, kind] = len(lines)
            self._latest[name, "log"] = len(daemon.logged())
            if "watch addresses" in self.case.head:
                seen += [Expectation("address", name, address) for address in self._addresses(name)]
            if "watch sync" in self.case.head:
                seen += [Expectation("sync", name, line) for line in self._sync(name)]
        return seen

    def look_for(self, each):
        """What is there instead of one expectation, itself if it holds."""
        word, _, wanted = each.text.partition(" ")
        if each.kind == "log":
            return each if each.text in self._log(each.node) else Expectation("log", each.node, "")
        if each.kind == "lines":
            least, _, most = word.partition("-")
            count = sum(wanted in line for line in self._log(each.node).splitlines())
            return each if int(least) <= count <= int(most or least) else Expectation(
                "lines", each.node, f"{count} {wanted}")
        if each.kind == "dump":
            wrong = dumps.differences(dumps.CASES / f"{each.text}.dump", self.kind, self.daemons[each.node].dump())
            return Expectation("dump", each.node, "\n".join([f"{each.text}, but for", *wrong])) if wrong else each
        if each.kind == "nft":
            shown = " ".join(self.site.nodes[each.node].run("nft", "list", "ruleset").split())
            return Expectation("nft", each.node, shown or "none")
        if each.kind == "order":
            return each if self._in_order(each.node, word, wanted.split(" then ")) else Expectation(
                "order", each.node, f"{word} another one")
        if each.kind == "connection":
            return each if wanted in self._connections(each.node).get(word, []) else Expectation(
                "connection", each.node, f"{word} {' '.join(self._connections(each.node).get(word, ['none']))}")
        if each.kind == "answer":
            url, _, wanted = wanted.partition(" ")
            found = f"{url} {self._answers(word, url)}"
        elif each.kind == "visit":
            found = self._visitors[word].ask()
        else:
            requests = [ascii(text.decode("latin-1"))[1:-1] for text in self.servers[word].requests]
            found = wanted if wanted in requests else " or ".join(dict.fromkeys(requests))
        return Expectation(each.kind, each.node, " ".join(f"{word} {found}".split()))

    def _log(self, name):
        """What was logged in this step, each run of spaces as one."""
        return re.sub(" +", " ", self.daemons[name].logged()[self._seen.get((name, "log"), 0):])

    def _in_order(self, name, where, pieces):
        if where == "log":
            lines, matches = self._log(name).splitlines(), lambda piece, line: piece in line
        elif self.kind == "keepalived":
            return True
        else:
            lines, matches = self.daemons[name].events()[self._seen.get((name, "event"), 0):], str.__eq__
        left = list(pieces)
        for line in lines:
            if left and matches(left[0], line):
                del left[0]
        return not left

    def _connections(self, name):
        """Virtual server -> the real servers of its established connections."""
        found = {}
        for line in self.site.nodes[name].run("ipvsadm", "-Lnc").splitlines():
            words = line.split()
            if "ESTABLISHED" in words:
                found.setdefault(words[4], []).append(words[5])
        return found

    def _table(self, name):
        """ipvsadm's words; it is asked when the kernel's own list has changed, and every few seconds.

        That list has neither thresholds nor tunnels' types, and is read without starting a program.
        """
        look = self._look(name), self.daemons[name].loads, self.daemons[name].alive()
        if not look[0]:
            return []
        when, what, table = self._tables.get(name, (0, "", []))
        if look != what or time.monotonic() - when > LOOK_SECONDS:
            table = self._ask(name)
            self._tables[name] = time.monotonic(), look, table
        return table

    def _look(self, name):
        """The kernel's own list; empty where nobody has loaded the module, which ipvsadm would do."""
        self._of_table(name).enter()
        try:
            return pathlib.Path("/proc/thread-self/net/ip_vs").read_text()
        except FileNotFoundError:
            return ""

    def _of_table(self, name):
        """The node whose table a director writes: itself, unless the case names another one."""
        return self.site.nodes[(self.case.settings("table") or [name])[0]]

    def _ask(self, name):
        services, mark = {}, f"-f {MARK}"
        for line in self._of_table(name).run("ipvsadm", "-Sn").splitlines():
            verb, which, rest = re.fullmatch(r"(-[Aa]) (-[tuf] \S+|--sctp-service \S+)(.*)", line.strip()).groups()
            if which == mark:
                if verb == "-a":
                    services[mark] = f"loaded {rest.split()[-1]}"
            elif verb == "-A":
                services[which + (" -6" if rest.startswith(" -6") else "")] = (which + rest, [])
            else:
                key = which + (" -6" if rest.startswith(" -6") else "")
                services[key][1].append(rest.replace(" -6 -r ", " -r ").replace(" -r ", "", 1).strip())
        loaded = services.pop(mark, None)
        if "watch thresholds" in self.case.head:
            self._add_thresholds(name, services)
        daemon = self.daemons[name]
        if loaded != (f"loaded {daemon.loads}" if daemon.alive() and self._marked() else None):
            return [f"not carried out: load {daemon.loads} of the configuration; the table has {loaded}"]
        return sorted("  ".join([" ".join(service.split()), *sorted(servers)]) for service, servers in services.values())

    def _add_thresholds(self, name, services):
        at = {}
        for line in self.site.nodes[name].run("ipvsadm", "-Ln", "--thresholds").splitlines():
            words = line.split()
            if words and words[0] in ("TCP", "UDP", "SCTP", "FWM"):
                service = {"TCP": "-t ", "UDP": "-u ", "FWM": "-f "}[words[0]] + words[1]
            elif words and words[0] == "->" and words[1][-1].isdigit():
                at[service, words[1]] = words[2:4]
        for key, (_, servers) in services.items():
            for index, server in enumerate(servers):
                upper, lower = at.get((key, server.split()[0]), "??")  # the table has changed in between
                servers[index] += ("" if upper == "0" else f" -x {upper}") + ("" if lower == "0" else f" -y {lower}")

    def _addresses(self, name):
        nodes = self.case.settings("node")
        base = {address for line in nodes for address in line.split()[3:]} | set([] if nodes else DIRECTOR)
        base.update(" ".join(self.case.settings("own")).split())
        found = re.findall(r"inet6? (\S+).* scope global", self.site.nodes[name].run("ip", "-o", "address"))
        return sorted(address for address in found if address not in base)

    def _sync(self, name):
        """The kernel's sync daemons, in ipvsadm's words."""
        if not self._look(name):
            return []
        lines = self.site.nodes[name].run("ipvsadm", "-l", "--daemon").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("No daemon")]

    def _answers(self, name, url):
        """Who answers to some requests, each by a new connection."""
        said = self.site.nodes[name].run(
            "sh", "-c", 'curl -gs -m 3 --fail-early -H "Connection: close" "$1" "$1" "$1" "$1" || echo none', "sh", url)
        return " ".join(sorted(set(said.split())))

    # --- steps

    def step(self, step):
        for verb in step.verbs():
            self.notes.append(f"   {verb}")
            self.do(verb)
        expected, end = step.expected(self.kind), time.monotonic() + PATIENCE_SECONDS
        while True:
            wrong = self._differences(step, expected)
            if not wrong:
                break
            if time.monotonic() > end:
                raise Mismatch(f"waited {PATIENCE_SECONDS} s in vain\n" + "\n".join(wrong))
            self._still_alive()
            time.sleep(PAUSE_SECONDS)
        self._seen |= self._latest

    def record(self, step):
        """Plays a step and writes down what is there when nothing has changed for a while."""
        for verb in step.verbs():
            self.do(verb)
        seen, since = [], time.monotonic()
        while time.monotonic() - since < SETTLED_SECONDS:
            now = self.observe()
            if now != seen:
                seen, since = now, time.monotonic()
            time.sleep(PAUSE_SECONDS)
        looked_for = [each for each in step.expected(self.kind) if each.kind not in COMPLETE]
        seen += [self.look_for(each) for each in looked_for if each.kind not in ("log", "lines", "dump")]
        kept = [line for line in step.lines if line in step.verbs() or line[:1] == "#"
                or re.search(" (log|lines|dump) ", f" {line}")
                or (step.has_own() and line[:2] != "ka")]
        step.lines = kept + [
            ("ka " if step.has_own() else "") + (f"{each.node} " if each.node != "d" else "")
            + f"{each.kind} {each.text}" for each in seen]
        self._seen |= self._latest

    def _still_alive(self):
        for name, daemon in self.daemons.items():
            if daemon.ended_by_itself():
                raise Mismatch(f"the daemon on {name} has ended by itself")

    @staticmethod
    def _by_service(expectations):
        """The FIFO's lines of each virtual server: RS SERVER SERVICE STATE, VS SERVICE STATE."""
        found = {}
        for each in expectations:
            if each.kind == "fifo":
                words = each.text.split()
                service = " ".join(words[2 if words[0] == "RS" else 1:-1])
                found.setdefault((each.node, service), []).append(each.text)
        return found

    def _out_of_order(self, expected, seen):
        if "fifo in any order" in self.case.head:  # servers of one virtual server that fail at once
            return []
        wanted = self._by_service(expected)
        return [f"  other order {name} fifo {lines}" for (name, service), lines in self._by_service(seen).items()
                if sorted(lines) == sorted(wanted.get((name, service), [])) and lines != wanted[name, service]]

    def _differences(self, step, expected):
        """What differs, a line each; what costs a program or a packet is looked for when all else is right."""
        wrong, seen = [], self.observe()
        for kind in COMPLETE:
            left = [each for each in seen if each.kind == kind]
            for each in [each for each in expected if each.kind == kind]:
                same = next((one for one in left if (one.node, " ".join(one.text.split()))
                             == (each.node, each.text)), None)
                if same:
                    left.remove(same)
                elif each not in step.optional(self.kind):
                    wrong.append(f"  missing     {each.node} {kind} {each.text}")
            wrong += [f"  unexpected  {each.node} {kind} {each.text}" for each in left]
        if not wrong:
            wrong = self._out_of_order(expected, seen)
        if not wrong:
            for each in expected:
                found = each if each.kind in COMPLETE else self.look_for(each)
                if found != each:
                    wrong += [f"  missing     {each.node} {each.kind} {each.text}", f"  instead     {found.text}"]
        return wrong
