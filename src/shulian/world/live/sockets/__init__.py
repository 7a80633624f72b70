"""The sockets of the presence server: two lanes for bytes, one beat, the same rules."""
