"""The page of a school for who belongs to it, and of a board with all its schools."""
