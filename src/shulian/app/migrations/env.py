"""How Alembic runs our migrations: on the connection that `kit.migrate` holds the lock on."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
