"""`python -m shulian.cli`: the command line, as its own processes call it."""

from shulian.cli.main import main

main()
