"""What ticketing decides without a database."""
