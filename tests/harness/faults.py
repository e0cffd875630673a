"""Tables of faults: what comes of the messages that a channel hands to a server that misbehaves."""

import concurrent.futures
import subprocess

from harness import SLOWNESS, Failure, check

A, L, B, U = "accepted", "later", "not_begun", "unknown"
NA, NM, C = "never_address", "never_message", "configuration"


def check_outcomes(name, row, found, took):
    """row: behaviour, outcomes ("a|b": one of them), codes of the first that was not accepted, seconds at most;
    found: a tuple of outcome, code and more for each message. Gives the outcomes."""
    _, wanted, code, limit = row
    outcomes = [verdict and verdict[0] for verdict in found]
    check(all(outcome in one.split("|") for outcome, one in zip(outcomes, wanted)),
          "%s: the outcomes\n  wanted: %r\n  found:  %r" % (name, wanted, found))
    if code:
        first = next(verdict for verdict in found if verdict[0] != A)
        check(first[1].split("/")[0] in code.split("|"), "%s: the code is %r, not %r" % (name, first[1], code))
    check(took < limit * SLOWNESS, "%s: it took %.1f s, not %d" % (name, took, limit))
    return outcomes


def check_taken(name, outcomes, taken):
    """taken: what the server took, by the number of the message. Whoever was told that it was accepted is right, and
    nothing else was taken but what is in doubt."""
    check(len(taken) == len(set(taken)), "%s: nothing came twice: %r" % (name, taken))
    for number, outcome in enumerate(outcomes):
        if outcome == A:
            check(number in taken, "%s: message %d was taken" % (name, number))
        elif outcome != U:
            check(number not in taken, "%s: message %d was not taken" % (name, number))


def check_table(table, make_server, check_row, at_once):
    """Every row, some at once: most of their time is waiting."""

    def one(row):
        server = make_server(row[0])
        try:
            check_row(server, row)
        except (Failure, subprocess.TimeoutExpired) as failure:
            return "%s: %s" % (row[0], failure)
        finally:
            server.close()
        return None

    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        failures = [failure for failure in pool.map(one, table) if failure]
    check(not failures, "\n".join(failures))
