"""Last steps of a new process before its program: take an account, promise to die with us.

Run as a script of its own (`python -I -S launch.py …`), never imported by the process that starts
others: code between fork and exec may not run safely in a process with threads.
"""

import ctypes
import os
import signal
import sys

NO_ACCOUNT = 125
"""Exit code: the account could not be taken."""
NO_PROGRAM = 127
"""Exit code: the program could not be run."""

_PR_SET_PDEATHSIG = 1


def main(parent: int, death: int, account: int, program: list[str]) -> int:
    """Become `program`, to get the signal `death` when the thread that started us ends.

    parent   process id of who started us
    account  user and group id to take; negative: stay who we are
    return   exit code, where the program could not be run
    """
    libc = ctypes.CDLL(None, use_errno=True)  # loaded before the account may lose sight of it
    if account >= 0:
        try:
            os.setgroups([])
            os.setresgid(account, account, account)
            os.setresuid(account, account, account)
        except OSError as error:
            sys.stderr.write(f"cannot become account {account}: {error.strerror}\n")
            return NO_ACCOUNT
    libc.prctl(_PR_SET_PDEATHSIG, death)  # after the account: a change of account clears it
    if os.getppid() != parent:
        return NO_PROGRAM  # the parent died before the promise was given
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores these two; a program expects
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # to find them as the system has them
    try:
        os.execvp(program[0], program)  # noqa: S606  running it is what we are for
    except OSError as error:
        sys.stderr.write(f"cannot run {program[0]}: {error.strerror}\n")
    return NO_PROGRAM


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
