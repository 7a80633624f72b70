"""The presence server: sockets, and the people behind them."""
