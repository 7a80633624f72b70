"""Parts of the soak: the server with open books, the people who come and go, and what is read."""
