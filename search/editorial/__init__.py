"""What editors tell the finder, kept in memory and read again when it changes."""
