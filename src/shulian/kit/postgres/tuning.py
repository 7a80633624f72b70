"""How the embedded server is set: safe with data, frugal with memory, closed to the network.

It serves one park on one machine, beside the processes that need the memory more. Who needs another
setting runs a PostgreSQL of their own and names it in DATABASE_URL.
"""

SAFE = {
    "fsync": "on",
    "synchronous_commit": "on",  # an answered commit is on the disk
    "full_page_writes": "on",
}
"""What keeps committed rows, whatever happens."""

RECKLESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For data that nobody will miss: tests."""

SETTINGS = {
    # who may come in
    "listen_addresses": "",  # the socket only
    "unix_socket_permissions": "0700",
    # memory
    "shared_buffers": "64MB",  # the demo park is some 20 MB; the system caches the rest
    "effective_cache_size": "512MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "60",  # three pools of 16, listeners, and room for a person
    "jit": "off",  # compiling costs 20 MB a connection and more time than short queries have
    # fewer processes
    "io_method": "sync",  # no workers for reads that come from memory anyway
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",  # they need more /dev/shm than a container has
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "1",
    "autovacuum_worker_slots": "1",
    # disk
    "wal_level": "minimal",  # nobody replicates from here
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    # words
    "cluster_name": "shulian",
    "lc_messages": "C",  # failures are recognized by their English words
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",  # not every refused row: those are told to who sent them
    "log_min_error_statement": "panic",  # statements carry what people wrote
    "log_checkpoints": "off",
}
"""What holds for every embedded server."""


def options(*, durable: bool) -> list[str]:
    """The settings as arguments of the server."""
    settings = SETTINGS | (SAFE if durable else RECKLESS)
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
