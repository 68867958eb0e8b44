"""Files of the national register, read into boards and schools."""
