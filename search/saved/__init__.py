"""Saved searches: asked for on the results page, confirmed by mail, mailed about when there is news, ended with one click."""
