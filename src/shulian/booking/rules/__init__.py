"""What the ledger decides without a database."""
