"""The engine of 3D Tiles: spaces and scenery in, the files of a tileset out."""
