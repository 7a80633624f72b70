"""What travels between the world and those in it: binary frames, messages, HTTP."""
