"""The web edge: transactions, problems, pages, headers; all of kit that knows Litestar."""
