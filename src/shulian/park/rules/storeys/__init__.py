"""The engine of walkable storeys: a building's spaces in, one mesh a storey out."""
