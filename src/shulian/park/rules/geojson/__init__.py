"""GeoJSON of any origin becomes a park: bytes in, a plan and notices out."""
