"""Every query of ticketing; of what waits for what, see `orders.lock`."""
