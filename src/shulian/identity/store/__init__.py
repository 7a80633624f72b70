"""Every query of identity; takes and gives its types, never rows."""
