"""A case: a configuration, and steps of what happens to it and what must be there afterwards.

    # What the case shows: the first line is its title
    conf 12-sorry-quorum                 the configuration, if it is not called as the case is
    serve 10.9.0.11:80 10.9.0.12:80      servers that answer from the beginning
    own 10.7.0.1/24                      addresses that the nodes give themselves beside those of "node"
    table NODE                           whose table it writes: a network namespace of that name, with nothing else

    == the first server fails
      down 10.9.0.11:80                  what happens: verbs, see play.py
      | -t 10.9.0.101:80 -s rr  10.9.0.12:80 -m -w 1       each service of ipvsadm -Sn with its servers
      event down r1                      each run of /run/lvs/event
      fifo RS [10.9.0.11]:tcp:80 [10.9.0.101]:tcp:80 DOWN  each line of the FIFO
      mail Realserver [10.9.0.11]:tcp:80 of virtual server [10.9.0.101]:tcp:80 - DOWN => TCP CHECK failed on service <=
      log Removing service               a piece of a line that the daemon logs in this step
      lines 1 was removed                how many lines of this step's log have the piece; 1-20: from 1 to 20
      order event down r1 then quorum_down       pieces of lines of the log, or whole events, that come one after
                                         the other; scripts only with jkeepalived: keepalived does not wait for them
      connection 10.9.0.100:80 10.9.0.12:80      virtual and real server of a connection in the kernel's table
      sync backup sync daemon (mcast=eth0, …)    each line of ipvsadm -l --daemon, with "watch sync"
      address 10.9.0.100/32              each address beside the node's own, with "watch addresses"
      answer c http://10.9.0.100/ r1 r2  who answers to four requests of node c, each over a new connection
      visit 1 r2                         who answers over a connection that is held open
      request 10.9.0.11:80 GET / …       something that has arrived at a server
      dump 12-sorry-quorum               what the daemon says of itself, see dumps.py
    nft table ip keepalived_ipvs { …   all of nft list ruleset, each run of spaces and ends of lines as one; or none

Services, events, FIFO lines, mails, addresses and sync daemons are complete: whatever is not written here must not be. The FIFO
lines of one virtual server are in order. Lines that begin
with "ka" stand instead of all others of their kind for keepalived; a comment says what is not right with what it
does. One with "ka?" may be missing with keepalived. Where there are several directors, the lines begin with
the node's name.
"""

import dataclasses

KINDS = ("|", "event", "fifo", "mail", "address", "sync", "answer", "visit", "request", "log", "lines", "order",
         "connection", "dump", "nft")
COMPLETE = ("|", "event", "fifo", "mail", "address", "sync")  # the others are looked for one by one


@dataclasses.dataclass(frozen=True)
class Expectation:
    kind: str
    node: str
    text: str


@dataclasses.dataclass
class Step:
    title: str
    lines: list  # as written: comments, verbs, expectations

    def verbs(self):
        return [line for line in self.lines if line and line[0] != "#" and parse(line) is None]

    def expected(self, kind):
        """What the kind of daemon must leave."""
        parsed = list(filter(None, map(parse, self.lines)))
        own = [expectation for whose, expectation in parsed if whose == "ka" and kind == "keepalived"]
        replaced = {(each.kind, each.node) for each in own}
        return own + [each for whose, each in parsed if whose != "ka" and (each.kind, each.node) not in replaced]

    def optional(self, kind):
        """Which of them may be missing."""
        return [expectation for whose, expectation in filter(None, map(parse, self.lines))
                if whose == "ka?" and kind == "keepalived"]

    def has_own(self):
        return any(parsed and parsed[0] == "ka" for parsed in map(parse, self.lines))


@dataclasses.dataclass
class Case:
    name: str
    head: list
    steps: list

    def title(self):
        return next((line[1:].strip() for line in self.head if line.startswith("#")), self.name)

    def settings(self, word):
        return [line[len(word):].strip() for line in self.head if line.split(" ")[0] == word]


def parse(line):
    """(whose: "ka", "ka?" or "", expectation), or None for a verb or a comment."""
    words, whose, node = line.split(), "", "d"
    if words and words[0] in ("ka", "ka?"):
        whose, *words = words
    if len(words) > 1 and words[0] not in KINDS and words[1] in KINDS:
        node, *words = words
    return (whose, Expectation(words[0], node, " ".join(words[1:]))) if words and words[0] in KINDS else None


def read(path):
    head, steps = [], []
    for line in path.read_text().splitlines():
        line = line.strip()
        if line.startswith("== "):
            steps.append(Step(line[3:], []))
        elif steps:
            steps[-1].lines.append(line)
        elif line:
            head.append(line)
    return Case(path.stem, head, steps)


def write(case, path):
    text = "\n".join(case.head) + "\n"
    for step in case.steps:
        lines = "\n".join("  " + line for line in step.lines if line)
        text += f"\n== {step.title}\n{lines}\n"
    path.write_text(text)
