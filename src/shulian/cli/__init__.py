"""The command line: composition of every feature."""
