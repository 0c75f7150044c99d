#!/usr/bin/env python3
"""What daemons say of their virtual servers (keepalived_check.data after SIGUSR1), as cases expect it.

A file cases/NAME.dump has a line for each line of the dump from "LVS Topology" on; its first character says whose
it is: a space of both, "-" of keepalived alone, "+" of jkeepalived alone. Lines with "#" are comments. What differs
from run to run is written as ~.

    dumps.py KEEPALIVED JKEEPALIVED >NAME.dump     makes one of two dumps
"""

import difflib
import pathlib
import re
import sys

CASES = pathlib.Path(__file__).resolve().parent / "cases"
BEGIN = "------< LVS Topology >------"
VARYING = re.compile(r"^( *(?:Last transition|Last ran|Last duration|Runs|Failures) =).*")
OWN = {"keepalived": "-", "jkeepalived": "+"}


def lines(text):
    """The lines that are compared."""
    whole = [VARYING.sub(r"\1 ~", line.rstrip()) for line in text.splitlines()]
    return whole[whole.index(BEGIN):] if BEGIN in whole else whole


def expected(path, kind):
    written = [line for line in path.read_text().splitlines() if line[:1] != "#"]
    return [line[1:] for line in written if line[:1] in (" ", OWN[kind])]


def differences(path, kind, text):
    """What is there and not expected, or the other way round, a line each."""
    compared = difflib.ndiff(expected(path, kind), lines(text))
    return [line for line in compared if line[:1] in "+-"]


def main():
    one, other = (lines(pathlib.Path(name).read_text()) for name in sys.argv[1:])
    for line in difflib.unified_diff(one, other, n=max(len(one), len(other)), lineterm=""):
        if line[:3] not in ("---", "+++", "@@ "):
            print(line)


if __name__ == "__main__":
    main()
