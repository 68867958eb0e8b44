"""What a school tells about itself, and who may see it."""
