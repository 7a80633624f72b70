"""Pages and forms; all of them work without script."""
