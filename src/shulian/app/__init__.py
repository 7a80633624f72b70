"""The web application: composition of every feature."""
