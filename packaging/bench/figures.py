"""Figures of several runs of several programs, as a table."""

import math
import statistics
import sys

NEVER = math.inf


def spread(values):
    return [pick(values) for pick in (min, statistics.median, max)]


def print_table(title, results):
    """results: daemon -> one {figure: (digits, values)} a run; none of a daemon that failed."""
    print(f"\n{title}")
    base = next((name for name, runs in results.items() if runs), None)
    if base is None:
        return
    compared = [name for name, runs in results.items() if runs and name != base]
    width = max(len(row) for row in results[base][0]) + 2
    print(" " * width + "".join(f"{name:>26}" for name in results)
          + "".join(f"{name + ' / ' + base:>28}" for name in compared))
    for row, (digits, _) in results[base][0].items():
        values = {name: [run[row][1] for run in runs] for name, runs in results.items()}
        medians = {name: [statistics.median(each) for each in zip(*runs)] for name, runs in values.items()}
        print(f"{row:<{width}}" + "".join(f"{text(medians[name], runs, digits):>26}" for name, runs in values.items())
              + "".join(f"{ratios(medians[name], medians[base]):>28}" for name in compared))
    sys.stdout.flush()


def text(medians, runs, digits):
    if not runs:
        return "-"
    shown = " / ".join(number(each, digits) for each in medians)
    if len(medians) == 1 and len(runs) > 1:
        least, most = (pick(runs)[0] for pick in (min, max))
        shown += f" ({number(least, digits)}..{number(most, digits)})"
    return shown


def number(value, digits):
    return "never" if value == NEVER else f"{value:.{digits}f}"


def ratios(values, base):
    return " / ".join(f"{each / other:.2f}" if 0 < each < NEVER and 0 < other < NEVER else "-"
                      for each, other in zip(values, base))
