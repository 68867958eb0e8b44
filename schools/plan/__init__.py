"""The plan of a school: its flower, its needs and the next steps, to print or as PDF."""
