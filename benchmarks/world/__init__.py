"""The parts of the benchmark of the shared world: machine, servers, people, rounds."""
