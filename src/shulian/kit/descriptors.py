"""How many files and connections a process may hold open at once."""

import resource

_PLENTY = 1 << 20
"""What counts where the system sets no bound."""


def raise_limit() -> int:
    """Let this process hold open as many as its system lets it ask for; answers how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (OSError, ValueError):  # some systems name a hard limit that they do not grant
        return _counted(soft)
    return _counted(hard)


def _counted(limit: int) -> int:
    return _PLENTY if limit == resource.RLIM_INFINITY else limit
