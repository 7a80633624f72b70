"""What travels between congresses and their clients."""
