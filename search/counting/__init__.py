"""Counting what is searched: a GET only adds to a counter, beat folds the counters into the database."""
