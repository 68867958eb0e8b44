"""What a school wants help with: written down, taken in hand, met or dropped."""
