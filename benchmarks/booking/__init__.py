"""What the benchmark of the capacity ledger is made of."""
