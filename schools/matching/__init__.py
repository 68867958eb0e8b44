"""What helps a school with a need: found by the finder, weighed for this school, with the reason."""
